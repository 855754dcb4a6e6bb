"""The check before saving: what is allowed, what stops working without it, and that nothing is changed."""

from typing import Any

import pytest

from core.sdk import Account, AuthFailed, Misconfigured, Permission
from plugins.greenhouse.checking import NEEDS

from .conftest import MakeRig, Rig

pytestmark = pytest.mark.anyio


def lines(account: Account) -> dict[str, Permission]:
    return {permission.key: permission for permission in account.permissions}


async def test_a_full_credential_is_usable_without_remarks(rig: Rig) -> None:
    account = await rig.connector.check()
    assert account.usable
    assert {permission.granted for permission in account.permissions} == {True}
    assert account.notices == ()


async def test_checking_changes_nothing(rig: Rig) -> None:
    before = {name: rig.twin.rows(name) for name in ("notes", "custom_fields", "applications", "candidates")}
    await rig.connector.check()
    assert {name: rig.twin.rows(name) for name in before} == before


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: need.scope)
async def test_each_missing_scope_has_a_line_that_says_what_stops(rig: Rig, need: Any) -> None:
    rig.twin.credential(remove_scopes=[need.scope])
    account = await rig.connector.check()
    line = lines(account)[f"{need.resource}:{need.action}"]
    assert line.granted is False
    assert line.without.startswith("Without it ")
    assert need.scope in line.fix
    assert account.usable is not need.required
    assert [p.key for p in account.permissions if p.granted is False] == [line.key]


async def test_all_that_reading_and_writing_uses_has_a_line(rig: Rig) -> None:
    """A scope that is used but not checked would be found out by its absence, long after the wizard."""
    jobs = await rig.read("jobs")
    await rig.read("applications", jobs.cursor and "", rig.select("Backend Engineer"))
    rig.twin.configure(job_interview_stage_id=False)
    await rig.read("applications", "", rig.select("Backend Engineer"))
    for item in rig.connector.plan(rig.verdict()):
        await rig.connector.write(item)
    action = {"GET": "list", "POST": "create", "PATCH": "update"}
    used = {
        f"{call['path'].removeprefix('/v3/').split('/')[0]}:{action[call['method']]}"
        for call in rig.calls("/v3/")
    }
    assert used <= {f"{need.resource}:{need.action}" for need in NEEDS}


@pytest.mark.parametrize("body", ["message", "errors", "empty"])
async def test_a_subject_who_is_no_site_admin_is_told_apart_from_scopes(rig: Rig, body: str) -> None:
    rig.twin.configure(forbidden_body=body)
    rig.twin.change("users", int(rig.twin.subject_id), site_admin=False)
    account = await rig.connector.check()
    assert not account.usable
    assert [p.key for p in account.permissions if p.granted is False] == ["site_admin"]
    assert "Site Admin" in lines(account)["site_admin"].fix


async def test_a_service_account_may_be_the_subject(make_rig: MakeRig) -> None:
    """Lists of users hide service accounts unless asked."""
    rig = make_rig()
    service = next(row for row in rig.twin.rows("users") if row["primary_email"] is None)
    account = await make_rig(acting_user=str(service["id"])).connector.check()
    assert lines(account)["site_admin"].granted is True
    assert service["id"] not in {int(user.id) for user in account.users}


async def test_users_to_act_for_are_active_people(rig: Rig) -> None:
    account = await rig.connector.check()
    names = {user.name for user in account.users}
    assert "Ada Okafor" in names
    assert "Esme Nakamura" not in names, "she is deactivated"
    assert all(user.email and user.active for user in account.users)
    assert {user.name for user in account.users if user.admin} == {"Ada Okafor", "Bruno Keller"}


async def test_without_the_list_of_users_the_admin_cannot_be_told(rig: Rig) -> None:
    rig.twin.credential(remove_scopes=["harvest:users:list"])
    assert lines(await rig.connector.check())["site_admin"].granted is None


@pytest.mark.parametrize(("off", "side"), [(120.0, "ahead of"), (-120.0, "behind")])
async def test_a_clock_two_minutes_off_is_noticed(make_rig: MakeRig, off: float, side: str) -> None:
    account = await make_rig(off=off).connector.check()
    (notice,) = account.notices
    assert side in notice
    assert "NTP" in notice
    assert 115 <= int(next(word for word in notice.split() if word.isdigit())) <= 125


@pytest.mark.parametrize("off", [-50.0, 0.0, 50.0])
async def test_a_clock_nearly_right_is_not_worth_a_word(make_rig: MakeRig, off: float) -> None:
    assert (await make_rig(off=off).connector.check()).notices == ()


async def test_a_file_store_nobody_named_is_noticed_before_resumes_are_missed(make_rig: MakeRig) -> None:
    rig = make_rig(files_url="https://files.example")
    (notice,) = (await rig.connector.check()).notices
    assert rig.twin.files_host in notice
    repaired = make_rig(
        files_url="https://files.example", more_file_hosts=f"a.example, {rig.twin.files_host}"
    )
    assert (await repaired.connector.check()).notices == ()


async def test_wrong_credentials_end_the_check_with_one_sentence(make_rig: MakeRig) -> None:
    with pytest.raises(AuthFailed):
        await make_rig(client_secret="wrong").connector.check()


async def test_a_wrong_api_address_points_at_the_field(make_rig: MakeRig, twin: Any) -> None:
    with pytest.raises(Misconfigured) as caught:
        await make_rig(api_url=f"{twin.url}/v2").connector.check()
    assert caught.value.field == "api_url"

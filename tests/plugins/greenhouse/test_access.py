"""Credentials, tokens, pacing: what goes wrong is said so that somebody can mend it."""

from typing import Any

import pytest

from core.sdk import AuthFailed, Forbidden, Misconfigured, NotFound, Rejected, Response, Unavailable
from plugins.greenhouse.wire import next_cursor, said, said_at

from .conftest import MakeRig, Rig, header_of

pytestmark = pytest.mark.anyio


async def fails(rig: Rig, kind: type[Exception]) -> Any:
    with pytest.raises(kind) as caught:
        await rig.read("jobs")
    return caught.value


async def test_one_token_serves_all_calls(rig: Rig) -> None:
    await rig.read("jobs")
    await rig.read("applications", selection=rig.select("Backend Engineer"))
    assert len(rig.calls("/token")) == 1
    assert {header_of(call, "authorization") for call in rig.calls("/v3/")} == {"Bearer"}


async def test_a_token_that_is_refused_is_replaced_once(rig: Rig) -> None:
    await rig.read("jobs")
    rig.twin.revoke_tokens()
    assert (await rig.read("jobs")).jobs
    assert rig.tokens.minted == 2


@pytest.mark.parametrize("off", [-7200.0, 0.0, 7200.0])
async def test_a_token_ends_by_our_clock_whatever_theirs_shows(make_rig: MakeRig, off: float) -> None:
    rig = make_rig(off=off)
    await rig.read("jobs")
    (end,) = rig.tokens.ends
    assert end is not None
    assert abs((end - rig.clock.now()).total_seconds() - 3600) < 30


@pytest.mark.parametrize("body", ['{"access_token": "t", "expires_in": 3600}', '{"access_token": "t"}'])
async def test_other_forms_of_tokens_are_understood(rig: Rig, body: str) -> None:
    rig.twin.fault("status", path="/token", status=200, body=body)
    await rig.read("jobs")
    assert bool(rig.tokens.ends[0]) is ("expires_in" in body)


async def test_a_wrong_secret_says_what_to_do(make_rig: MakeRig) -> None:
    error = await fails(make_rig(client_secret="wrong"), AuthFailed)
    assert "client ID and secret" in error.message
    assert "Dev Center" in error.hint
    assert "wrong" not in str(error).replace(": wrong, or revoked", "")


async def test_a_revoked_credential_says_what_to_do(rig: Rig) -> None:
    await rig.read("jobs")
    rig.twin.credential(revoked=True)
    error = await fails(rig, AuthFailed)
    assert "revoked" in error.message
    assert "new credential" in error.hint


async def test_a_credential_that_stays_refused_is_not_tried_forever(rig: Rig) -> None:
    rig.twin.fault("status", path="/v3/jobs$", status=401, times=9)
    error = await fails(rig, AuthFailed)
    assert "no longer accepts" in error.message
    assert len(rig.calls("/v3/jobs")) <= 2 + len(rig.calls("/v3/job_posts"))


async def test_a_malformed_client_id_points_at_the_field_and_is_not_repeated(make_rig: MakeRig) -> None:
    error = await fails(make_rig(client_id="my-secret-scope"), Misconfigured)
    assert error.field == "client_id"
    assert "my-secret-scope" not in str(error)


async def test_a_credential_without_scopes_is_told_apart(rig: Rig) -> None:
    rig.twin.credential(scopes=[])
    error = await fails(rig, Misconfigured)
    assert "no scopes" in error.message


@pytest.mark.parametrize("user", ["999999999", "ada"])
async def test_an_unknown_acting_user_points_at_the_field(make_rig: MakeRig, user: str) -> None:
    assert (await fails(make_rig(acting_user=user), Misconfigured)).field == "acting_user"


async def test_an_acting_user_who_was_deactivated_points_at_the_field(rig: Rig) -> None:
    await rig.read("jobs")
    rig.twin.change("users", int(rig.twin.subject_id), deactivated=True)
    error = await fails(rig, Misconfigured)
    assert error.field == "acting_user"
    assert "deactivated" in error.message


async def test_a_token_address_without_tokens_points_at_the_field(make_rig: MakeRig, twin: Any) -> None:
    assert (await fails(make_rig(token_url=f"{twin.url}/nothing"), Misconfigured)).field == "token_url"
    rig = make_rig()
    rig.twin.fault("status", path="/token", status=200, body="<html>Welcome</html>")
    assert (await fails(rig, Misconfigured)).field == "token_url"


async def test_a_missing_scope_names_what_is_forbidden(rig: Rig) -> None:
    rig.twin.credential(remove_scopes=["harvest:job_posts:list"])
    error = await fails(rig, Forbidden)
    assert error.permission == "job_posts"
    assert "scope" in error.hint


@pytest.mark.parametrize("body", ["message", "errors", "empty"])
async def test_a_subject_who_is_no_site_admin_is_forbidden(rig: Rig, body: str) -> None:
    rig.twin.configure(forbidden_body=body)
    rig.twin.change("users", int(rig.twin.subject_id), site_admin=False)
    assert "Site Admin" in (await fails(rig, Forbidden)).hint


async def test_an_api_that_is_not_there_is_said(make_rig: MakeRig, twin: Any) -> None:
    rig = make_rig(api_url=f"{twin.url}/v3/nowhere")
    error = await fails(rig, NotFound)
    assert "API address" in error.hint


async def test_a_gateway_page_is_tried_again_later(rig: Rig) -> None:
    rig.twin.fault("malformed", path="/v3/jobs$")
    assert (await fails(rig, Unavailable)).hint


@pytest.mark.parametrize("kind", ["drop", "truncated", "status"])
async def test_a_failed_read_is_repeated_at_once(rig: Rig, kind: str) -> None:
    rig.twin.fault(kind, path="/v3/jobs$")
    assert len((await rig.read("jobs")).jobs) == 2


async def test_a_429_waits_as_told_and_goes_on(rig: Rig) -> None:
    rig.twin.fault("status", path="/v3/jobs$", status=429, headers={"Retry-After": "7"})
    assert len((await rig.read("jobs")).jobs) == 2
    assert rig.clock.waits == [7.0]


async def test_the_limit_is_kept_without_ever_being_hit(rig: Rig) -> None:
    rig.twin.configure(calls_per_window=20)
    for _ in range(12):
        await rig.connector.check()
    statuses = [call["status"] for call in rig.calls("/v3/")]
    assert len(statuses) > 200
    assert 429 not in statuses


async def test_pacing_uses_nearly_all_of_each_window(rig: Rig) -> None:
    """A window of 20 allows 16 at least: four are left for what people wait for."""
    rig.twin.configure(calls_per_window=20)
    began = rig.twin.world.clock()
    for _ in range(12):
        await rig.connector.check()
    windows = (rig.twin.world.clock() - began).total_seconds() / 30
    assert len(rig.calls("/v3/")) / windows > 15


@pytest.mark.parametrize("off", [-7.0, 13.0])
async def test_windows_are_found_by_their_clock(make_rig: MakeRig, off: float) -> None:
    rig = make_rig(off=off)
    harvest = rig.connector._harvest
    rig.twin.configure(calls_per_window=6)
    for _ in range(6):
        await harvest.page("jobs", {"per_page": "1"})
    assert len(rig.clock.waits) == 2
    into = rig.twin.world.clock().timestamp() % 30
    assert into < 3, "it goes on right after a window of theirs began"


async def test_our_token_is_never_sent_where_a_link_leads(rig: Rig) -> None:
    link = f'<http://{rig.twin.files_host}/steal?cursor=abc>; rel="next"'
    rig.twin.fault("status", path="/v3/jobs$", status=200, body="[]", headers={"Link": link})
    rig.twin.fault("status", path="/v3/jobs$", status=200, body="[]")
    await rig.read("jobs")
    assert rig.calls("/steal") == []
    assert [call["query"] for call in rig.calls("/v3/jobs")][1] == "cursor=abc"


def _answer(status: int = 200, body: bytes = b"", **headers: str) -> Response:
    return Response(status=status, headers=headers, body=body)


@pytest.mark.parametrize(
    ("link", "cursor"),
    [
        ("", ""),
        ('<https://h.example/v3/jobs?cursor=eyJ9%3D%3D>; rel="next"', "eyJ9=="),
        ("<https://h.example/v3/jobs?cursor=abc>;rel=next", "abc"),
        ('<https://h.example/v3/jobs?cursor=a>; rel="prev", <https://h.example/x?cursor=b>; rel="next"', "b"),
        ('<https://h.example/v3/jobs?cursor=a>; rel="prev"', ""),
    ],
)
def test_links_in_all_their_forms(link: str, cursor: str) -> None:
    assert next_cursor(_answer(link=link)) == cursor


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            b'{"message": "No", "errors": ["first", {"per_page": "too large"}]}',
            "No; first; per_page: too large",
        ),
        (b'{"error": "invalid_client"}', "invalid_client"),
        (b'{"message": "client_id=abc.123-x is odd"}', "client_id is odd"),
        (b"<html>", "error 422"),
        (b"[1]", "error 422"),
        (b'{"errors": null}', "error 422"),
    ],
)
def test_refusals_are_told_in_words_without_the_client_id(body: bytes, words: str) -> None:
    assert said(_answer(422, body)) == words


@pytest.mark.parametrize("date", ["", "yesterday", "Tue, 24 Nov 2026 12:00:00 -0000"])
def test_a_date_that_tells_no_time_is_ignored(date: str) -> None:
    assert said_at(_answer(date=date)) is None


async def test_validation_errors_are_shown_with_the_vendors_words(rig: Rig) -> None:
    with pytest.raises(Rejected, match="per_page"):
        await rig.connector._harvest.page("jobs", {"per_page": "600"})

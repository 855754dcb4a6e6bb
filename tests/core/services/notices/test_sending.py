"""Each notice goes once through each channel, and only where it should."""

import asyncio

import pytest

from core.sdk import (
    Notice,
    Unavailable,
)
from core.services import members, notices, plugins
from core.services.schedule import tick
from core.services.work import TASKS
from core.store.engine import rows, value
from core.store.scope import nobody, tenant
from tests.core.services.notices.stage import Stage

pytestmark = pytest.mark.anyio


async def test_a_notice_reaches_each_member_once_through_each_channel(stage: Stage) -> None:
    await stage.notify("Greenhouse needs attention", stage.mine.member_id, stage.colleague)
    await stage.work()
    for name in ("plain", "locked"):
        sent = stage.of(name).sent
        assert {notice.recipient.split(".")[0] for notice in sent} == {"chiara", "rae"}
        assert len(sent) == len({notice.key for notice in sent}) == 2
    first: Notice = stage.of("plain").sent[0]
    assert (first.subject, first.body) == ("Greenhouse needs attention", "Look there.")
    assert first.link == "https://hire.example.org/board"
    assert not {n.key for n in stage.of("plain").sent} & {n.key for n in stage.of("locked").sent}


async def test_what_the_database_undid_is_sent_to_nobody(stage: Stage) -> None:
    with pytest.raises(ZeroDivisionError):
        async with tenant(stage.mine.tenant_id):
            await stage.notify("Never mind")
            raise ZeroDivisionError
    await stage.work()
    assert stage.of("plain").tried == []


async def testnothing_goes_through_the_channels_of_another_tenant(stage: Stage) -> None:
    async with tenant(stage.other.tenant_id):
        await notices.notify([stage.other.member_id], "For Harbour alone")
    await stage.work()
    assert stage.of("plain").tried == stage.of("locked").tried == []
    await plugins.set_enabled(stage.other, "plain", True)
    await plugins.set_enabled(stage.other, "locked", True)
    async with tenant(stage.other.tenant_id):
        await notices.notify([stage.other.member_id], "For Harbour alone")
    await stage.work()
    assert [notice.recipient for notice in stage.of("plain").sent] == [stage.other.email]
    assert stage.of("locked").tried == [], "it is set up in the first tenant only"


async def test_a_plugin_that_was_switched_off_sendsnothing_not_even_later(stage: Stage) -> None:
    await plugins.set_enabled(stage.mine, "plain", False)
    await stage.notify("While it is off")
    await stage.work()
    stage.of("locked").troubles.append(Unavailable("Away."))
    await stage.notify("While it is away")
    await stage.work()
    await plugins.set_enabled(stage.mine, "locked", False)
    await stage.later("locked", 10)
    await plugins.set_enabled(stage.mine, "locked", True)
    await stage.later("locked", 20)
    assert (stage.of("plain").tried, await stage.states("plain")) == ([], [])
    assert [notice.subject for notice in stage.of("locked").tried] == ["While it is off", "While it is away"]
    assert [state for state, _ in await stage.states("locked")] == ["sent", "dropped"]


async def test_who_may_not_sign_in_any_more_is_toldnothing(stage: Stage) -> None:
    await members.set_active(stage.mine, stage.colleague, False)
    await stage.notify("Before", stage.colleague)
    await stage.work()
    assert await stage.states("plain") == [], "nothing waits for a return either"
    await members.set_active(stage.mine, stage.colleague, True)
    stage.of("plain").troubles.append(Unavailable("Away."))
    await stage.notify("Between", stage.colleague)
    await stage.work()
    await members.set_active(stage.mine, stage.colleague, False)
    await stage.later("plain", 10)
    assert [notice.subject for notice in stage.of("plain").tried] == ["Between"]


async def test_a_notice_that_is_gone_is_not_sent(stage: Stage) -> None:
    await stage.notify("Gone")
    async with tenant(stage.mine.tenant_id):
        await rows("DELETE FROM notification RETURNING id")
    await stage.work()
    assert stage.of("plain").tried == []


async def test_a_notice_whose_job_was_lost_on_the_way_is_found_by_the_clock(stage: Stage) -> None:
    stage.of("plain").troubles.append(Unavailable("Away."))
    await stage.notify("Hello")
    await stage.work()
    async with nobody():
        await rows("DELETE FROM procrastinate_jobs RETURNING id")
    await asyncio.sleep(5.1)
    await tick()
    await stage.work()
    assert len(stage.of("plain").sent) == 1


async def test_the_same_notice_spread_twice_is_sent_once(stage: Stage) -> None:
    await stage.notify("Hello")
    async with tenant(stage.mine.tenant_id):
        notice = await value("SELECT id FROM notification")
    await stage.work()
    await TASKS["notify"](stage.mine.tenant_id, notice)
    await stage.work()
    assert len(stage.of("plain").sent) == 1

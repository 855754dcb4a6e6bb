"""Whatever one notifier does, no notice is lost, none comes twice, and nobody else waits."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from core.jobs.worker import Worker
from core.sdk import (
    AuthFailed,
    BadData,
    Forbidden,
    Misconfigured,
    NotFound,
    RateLimited,
    Rejected,
    Unavailable,
)
from core.services.work import TASKS
from tests.core.services.notices.stage import Stage, nothing

pytestmark = pytest.mark.anyio


async def test_one_channel_that_fails_makes_the_other_send_once_all_the_same(stage: Stage) -> None:
    stage.of("plain").troubles.append(Unavailable("Away."))
    await stage.notify("Hello")
    await stage.work()
    assert (len(stage.of("plain").sent), len(stage.of("locked").sent)) == (0, 1)
    await stage.later("plain", 4)
    assert len(stage.of("plain").tried) == 1, "it is left alone for five seconds"
    await stage.later("plain", 6)
    await stage.later("plain", 700)
    await stage.later("locked", 700)
    assert (len(stage.of("plain").sent), len(stage.of("locked").sent)) == (1, 1)
    assert len({notice.key for notice in stage.of("plain").tried}) == 1
    assert await stage.asked() == []


async def test_the_queue_itself_comes_back_for_what_was_put_off(stage: Stage, until: Any) -> None:
    stage.of("plain").troubles.append(Unavailable("Away."))
    await stage.notify("Hello")

    async def arrived() -> bool:
        return len(stage.of("plain").sent) == 1

    async with Worker(stage.runtime.database, TASKS, tick=nothing, patience=10.0).running():
        await until(arrived, 30.0)


async def test_asked_to_slow_down_it_waits_as_told_and_tells_nobody(stage: Stage) -> None:
    stage.of("plain").troubles.append(RateLimited("Slowly.", retry_after=120))
    await stage.notify("First")
    await stage.notify("Second")
    await stage.work()
    await stage.later("plain", 100)
    assert len(stage.of("plain").tried) == 1
    await stage.later("plain", 130)
    assert [notice.subject for notice in stage.of("plain").sent] == ["First", "Second"]
    assert await stage.asked() == []


@pytest.mark.parametrize("kind", [AuthFailed, Misconfigured, Forbidden])
async def test_what_a_person_has_to_mend_is_one_task_until_a_notice_arrives(
    stage: Stage, kind: type[AuthFailed]
) -> None:
    troubles = stage.of("locked").troubles
    troubles += [kind("The door is shut.", hint="Open it."), kind("The door is shut.", hint="Open it.")]
    await stage.notify("First", stage.mine.member_id, stage.colleague)
    await stage.work()
    await stage.notify("Second")
    await stage.work()
    assert len(stage.of("locked").tried) == 1, "a wrong password is not tried for every notice"
    ((title, body),) = await stage.asked()
    assert title == "Notices do not arrive: The locked channel"
    assert body.startswith("The door is shut. Open it.")
    await stage.later("locked", 3700)
    assert len(await stage.asked()) == 1
    await stage.later("locked", 7400)
    assert [notice.subject for notice in stage.of("locked").sent] == ["First", "First", "Second"]
    assert await stage.asked() == []


@pytest.mark.parametrize("kind", [Rejected, BadData, NotFound])
async def test_a_final_answer_is_final_for_that_notice_alone(stage: Stage, kind: type[Rejected]) -> None:
    stage.of("plain").troubles.append(kind("No such address."))
    await stage.notify("First")
    await stage.notify("Second")
    await stage.work()
    await stage.later("plain", 700)
    assert [notice.subject for notice in stage.of("plain").sent] == ["Second"]
    assert await stage.states("plain") == [("failed", "No such address."), ("sent", "")]
    assert await stage.asked() == []


@pytest.mark.parametrize(
    ("trouble", "words"),
    [(Unavailable("Away."), "Away."), (RuntimeError("canary-words"), "It failed (RuntimeError)")],
)
async def test_after_twelve_attempts_it_is_given_up_and_one_task_says_so(
    stage: Stage, trouble: Exception, words: str
) -> None:
    stage.of("plain").troubles += [trouble] * 24
    await stage.notify("Hello", stage.mine.member_id, stage.colleague)
    await stage.work()
    for hour in range(1, 16):
        await stage.later("plain", 3600 * hour)
    tried = [notice.recipient for notice in stage.of("plain").tried]
    assert sorted(tried.count(one) for one in set(tried)) == [12, 12]
    ((_, body),) = await stage.asked()
    assert body.startswith(words)
    assert "canary-words" not in body
    assert [state for state, _ in await stage.states("plain")] == ["failed", "failed"]
    assert len(stage.of("locked").sent) == 2
    await stage.notify("It works again")
    await stage.later("locked", 0)
    await stage.work()
    assert [notice.subject for notice in stage.of("plain").sent] == ["It works again"]
    assert await stage.asked() == []


@pytest.mark.parametrize("trouble", [SystemExit(1), asyncio.CancelledError(), KeyError("x")])
async def test_whatever_a_notifier_raises_is_its_own_affair(stage: Stage, trouble: BaseException) -> None:
    stage.of("plain").troubles.append(trouble)
    await stage.notify("Hello")
    await stage.work()
    assert len(stage.of("locked").sent) == 1
    assert await stage.states("plain") == [
        ("waiting", f"It failed ({type(trouble).__name__}); this is a fault of the plugin.")
    ]
    await stage.later("plain", 10)
    assert len(stage.of("plain").sent) == 1


@pytest.mark.slow
async def test_a_notifier_that_hangs_holds_up_nobody_else_and_is_left_after_its_time(
    stage: Stage, until: Callable[..., Awaitable[Any]]
) -> None:
    stage.of("plain").troubles.append("hang")
    await stage.notify("Hello", stage.mine.member_id, stage.colleague)

    async def others_sent() -> bool:
        return len(stage.of("locked").sent) == 2

    async def put_off() -> bool:
        return ("waiting", "It did not answer within 30 seconds.") in await stage.states("plain")

    async with Worker(stage.runtime.database, TASKS, tick=nothing, patience=10.0).running():
        await until(others_sent, 10.0)
        assert stage.of("plain").sent == []
        await until(put_off, 40.0)
    await stage.later("plain", 60)
    assert len(stage.of("plain").sent) == 2

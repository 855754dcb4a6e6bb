"""Notices on their way through strangers' notifiers: each once through each, whatever one of them does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from core import clock
from core.app import running
from core.errors import Conflict, Invalid, NotAllowed
from core.jobs.queue import Later
from core.jobs.worker import Worker
from core.sdk import (
    AuthFailed,
    BadData,
    Forbidden,
    Misconfigured,
    NotFound,
    Notice,
    RateLimited,
    Rejected,
    Unavailable,
)
from core.services import access, channels, members, notices, plugins, tasks
from core.services.access import Actor
from core.services.notifying import carry
from core.services.runtime import Runtime
from core.services.schedule import tick
from core.services.work import TASKS
from core.settings import load
from core.store.engine import rows, value
from core.store.scope import nobody, tenant

pytestmark = pytest.mark.anyio

NOTIFIERS = """
import asyncio
from core.sdk import Field, NotifierEntry, hookimpl

sent, tried, made, troubles = [], [], [], []

class Channel:
    def __init__(self, settings):
        made.append(dict(settings))
        self.settings = settings

    async def check(self):
        if self.settings.get("room") == "nowhere":
            from core.sdk import Misconfigured
            raise Misconfigured("There is no such room.", field="room", hint="Name another one.")

    async def send(self, notice):
        tried.append(notice)
        if troubles:
            trouble = troubles.pop(0)
            if trouble == "hang":
                await asyncio.sleep(600)
            raise trouble
        sent.append(notice)

@hookimpl
def shortlist_notifiers():
    yield NotifierEntry(key="NAME", title="The NAME channel", fields=FIELDS, make=Channel)
"""
FIELDS = '(Field(name="room", label="Room"), Field(name="pass", label="Password", kind="secret"))'
SETTINGS = {"room": "lobby", "pass": "canary-77-pass"}


async def _nothing() -> None:
    return None


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """An instance with two strangers' notifiers, and a worker that runs when a test wants it to."""

    runtime: Runtime
    mine: Actor
    colleague: UUID
    other: Actor

    def of(self, name: str) -> Any:
        """The module of a notifier: what it was made with, what it tried and sent, what to raise."""
        return self.runtime.catalog.manager.get_plugin(name)

    async def notify(self, title: str, *to: UUID, link: str = "/board") -> None:
        async with tenant(self.mine.tenant_id):
            await notices.notify(to or [self.mine.member_id], title, body="Look there.", link=link)

    async def work(self) -> None:
        """Run the worker until nothing about notices can be done now."""
        async with (
            Worker(self.runtime.database, TASKS, tick=_nothing, patience=10.0).running(),
            asyncio.timeout(60),
        ):
            while await _busy():  # noqa: ASYNC110  # the worker does it, without telling us
                await asyncio.sleep(0.05)

    async def states(self, name: str) -> list[tuple[str, str]]:
        async with tenant(self.mine.tenant_id):
            found = await rows(
                "SELECT s.state, s.error FROM sending s JOIN channel c ON c.id = s.channel "
                "WHERE c.notifier = $1 ORDER BY s.id",
                name,
            )
        return [(row["state"], row["error"]) for row in found]

    async def asked(self) -> list[tuple[str, str]]:
        return [(t.title, t.body) for t in await tasks.list_tasks(self.mine) if t.kind == "notifier"]

    async def later(self, name: str, seconds: float) -> None:
        """Do what the channel's job does when that many seconds have passed."""
        async with tenant(self.mine.tenant_id):
            channel = await value("SELECT id FROM channel WHERE notifier = $1", name)

        async def then() -> None:
            stepping = clock.SteppingClock(datetime.now(UTC))  # noqa: TID251  # jobs were put off from now
            stepping.advance(seconds)
            clock.use(stepping)
            with suppress(Later):
                await carry(self.mine.tenant_id, channel)

        await asyncio.create_task(then())


async def _busy() -> bool:
    async with nobody():
        return bool(
            await value(
                "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' OR (status = 'todo' "
                "AND (scheduled_at IS NULL OR scheduled_at <= now()))"
            )
        )


@pytest.fixture(scope="module")
async def instance(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Runtime]:
    folder: Path = tmp_path_factory.mktemp("plugins")
    for name, fields in (("plain", "()"), ("locked", FIELDS)):
        (folder / f"{name}.py").write_text(NOTIFIERS.replace("NAME", name).replace("FIELDS", fields))
    settings = load(
        {}, data_dir=tmp_path_factory.mktemp("sl"), plugins_dir=folder, public_url="https://hire.example.org/"
    )
    async with running(settings, worker=False) as runtime:
        yield runtime


@pytest.fixture
async def stage(instance: Runtime) -> AsyncIterator[Stage]:
    """Two tenants of their own for every test; in the first both notifiers are on and set up."""
    number = clock.new_id().hex
    mine = await access.add_tenant("Quay", "Chiara Lenz", f"chiara.{number}@example.org", "a short sentence")
    other = await access.add_tenant("Harbour", "Omar", f"omar.{number}@example.org", "a short sentence")
    colleague = await members.add_member(
        mine, "Rae", f"rae.{number}@example.org", "recruiter", "a short sentence"
    )
    for name in ("plain", "locked"):
        await plugins.set_enabled(mine, name, True)
        module: Any = instance.catalog.manager.get_plugin(name)
        for kept in (module.sent, module.tried, module.made, module.troubles):
            kept.clear()
    await channels.save_channel(mine, "locked", SETTINGS)
    yield Stage(runtime=instance, mine=mine, colleague=colleague.id, other=other)
    async with nobody():
        await rows("DELETE FROM procrastinate_jobs RETURNING id")


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


async def test_secrets_are_opened_for_the_notifier_and_for_nobody_else(stage: Stage) -> None:
    await stage.notify("Hello")
    await stage.work()
    assert stage.of("locked").made[-1] == SETTINGS
    (view,) = [view for view in await channels.list_channels(stage.mine) if view.key == "locked"]
    assert (view.values, view.secret_set, view.in_use) == ({"room": "lobby"}, {"pass": True}, True)
    assert SETTINGS["pass"] not in repr(view)
    async with tenant(stage.mine.tenant_id):
        row = (await rows("SELECT * FROM channel WHERE notifier = 'locked'"))[0]
    assert SETTINGS["pass"] not in repr(row)


async def test_an_empty_secret_stays_and_settings_that_do_not_work_are_not_saved(stage: Stage) -> None:
    await channels.save_channel(stage.mine, "locked", {"room": "attic", "pass": ""})
    for wrong in ({"room": "nowhere"}, {"room": " "}, {"colour": "red"}):
        with pytest.raises(Invalid) as refused:
            await channels.save_channel(stage.mine, "locked", wrong)
        assert set(refused.value.fields) == set(wrong)
    await stage.notify("Hello")
    await stage.work()
    assert stage.of("locked").made[-1] == {"room": "attic", "pass": SETTINGS["pass"]}


async def test_only_admins_set_channels_up_and_only_of_plugins_that_are_on(stage: Stage) -> None:
    recruiter = msgspec.structs.replace(stage.mine, role="recruiter")
    for attempt in (
        channels.list_channels(recruiter),
        channels.check_channel(recruiter, "locked", SETTINGS),
        channels.save_channel(recruiter, "locked", SETTINGS),
        channels.forget_channel(recruiter, "locked"),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    with pytest.raises(Conflict):
        await channels.save_channel(stage.other, "locked", SETTINGS)


async def test_nothing_goes_through_the_channels_of_another_tenant(stage: Stage) -> None:
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


async def test_a_plugin_that_was_switched_off_sends_nothing_not_even_later(stage: Stage) -> None:
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


async def test_a_channel_that_was_forgotten_sends_nothing(stage: Stage) -> None:
    await channels.forget_channel(stage.mine, "locked")
    await stage.notify("Hello")
    await stage.work()
    assert len(stage.of("plain").sent) == 1
    assert stage.of("locked").tried == []


async def test_who_may_not_sign_in_any_more_is_told_nothing(stage: Stage) -> None:
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

    async with Worker(stage.runtime.database, TASKS, tick=_nothing, patience=10.0).running():
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


async def test_saving_the_settings_anew_sends_what_waited_at_once(stage: Stage) -> None:
    stage.of("locked").troubles.append(AuthFailed("Wrong password."))
    await stage.notify("Hello")
    await stage.work()
    assert stage.of("locked").sent == []
    await channels.save_channel(stage.mine, "locked", {"pass": "another-one"})
    await stage.work()
    assert len(stage.of("locked").sent) == 1
    assert stage.of("locked").made[-1]["pass"] == "another-one"
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

    async with Worker(stage.runtime.database, TASKS, tick=_nothing, patience=10.0).running():
        await until(others_sent, 10.0)
        assert stage.of("plain").sent == []
        await until(put_off, 40.0)
    await stage.later("plain", 60)
    assert len(stage.of("plain").sent) == 2


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

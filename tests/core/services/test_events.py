"""What plugins hear of what happened: after the commit, in order, at least once, only where they are on."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from core.app import running
from core.jobs.queue import enqueue
from core.jobs.worker import Worker
from core.sdk import ApplicationMoved, ApplicationScored, ConnectionFailed
from core.services import access, board, connections, plugins
from core.services.access import Actor
from core.services.runtime import Runtime
from core.services.schedule import tick
from core.services.work import TASKS
from core.settings import load
from core.store.engine import rows, value
from core.store.scope import nobody, tenant

pytestmark = pytest.mark.anyio

LISTENER = """
import asyncio
from core.sdk import hookimpl

heard = []
gate = asyncio.Event()
gate.set()

async def note(event):
    heard.append(event)
    await gate.wait()

@hookimpl
async def application_scored(event):
    await note(event)

@hookimpl
async def application_moved(event):
    await note(event)

@hookimpl
async def connection_failed(event):
    await note(event)
"""


async def _nothing() -> None:
    return None


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """An instance whose worker runs only while a test wants it to."""

    runtime: Runtime
    mine: Actor
    other: Actor
    job: UUID
    connection: UUID
    twin: Any

    def working(self, patience: float = 10.0) -> AbstractAsyncContextManager[None]:
        """The worker, running until the block ends; it does what is queued and nothing by the clock."""
        return Worker(self.runtime.database, TASKS, tick=_nothing, patience=patience).running()

    @property
    def listener(self) -> Any:
        return self.runtime.catalog.manager.get_plugin("listener")

    def heard(self, kind: type[Any], actor: Actor | None = None) -> list[Any]:
        wanted = (actor or self.mine).tenant_id
        return [e for e in self.listener.heard if isinstance(e, kind) and e.tenant_id == wanted]

    async def stored(self, actor: Actor | None = None) -> int:
        async with tenant((actor or self.mine).tenant_id):
            return int(await value("SELECT count(*) FROM event"))

    async def card(self, actor: Actor, name: str) -> Any:
        job = self.job if actor is self.mine else await self._job_of(actor)
        found = await board.columns(actor, job)
        return next(card for column in found for card in column.cards if card.name == name)

    async def _job_of(self, actor: Actor) -> UUID:
        async with tenant(actor.tenant_id):
            found: UUID = await value("SELECT id FROM job WHERE title = 'Data Engineer'")
            return found


@pytest.fixture(scope="module")
async def stage(
    tmp_path_factory: pytest.TempPathFactory, twin: Any, connect: Any, anyio_backend: str
) -> AsyncIterator[Stage]:
    folder: Path = tmp_path_factory.mktemp("plugins")
    (folder / "listener.py").write_text(LISTENER)
    settings = load({}, data_dir=tmp_path_factory.mktemp("sl"), plugins_dir=folder)
    async with running(settings, worker=False) as runtime:
        mine = await access.add_tenant("Quay", "Chiara Lenz", "chiara@example.org", "a short sentence")
        other = await access.add_tenant("Harbour", "Omar Haddad", "omar@example.org", "a short sentence")
        await plugins.set_enabled(mine, "listener", True)
        async with Worker(runtime.database, TASKS, tick=_nothing, patience=10.0).running():
            world = await connect(mine, twin)
            await connect(other, twin)
        yield Stage(
            runtime=runtime, mine=mine, other=other, job=world.job, connection=world.connection, twin=twin
        )


@pytest.fixture(autouse=True)
async def told(stage: Stage, until: Callable[..., Any]) -> None:
    """Every test starts when all that went before has been told."""

    async def nothing_waits() -> bool:
        return await stage.stored() + await stage.stored(stage.other) == 0

    async with stage.working():
        await until(nothing_waits)


async def test_every_application_of_the_first_sync_is_told_once_and_nothing_stays(stage: Stage) -> None:
    scores = {event.application_id: event for event in stage.heard(ApplicationScored)}
    mira = await stage.card(stage.mine, "Mira Sol")
    async with tenant(stage.mine.tenant_id):
        applications = {row["id"] for row in await rows("SELECT id FROM application")}
    assert set(scores) >= {row.id for c in await board.columns(stage.mine, stage.job) for row in c.cards}
    assert set(scores) <= applications
    assert (scores[mira.id].score, scores[mira.id].band, scores[mira.id].job_id) == (
        mira.score,
        mira.band,
        stage.job,
    )


async def test_a_tenant_that_did_not_switch_the_plugin_on_is_not_heard_of(stage: Stage) -> None:
    card = await stage.card(stage.other, "Jonas Weil")
    await board.move(stage.other, card.id, "qualified")
    assert await stage.stored(stage.other) == 1
    await told_now(stage, stage.other)
    assert [event for event in stage.listener.heard if event.tenant_id == stage.other.tenant_id] == []


async def test_a_move_is_heard_with_who_moved_it_where(stage: Stage) -> None:
    card = await stage.card(stage.mine, "Scan Ner")
    await board.move(stage.mine, card.id, "qualified")
    await told_now(stage, stage.mine)
    assert stage.heard(ApplicationMoved)[-1] == ApplicationMoved(
        tenant_id=stage.mine.tenant_id,
        application_id=card.id,
        job_id=stage.job,
        from_category="needs_a_look",
        to_category="qualified",
        member_id=stage.mine.member_id,
    )


async def test_saying_why_afterwards_is_no_move_but_an_undo_is(stage: Stage) -> None:
    card = await stage.card(stage.mine, "Jonas Weil")
    moved = await board.move(stage.mine, card.id, "qualified")
    explained = await board.explain(stage.mine, moved.decision_id, "Knows the trade.")
    assert await stage.stored() == 1
    await board.move(stage.mine, card.id, "qualified", reason="Where it is already.")
    assert await stage.stored() == 1
    await told_now(stage, stage.mine)
    undone = await board.move(stage.mine, explained.application_id, "not_qualified")
    await board.undo(stage.mine, undone.decision_id)
    await told_now(stage, stage.mine)
    ways = [
        (event.from_category, event.to_category)
        for event in stage.heard(ApplicationMoved)
        if event.application_id == card.id
    ]
    assert ways[-2:] == [("qualified", "not_qualified"), ("not_qualified", "qualified")]


async def test_events_are_told_in_the_order_they_happened(stage: Stage) -> None:
    card = await stage.card(stage.mine, "Mira Sol")
    wanted = ["not_qualified", "pre_qualified", "qualified", "needs_a_look"] * 3
    for category in wanted:
        await board.move(stage.mine, card.id, category)
    await told_now(stage, stage.mine)
    heard = [e.to_category for e in stage.heard(ApplicationMoved) if e.application_id == card.id]
    assert heard[-len(wanted) :] == wanted


async def test_a_move_that_was_undone_by_the_database_is_never_told(stage: Stage) -> None:
    card = await stage.card(stage.mine, "Mira Sol")
    with pytest.raises(ZeroDivisionError):
        async with tenant(stage.mine.tenant_id):
            await board.move(stage.mine, card.id, "not_qualified")
            raise ZeroDivisionError
    assert await stage.stored() == 0


async def test_what_was_committed_before_a_crash_is_told_after_it(stage: Stage, until: Any) -> None:
    before = len(stage.heard(ApplicationMoved))
    card = await stage.card(stage.mine, "Mira Sol")
    target = "pre_qualified" if card.category != "pre_qualified" else "qualified"
    await board.move(stage.mine, card.id, target)
    assert len(stage.heard(ApplicationMoved)) == before, "nobody worked, so nobody was told"
    async with nobody():
        queued = await rows("DELETE FROM procrastinate_jobs WHERE task_name = 'tell' RETURNING id")
    assert len(queued) == 1
    await tick()  # finds the event without its job as well
    async with stage.working():
        await until(_heard_more(stage, before))
    assert stage.heard(ApplicationMoved)[-1].to_category == target


async def test_an_event_that_was_being_told_when_the_worker_stopped_is_told_again(
    stage: Stage, until: Any
) -> None:
    before = len(stage.heard(ApplicationMoved))
    card = await stage.card(stage.mine, "Mira Sol")
    stage.listener.gate.clear()
    try:
        await board.move(
            stage.mine, card.id, "needs_a_look" if card.category != "needs_a_look" else "qualified"
        )
        async with stage.working(patience=0.2):
            await until(_heard_more(stage, before))
    finally:
        stage.listener.gate.set()
    assert await stage.stored() == 1
    async with stage.working():
        await until(_heard_more(stage, before + 1))
    first, again = stage.heard(ApplicationMoved)[before:]
    assert first == again


async def test_an_event_another_version_stored_does_not_stand_in_the_way(stage: Stage) -> None:
    async with tenant(stage.mine.tenant_id):
        await rows(
            "INSERT INTO event (id, hook, body, made_at) VALUES "
            "(gen_random_uuid(), 'application_sung', '{}', now()), "
            """(gen_random_uuid(), 'application_moved', '{"tune": 1}', now())"""
        )
        await enqueue("tell", stage.mine.tenant_id)
    await told_now(stage, stage.mine)


async def test_a_connection_that_needs_a_person_is_heard_of_once(stage: Stage, until: Any) -> None:
    stage.twin.credential(revoked=True)
    stage.twin.revoke_tokens()
    for _ in range(2):
        await connections.sync_now(stage.mine, stage.connection)
        await told_now(stage, stage.mine, until=_state(stage, "needs_attention"))
    (heard,) = stage.heard(ConnectionFailed)
    found = await connections.connection(stage.mine, stage.connection)
    assert (heard.connection_id, heard.message) == (stage.connection, found.state_text)
    stage.twin.credential(revoked=False)


def _heard_more(stage: Stage, before: int) -> Callable[[], Any]:
    async def more() -> bool:
        return len(stage.heard(ApplicationMoved)) > before

    return more


def _state(stage: Stage, wanted: str) -> Callable[[], Any]:
    async def there() -> bool:
        return (await connections.connection(stage.mine, stage.connection)).state == wanted

    return there


async def _always() -> bool:
    return True


async def told_now(stage: Stage, actor: Actor, until: Callable[[], Any] = _always) -> None:
    """Let the worker run until that is so and no event of the tenant waits."""
    async with stage.working(), asyncio.timeout(30):
        while not await until() or await stage.stored(actor):  # noqa: ASYNC110  # it does not tell us
            await asyncio.sleep(0.05)

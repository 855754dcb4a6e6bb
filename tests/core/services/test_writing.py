"""Every version of a result becomes visible in the ATS exactly once, whatever goes wrong on the way."""

from typing import Any

import pytest

from core.jobs.queue import Later
from core.services import board, connections, profiles, tasks, writing
from core.services.profiles import WriteRow
from core.store import connections as stored
from core.store import outbox, scope
from core.store.engine import rows

pytestmark = pytest.mark.anyio
ELSEWHERE = {"qualified": "pre_qualified", "pre_qualified": "not_qualified", "not_qualified": "qualified"}


@pytest.fixture(autouse=True)
async def settled(world: Any, until: Any) -> None:
    """Notes are counted from a moment when nothing is on its way any more."""

    async def quiet() -> bool:
        async with scope.tenant(world.actor.tenant_id):
            return not await rows("SELECT 1 FROM write_back WHERE state = 'waiting'")

    await until(quiet, seconds=90)


async def _moved(world: Any, name: str = "Mira Sol") -> Any:
    """The card's application after one more decision about it."""
    found = await board.columns(world.actor, world.job)
    card = next(card for column in found for card in column.cards if card.name == name)
    await board.move(world.actor, card.id, ELSEWHERE.get(card.category, "qualified"))
    return card.id


async def _writes(world: Any, application: Any) -> tuple[WriteRow, ...]:
    return (await profiles.profile(world.actor, application)).writes


async def _all_written(world: Any, until: Any, application: Any) -> None:
    async def written() -> bool:
        return all(write.state == "written" for write in await _writes(world, application))

    await until(written, seconds=90)


async def _asked(world: Any, kind: str) -> list[str]:
    return [task.title for task in await tasks.list_tasks(world.actor) if task.kind == kind]


def _shown(world: Any, name: str = "Mira Sol") -> dict[str, Any]:
    first = name.partition(" ")[0]
    (person,) = (row["id"] for row in world.twin.rows("candidates") if row["first_name"] == first)
    (row,) = (row for row in world.twin.rows("applications") if row["candidate_id"] == person)
    fields: dict[str, Any] = row["custom_fields"]
    return fields


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "lost"},
        {"kind": "truncated"},
        {"kind": "malformed"},
        {"kind": "drop"},
        {"kind": "status", "status": 500},
        {"kind": "status", "status": 429, "headers": {"Retry-After": "1"}},
    ],
)
@pytest.mark.parametrize("call", [("POST", "/v3/notes"), ("PATCH", "/v3/applications/")])
async def test_a_fault_on_the_way_leaves_one_note_and_the_newest_field(
    world: Any, until: Any, notes: Any, fault: dict[str, Any], call: tuple[str, str]
) -> None:
    before = len(notes())
    kind, more = fault["kind"], {name: value for name, value in fault.items() if name != "kind"}
    world.twin.fault(kind, method=call[0], path=call[1], **more)
    application = await _moved(world)
    await _all_written(world, until, application)
    assert len(notes()) == before + 1
    assert len(set(notes())) == len(notes())
    found = await profiles.profile(world.actor, application)
    assert _shown(world)["shortlist_band"].lower().replace("-", "_").replace(" ", "_") == found.category


async def test_a_process_killed_between_the_write_and_its_mark_writes_nothing_twice(
    world: Any, until: Any, notes: Any
) -> None:
    application = await _moved(world)
    await _all_written(world, until, application)
    before = notes()
    async with scope.tenant(world.actor.tenant_id):
        await rows(
            "UPDATE write_back SET state = 'waiting', reference = '' WHERE application = $1", application
        )
    await writing.write_back(world.actor.tenant_id, world.connection)
    assert notes() == before
    assert {write.state for write in await _writes(world, application)} == {"written"}


async def test_a_missing_scope_is_one_task_and_what_waits_is_written_once_it_is_granted(
    world: Any, until: Any, notes: Any
) -> None:
    before = len(notes())
    world.twin.credential(remove_scopes=["harvest:notes:create"])
    moved = [await _moved(world, name) for name in ("Mira Sol", "Jonas Weil")]

    async def asked() -> bool:
        return bool(await _asked(world, "write_back"))

    await until(asked)
    with pytest.raises(Later):
        await writing.write_back(world.actor.tenant_id, world.connection)
    assert len(await _asked(world, "write_back")) == 1
    for application in moved:
        states = {write.kind: write.state for write in (await _writes(world, application))[:2]}
        assert states == {"fields": "written", "note": "waiting"}
    world.twin.credential(add_scopes=["harvest:notes:create"])
    await writing.write_back(world.actor.tenant_id, world.connection)
    assert len(notes()) == before + 2
    assert await _asked(world, "write_back") == []


async def test_revoked_credentials_keep_everything_waiting_until_somebody_reconnects(
    world: Any, until: Any, notes: Any
) -> None:
    before = len(notes())
    world.twin.credential(revoked=True)
    world.twin.revoke_tokens()
    application = await _moved(world)

    async def stopped() -> bool:
        return (await connections.connection(world.actor, world.connection)).state == "needs_attention"

    await until(stopped)
    asked = len(world.twin.calls(prefix="/token"))
    await writing.write_back(world.actor.tenant_id, world.connection)
    assert len(world.twin.calls(prefix="/token")) == asked, "nobody knocks while the door is known to be shut"
    assert {write.state for write in (await _writes(world, application))[:2]} == {"waiting"}
    world.twin.credential(revoked=False)
    await connections.reconnect(world.actor, world.connection, {})
    await _all_written(world, until, application)
    assert len(notes()) == before + 1


async def test_a_sync_that_ends_does_not_wake_what_was_paused_meanwhile(world: Any) -> None:
    await connections.pause(world.actor, world.connection)
    async with scope.tenant(world.actor.tenant_id):
        moved = await stored.enter(world.connection, "active", "Everything is in sync.", by_itself=True)
        row = await stored.get(world.connection)
    assert row is not None
    assert (moved, row.state) == (False, "paused")
    await connections.resume(world.actor, world.connection)


async def test_a_paused_integration_is_left_alone_and_written_to_when_it_goes_on(
    world: Any, until: Any, notes: Any
) -> None:
    before = len(notes())
    await connections.pause(world.actor, world.connection)
    application = await _moved(world)
    async with scope.tenant(world.actor.tenant_id):
        assert await outbox.connections_waiting() == []
    assert len(notes()) == before
    await connections.resume(world.actor, world.connection)
    await _all_written(world, until, application)
    assert len(notes()) == before + 1


async def test_trying_again_never_puts_an_old_result_over_a_newer_one(world: Any, until: Any) -> None:
    world.twin.fault("status", method="PATCH", path="/v3/applications/", status=422, times=2)
    application = await _moved(world)

    async def failed() -> bool:
        return "failed" in {write.state for write in await _writes(world, application)}

    await until(failed)
    world.twin.control.delete("/faults")
    await _moved(world)

    async def newest() -> bool:
        return {write.state for write in (await _writes(world, application))[:2]} == {"written"}

    await until(newest)
    shown = _shown(world)
    await writing.retry_write(world.actor, application)
    await writing.write_back(world.actor.tenant_id, world.connection)
    assert _shown(world) == shown


async def test_who_was_deleted_there_leaves_the_board_when_a_result_finds_nobody(
    world: Any, until: Any
) -> None:
    (gone,) = (row["id"] for row in world.twin.rows("candidates") if row["first_name"] == "Jonas")
    world.twin.act("delete_candidate", id=gone)
    application = await _moved(world, "Jonas Weil")

    async def left() -> bool:
        found = await board.columns(world.actor, world.job)
        return all(card.name != "Jonas Weil" for column in found for card in column.cards)

    await until(left)
    assert await _asked(world, "write_back") == []
    async with scope.tenant(world.actor.tenant_id):
        last = await rows(
            "SELECT state FROM write_back WHERE application = $1 ORDER BY id DESC LIMIT 2", application
        )
    assert [row["state"] for row in last] == ["failed", "failed"]

from typing import Any

import pytest

from core.sdk import ConnectionFailed
from core.services import board, profiles, tasks
from core.services.board import Card
from core.services.events import announce
from core.store import scores
from core.store.engine import one, value
from core.store.scope import tenant

pytestmark = pytest.mark.anyio


async def _cards(world: Any) -> dict[str, Card]:
    found = await board.columns(world.actor, world.job)
    return {card.name: card for column in found for card in column.cards}


async def test_who_meets_the_requirements_stands_above_who_does_not(world: Any) -> None:
    cards = await _cards(world)
    assert cards["Mira Sol"].score is not None
    assert cards["Jonas Weil"].score is None or cards["Mira Sol"].score > cards["Jonas Weil"].score
    assert cards["Mira Sol"].band == "qualified"
    assert cards["Jonas Weil"].category != "qualified"


async def test_the_rows_add_up_and_every_quote_stands_in_what_was_read(world: Any) -> None:
    card = (await _cards(world))["Mira Sol"]
    found = await profiles.profile(world.actor, card.id)
    assert sum(row.points for row in found.requirements) == found.score
    assert sum(row.max_points for row in found.requirements) == 100
    text = found.documents[0].text
    for row in found.requirements:
        assert bool(row.quotes) == (row.match != "not_stated")
        for quote in row.quotes:
            assert text[quote.start : quote.end] == quote.text


async def test_a_resume_nobody_can_read_has_no_score_and_asks_for_a_person(world: Any) -> None:
    card = (await _cards(world))["Scan Ner"]
    assert card.score is None
    assert card.band == "unreadable"
    assert card.category == "needs_a_look"
    found = await profiles.profile(world.actor, card.id)
    assert "damaged" in found.explanation
    assert any(task.kind == "unreadable" for task in await tasks.list_tasks(world.actor))


async def test_a_job_without_a_description_scores_nobody_and_says_so(world: Any) -> None:
    open_tasks = await tasks.list_tasks(world.actor)
    assert any(task.kind == "requirements" and "no description" in task.body for task in open_tasks)


async def test_a_decision_and_its_undo_are_both_told_to_the_ats_once(
    world: Any, until: Any, notes: Any
) -> None:
    card = (await _cards(world))["Jonas Weil"]

    async def told() -> bool:
        writes = (await profiles.profile(world.actor, card.id)).writes
        return bool(writes) and all(write.state == "written" for write in writes)

    await until(told)
    before = len(notes())
    moved = await board.move(world.actor, card.id, "qualified", reason="Met in person")
    undone = await board.undo(world.actor, moved.decision_id)
    assert undone.to_category == moved.from_category
    await until(told)
    found = notes()
    assert len(found) == before + 2
    assert len(found) == len(set(found))
    moves = world.twin.calls(method="POST", prefix="/v3/applications")
    assert not moves, "the pipeline of the ATS is never touched"


async def test_a_decision_taken_back_is_nobodys_but_an_earlier_one_still_stands(
    world: Any, until: Any
) -> None:
    before = (await _cards(world))["Mira Sol"]
    assert before.whose_turn == "recruiter"
    taken_back = await board.move(world.actor, before.id, "qualified")
    await board.undo(world.actor, taken_back.decision_id)
    after = (await _cards(world))["Mira Sol"]
    assert (after.category, after.decided_by, after.whose_turn) == (before.category, "", "recruiter")
    await board.move(world.actor, before.id, "pre_qualified")
    second = await board.move(world.actor, before.id, "not_qualified")
    await board.undo(world.actor, second.decision_id)
    again = (await _cards(world))["Mira Sol"]
    assert (again.category, again.decided_by, again.whose_turn) == ("pre_qualified", world.actor.name, "")

    async def told() -> bool:
        return all(
            write.state == "written" for write in (await profiles.profile(world.actor, before.id)).writes
        )

    await until(told)


async def test_every_fault_of_the_ats_still_ends_in_exactly_one_note(
    world: Any, until: Any, notes: Any
) -> None:
    card = (await _cards(world))["Mira Sol"]
    for kind, category in (("lost", "pre_qualified"), ("status", "qualified")):
        before = len(notes())
        if kind == "lost":
            world.twin.fault("lost", method="POST", path="/v3/notes", times=2)
        else:
            world.twin.fault("status", status=503, method="POST", path="/v3/notes", times=2)
        await board.move(world.actor, card.id, category)

        async def written(card: Card = card) -> bool:
            writes = (await profiles.profile(world.actor, card.id)).writes
            return all(write.state == "written" for write in writes)

        await until(written, seconds=90)
        found = notes()
        assert len(found) == before + 1
        assert len(found) == len(set(found))


async def test_a_decision_made_while_a_page_is_scored_keeps_a_version_of_its_own(world: Any) -> None:
    card = (await _cards(world))["Mira Sol"]
    async with tenant(world.actor.tenant_id):
        before = await one(
            "SELECT wanted, score, band, category, card, version FROM application WHERE id = $1", card.id
        )
    assert before is not None
    await board.move(world.actor, card.id, "pre_qualified")
    async with tenant(world.actor.tenant_id):
        await scores.settle(
            card.id,
            wanted=before["wanted"],
            score=before["score"],
            band=before["band"],
            category=before["category"],
            card=before["card"].encode(),
            changed=True,
        )
        version = await value("SELECT version FROM application WHERE id = $1", card.id)
    assert version == before["version"] + 2
    assert (await _cards(world))["Mira Sol"].category == "pre_qualified"


async def test_without_a_plugin_that_listens_no_event_is_stored(world: Any) -> None:
    event = ConnectionFailed(
        tenant_id=world.actor.tenant_id, connection_id=world.connection, message="Refused."
    )
    async with tenant(world.actor.tenant_id):
        await announce([event])
        assert await value("SELECT count(*) FROM event") == 0

"""A second scorer judges beside the first, and nothing but a comparison comes of it."""

from collections.abc import Iterator
from typing import Any

import pytest

from core.errors import Conflict, NotAllowed, NotFound
from core.sdk.testing.model import ModelService
from core.services import board, disagreements, jobs, profiles, rubrics, scorer_choice
from core.services.access import Actor
from core.services.disagreements import Comparison
from core.store.engine import rows, value
from core.store.scope import tenant

pytestmark = pytest.mark.anyio
EVERYTHING_ELSE = (
    "SELECT id, score, band, category, card::text, version, settled, wanted, shown_score FROM application ORDER BY id",
    "SELECT id FROM score ORDER BY id",
    "SELECT id FROM receipt ORDER BY id",
    "SELECT id, state, payload::text FROM write_back ORDER BY id",
)


async def _seen(world: Any) -> list[Any]:
    async with tenant(world.actor.tenant_id):
        return [await rows(question) for question in EVERYTHING_ELSE]


async def _written(world: Any) -> bool:
    async with tenant(world.actor.tenant_id):
        return not await value("SELECT count(*) FROM write_back WHERE state = 'waiting'")


@pytest.fixture(scope="module")
def inventor() -> Iterator[ModelService]:
    """A model that only invents: what it says differs wherever the board's scorer found anything."""
    with ModelService() as running:
        running.behaviour = "inventing"
        yield running


async def _compared(world: Any, count: int) -> Comparison | None:
    found = await disagreements.comparison(world.actor)
    return found if sum(job.compared for job in found.jobs) >= count else None


async def test_nothing_runs_beside_until_an_admin_wants_it(world: Any) -> None:
    with pytest.raises(NotFound, match="No second scorer"):
        await disagreements.comparison(world.actor)
    with pytest.raises(Conflict, match="fills the board already"):
        await scorer_choice.run_beside(world.actor, "keywords")


async def test_it_judges_everybody_and_changes_nothing_people_decide_by(
    world: Any, until: Any, inventor: ModelService
) -> None:
    settings = {"base_url": inventor.url, "model": "toy", "timeout": "20"}
    await scorer_choice.save_settings(world.actor, "llm", settings)
    await until(lambda: _written(world))
    before, notes = await _seen(world), len(world.twin.rows("notes"))
    await scorer_choice.run_beside(world.actor, "llm")
    found = await until(lambda: _compared(world, 4))
    assert (found.board, found.beside) == ("Keyword scorer", "Language model scorer")
    assert await _seen(world) == before
    assert len(world.twin.rows("notes")) == notes
    for column in await board.columns(world.actor, world.job):
        for card in column.cards:
            assert (await profiles.profile(world.actor, card.id)).scorer_title == "Keyword scorer"


async def test_disagreements_show_both_sides_with_their_quotes_and_are_counted(
    world: Any, until: Any
) -> None:
    found = await until(lambda: _compared(world, 4))
    assert found.found
    for one in found.found:
        assert one.band != one.other_band or any(row.must_have for row in one.rows)
        for row in one.rows:
            assert row.board.match != row.beside.match
            for side in (row.board, row.beside):
                assert side.reason
                assert bool(side.quotes) == (side.match != "not_stated")
    (job,) = [one for one in found.jobs if one.job == world.job]
    narrowed = await disagreements.comparison(world.actor, world.job)
    assert job.disagree == narrowed.total == len(narrowed.found)
    counted = dict(narrowed.requirements)
    rows_of = [row.text for one in narrowed.found for row in one.rows]
    assert counted
    assert all(counted[text] >= rows_of.count(text) for text in rows_of)
    assert (await scorer_choice.scoring(world.actor)).disagreements == found.total


async def test_peoples_decisions_say_which_of_the_two_was_right(world: Any, until: Any) -> None:
    pair = (await disagreements.comparison(world.actor, world.job)).found[0]
    await board.move(world.actor, pair.application_id, "not_qualified", reason="Spoke to them")
    (job,) = [one for one in (await disagreements.comparison(world.actor)).jobs if one.job == world.job]
    assert job.decided == 1
    assert job.board_right == int(pair.band == "not_qualified")
    assert job.other_right == int(pair.other_band == "not_qualified")


async def test_with_another_rubric_it_judges_again(world: Any, until: Any) -> None:
    view = await rubrics.rubric(world.actor, world.job)
    fewer = view.requirements[:2]
    await rubrics.save(world.actor, world.job, fewer, pre_qualified=40, qualified=70)

    async def anew() -> bool:
        if (await jobs.get_job(world.actor, world.job)).scoring:
            return False
        async with tenant(world.actor.tenant_id):
            return bool(
                await value(
                    "SELECT count(*) = 0 FROM application a WHERE a.job = $1 AND NOT EXISTS "
                    "(SELECT 1 FROM shadow_score h WHERE h.beside = a.shown_score)",
                    world.job,
                )
            )

    await until(anew)
    texts = {requirement.text for requirement in fewer}
    narrowed = await disagreements.comparison(world.actor, world.job)
    assert {row.text for one in narrowed.found for row in one.rows} <= texts


async def test_chosen_for_the_board_it_no_longer_runs_beside(world: Any, until: Any) -> None:
    await scorer_choice.score_with(world.actor, "llm")

    async def scored() -> bool:
        return not (await jobs.get_job(world.actor, world.job)).scoring

    await until(scored)
    with pytest.raises(NotFound):
        await disagreements.comparison(world.actor)
    await scorer_choice.run_beside(world.actor, "keywords")
    found = await until(lambda: _compared(world, 3))
    assert (found.board, found.beside) == ("Language model scorer", "Keyword scorer")
    await scorer_choice.run_beside(world.actor, "")
    with pytest.raises(NotFound):
        await disagreements.comparison(world.actor)


async def test_only_admins_compare(world: Any) -> None:
    manager = Actor(
        **{**{f: getattr(world.actor, f) for f in world.actor.__struct_fields__}, "role": "hiring_manager"}
    )
    with pytest.raises(NotAllowed):
        await disagreements.comparison(manager)

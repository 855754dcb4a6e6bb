"""Which scorer fills the board is the admin's choice, and every score says whose it is."""

from typing import Any

import pytest

from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.jobs.queue import enqueue
from core.sdk.testing.model import ModelService
from core.services import board, jobs, plugins, profiles, scorer_choice, tasks
from core.services.access import Actor
from core.services.profiles import Profile
from core.services.runtime import runtime
from core.store.engine import rows, value
from core.store.scope import nobody, tenant

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
async def keywords_again(world: Any, until: Any) -> Any:
    yield
    await plugins.set_enabled(world.actor, "keyword_score", True)
    await scorer_choice.score_with(world.actor, "keywords")
    await until(lambda: _up_to_date(world))


async def _up_to_date(world: Any) -> bool:
    return not (await jobs.get_job(world.actor, world.job)).scoring


async def _profiles(world: Any) -> dict[str, Profile]:
    cards = [card for column in await board.columns(world.actor, world.job) for card in column.cards]
    return {card.name: await profiles.profile(world.actor, card.id) for card in cards}


async def _views(world: Any) -> dict[str, scorer_choice.ScorerView]:
    return {view.key: view for view in (await scorer_choice.scoring(world.actor)).scorers}


async def _choose(world: Any, until: Any, key: str, settings: dict[str, str] | None = None) -> int:
    if settings:
        await scorer_choice.save_settings(world.actor, key, settings)
    concerned = await scorer_choice.score_with(world.actor, key)
    await until(lambda: _up_to_date(world))
    return concerned


async def test_settings_are_tried_before_they_are_saved(
    world: Any, service: ModelService, settings: dict[str, str]
) -> None:
    with pytest.raises(Conflict, match="not set up"):
        await scorer_choice.score_with(world.actor, "llm")
    with pytest.raises(Invalid) as missing:
        await scorer_choice.save_settings(world.actor, "llm", {**settings, "model": ""})
    assert missing.value.fields == {"model": "Model is needed."}
    with pytest.raises(Invalid, match="does not accept the API key"):
        await scorer_choice.save_settings(world.actor, "llm", {**settings, "api_key": "sk-other"})
    service.behaviour = "prose"
    with pytest.raises(Invalid, match="not the JSON"):
        await scorer_choice.save_settings(world.actor, "llm", settings)
    assert not (await _views(world))["llm"].set_up


async def test_another_scorer_scores_everything_again_and_every_score_says_whose_it_is(
    world: Any, until: Any, settings: dict[str, str]
) -> None:
    before = await _profiles(world)
    assert {found.scorer_title for found in before.values()} == {"Keyword scorer"}
    announced = (await scorer_choice.scoring(world.actor)).concerned
    assert await _choose(world, until, "llm", settings) == announced == 4
    after = await _profiles(world)
    assert {found.scorer_title for found in after.values()} == {"Language model scorer"}
    mira = after["Mira Sol"]
    assert sum(row.points for row in mira.requirements) == mira.score
    assert [view.use for view in (await _views(world)).values()][:1] == ["board"]
    async with tenant(world.actor.tenant_id):
        said = await value(
            "SELECT details->>'applications' FROM audit WHERE action = 'scorer chosen' AND subject = 'llm'"
        )
    assert said == "4"


async def test_back_again_the_page_shows_the_score_that_is_on_the_board(
    world: Any, until: Any, service: ModelService, settings: dict[str, str]
) -> None:
    before = await _profiles(world)
    service.behaviour = "inventing"
    await _choose(world, until, "llm", {**settings, "model": "inventor"})
    assert (await _profiles(world))["Mira Sol"].score is None
    await _choose(world, until, "keywords")
    after = await _profiles(world)
    for name, found in before.items():
        again = after[name]
        assert (again.scorer_title, again.score, again.band) == (found.scorer_title, found.score, found.band)
        assert again.requirements == found.requirements
        assert sum(row.points for row in again.requirements) == (again.score or 0)


async def test_what_is_stored_stays_when_a_model_answers_otherwise_later(
    world: Any, until: Any, service: ModelService, settings: dict[str, str]
) -> None:
    await _choose(world, until, "llm", {**settings, "model": "moody"})
    before = (await _profiles(world))["Mira Sol"]
    service.behaviour = "inventing"
    async with tenant(world.actor.tenant_id):
        await rows("DELETE FROM judged WHERE scorer = 'llm'")
        await rows("UPDATE application SET wanted = wanted + 1 WHERE job = $1", world.job)
        await enqueue("score", world.job)
    await runtime().scorers.close()
    await until(lambda: _up_to_date(world))
    after = (await _profiles(world))["Mira Sol"]
    assert (after.score, after.band, after.requirements) == (before.score, before.band, before.requirements)


async def test_what_a_person_decided_stays(world: Any, until: Any, settings: dict[str, str]) -> None:
    jonas = (await _profiles(world))["Jonas Weil"]
    await board.move(world.actor, jonas.application_id, "qualified", reason="Met in person")
    await _choose(world, until, "llm", settings)
    assert (await _profiles(world))["Jonas Weil"].category == "qualified"


async def test_a_secret_goes_in_and_never_comes_out(world: Any, settings: dict[str, str]) -> None:
    await scorer_choice.save_settings(world.actor, "llm", settings)
    view = (await _views(world))["llm"]
    assert (view.set_up, view.secret_set) == (True, {"api_key": True})
    assert "sk-canary" not in str(view)
    async with tenant(world.actor.tenant_id):
        (row,) = await rows("SELECT settings, secrets FROM scorer_setup WHERE scorer = 'llm'")
        told = str(await rows("SELECT * FROM audit"))
    assert "sk-canary" not in row["settings"] + told
    assert b"sk-canary" not in bytes(row["secrets"])
    await scorer_choice.save_settings(world.actor, "llm", {**settings, "api_key": "", "timeout": "30"})
    assert (await _views(world))["llm"].secret_set == {"api_key": True}, "an empty secret stays as it was"


async def test_a_model_elsewhere_scores_by_quotes_and_never_hears_who_it_is_about(
    world: Any, until: Any, service: ModelService, settings: dict[str, str]
) -> None:
    await _choose(world, until, "llm", {**settings, "model": "toy-elsewhere"})
    mira = (await _profiles(world))["Mira Sol"]
    assert mira.scorer_title == "Language model scorer"
    text = mira.documents[0].text
    quotes = [quote for row in mira.requirements for quote in row.quotes]
    assert quotes
    assert all(text[quote.start : quote.end] == quote.text for quote in quotes)
    asked = str(service.asked)
    assert "pipelines" in asked
    assert "Mira" not in asked
    assert "mira.sol@example.org" not in asked
    async with tenant(world.actor.tenant_id):
        versions = await rows("SELECT DISTINCT scorer_version FROM score WHERE scorer = 'llm'")
    assert any("toy-elsewhere" in row["scorer_version"] for row in versions)


async def test_a_model_that_fails_scores_nobody_and_is_a_task_until_it_works(
    world: Any, until: Any, service: ModelService, settings: dict[str, str]
) -> None:
    await scorer_choice.save_settings(world.actor, "llm", {**settings, "model": "another"})
    service.behaviour = "prose"
    await scorer_choice.score_with(world.actor, "llm")

    async def told() -> list[Any]:
        return [task for task in await tasks.list_tasks(world.actor) if task.kind == "scorer"]

    (task,) = await until(told)
    assert "not the JSON that was asked for" in task.body
    assert task.link == "/settings/scoring"
    found = await _profiles(world)
    assert {one.scorer_title for one in found.values()} == {"Keyword scorer"}
    assert all(one.stale for one in found.values())
    service.behaviour = "honest"
    async with tenant(world.actor.tenant_id):
        await enqueue("score", world.job)
    await until(lambda: _up_to_date(world))
    assert not await told()


async def test_one_application_a_model_cannot_cope_with_goes_to_a_person_and_holds_up_nobody(
    world: Any, until: Any, service: ModelService, settings: dict[str, str]
) -> None:
    service.chokes_on = "Served guests"
    await _choose(world, until, "llm", {**settings, "model": "choking"})
    found = await _profiles(world)
    assert found["Mira Sol"].scorer_title == "Language model scorer"
    jonas = found["Jonas Weil"]
    assert (jonas.score, jonas.band, jonas.requirements) == (None, "manual_review", ())
    assert "could not be used" in jonas.explanation

    async def asked() -> list[str]:
        return [task.title for task in await tasks.list_tasks(world.actor) if task.kind == "unjudged"]

    assert await asked() == ["Jonas Weil could not be judged"]
    service.chokes_on = ""
    async with tenant(world.actor.tenant_id):
        await rows("UPDATE application SET wanted = wanted + 1 WHERE job = $1", world.job)
        await enqueue("score", world.job)
    await until(lambda: _up_to_date(world))
    again = (await _profiles(world))["Jonas Weil"]
    assert (again.scorer_title, again.band == "manual_review") == ("Language model scorer", False)
    assert await asked() == []


async def test_a_scorer_whose_plugin_is_off_cannot_be_chosen_and_does_not_score(
    world: Any, until: Any
) -> None:
    await plugins.set_enabled(world.actor, "keyword_score", False)
    with pytest.raises(Conflict, match="switched off"):
        await scorer_choice.run_beside(world.actor, "keywords")
    async with tenant(world.actor.tenant_id):
        await rows("UPDATE application SET wanted = wanted + 1 WHERE job = $1", world.job)
        await enqueue("score", world.job)

    async def told() -> bool:
        return any("not available" in task.body for task in await tasks.list_tasks(world.actor))

    await until(told)


async def test_only_admins_choose_and_only_what_is_installed(world: Any) -> None:
    recruiter = Actor(
        **{**{f: getattr(world.actor, f) for f in world.actor.__struct_fields__}, "role": "recruiter"}
    )
    for attempt in (
        scorer_choice.scoring(recruiter),
        scorer_choice.score_with(recruiter, "keywords"),
        scorer_choice.run_beside(recruiter, "keywords"),
        scorer_choice.save_settings(recruiter, "llm", {}),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    with pytest.raises(NotFound, match="not installed"):
        await scorer_choice.score_with(world.actor, "nobody")
    async with nobody():
        assert await value("SELECT count(*) FROM scorer_setup") == 0

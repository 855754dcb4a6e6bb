"""Settings > Scoring: an admin chooses, is asked first, sets a model up, and reads what two scorers disagree on."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from reflex.istate.data import RouterData

from core.screening import Assessed
from core.screening.disagreement import Difference, Disagreement
from core.sdk.testing.model import ModelService
from core.services import scorer_choice
from core.store import scores, shadows
from core.store.engine import one, value
from core.store.scope import tenant
from tests.ui.conftest import Tab, World
from ui.state.disagreements import DisagreementsState
from ui.state.scoring import ScoringState
from ui.state.session import Session

pytestmark = pytest.mark.anyio


@pytest.fixture
def service() -> Iterator[ModelService]:
    with ModelService(key="sk-canary-4711") as running:
        yield running


async def call(handler: Any, page: Any, *values: Any) -> str:
    """What the browser was told to do."""
    return str([str(event.args) async for event in handler.fn(page, *values) if event is not None])


async def opened(tab: Tab, cookie: str) -> Any:
    page = tab(ScoringState, cookie)
    await ScoringState.load.fn(page)
    return page


async def settings_of(tab: Tab, cookie: str, key: str = "llm") -> Any:
    """The page of one scorer's settings in a tab."""
    page = tab(ScoringState, cookie)
    address = {
        "asPath": f"/settings/scoring/scorers/{key}", "headers": {"cookie": cookie}, "token": "tab-1"
    }  # fmt: skip
    page.router = RouterData.from_router_data(address)
    await ScoringState.load_one.fn(page)
    return page


async def test_choosing_another_scorer_asks_first_and_says_what_it_means(world: World, tab: Tab) -> None:
    page = await opened(tab, world.cookie)
    uses = {row["title"]: row["state_label"] for row in page.rows}
    assert uses == {
        "Rubric scorer": "Scores the board",
        "Keyword scorer": "",
        "Language model scorer": "Not set up",
    }
    await ScoringState.ask.fn(page, "keywords")
    assert (page.asking["title"], page.concerned) == ("Keyword scorer", "3 applications")
    await ScoringState.cancel.fn(page)
    assert page.asking["key"] == ""
    assert (await scorer_choice.scoring(world.admin)).scorers[0].key == "rubric"
    await ScoringState.ask.fn(page, "keywords")
    told = await ScoringState.choose.fn(page)
    assert "3 applications scored again" in str(told.args)
    assert page.rows[0]["title"] == "Keyword scorer"
    async with tenant(world.admin.tenant_id):
        assert await value("SELECT count(*) FROM application WHERE stale") == 3
    await scorer_choice.score_with(world.admin, "rubric")


async def test_a_models_settings_are_tried_and_its_key_stays_inside(
    world: World, tab: Tab, service: ModelService
) -> None:
    form = {"base_url": service.url, "model": "toy", "api_key": "sk-wrong-4711", "timeout": "20"}
    page = await settings_of(tab, world.cookie)
    await call(ScoringState.save, page, form)
    assert "does not accept the API key" in page.trouble
    await call(ScoringState.save, page, {**form, "model": " "})
    assert {f["name"]: f["error"] for f in page.fields if f["error"]} == {"model": "Model is needed."}
    assert not any(field["kept"] for field in page.fields if field["kind"] == "secret")
    assert "Checked and saved" in await call(ScoringState.save, page, {**form, "api_key": "sk-canary-4711"})
    again = await settings_of(tab, world.cookie)
    assert {f["name"]: f["kept"] for f in again.fields}["api_key"]
    elsewhere = service.url.replace("127.0.0.1", "localhost")
    await call(ScoringState.save, again, {**form, "api_key": "", "base_url": elsewhere})
    assert [f["name"] for f in again.fields if f["error"]] == ["api_key"], "it is sent to no other address"
    assert "sk-canary" not in str(again.dict()) + str(page.dict())


async def _beside(world: World, name: str) -> None:
    """Another scorer finds nothing of the first requirement in somebody's text."""
    async with tenant(world.admin.tenant_id):
        shown = await scores.latest(world.applications[name])
        assert shown is not None
        score = await one("SELECT id FROM score WHERE application = $1", world.applications[name])
        assert score is not None
        await value(
            "UPDATE application SET shown_score = $2 WHERE id = $1", world.applications[name], score["id"]
        )
        assessed = msgspec.json.decode(shown["sheet"], type=Assessed)
        first, *others = assessed.sheet.results
        silent = msgspec.structs.replace(first, match="not_stated", points=0, reason="Nothing found.")
        sheet = msgspec.structs.replace(
            assessed.sheet, results=(silent, *others), band="not_qualified", score=0
        )
        other = Assessed(sheet=sheet, shown=tuple(s for s in assessed.shown if s.requirement_id != "r1"))
        await shadows.add(
            world.applications[name], beside=score["id"], scorer="keywords", scorer_version="1",
            input_digest=shown["input_digest"], score=0, band="not_qualified",
            sheet=msgspec.json.encode(other),
            found=Disagreement(
                differences=(
                    Difference(requirement_id="r1", must_have=True, match=first.match, other="not_stated"),
                ),
                distance=1,
            ),
        )  # fmt: skip


async def test_disagreements_stand_side_by_side(world: World, tab: Tab) -> None:
    page = tab(DisagreementsState, world.cookie)
    await DisagreementsState.load.fn(page)
    assert (await page.get_state(Session)).problem == "No second scorer runs."
    await scorer_choice.run_beside(world.admin, "keywords")
    await _beside(world, "Amara Rivera")
    await DisagreementsState.load.fn(page)
    assert (page.board, page.beside) == ("Rubric scorer", "Keyword scorer")
    assert page.summary == "They disagree on 1 of 1 application."
    (row,) = page.rows
    assert (row["name"], row["other_label"], row["same_band"]) == ("Amara Rivera", "Not Qualified", False)
    (difference,) = row["rows"]
    assert (difference["text"], difference["must"]) == ("Apache Spark, 3 years", True)
    assert (difference["board"]["label"], difference["beside"]["label"]) == ("Met", "Not stated")
    assert difference["board"]["quotes"]
    assert difference["beside"]["quotes"] == []
    await DisagreementsState.choose_job.fn(page, str(world.job))
    assert page.requirements == [{"text": "Apache Spark, 3 years", "count": "1 application"}]


async def test_nobody_else_sees_or_changes_it(world: World, tab: Tab) -> None:
    for state in (ScoringState, DisagreementsState):
        page = tab(state, world.manager_cookie)
        await state.load.fn(page)
        assert (await page.get_state(Session)).problem
        assert not page.rows
    page = tab(ScoringState, world.manager_cookie)
    await ScoringState.run_beside.fn(page, "")
    await ScoringState.ask.fn(page, "keywords")
    await ScoringState.choose.fn(page)
    assert (await scorer_choice.scoring(world.admin)).scorers[0].key == "rubric"

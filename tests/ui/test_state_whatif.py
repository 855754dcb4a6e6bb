"""The what-if as a tab shows it: what is moved is counted, marked and can be taken back."""

from typing import Any

import pytest

from core.screening import Seen, Thresholds
from core.screening.reuse import Kept, Result, demand
from core.services import rubrics
from core.store import judged
from core.store.scope import tenant
from tests.ui.conftest import APPLIED, REQUIREMENTS
from ui.state.whatif import WhatIfState

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def kept(world: Any) -> None:
    """What the scorer would have kept of the two whose resumes could be read."""
    seen = Seen(digest="", sources={}, characters=400, as_of=APPLIED.date(), flags=(), unreadable=False)
    async with tenant(world.admin.tenant_id):
        for name, matches in (("Amara Rivera", ("met", "met")), ("Jonas Weil", ("met", "not_stated"))):
            results = {
                demand(requirement): Result(match=match, reason="", evidence=(), shown=())  # type: ignore[arg-type]
                for requirement, match in zip(REQUIREMENTS, (*matches, "not_stated"), strict=True)
            }
            entry = judged.Judged(
                application=world.applications[name], scorer_version="1", input_key="",
                kept=Kept(seen=seen, results=results),
            )  # fmt: skip
            await judged.keep("rubric", [entry])


async def _started(world: Any, tab: Any) -> Any:
    state = tab(WhatIfState, world.cookie)
    await WhatIfState.start.fn(state, str(world.job))
    return state


async def test_it_opens_with_the_board_as_it_is_and_nothing_to_apply(
    world: Any, kept: None, tab: Any
) -> None:
    state = await _started(world, tab)
    assert (state.pre_qualified, state.qualified) == (Thresholds().pre_qualified, Thresholds().qualified)
    assert [(c["before"], c["after"], c["change"]) for c in state.columns] == [
        (0, "0", ""), (1, "1", ""), (1, "1", ""), (1, "1", ""),
    ]  # fmt: skip
    assert (state.changed, state.movers) == (False, [])


async def test_a_must_have_switched_off_lets_the_silent_rise_and_back_again(
    world: Any, kept: None, tab: Any
) -> None:
    state = await _started(world, tab)
    await WhatIfState.set_must.fn(state, "r2", False)
    await WhatIfState.set_threshold.fn(state, "full", "60")
    assert [(m["name"], m["to"], m["scores"]) for m in state.movers] == [("Jonas Weil", "qualified", "60")]
    assert [c["change"] for c in state.columns] == ["", "−1", "+1", ""]
    assert [row["was"] for row in state.rows] == ["", "so far a must-have", ""]
    assert state.changed
    await WhatIfState.reset_rubric.fn(state)
    assert (state.changed, state.movers) == (False, [])


async def test_what_cannot_be_is_said_and_counts_nothing(world: Any, kept: None, tab: Any) -> None:
    state = await _started(world, tab)
    await WhatIfState.set_threshold.fn(state, "pre", "95")
    assert "below Qualified" in state.trouble
    await WhatIfState.set_threshold.fn(state, "pre", "40")
    assert state.trouble == ""
    await WhatIfState.set_weight.fn(state, "r1", "0")
    assert "weight" in state.trouble


async def test_no_result_stands_beside_a_weight_it_is_not_of(world: Any, kept: None, tab: Any) -> None:
    state = await _started(world, tab)
    await WhatIfState.set_must.fn(state, "r2", False)
    await WhatIfState.set_threshold.fn(state, "full", "60")
    assert state.movers
    await WhatIfState.set_weight.fn(state, "r1", "0")
    assert {(c["after"], c["change"]) for c in state.columns} == {("–", "")}
    assert (state.movers, state.moving, state.notes) == ([], "", [])
    assert [row["error"] != "" for row in state.rows] == [True, False, False], "the weight is marked"
    await WhatIfState.set_weight.fn(state, "r1", "6")
    assert [c["change"] for c in state.columns] == ["", "−1", "+1", ""]
    assert not any(row["error"] for row in state.rows)


async def test_starting_over_takes_the_requirements_as_somebody_else_left_them(
    world: Any, kept: None, tab: Any
) -> None:
    state = await _started(world, tab)
    found = await rubrics.rubric(world.admin, world.job)
    await rubrics.save(world.admin, world.job, found.requirements, pre_qualified=30, qualified=60)
    await WhatIfState.set_weight.fn(state, "r1", "9")
    assert "changed meanwhile" in state.trouble
    await WhatIfState.reset_rubric.fn(state)
    assert (state.trouble, state.changed, state.pre_qualified) == ("", False, 30)
    await WhatIfState.set_weight.fn(state, "r1", "9")
    assert (state.trouble, state.changed) == ("", True)

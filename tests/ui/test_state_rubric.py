"""The requirements of a job as a tab edits them: what a browser's fields send is taken as it comes."""

from typing import Any

import pytest

from ui.state.rubric import RubricState

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(("sent", "taken"), [(55, 55), ("55", 55), (None, 0), ("²", 0), (5.5, 0)])
async def test_a_threshold_is_read_as_its_number_field_sends_it(
    world: Any, tab: Any, sent: Any, taken: int
) -> None:
    state = tab(RubricState, world.cookie)
    state.job = str(world.job)
    await RubricState.set_thresholds.fn(state, "pre", sent)
    assert (state.pre_qualified, state.dirty) == (taken, True)

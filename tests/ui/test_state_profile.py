from typing import Any

import pytest

from ui.state.profile import ProfileState

pytestmark = pytest.mark.anyio


async def test_the_rows_add_up_to_the_score_above_them(world: Any, tab: Any) -> None:
    state = tab(ProfileState, world.cookie)
    await ProfileState.show.fn(state, str(world.applications["Amara Rivera"]))
    given = sum(int(row["points"].split("/")[0]) for row in state.rows)
    assert str(given) == state.head["score"]

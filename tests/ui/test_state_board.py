from typing import Any

import pytest

from ui.state.board import BoardState

pytestmark = pytest.mark.anyio


async def opened(tab: Any, world: Any, cookie: str = "") -> Any:
    state = tab(BoardState, cookie or world.cookie)
    state.job = str(world.job)
    await state._fill(("not_qualified", "pre_qualified", "qualified", "needs_a_look"))
    return state


async def test_each_card_stands_in_the_column_of_its_band(world: Any, tab: Any) -> None:
    state = await opened(tab, world)
    assert [card["name"] for card in state.col_2] == ["Amara Rivera"]
    assert state.totals == [0, 1, 1, 1]


async def test_a_job_that_does_not_exist_stands_under_no_other_title(world: Any, tab: Any) -> None:
    """A reload or a typed address never tells the page before that it is gone."""
    state = await opened(tab, world)
    assert state.head["title"]
    await BoardState.load.fn(state)
    assert (state.head["title"], state.loaded) == ("", False)

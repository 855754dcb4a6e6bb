from typing import Any

import pytest

from core.store import connections
from core.store.scope import tenant
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


async def test_the_head_says_when_what_stands_here_may_be_old(world: Any, tab: Any) -> None:
    state = await opened(tab, world)
    assert state.head["stale"] == ""
    for condition, said in (
        ("needs_attention", "Greenhouse needs attention"),
        ("paused", "Greenhouse is paused"),
    ):
        async with tenant(world.admin.tenant_id):
            await connections.enter(world.connection, condition, "The secret was revoked.")
        state = await opened(tab, world)
        assert state.head["stale"].startswith(said)
        assert state.head["integration"] == f"/settings/integrations/{world.connection}"
    async with tenant(world.admin.tenant_id):
        await connections.enter(world.connection, "active", "Everything is in sync.")
    assert (await opened(tab, world)).head["stale"] == ""

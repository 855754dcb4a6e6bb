"""What people read on the screens while the database is away."""

from typing import Any

import pytest

from tests.core.outage import outage
from tests.ui.conftest import Tab, World
from ui.state.jobs import JobsState
from ui.state.session import Bell, Session

pytestmark = pytest.mark.anyio


async def test_an_outage_is_told_in_words_and_the_page_opens_afterwards(world: World, tab: Tab) -> None:
    jobs: Any = tab(JobsState, world.cookie)
    bell: Any = tab(Bell, world.cookie)
    async with outage():
        await JobsState.load.fn(jobs)
        said = str(await Bell.look.fn(bell))
    assert "database cannot be reached" in (await jobs.get_state(Session)).problem
    assert "database cannot be reached" in said
    await JobsState.load.fn(jobs)
    assert (await jobs.get_state(Session)).problem == ""

"""Adding a member as an admin's tab shows it."""

from typing import Any

import pytest

from ui.state.admin import MembersState

pytestmark = pytest.mark.anyio


async def test_what_was_corrected_is_not_blamed_for_what_is_wrong_next(world: Any, tab: Any) -> None:
    state = tab(MembersState, world.cookie)
    form = {"name": "Ines", "email": world.admin.email, "role": "recruiter", "password": "short"}
    await MembersState.add.fn(state, form)
    assert set(state.errors) == {"password"}
    await MembersState.add.fn(state, form | {"password": "now it is long enough"})
    assert (state.errors, state.added) == ({}, 0)

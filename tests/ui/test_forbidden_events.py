"""A browser may call any event it likes: what a role may not do is refused on the server."""

from typing import Any

import pytest

from core.services import board, connections, members, plugins, rubrics
from ui.state.admin import MembersState, PluginsState
from ui.state.board import BoardState
from ui.state.integrations import IntegrationsState
from ui.state.jobs import TasksState
from ui.state.profile import ProfileState
from ui.state.rubric import RubricState
from ui.state.whatif import WhatIfState
from ui.state.wizard import WizardState

pytestmark = pytest.mark.anyio

NOBODY = "00000000-0000-7000-8000-000000000000"


def said(answer: Any) -> str:
    """What a handler answered, as the browser is told."""
    return str(getattr(answer, "args", answer))


async def everything(world: Any) -> Any:
    """What the events below would change."""
    columns = await board.columns(world.admin, world.job)
    return (
        [(column.category, [card.id for card in column.cards]) for column in columns],
        await rubrics.rubric(world.admin, world.job),
        [(row.state, row.title) for row in await connections.list_connections(world.admin)],
        [(row.email, row.role, row.active) for row in await members.list_members(world.admin)],
        [(row.key, row.enabled) for row in await plugins.list_plugins(world.admin)],
    )


async def test_a_hiring_manager_changes_nothing_by_calling_events(world: Any, tab: Any) -> None:
    before = await everything(world)
    card = str(world.applications["Amara Rivera"])
    first = str((await members.list_members(world.admin))[0].id)
    key = (await plugins.list_plugins(world.admin))[0].key

    cards = tab(BoardState, world.manager_cookie)
    cards.job, cards.picked = str(world.job), [card]
    cards.undoable, cards._undo = NOBODY, [NOBODY]
    profile = tab(ProfileState, world.manager_cookie)
    await ProfileState.show.fn(profile, card)
    rubric = tab(RubricState, world.manager_cookie)
    rubric.job = str(world.job)
    trial = tab(WhatIfState, world.manager_cookie)
    trial.job, trial.version = str(world.job), 1
    settings = tab(IntegrationsState, world.manager_cookie)
    settings.one = {**settings.one, "id": str(world.connection), "title": "Greenhouse"}
    settings.confirm = "Greenhouse"
    staff = tab(MembersState, world.manager_cookie)
    switches = tab(PluginsState, world.manager_cookie)
    wizard = tab(WizardState, world.manager_cookie)
    tasks = tab(TasksState, world.manager_cookie)

    tries = {
        "move": BoardState.move.fn(cards, card, "not_qualified"),
        "move many": BoardState.move_picked.fn(cards, "not_qualified"),
        "undo": BoardState.undo.fn(cards),
        "move in the profile": ProfileState.move.fn(profile, "not_qualified"),
        "try again": ProfileState.retry.fn(profile),
        "requirements": RubricState.save.fn(rubric),
        "what-if": WhatIfState.apply.fn(trial),
        "what-if shown": WhatIfState.start.fn(trial, str(world.job)),
        "pause": IntegrationsState.act.fn(settings, "pause"),
        "credentials": IntegrationsState.reconnect.fn(settings, {"client_id": "x"}),
        "disconnect": IntegrationsState.disconnect.fn(settings, True),
        "role": MembersState.set_role.fn(staff, first, "hiring_manager"),
        "block": MembersState.set_active.fn(staff, first, False),
        "member": MembersState.add.fn(
            staff,
            {"name": "Eve", "email": "eve@example.org", "role": "admin", "password": "a short sentence"},
        ),
        "plugin": PluginsState.switch.fn(switches, key, False),
        "choose": WizardState.choose.fn(wizard, "greenhouse"),
        "jobs": WizardState.submit.fn(wizard),
        "task": TasksState.settle.fn(tasks, NOBODY),
    }
    for name, attempt in tries.items():
        answer = said(await attempt)
        assert "error" in answer, (name, answer)
    assert await everything(world) == before


async def test_nobody_signed_in_is_sent_to_sign_in(world: Any, tab: Any) -> None:
    before = await everything(world)
    card = str(world.applications["Amara Rivera"])
    cards = tab(BoardState)
    cards.job = str(world.job)
    assert "/login" in said(await BoardState.move.fn(cards, card, "not_qualified"))
    assert "/login" in said(await PluginsState.switch.fn(tab(PluginsState), "email", False))
    assert await everything(world) == before

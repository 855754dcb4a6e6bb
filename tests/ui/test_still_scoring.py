"""What counts as not scored yet, and how the board and the list of jobs say so."""

from typing import Any

import msgspec
import pytest

from core.sdk.records import Application, Job
from core.services import jobs
from core.store import jobs as stored
from core.store import mirror
from core.store.scope import tenant
from tests.ui.conftest import APPLIED, Tab, World, application_record
from ui.state.board import BoardState
from ui.state.jobs import JobsState

pytestmark = pytest.mark.anyio


async def test_a_step_in_the_ats_is_no_reason_to_score_again(world: World) -> None:
    """Our own write-back touches the application there, and the next poll reads it as changed."""
    moved = msgspec.structs.replace(
        application_record(0),
        state="rejected",
        status_name="Offer",
        updated_at=APPLIED.replace(hour=11),
    )
    async with tenant(world.admin.tenant_id):
        changed, new = await mirror.store_applications(world.connection, [moved])
    assert (len(changed), len(new)) == (1, 0)
    assert (await jobs.get_job(world.admin, world.job)).scoring == 0


async def test_a_new_cover_letter_is_one(world: World) -> None:
    written = msgspec.structs.replace(
        application_record(1), cover_letter="I write SQL every day.", updated_at=APPLIED.replace(hour=12)
    )
    async with tenant(world.admin.tenant_id):
        await mirror.store_applications(world.connection, [written])
    assert (await jobs.get_job(world.admin, world.job)).scoring == 1


async def board(world: World, tab: Tab) -> Any:
    state = tab(BoardState, world.cookie)
    state.job = str(world.job)
    await state._fill(("not_qualified", "pre_qualified", "qualified", "needs_a_look"))
    return state


async def standing(world: World, tab: Tab) -> str:
    state = tab(JobsState, world.cookie)
    await state._fill()
    (row,) = state.rows
    return str(row["standing"])


async def test_an_empty_column_stays_open_while_somebody_is_being_scored(world: World, tab: Tab) -> None:
    found = await board(world, tab)
    assert found.totals[0] == 0
    assert found.nobody == "Nobody here yet: 1 still being scored."
    assert await standing(world, tab) == "1 qualified of 3, 1 still being scored"
    found.text = "Amara"
    assert found.nobody == "Nobody here fits the filter."


async def test_without_requirements_people_wait_for_those_and_not_for_a_score(world: World, tab: Tab) -> None:
    async with tenant(world.admin.tenant_id):
        await mirror.store_applications(world.connection, [newcomer()])
        await stored.set_problem(world.job, "This job has no description. Add requirements by hand.")
    assert (await board(world, tab)).nobody == "Nobody here yet: 2 wait for requirements."
    assert await standing(world, tab) == "1 waits for requirements"
    async with tenant(world.admin.tenant_id):
        await stored.set_problem(world.job, "")


async def test_a_job_nobody_has_a_score_for_yet_names_no_number_of_qualified(world: World, tab: Tab) -> None:
    async with tenant(world.admin.tenant_id):
        await mirror.store_jobs(world.connection, [Job(id="j2", title="Baker", state="open")])
        found = await stored.of_connection(world.connection)
        await stored.select(world.connection, [row["id"] for row in found])
        await mirror.store_applications(world.connection, [newcomer(job_id="j2", id="a8")])
    state = tab(JobsState, world.cookie)
    await state._fill()
    assert {row["title"]: row["standing"] for row in state.rows}["Baker"] == "1 being scored"


def newcomer(**changes: str) -> Application:
    """Somebody who has just applied."""
    return msgspec.structs.replace(application_record(0), **{"id": "a9", **changes})

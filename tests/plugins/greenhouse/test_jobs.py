"""Reading jobs: all of them once a day, in between what changed about them, their posts and their stages."""

from typing import Any

import pytest

from .conftest import MakeRig, Rig

pytestmark = pytest.mark.anyio


async def test_jobs_come_with_text_stages_department_and_place(rig: Rig) -> None:
    read = await rig.read("jobs")
    job = read.jobs[rig.job("Backend Engineer")]
    assert job.description_html == "<p>Build services.</p>"
    assert job.department == "Engineering"
    assert job.location == "Berlin"
    assert [status.name for status in job.statuses][:2] == ["Application Review", "Phone Screen"]
    assert {status.job_id for status in job.statuses} == {job.id, ""}
    assert read.pages[-1].total == 2


async def test_templates_are_not_jobs(rig: Rig) -> None:
    rig.twin.change("jobs", int(rig.job("Sales Lead")), is_template=True)
    assert len((await rig.read("jobs")).jobs) == 1


async def test_when_nothing_changed_nothing_comes(rig: Rig) -> None:
    first = await rig.read("jobs")
    rig.twin.advance(600)
    second = await rig.read("jobs", first.cursor)
    assert not second.jobs
    assert second.pages[-1].total is None


def _job(rig: Rig) -> None:
    rig.twin.act("edit_job", id=int(rig.job("Sales Lead")), values={"status": "closed"})


def _post(rig: Rig) -> None:
    post = next(row for row in rig.twin.rows("job_posts") if row["title"] == "Sales Lead")
    rig.twin.act("edit_post", id=post["id"], values={"content": "<p>Sell more.</p>"})


def _deleted_post(rig: Rig) -> None:
    post = next(row for row in rig.twin.rows("job_posts") if row["title"] == "Sales Lead")
    rig.twin.act("edit_post", id=post["id"], values={"active": False})


def _stage(rig: Rig) -> None:
    job = int(rig.job("Sales Lead"))
    stage = next(row for row in rig.twin.rows("job_interview_stages") if row["job_id"] == job)
    rig.twin.change("job_interview_stages", stage["id"], name="First Look")


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (_job, lambda job: job.state == "closed"),
        (_post, lambda job: job.description_html == "<p>Sell more.</p>"),
        (_deleted_post, lambda job: job.description_html == ""),
        (_stage, lambda job: job.statuses[0].name == "First Look"),
    ],
)
async def test_a_change_of_any_part_brings_the_whole_job(rig: Rig, change: Any, seen: Any) -> None:
    first = await rig.read("jobs")
    rig.twin.advance(600)
    change(rig)
    second = await rig.read("jobs", first.cursor)
    (job,) = second.jobs.values()
    assert job.id == rig.job("Sales Lead")
    assert job.location == "Berlin"
    assert seen(job)


async def test_after_a_day_everything_is_read_again(rig: Rig) -> None:
    first = await rig.read("jobs")
    rig.twin.advance(25 * 3600)
    assert len((await rig.read("jobs", first.cursor)).jobs) == 2


async def test_an_unreadable_cursor_means_from_the_beginning(rig: Rig) -> None:
    for cursor in ("{", '{"full": 3}', '{"full": "2026-11-24T12:00:00.000Z"}'):
        assert len((await rig.read("jobs", cursor)).jobs) == 2


@pytest.mark.parametrize("off", [-3600.0, 3600.0])
async def test_a_wrong_clock_loses_no_change(make_rig: MakeRig, off: float) -> None:
    rig = make_rig(off=off)
    first = await rig.read("jobs")
    rig.twin.advance(600)
    _job(rig)
    assert len((await rig.read("jobs", first.cursor)).jobs) == 1

"""Reading applications: complete, resumable, and nothing that changes meanwhile is lost."""

from typing import Any

import msgspec
import pytest

pytestmark = pytest.mark.anyio
ENGINEERING = "Backend Engineer"


async def test_a_page_holds_the_person_and_files_of_each_application(rig: Any) -> None:
    pages = await rig.pages("applications", selection=rig.select(ENGINEERING, "Sales Lead"))
    for page in pages:
        kinds: dict[str, set[str]] = {}
        for record in page.records:
            kinds.setdefault(type(record).__name__, set()).add(record.id)
        for record in page.records:
            if type(record).__name__ == "Application":
                assert record.person_id in kinds["Person"]
    read = await rig.read("applications", selection=rig.select(ENGINEERING, "Sales Lead"))
    assert len(read.applications) == 9
    assert len(read.people) == 8, "Mira applied twice and is one person"
    assert {document.application_id for document in read.documents.values()} == set(read.applications)


async def test_only_selected_jobs_are_read(rig: Any) -> None:
    read = await rig.read("applications", selection=rig.select("Sales Lead"))
    assert len(read.applications) == 2


async def test_without_selected_jobs_nothing_is_asked(rig: Any) -> None:
    assert await rig.pages("applications") == []
    assert rig.calls() == []


async def test_the_stage_reported_is_a_stage_of_the_job(rig: Any) -> None:
    jobs = await rig.read("jobs")
    read = await rig.read("applications", selection=rig.select(ENGINEERING))
    stages = {status.id for job in jobs.jobs.values() for status in job.statuses}
    assert {application.status_id for application in read.applications.values()} <= stages


async def test_the_stage_is_found_where_rows_do_not_tell_it(rig: Any) -> None:
    told = await rig.read("applications", selection=rig.select(ENGINEERING))
    rig.twin.configure(job_interview_stage_id=False)
    rig.twin.act("move", id=int(next(iter(told.applications))), stage="Phone Screen")
    found = await rig.read("applications", selection=rig.select(ENGINEERING))
    changed = {
        key
        for key in told.applications
        if told.applications[key].status_id != found.applications[key].status_id
    }
    assert changed == {next(iter(told.applications))}
    assert found.applications[next(iter(changed))].status_name == "Phone Screen"


async def test_rejected_and_hired_have_statuses_of_their_own(rig: Any) -> None:
    mira, jonas = rig.application("Mira Sol")["id"], rig.application("Jonas Weil")["id"]
    rig.twin.act("reject", id=mira)
    rig.twin.act("hire", id=jonas)
    read = await rig.read("applications", selection=rig.select(ENGINEERING))
    assert (read.applications[str(mira)].state, read.applications[str(mira)].status_id) == (
        "rejected",
        "rejected",
    )
    assert (read.applications[str(jonas)].state, read.applications[str(jonas)].status_id) == (
        "hired",
        "hired",
    )


async def test_a_second_read_brings_only_what_changed(rig: Any) -> None:
    first = await rig.read("applications", selection=rig.select(ENGINEERING))
    rig.twin.advance(600)
    second = await rig.read("applications", first.cursor, rig.select(ENGINEERING))
    assert not second.applications
    rig.twin.act("move", id=rig.application("Jonas Weil")["id"], stage="Offer")
    third = await rig.read("applications", second.cursor, rig.select(ENGINEERING))
    assert [application.status_name for application in third.applications.values()] == ["Offer"]


@pytest.mark.parametrize("off", [-3600.0, -120.0, 120.0, 3600.0])
async def test_a_wrong_clock_loses_nothing(make_rig: Any, off: float) -> None:
    """An hour ahead, the moment reading began would lie in Greenhouse's future by our clock."""
    rig = make_rig(off=off)
    first = await rig.read("applications", selection=rig.select(ENGINEERING))
    rig.twin.advance(400)
    rig.twin.act("move", id=rig.application("Jonas Weil")["id"], stage="Offer")
    second = await rig.read("applications", first.cursor, rig.select(ENGINEERING))
    assert "Offer" in {application.status_name for application in second.applications.values()}


async def test_a_changed_person_brings_its_applications(rig: Any) -> None:
    first = await rig.read("applications", selection=rig.select(ENGINEERING, "Sales Lead"))
    rig.twin.advance(600)
    rig.twin.act("edit_candidate", id=rig.candidate("Mira Sol")["id"], values={"first_name": "Miranda"})
    second = await rig.read("applications", first.cursor, rig.select(ENGINEERING, "Sales Lead"))
    assert len(second.applications) == 2
    assert [person.first_name for person in second.people.values()] == ["Miranda"]


@pytest.mark.parametrize("candidate_told", [True, False])
async def test_a_new_file_brings_its_application(rig: Any, candidate_told: bool) -> None:
    first = await rig.read("applications", selection=rig.select(ENGINEERING))
    rig.twin.advance(600)
    jonas = rig.application("Jonas Weil")
    made = rig.twin.act("attach", id=jonas["id"], file={"filename": "new.txt", "content": "bmV3"})
    if not candidate_told:
        rig.twin.change("attachments", made["id"], candidate_id=None)
    second = await rig.read("applications", first.cursor, rig.select(ENGINEERING))
    assert str(made["id"]) in second.documents
    assert second.documents[str(made["id"])].person_id == str(jonas["candidate_id"])


async def test_a_job_selected_later_is_read_from_its_beginning(rig: Any) -> None:
    first = await rig.read("applications", selection=rig.select(ENGINEERING))
    rig.twin.advance(600)
    second = await rig.read("applications", first.cursor, rig.select(ENGINEERING, "Sales Lead"))
    assert len(second.applications) == 2


async def test_a_job_let_go_and_taken_again_is_read_anew(rig: Any) -> None:
    first = await rig.read("applications", selection=rig.select(ENGINEERING, "Sales Lead"))
    rig.twin.advance(600)
    let_go = await rig.read("applications", first.cursor, rig.select(ENGINEERING))
    back = await rig.read("applications", let_go.cursor, rig.select(ENGINEERING, "Sales Lead"))
    assert len(back.applications) == 2


@pytest.mark.parametrize("kept", [("Side Job",), ("Side Job", "Empty Job")])
async def test_jobs_let_go_in_the_middle_of_their_reading_are_not_delivered(
    make_rig: Any, crowd: Any, kept: tuple[str, ...]
) -> None:
    rig = make_rig(server=crowd)
    crowd.act("open_job", title="Empty Job", content="")
    for name in ("One", "Two"):
        who = {"first_name": name, "last_name": "Aside"}
        crowd.act("apply", job_id=int(rig.job("Side Job")), candidate=who)
    first = await anext(rig.connector.read("applications", "", rig.select(ENGINEERING, "Side Job")))
    rest = await rig.read("applications", first.cursor, rig.select(*kept))
    assert {application.job_id for application in rest.applications.values()} <= {rig.job("Side Job")}
    before = {
        r.id for r in first.records if type(r).__name__ == "Application" and r.job_id == rig.job("Side Job")
    }
    assert len(before | set(rest.applications)) == 2


@pytest.mark.parametrize("off", [-3600.0, 3600.0])
async def test_a_first_read_ends_where_greenhouses_clock_stood_when_it_began(
    make_rig: Any, off: float
) -> None:
    """Killed before the first delta, the next process knows from when on to look."""
    rig = make_rig(off=off)
    first = await anext(rig.connector.read("applications", "", rig.select(ENGINEERING)))
    rig.twin.advance(600)
    rig.twin.act("move", id=rig.application("Jonas Weil")["id"], stage="Offer")
    second = await make_rig().read("applications", first.cursor, rig.select(ENGINEERING))
    assert [application.status_name for application in second.applications.values()] == ["Offer"]


async def test_earlier_rejections_are_left_out_until_wanted(rig: Any) -> None:
    mira = rig.application("Mira Sol")["id"]
    rig.twin.act("reject", id=mira)
    rig.twin.advance(600)
    first = await rig.read("applications", selection=rig.select(ENGINEERING, include_rejected=False))
    assert str(mira) not in first.applications
    rig.twin.act("edit_application", id=mira, values={})
    rig.twin.advance(400)
    second = await rig.read("applications", first.cursor, rig.select(ENGINEERING, include_rejected=False))
    assert str(mira) not in second.applications
    rig.twin.advance(600)
    third = await rig.read("applications", second.cursor, rig.select(ENGINEERING))
    assert third.applications[str(mira)].state == "rejected"


async def test_a_rejection_after_reading_is_told_whatever_the_selection(rig: Any) -> None:
    first = await rig.read("applications", selection=rig.select(ENGINEERING, include_rejected=False))
    rig.twin.advance(600)
    mira = rig.application("Mira Sol")["id"]
    rig.twin.act("reject", id=mira)
    second = await rig.read("applications", first.cursor, rig.select(ENGINEERING, include_rejected=False))
    assert second.applications[str(mira)].state == "rejected"


async def test_prospects_without_a_job_are_not_applications(rig: Any) -> None:
    first = await rig.read("applications", selection=rig.select(ENGINEERING))
    rig.twin.act("apply", candidate_id=rig.candidate("Jonas Weil")["id"], prospective_job_ids=[])
    second = await rig.read("applications", first.cursor, rig.select(ENGINEERING))
    assert all(application.job_id for application in second.applications.values())


async def test_a_private_candidate_is_a_problem_and_no_failure(rig: Any) -> None:
    rig.twin.configure(private_stubs=True)
    aki = rig.candidate("Aki Tanabe")["id"]
    rig.twin.change("candidates", aki, private=True)
    read = await rig.read("applications", selection=rig.select(ENGINEERING))
    assert len(read.applications) == 6
    assert [problem.reference for problem in read.problems] == [f"candidate {aki}"]
    assert "Aki" not in read.problems[0].message


async def test_a_candidate_visible_later_arrives_with_the_next_read(rig: Any) -> None:
    first = await rig.read("applications", selection=rig.select(ENGINEERING))
    rig.twin.configure(visible_after_seconds=20.0)
    made = rig.twin.act(
        "apply", job_id=int(rig.job(ENGINEERING)), candidate={"first_name": "Nia", "last_name": "Roy"}
    )
    rig.twin.advance(5)
    second = await rig.read("applications", first.cursor, rig.select(ENGINEERING))
    assert str(made["id"]) not in second.applications
    rig.twin.advance(120)
    third = await rig.read("applications", second.cursor, rig.select(ENGINEERING))
    assert str(made["id"]) in third.applications


@pytest.mark.parametrize("cut", range(3))
async def test_reading_resumes_after_any_page(make_rig: Any, crowd: Any, cut: int) -> None:
    rig = make_rig(server=crowd)
    whole = await rig.read("applications", selection=rig.select(ENGINEERING))
    assert len(whole.pages) == 4, "three pages of applications and one of changes"
    rest = await make_rig(server=crowd).read("applications", whole.pages[cut].cursor, rig.select(ENGINEERING))
    before = {
        r.id for page in whole.pages[: cut + 1] for r in page.records if type(r).__name__ == "Application"
    }
    assert before | set(rest.applications) == set(whole.applications)
    assert len(whole.applications) == 1100


async def test_a_stored_cursor_survives_another_address(make_rig: Any, crowd: Any) -> None:
    rig = make_rig(server=crowd)
    pages = await rig.pages("applications", selection=rig.select(ENGINEERING))
    assert crowd.url not in pages[0].cursor
    moved = make_rig(server=crowd, api_url=f"{crowd.url.replace('127.0.0.1', 'localhost')}/v3")
    rest = await moved.read("applications", pages[0].cursor, rig.select(ENGINEERING))
    assert len(rest.applications) >= 600


async def test_an_expired_cursor_restarts_the_listing_and_loses_nothing(make_rig: Any, crowd: Any) -> None:
    rig = make_rig(server=crowd)
    found: set[str] = set()
    expired = False
    async for page in rig.connector.read("applications", "", rig.select(ENGINEERING)):
        found |= {r.id for r in page.records if type(r).__name__ == "Application"}
        if not expired:
            rig.twin.expire_cursors()
            expired = True
    assert len(found) == 1100


async def test_what_arrives_during_the_crawl_comes_with_it(make_rig: Any, crowd: Any) -> None:
    rig = make_rig(server=crowd)
    found: set[str] = set()
    late = ""
    async for page in rig.connector.read("applications", "", rig.select(ENGINEERING)):
        if not late:
            who = {"first_name": "Late", "last_name": "Comer"}
            late = str(rig.twin.act("apply", job_id=int(rig.job(ENGINEERING)), candidate=who)["id"])
            rig.twin.advance(600)
        found |= {r.id for r in page.records if type(r).__name__ == "Application"}
    assert late in found


async def test_an_unreadable_cursor_means_from_the_beginning(rig: Any) -> None:
    for cursor in ("{", '"x"', "[]", '{"jobs": 3}', "https://harvest.greenhouse.io/v3/applications?cursor=x"):
        read = await rig.read("applications", cursor, rig.select(ENGINEERING))
        assert len(read.applications) == 7


async def test_optional_scopes_that_are_missing_only_leave_things_out(rig: Any) -> None:
    optional = ("job_interview_stages", "candidate_employments", "candidate_educations", "sources", "offices")
    rig.twin.credential(remove_scopes=[f"harvest:{name}:list" for name in (*optional, "departments")])
    jobs = await rig.read("jobs")
    assert {job.title for job in jobs.jobs.values()} == {ENGINEERING, "Sales Lead"}
    assert len((await rig.read("applications", selection=rig.select(ENGINEERING))).applications) == 7


async def test_schools_and_degrees_come_with_their_names(rig: Any) -> None:
    degree = next(r for r in rig.twin.rows("custom_field_options") if r["name"] == "Master's Degree")
    mira = rig.candidate("Mira Sol")["id"]
    body = {"candidate_id": mira, "degree_custom_field_option_id": degree["id"], "end_date": "2019-06-30"}
    await rig.connector._harvest.send("POST", "candidate_educations", body)
    read = await rig.read("applications", selection=rig.select(ENGINEERING))
    (education,) = read.people[str(mira)].educations
    assert (education.degree, education.school, education.end) == ("Master's Degree", "", "2019")


async def test_the_cursor_is_small_and_holds_no_personal_data(rig: Any) -> None:
    read = await rig.read("applications", selection=rig.select(ENGINEERING))
    assert set(msgspec.json.decode(read.cursor)) == {"jobs", "since"}

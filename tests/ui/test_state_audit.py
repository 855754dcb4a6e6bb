"""The bias audit's page: answers arrive or are refused in words, and a report fits what is chosen."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from core.services import audits
from ui.state.audit import AuditState

pytestmark = pytest.mark.anyio
HEAD = "application_id,sex,race_ethnicity\n"


@pytest.fixture
async def page(world: Any, tab: Any) -> AsyncIterator[Any]:
    """The page of an admin whose three applicants have answered."""
    data = HEAD + "a0,female,asian\na1,male,white\na2,female,\n"
    await audits.import_answers(world.admin, data.encode())
    state = tab(AuditState, world.cookie)
    await AuditState.load.fn(state)
    state.since, state.least = "2026-01-01", "1"
    yield state
    await audits.erase_answers(world.admin)


def rows(state: Any, table: int) -> list[tuple[str, str, str]]:
    return [(row["category"], row["selected"], row["count"]) for row in state.tables[table]["rows"]]


async def test_a_report_shows_each_measure_by_sex_race_and_both(page: Any) -> None:
    await AuditState.make.fn(page)
    assert page.made
    assert rows(page, 0) == [("Female", "1", "2"), ("Male", "0", "1")]
    assert rows(page, 2) == [("Female, Asian", "1", "1"), ("Male, White", "0", "1")]
    assert page.tables[1]["unknown"].startswith("1 without an answer")
    AuditState.show.fn(page, "decision")
    assert {selected for _, selected, _ in rows(page, 0)} == {"0"}
    assert "three" not in page.summary
    assert "3 applications to 1 job" in page.summary


async def test_small_categories_are_counted_and_show_nothing(page: Any) -> None:
    page.least = "2"
    await AuditState.make.fn(page)
    male = page.tables[0]["rows"][1]
    assert (male["count"], male["selected"], male["rate"], male["ratio"]) == ("1", "–", "–", "–")
    assert male["verdict"] == "Too few people to show a rate"


async def test_a_report_goes_when_what_is_chosen_changes(page: Any) -> None:
    for change in (
        lambda: AuditState.choose.fn(page, page.jobs[0]["id"], True),
        lambda: AuditState.set_since.fn(page, "2026-02-01"),
        lambda: AuditState.set_least.fn(page, 3),
    ):
        await AuditState.make.fn(page)
        assert page.made
        change()
        assert (page.made, page.tables) == (False, [])


async def test_the_downloads_hold_what_was_chosen(page: Any, world: Any) -> None:
    await AuditState.make.fn(page)
    for link in (page.rows_link, page.report_link):
        assert f"job={world.job}" in link
        assert f"since=2026-01-01&until={page.until}" in link
    assert page.report_link.endswith("min_cell=1")


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("since", "", "since"),
        ("until", "2020-01-01", "until"),
        ("least", "x", "min_cell"),
        ("least", "²", "min_cell"),
        ("jobs", [], "jobs"),
    ],
)
async def test_what_cannot_be_met_is_marked(page: Any, field: str, value: Any, named: str) -> None:
    setattr(page, field, value)
    await AuditState.make.fn(page)
    assert set(page.errors) == {named}
    assert not page.made


async def test_a_refused_file_is_told_line_by_line(page: Any) -> None:
    problem = {
        "title": "1 line cannot be used.",
        "detail": "Correct it.",
        "fields": {"Line 3": "No such sex."},
    }
    await AuditState.answered_by_file.fn(page, 422, json.dumps(problem))
    assert page.refused == "1 line cannot be used. Correct it."
    assert page.faults == [{"line": "Line 3", "text": "No such sex."}]
    await AuditState.answered_by_file.fn(page, 0, "")
    assert page.refused == "Shortlist did not answer, so nothing was imported. Try again."
    await AuditState.answered_by_file.fn(page, 200, '{"stored": 3}')
    assert (page.refused, page.faults, page.answered) == ("", [], 3)


async def test_all_answers_can_be_deleted(page: Any) -> None:
    AuditState.ask_to_erase.fn(page, True)
    await AuditState.erase.fn(page)
    assert (page.answered, page.erasing, page.imported) == (0, False, "")


async def test_a_hiring_manager_sees_and_deletes_nothing(page: Any, world: Any, tab: Any) -> None:
    theirs = tab(AuditState, world.manager_cookie)
    await AuditState.load.fn(theirs)
    theirs.jobs, theirs.since, theirs.until = page.jobs, page.since, page.until
    for attempt in (AuditState.make.fn(theirs), AuditState.erase.fn(theirs)):
        assert "Your role does not allow this" in str(getattr(await attempt, "args", ""))
    assert not theirs.made
    assert (await audits.standing(world.admin)).answered == 3

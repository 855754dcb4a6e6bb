"""The bias audit over a scored tenant: importing answers, the report, and what an auditor gets to recompute it."""

import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import pytest
from click.testing import CliRunner

from core.audit import Settings
from core.cli import cli
from core.errors import Invalid, NotAllowed, NotFound
from core.services import access, audits, board
from core.services.access import Actor
from core.services.audits import Wish
from core.store import records
from core.store.engine import rows, value
from core.store.scope import tenant

pytestmark = pytest.mark.anyio
HEAD = "application_id,sex,race_ethnicity\n"
TABLES = ("sex", "race_ethnicity", "both")


def wish(world: Any, **other: Any) -> Wish:
    settings = Settings(min_cell=1)
    given = {"jobs": (world.job,), "since": date(2000, 1, 1), "until": date(2100, 1, 1), "settings": settings}
    return Wish(**{**given, **other})


async def applications(world: Any) -> dict[str, tuple[UUID, str]]:
    """Name to our id and the ATS's."""
    async with tenant(world.actor.tenant_id):
        found = await rows(
            "SELECT p.name, a.id, a.external_id FROM application a JOIN person p ON p.id = a.person"
        )
    return {row["name"]: (row["id"], row["external_id"]) for row in found}


@pytest.fixture
async def answered(world: Any) -> AsyncIterator[dict[str, tuple[UUID, str]]]:
    """Three answers, given by either kind of id; gone after the test."""
    found = await applications(world)
    data = (
        f"{HEAD}{found['Mira Sol'][0]},female,asian\n{found['Jonas Weil'][1]},male,white\n"
        f"{found['Scan Ner'][1]},female,\n"
    )
    assert await audits.import_answers(world.actor, data.encode()) == 3
    yield found
    await audits.erase_answers(world.actor)


async def test_the_report_counts_bands_decisions_and_scores(world: Any, answered: Any) -> None:
    await board.move(world.actor, answered["Jonas Weil"][0], "qualified")
    made = await audits.audit(world.actor, wish(world))
    assert (made.jobs, made.organisation) == (("Data Engineer",), "Quay")
    report = made.report
    assert (report.applications, report.with_sex, report.with_race_ethnicity, report.decided) == (3, 3, 2, 1)
    found = {measure.key: measure for measure in report.measures}
    by_band = {cell.category: (cell.selected, cell.count) for cell in found["band_qualified"].sex.cells}
    by_person = {cell.category: (cell.selected, cell.count) for cell in found["decision"].sex.cells}
    assert by_band == {("female",): (1, 2), ("male",): (0, 1)}
    assert by_person == {("female",): (0, 2), ("male",): (1, 1)}
    assert found["score"].left_out >= 1


async def test_an_auditor_gets_the_same_report_from_the_export_without_a_server(
    world: Any, answered: Any, tmp_path: Path
) -> None:
    made = await audits.audit(world.actor, wish(world))
    exported = tmp_path / "rows.csv"
    exported.write_text(await audits.export_rows(world.actor, wish(world)))
    outcome = CliRunner().invoke(cli, ["audit", str(exported), "--min-cell", "1", "--json"])
    assert outcome.exit_code == 0, outcome.output
    assert json.loads(outcome.stdout) == json.loads(msgspec.json.encode(made.report))
    told = CliRunner().invoke(cli, ["audit", str(exported)]).stdout
    assert "Too few people to show a rate" in told


async def test_the_export_says_of_nobody_who_it_is(world: Any, answered: Any) -> None:
    exported = await audits.export_rows(world.actor, wish(world))
    for name, (ours, theirs) in answered.items():
        for word in (*name.split(), str(ours)):
            assert word not in exported
        assert theirs not in [cell for line in csv.reader(io.StringIO(exported)) for cell in line[1:]]


async def test_jobs_and_dates_narrow_the_sample(world: Any, answered: Any) -> None:
    empty = await audits.audit(world.actor, wish(world, until=date(2000, 1, 1)))
    assert empty.report.applications == 0
    assert empty.report.measures[0].sex.cells == ()


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"jobs": ()}, "jobs"),
        ({"since": date(2026, 2, 2), "until": date(2026, 2, 1)}, "until"),
        ({"until": date.max}, "until"),
        ({"settings": Settings(min_cell=0)}, "min_cell"),
        ({"settings": Settings(exclude_below=0.5)}, "exclude_below"),
    ],
)
async def test_a_wish_that_cannot_be_met_names_its_field(world: Any, other: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        await audits.audit(world.actor, wish(world, **other))
    assert set(refused.value.fields) == {field}


async def test_one_bad_line_and_nothing_is_imported(world: Any, answered: Any) -> None:
    before = (await audits.standing(world.actor)).answered
    mira, jonas = answered["Mira Sol"], answered["Jonas Weil"]
    data = f"{HEAD}{mira[0]},male,white\nnobody,male,white\n{jonas[0]},x,\n{mira[1]},female,asian\n"
    with pytest.raises(Invalid) as refused:
        await audits.import_answers(world.actor, data.encode())
    assert {line: text.split(".")[0] for line, text in refused.value.fields.items()} == {
        "Line 3": "There is no application “nobody” here",
        "Line 4": "The sex “x” is not one of female, male, non_binary or empty",
        "Line 5": "The application stands in an earlier line already, under its other id",
    }
    assert (await audits.standing(world.actor)).answered == before
    report = (await audits.audit(world.actor, wish(world))).report
    assert {cell.category: cell.count for cell in report.measures[0].sex.cells} == {
        ("female",): 2,
        ("male",): 1,
    }


async def test_a_later_import_corrects_an_earlier_one(world: Any, answered: Any) -> None:
    data = f"{HEAD}{answered['Mira Sol'][0]},non_binary,\n"
    await audits.import_answers(world.actor, data.encode())
    report = (await audits.audit(world.actor, wish(world))).report
    counts = {cell.category: cell.count for cell in report.measures[2].sex.cells}
    assert counts == {("female",): 1, ("male",): 1, ("non_binary",): 1}


async def test_everything_can_be_deleted_and_each_act_is_in_the_log(world: Any, answered: Any) -> None:
    await audits.export_rows(world.actor, wish(world))
    await audits.audit(world.actor, wish(world))
    assert await audits.erase_answers(world.actor) == 3
    assert (await audits.standing(world.actor)).answered == 0
    async with tenant(world.actor.tenant_id):
        logged = await records.audited("bias audit")
    assert [entry["action"] for entry in logged[:4]] == [
        "demographics deleted",
        "bias audit made",
        "bias audit data exported",
        "demographics imported",
    ]
    assert {entry["actor"] for entry in logged} == {world.actor.email}


async def test_the_role_that_scores_cannot_read_demographics(world: Any, answered: Any) -> None:
    for statement in ("SELECT sex FROM demographic", "SELECT count(*) FROM demographic"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with tenant(world.actor.tenant_id):
                await value(statement)


async def test_the_audits_role_cannot_read_who_somebody_is(world: Any, answered: Any) -> None:
    for column, table in (("name", "person"), ("details", "application"), ("text", "document_text")):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with tenant(world.actor.tenant_id):
                await rows("SET LOCAL ROLE shortlist_audit")
                await value(f"SELECT {column} FROM {table} LIMIT 1")


async def test_only_admins_audit(world: Any) -> None:
    recruiter = Actor(**{**msgspec.structs.asdict(world.actor), "role": "recruiter"})
    for attempt in (
        audits.standing(recruiter),
        audits.import_answers(recruiter, HEAD.encode()),
        audits.erase_answers(recruiter),
        audits.audit(recruiter, wish(world)),
        audits.export_rows(recruiter, wish(world)),
    ):
        with pytest.raises(NotAllowed):
            await attempt


async def test_another_tenant_can_neither_audit_nor_answer_for_ours(world: Any, answered: Any) -> None:
    other = await access.add_tenant("Harbour", "Omar Haddad", "omar.audit@example.org", "a short sentence")
    with pytest.raises(NotFound):
        await audits.audit(other, wish(world))
    data = f"{HEAD}{answered['Mira Sol'][0]},male,white\n"
    with pytest.raises(Invalid, match="1 line cannot be used"):
        await audits.import_answers(other, data.encode())
    assert await audits.erase_answers(other) == 0
    assert (await audits.standing(world.actor)).answered == 3

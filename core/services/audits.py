"""The bias audit of a tenant: the answers it needs, the report, and what an outside auditor recomputes it from."""

import asyncio
import hashlib
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import msgspec

from core.audit import Report, Row, Settings, make_report, write_rows
from core.audit.answers import Answer, read_answers
from core.clock import now
from core.errors import Invalid, NotFound
from core.services.access import Actor, require
from core.services.jobs import JobRow, list_jobs
from core.store import demographics, records
from core.store.scope import tenant

FORMAT = "shortlist bias audit 1"
_FIELDS_SHOWN = 50


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to audit: how many applications have answers, since when, and the jobs to choose from."""

    answered: int
    imported_at: datetime | None
    jobs: tuple[JobRow, ...]


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What to audit: applications to these jobs that came from the first to the last day (UTC), both included."""

    jobs: tuple[UUID, ...]
    since: date
    until: date
    settings: Settings = Settings()


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """A report with what it is about; `rows_sha256` is that of the exported rows it was made from."""

    format: str
    made_at: datetime
    organisation: str
    jobs: tuple[str, ...]
    since: date
    until: date
    rows_sha256: str
    report: Report


async def standing(actor: Actor) -> Standing:
    """Whether there is anything to audit yet."""
    require(actor, "manage")
    jobs = await list_jobs(actor, include_closed=True)
    async with tenant(actor.tenant_id), demographics.auditing():
        return Standing(
            answered=await demographics.known(), imported_at=await demographics.last_import(), jobs=jobs
        )


async def import_answers(actor: Actor, data: bytes) -> int:
    """Keep what applicants said of themselves, all lines or none; returns how many.

    Raises Invalid with a sentence per line that cannot be used.
    """
    require(actor, "manage")
    answers = read_answers(data)
    async with tenant(actor.tenant_id):
        async with demographics.auditing():
            stored, faults = _matched(answers.found, await demographics.applications())
            if faults := dict(sorted({**faults, **answers.faults}.items())):
                raise _unusable(faults)
            if not stored:
                raise Invalid("The file holds no answers.", "Put one application into each line.")
            await demographics.store(stored)
        await records.audit(actor.email, "demographics imported", "bias audit", {"applications": len(stored)})
    return len(stored)


def _matched(
    answers: tuple[Answer, ...], known: dict[str, list[UUID]]
) -> tuple[dict[UUID, tuple[str, str]], dict[int, str]]:
    stored: dict[UUID, tuple[str, str]] = {}
    faults: dict[int, str] = {}
    for answer in answers:
        found = known.get(answer.application, [])
        if len(found) > 1:
            faults[answer.line] = "Two integrations have an application with this id. Use Shortlist's own id."
        elif not found:
            faults[answer.line] = f"There is no application “{answer.application[:60]}” here."
        elif found[0] in stored:
            faults[answer.line] = "The application stands in an earlier line already, under its other id."
        else:
            stored[found[0]] = (answer.sex, answer.race_ethnicity)
    return stored, faults


def _unusable(faults: dict[int, str]) -> Invalid:
    count = len(faults)
    return Invalid(
        f"{count} {'line' if count == 1 else 'lines'} cannot be used, so nothing was imported.",
        "Correct them and import the file again.",
        fields={f"Line {line}": faults[line] for line in list(faults)[:_FIELDS_SHOWN]},
    )


async def erase_answers(actor: Actor) -> int:
    """Delete all demographics of the tenant; returns of how many applications."""
    require(actor, "manage")
    async with tenant(actor.tenant_id):
        async with demographics.auditing():
            erased = await demographics.erase()
        await records.audit(actor.email, "demographics deleted", "bias audit", {"applications": erased})
    return erased


async def audit(actor: Actor, wish: Wish) -> Audit:
    """Make the report; raises Invalid for a wish that cannot be met."""
    titles, rows = await _sample(actor, wish, "bias audit made")
    # Out of the event loop: a large employer's exact tests take a second or two.
    report = await asyncio.to_thread(make_report, rows, wish.settings)
    return Audit(
        format=FORMAT,
        made_at=now(),
        organisation=actor.tenant_name,
        jobs=titles,
        since=wish.since,
        until=wish.until,
        rows_sha256=hashlib.sha256(write_rows(rows).encode()).hexdigest(),
        report=report,
    )


async def export_rows(actor: Actor, wish: Wish) -> str:
    """The rows behind the report as CSV: without names and ids, in an order that tells nothing."""
    _, rows = await _sample(actor, wish, "bias audit data exported")
    return write_rows(rows)


async def _sample(actor: Actor, wish: Wish, act: str) -> tuple[tuple[str, ...], list[Row]]:
    require(actor, "manage")
    _check(wish)
    titles = {job.id: job.title for job in await list_jobs(actor, include_closed=True)}
    if not set(wish.jobs) <= set(titles):
        raise NotFound("One of the jobs does not exist.", "Reload the page and choose again.")
    since, until = _start(wish.since), _start(wish.until) + timedelta(days=1)
    async with tenant(actor.tenant_id):
        async with demographics.auditing():
            rows = [Row(**row) for row in await demographics.sample(wish.jobs, since, until)]
        await records.audit(
            actor.email,
            act,
            "bias audit",
            {"jobs": wish.jobs, "since": wish.since, "until": wish.until, "applications": len(rows)},
        )
    return tuple(titles[job] for job in dict.fromkeys(wish.jobs)), rows


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _check(wish: Wish) -> None:
    fields = {}
    if not wish.jobs:
        fields["jobs"] = "Choose at least one job."
    if wish.until < wish.since:
        fields["until"] = "The last day lies before the first."
    if wish.until == date.max:
        fields["until"] = "Choose an earlier last day."
    if not 1 <= wish.settings.min_cell <= 1000:
        fields["min_cell"] = "Use a number from 1 to 1000."
    if not 0 <= wish.settings.exclude_below <= 0.02:
        fields["exclude_below"] = "Use a share from 0 to 0.02: no rule lets larger categories be left out."
    if fields:
        raise Invalid("Some entries cannot be used.", "Correct the marked fields.", fields=fields)

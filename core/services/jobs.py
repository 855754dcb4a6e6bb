"""The list of jobs and the head of a board."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.errors import NotFound
from core.screening import plain_text
from core.services.access import Actor
from core.store import board, jobs, scores
from core.store.scope import tenant


class BandCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Applications per column."""

    qualified: int = 0
    pre_qualified: int = 0
    not_qualified: int = 0
    needs_a_look: int = 0


class JobRow(msgspec.Struct, frozen=True, kw_only=True):
    """A tracked job in the list; `scoring` applications have no up-to-date score yet."""

    id: UUID
    title: str
    department: str
    location: str
    state: str
    source_title: str
    opened_at: datetime | None
    total: int
    new: int
    counts: BandCounts
    scoring: int
    waiting_on: str
    synced_at: datetime | None
    unseen_decisions: int
    requirements: int
    problem: str


class JobHead(msgspec.Struct, frozen=True, kw_only=True):
    """What stands above a job's board; `scoring` applications have no up-to-date score yet."""

    id: UUID
    title: str
    department: str
    location: str
    state: str
    source_title: str
    source_id: UUID
    source_state: str
    """The state of the integration the job comes from: unless it is active or syncing, the board is stale."""
    url: str
    synced_at: datetime | None
    description_text: str
    counts: BandCounts
    scoring: int
    problem: str


def _counts(found: dict[str, Any]) -> BandCounts:
    return BandCounts(
        **{name: int(found[name] or 0) for name in BandCounts.__struct_fields__ if name in found}
    )


async def list_jobs(actor: Actor, *, search: str = "", include_closed: bool = False) -> tuple[JobRow, ...]:
    """Tracked jobs, open ones with the newest applications first."""
    async with tenant(actor.tenant_id):
        found = await jobs.listed(search.strip(), include_closed)
    return tuple(
        JobRow(
            id=row["id"],
            title=row["title"],
            department=row["department"],
            location=row["location"],
            state=row["state"],
            source_title=row["source_title"],
            opened_at=row["opened_at"],
            total=row["total"],
            new=row["new"],
            counts=_counts(row),
            scoring=row["scoring"],
            waiting_on="recruiter" if row["undecided"] else "",
            synced_at=row["last_synced_at"],
            unseen_decisions=0,
            requirements=row["requirements"] or 0,
            problem=row["problem"],
        )
        for row in found
    )


async def get_job(actor: Actor, job_id: UUID) -> JobHead:
    """The head of a job's board; raises NotFound."""
    async with tenant(actor.tenant_id):
        found = await jobs.get(job_id)
        if found is None:
            raise NotFound("This job does not exist.", "Go back to Jobs.")
        counts = _counts(await board.totals(job_id))
        waiting = await scores.waiting(job_id)
    return JobHead(
        id=found["id"],
        title=found["title"],
        department=found["department"],
        location=found["location"],
        state=found["state"],
        source_title=found["source_title"],
        source_id=found["connection"],
        source_state=found["source_state"],
        url=found["url"],
        synced_at=found["last_synced_at"],
        description_text=plain_text(found["description_html"]),
        counts=counts,
        scoring=waiting,
        problem=found["problem"],
    )

"""Rubrics and scores."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.clock import new_id, now
from core.sdk.records import Application, Person
from core.sdk.scorer import Requirement
from core.store.engine import one, rows, value


class RubricRow(msgspec.Struct, frozen=True, kw_only=True):
    """A job's rubric at its newest version."""

    id: UUID
    version: int
    requirements: tuple[Requirement, ...]
    source_digest: str
    member_id: UUID | None
    created_at: datetime


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """An application that is to be scored, with what the ATS says of it and of its person."""

    id: UUID
    wanted: int
    decided: bool
    category: str | None
    band: str | None
    score: int | None
    external_id: str
    person_external_id: str
    name: str
    applied_at: datetime | None
    arrived_at: datetime
    application: Application
    person: Person


async def rubric(job: UUID) -> RubricRow | None:
    """The newest version of the job's rubric."""
    found = await one(
        "SELECT id, version, requirements, source_digest, member_id, created_at FROM rubric "
        "WHERE job = $1 ORDER BY version DESC LIMIT 1",
        job,
    )
    if found is None:
        return None
    requirements = msgspec.json.decode(found["requirements"], type=tuple[Requirement, ...])
    return RubricRow(**{**found, "requirements": requirements})


async def add_rubric(
    job: UUID, requirements: tuple[Requirement, ...], *, source_digest: str, member: UUID | None
) -> RubricRow:
    """Store the next version of the job's rubric and mark every score under older versions stale."""
    version = 1 + int(await value("SELECT coalesce(max(version), 0) FROM rubric WHERE job = $1", job))
    await rows(
        """
        INSERT INTO rubric (id, job, version, requirements, source_digest, member_id, created_at)
        VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7)
        """,
        new_id(),
        job,
        version,
        msgspec.json.encode(requirements).decode(),
        source_digest,
        member,
        now(),
    )
    await rows(
        "UPDATE application SET wanted = wanted + 1, stale = band IS NOT NULL WHERE job = $1 AND removed_at IS NULL",
        job,
    )
    added = await rubric(job)
    assert added is not None, "it was inserted in this transaction"
    return added


_READY = """
    wanted > settled AND a.removed_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM document d WHERE d.person = a.person AND d.removed_at IS NULL
            AND d.fetch_state = 'wanted' AND d.kind IN ('resume', 'cover_letter')
            AND (d.application = a.id OR d.application IS NULL))
"""


async def due(job: UUID, limit: int) -> list[Due]:
    """The next applications of the job to score: asked for, and with all their documents at hand."""
    return await read_due(f"a.job = $1 AND {_READY} ORDER BY (a.settled > 0), a.id LIMIT $2", job, limit)


async def read_due(condition: str, *arguments: object) -> list[Due]:
    """Applications with what the ATS says of them; the condition is SQL of ours about `application a`."""
    found = await rows(
        f"""
        SELECT a.id, a.wanted, a.decided, a.category, a.band, a.score, a.external_id,
            p.external_id AS person_external_id, p.name, a.applied_at, a.arrived_at,
            a.details AS application, p.details AS person
        FROM application a JOIN person p ON p.id = a.person
        WHERE {condition}
        """,
        *arguments,
    )
    return [
        Due(
            **{
                **row,
                "application": msgspec.json.decode(row["application"], type=Application),
                "person": msgspec.json.decode(row["person"], type=Person),
            }
        )
        for row in found
    ]


async def jobs_due() -> list[UUID]:
    """Jobs with applications that are ready to be scored."""
    found = await rows(
        f"SELECT DISTINCT a.job FROM application a JOIN job j ON j.id = a.job AND j.selected WHERE {_READY}"
    )
    return [row["job"] for row in found]


async def waiting(job: UUID) -> int:
    """How many applications of the job have no up-to-date score yet."""
    return int(
        await value(
            "SELECT count(*) FROM application WHERE job = $1 AND wanted > settled AND removed_at IS NULL", job
        )
    )


async def add(
    application: UUID,
    *,
    rubric: UUID,
    scorer: str,
    scorer_version: str,
    input_digest: str,
    status: str,
    score: int | None,
    band: str,
    sheet: bytes,
    asks: bytes = b"[]",
) -> UUID | None:
    """Store a score and return its id; None when the same was stored before.

    The same inputs under the same rubric and scorer are stored once.
    """
    found: UUID | None = await value(
        """
        INSERT INTO score (id, application, rubric, scorer, scorer_version, input_digest, status, score, band,
            sheet, asks, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11::jsonb, $12)
        ON CONFLICT (application, rubric, scorer, scorer_version, input_digest) DO NOTHING RETURNING id
        """,
        new_id(),
        application,
        rubric,
        scorer,
        scorer_version,
        input_digest,
        status,
        score,
        band,
        sheet.decode(),
        asks.decode(),
        now(),
    )
    return found


async def stored(
    application: UUID, *, rubric: UUID, scorer: str, scorer_version: str, input_digest: str
) -> tuple[UUID, str] | None:
    """(id, sheet) of the score that is stored for these."""
    found = await one(
        "SELECT id, sheet FROM score WHERE application = $1 AND rubric = $2 AND scorer = $3 AND scorer_version = $4 "
        "AND input_digest = $5",
        application,
        rubric,
        scorer,
        scorer_version,
        input_digest,
    )
    return (found["id"], found["sheet"]) if found else None


async def outdate() -> list[UUID]:
    """Mark every score of the tenant stale, to be made anew; returns the tracked jobs."""
    await rows(
        "UPDATE application SET wanted = wanted + 1, stale = band IS NOT NULL WHERE removed_at IS NULL"
    )
    return await tracked()


async def tracked() -> list[UUID]:
    """The jobs whose applications are scored."""
    found = await rows("SELECT id FROM job WHERE selected AND removed_at IS NULL ORDER BY id")
    return [row["id"] for row in found]


async def concerned() -> int:
    """How many scored applications of tracked jobs a change of the scorer concerns."""
    return int(
        await value(
            "SELECT count(*) FROM application a JOIN job j ON j.id = a.job AND j.selected AND j.removed_at IS NULL "
            "WHERE a.removed_at IS NULL AND a.band IS NOT NULL"
        )
    )


async def settle(
    application: UUID,
    *,
    wanted: int,
    score: int | None,
    band: str,
    category: str,
    card: bytes,
    changed: bool,
    shown: UUID | None = None,
) -> str | None:
    """Put a new score on the application; people's own decisions about the column stay.

    `shown` is the stored score it shows from now on.

    `changed` makes another version of what the ATS shows, on top of those people made in the meantime.

    Returns the category the card is in afterwards; None when it has left the board.
    """
    found: str | None = await value(
        """
        UPDATE application SET score = $3, band = $4, card = $6::jsonb, version = version + $7, settled = $2,
            stale = false, shown_score = coalesce($9, shown_score),
            category_since = CASE WHEN decided OR category IS NOT DISTINCT FROM $5 THEN category_since ELSE $8 END,
            category = CASE WHEN decided THEN category ELSE $5 END
        WHERE id = $1 AND removed_at IS NULL RETURNING category
        """,
        application,
        wanted,
        score,
        band,
        category,
        card.decode(),
        int(changed),
        now(),
        shown,
    )
    return found


async def latest(application: UUID) -> dict[str, Any] | None:
    """The score an application shows, or else its newest, with its rubric: sheet, scorer, versions, requirements."""
    return await one(
        """
        SELECT s.status, s.score, s.band, s.sheet, s.asks, s.scorer, s.scorer_version, s.input_digest,
            s.created_at, r.version AS rubric_version, r.requirements,
            EXISTS (SELECT 1 FROM receipt x WHERE x.score = s.id) AS has_receipt
        FROM score s JOIN rubric r ON r.id = s.rubric JOIN application a ON a.id = s.application
        WHERE s.application = $1 AND a.band IS DISTINCT FROM 'manual_review'
        ORDER BY (s.id = a.shown_score) DESC NULLS LAST, r.version DESC, s.created_at DESC, s.id DESC LIMIT 1
        """,
        application,
    )

"""Scores of a second scorer, each beside one that an application shows. Nothing else reads this table."""

from typing import Any
from uuid import UUID

import msgspec

from core.clock import new_id, now
from core.screening.disagreement import Difference, Disagreement
from core.store.engine import one, rows, value
from core.store.scores import Due, read_due

_SETTLED = "a.removed_at IS NULL AND a.shown_score IS NOT NULL AND a.settled >= a.wanted AND a.band <> 'manual_review'"
_WITHOUT = "NOT EXISTS (SELECT 1 FROM shadow_score h WHERE h.beside = a.shown_score AND h.scorer = {scorer}{version})"
_PAIRS = """
    FROM application a
    JOIN job j ON j.id = a.job AND j.selected AND j.removed_at IS NULL
    JOIN person p ON p.id = a.person
    JOIN score s ON s.id = a.shown_score
    JOIN rubric r ON r.id = s.rubric
    JOIN LATERAL (
        SELECT * FROM shadow_score newest WHERE newest.beside = s.id AND newest.scorer = $1
        ORDER BY newest.created_at DESC, newest.id DESC LIMIT 1
    ) h ON h.input_digest = s.input_digest
    WHERE a.removed_at IS NULL AND a.band <> 'manual_review'
"""
"""What is compared: the score shown, and the second scorer's newest on the very same texts."""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """An application on which two scorers disagree, with both sheets."""

    application: UUID
    job: UUID
    name: str
    job_title: str
    band: str
    score: int | None
    sheet: str
    other_band: str
    other_score: int | None
    other_sheet: str
    requirements: str
    differences: tuple[Difference, ...]


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A job's comparison in numbers; the last three count those a person has put into a column."""

    job: UUID
    title: str
    compared: int
    disagree: int
    decided: int
    board_right: int
    other_right: int


async def due(job: UUID, scorer: str, version: str, limit: int) -> list[Due]:
    """The next applications of the job whose shown score has none of this scorer's beside it."""
    without = _WITHOUT.format(scorer="$2", version=" AND h.scorer_version = $3")
    return await read_due(
        f"a.job = $1 AND {_SETTLED} AND {without} ORDER BY a.id LIMIT $4", job, scorer, version, limit
    )


async def jobs_due(scorer: str) -> list[UUID]:
    """Tracked jobs with applications that have no score of this scorer beside the one shown."""
    found = await rows(
        "SELECT DISTINCT a.job FROM application a JOIN job j ON j.id = a.job AND j.selected AND j.removed_at IS NULL "
        f"WHERE {_SETTLED} AND {_WITHOUT.format(scorer='$1', version='')}",
        scorer,
    )
    return [row["job"] for row in found]


async def beside(application: UUID) -> dict[str, Any] | None:
    """The score an application shows: id, rubric, sheet; None when it has none."""
    return await one(
        "SELECT s.id, s.rubric, s.sheet FROM application a JOIN score s ON s.id = a.shown_score "
        "WHERE a.id = $1 AND a.removed_at IS NULL",
        application,
    )


async def add(
    application: UUID,
    *,
    beside: UUID,
    scorer: str,
    scorer_version: str,
    input_digest: str,
    score: int | None,
    band: str,
    sheet: bytes,
    found: Disagreement,
) -> None:
    """Store what the second scorer says beside a score; the same is stored once."""
    await rows(
        """
        INSERT INTO shadow_score (id, application, beside, scorer, scorer_version, input_digest, score, band,
            sheet, differences, distance, disagrees, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10::jsonb, $11, $12, $13)
        ON CONFLICT (beside, scorer, scorer_version) DO NOTHING
        """,
        new_id(),
        application,
        beside,
        scorer,
        scorer_version,
        input_digest,
        score,
        band,
        sheet.decode(),
        msgspec.json.encode(found.differences).decode(),
        found.distance,
        found.disagrees,
        now(),
    )


async def compared(scorer: str) -> list[Compared]:
    """Each compared job in numbers, those with most disagreements first."""
    found = await rows(
        f"""
        SELECT j.id AS job, j.title, count(*) AS compared, count(*) FILTER (WHERE h.disagrees) AS disagree,
            count(*) FILTER (WHERE a.decided) AS decided,
            count(*) FILTER (WHERE a.decided AND s.band = a.category) AS board_right,
            count(*) FILTER (WHERE a.decided AND h.band = a.category) AS other_right
        {_PAIRS} GROUP BY j.id, j.title ORDER BY 4 DESC, j.title, j.id
        """,
        scorer,
    )
    return [Compared(**row) for row in found]


async def by_requirement(scorer: str, job: UUID) -> list[tuple[str, int]]:
    """(requirement id, applications whose match differs) for each requirement of a job that has any."""
    found = await rows(
        f"""
        SELECT d->>'requirement_id' AS requirement, count(*) AS count
        FROM (SELECT h.differences {_PAIRS} AND a.job = $2) pairs, jsonb_array_elements(pairs.differences) d
        GROUP BY 1 ORDER BY 2 DESC, 1
        """,
        scorer,
        job,
    )
    return [(row["requirement"], row["count"]) for row in found]


async def disagreements(scorer: str, job: UUID | None, limit: int) -> list[Pair]:
    """Applications the two scorers disagree on: the bands farthest apart first, then the most must-haves."""
    found = await rows(
        f"""
        SELECT a.id AS application, j.id AS job, p.name, j.title AS job_title, s.band, s.score, s.sheet,
            h.band AS other_band, h.score AS other_score, h.sheet AS other_sheet, h.differences, r.requirements
        {_PAIRS} AND h.disagrees AND ($2::uuid IS NULL OR a.job = $2)
        ORDER BY h.distance DESC,
            (SELECT count(*) FROM jsonb_array_elements(h.differences) d WHERE (d->>'must_have')::boolean) DESC,
            (s.sheet->'sheet'->>'confidence')::float, a.id
        LIMIT $3
        """,
        scorer,
        job,
        limit,
    )
    return [
        Pair(**{**row, "differences": msgspec.json.decode(row["differences"], type=tuple[Difference, ...])})
        for row in found
    ]


async def count(scorer: str) -> int:
    """How many applications of tracked jobs the two scorers disagree on."""
    return int(await value(f"SELECT count(*) {_PAIRS} AND h.disagrees", scorer))

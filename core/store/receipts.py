"""Receipts of scores, stored with them and never changed."""

from typing import Any
from uuid import UUID

from core.clock import new_id, now
from core.store.engine import one, rows


async def add(score: UUID, content: bytes) -> None:
    """Store the receipt of a score that was stored in the same transaction."""
    await rows(
        "INSERT INTO receipt (id, score, content, made_at) VALUES ($1, $2, $3, $4)",
        new_id(),
        score,
        content.decode(),
        now(),
    )


async def latest(application: UUID) -> dict[str, Any] | None:
    """The receipt of the score the application shows: content, made_at; None when there is none."""
    return await one(
        """
        SELECT x.content, x.made_at FROM score s JOIN rubric r ON r.id = s.rubric
        JOIN receipt x ON x.score = s.id JOIN application a ON a.id = s.application
        WHERE s.application = $1 AND a.band IS DISTINCT FROM 'manual_review'
        ORDER BY (s.id = a.shown_score) DESC NULLS LAST, r.version DESC, s.created_at DESC, s.id DESC LIMIT 1
        """,
        application,
    )


async def of_job(job: UUID, after: UUID, limit: int) -> list[dict[str, Any]]:
    """Receipts of the job's scores past and present, in the order they were made: id, content."""
    return await rows(
        """
        SELECT x.id, x.content FROM receipt x JOIN score s ON s.id = x.score
        JOIN application a ON a.id = s.application
        WHERE a.job = $1 AND x.id > $2 ORDER BY x.id LIMIT $3
        """,
        job,
        after,
        limit,
    )

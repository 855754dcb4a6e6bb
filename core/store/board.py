"""The board: columns, cards, decisions."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.clock import new_id, now
from core.store.engine import one, rows


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a column is narrowed to; empty parts do not narrow."""

    text: str = ""
    bands: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    requirement: str = ""
    requirement_match: str = ""


_CARD = """
    a.id, p.name, p.initials, a.score, a.band, a.category, a.card, a.applied_at, a.arrived_at,
    a.category_since, a.status_name, a.decided, a.stale,
    (SELECT count(*) FROM comment c WHERE c.application = a.id) AS comments,
    (SELECT m.name FROM decision d JOIN member m ON m.id = d.member WHERE d.application = a.id
        ORDER BY d.made_at DESC LIMIT 1) AS decided_by,
    (SELECT CASE WHEN bool_or(w.state = 'failed') THEN 'failed' WHEN bool_or(w.state = 'waiting') THEN 'waiting'
        WHEN bool_or(w.state = 'written') THEN 'written' ELSE '' END
        FROM write_back w WHERE w.application = a.id AND w.version = a.version) AS write_state
"""
_WHERE = """
    a.job = $1 AND a.category = $2 AND a.removed_at IS NULL
    AND ($3 = '' OR p.name ILIKE '%' || $3 || '%')
    AND (cardinality($4::text[]) = 0 OR a.band = ANY($4))
    AND (cardinality($5::text[]) = 0 OR a.card->'flags' ?| $5)
    AND ($6 = '' OR ($7 = '' AND a.card->'matches' ? $6) OR a.card->'matches'->>$6 = $7)
"""


def _arguments(job: UUID, category: str, wish: Wish) -> tuple[Any, ...]:
    text = wish.text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return (
        job,
        category,
        text,
        list(wish.bands),
        list(wish.flags),
        wish.requirement,
        wish.requirement_match,
    )


async def cards(job: UUID, category: str, wish: Wish, limit: int) -> list[dict[str, Any]]:
    """The first cards of a column, best score first."""
    return await rows(
        f"SELECT {_CARD} FROM application a JOIN person p ON p.id = a.person WHERE {_WHERE} "
        "ORDER BY a.score DESC NULLS LAST, a.id LIMIT $8",
        *_arguments(job, category, wish),
        limit,
    )


async def total(job: UUID, category: str, wish: Wish) -> int:
    """How many cards the column holds, exactly."""
    found = await one(
        f"SELECT count(*) AS n FROM application a JOIN person p ON p.id = a.person WHERE {_WHERE}",
        *_arguments(job, category, wish),
    )
    return int(found["n"]) if found else 0


async def totals(job: UUID) -> dict[str, int]:
    """Cards per category, without any narrowing."""
    found = await rows(
        "SELECT category, count(*) AS n FROM application "
        "WHERE job = $1 AND removed_at IS NULL AND category IS NOT NULL GROUP BY category",
        job,
    )
    return {row["category"]: int(row["n"]) for row in found}


async def neighbours(application: UUID) -> tuple[UUID | None, UUID | None]:
    """The cards above and below in the same column."""
    found = await one(
        """
        WITH this AS (SELECT id, job, category, coalesce(score, -1) AS points FROM application WHERE id = $1)
        SELECT
            (SELECT a.id FROM application a, this WHERE a.job = this.job AND a.category = this.category
                AND a.removed_at IS NULL
                AND (coalesce(a.score, -1) > this.points
                    OR (coalesce(a.score, -1) = this.points AND a.id < this.id))
                ORDER BY coalesce(a.score, -1), a.id DESC LIMIT 1) AS above,
            (SELECT a.id FROM application a, this WHERE a.job = this.job AND a.category = this.category
                AND a.removed_at IS NULL
                AND (coalesce(a.score, -1) < this.points
                    OR (coalesce(a.score, -1) = this.points AND a.id > this.id))
                ORDER BY coalesce(a.score, -1) DESC, a.id LIMIT 1) AS below
        """,
        application,
    )
    return (found["above"], found["below"]) if found else (None, None)


async def names(applications: Sequence[UUID]) -> dict[UUID, str]:
    """The people's names by application."""
    found = await rows(
        "SELECT a.id, p.name FROM application a JOIN person p ON p.id = a.person WHERE a.id = ANY($1)",
        list(applications),
    )
    return {row["id"]: row["name"] for row in found}


async def lock(applications: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """The applications with what a decision needs, locked until the transaction ends."""
    found = await rows(
        """
        SELECT a.id, a.job, a.connection, a.person, a.category, a.band, a.score, a.version, a.external_id,
            p.name, p.external_id AS person_external_id, j.external_id AS job_external_id
        FROM application a JOIN person p ON p.id = a.person JOIN job j ON j.id = a.job
        WHERE a.id = ANY($1) AND a.removed_at IS NULL ORDER BY a.id FOR NO KEY UPDATE OF a
        """,
        list(applications),
    )
    return {row["id"]: row for row in found}


async def decide(
    application: UUID,
    member: UUID,
    *,
    from_category: str,
    to_category: str,
    reason: str,
    undoes: UUID | None = None,
    stands: bool = True,
) -> UUID:
    """Record a person's decision and put the card where it says.

    `stands` is false when nobody's decision is left: the card is the score's again.
    """
    decision = new_id()
    await rows(
        """
        INSERT INTO decision (id, application, member, from_category, to_category, reason, undoes, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        decision,
        application,
        member,
        from_category,
        to_category,
        reason,
        undoes,
        now(),
    )
    await rows(
        "UPDATE application SET category = $2, category_since = $3, decided = $4, version = version + 1 "
        "WHERE id = $1",
        application,
        to_category,
        now(),
        stands,
    )
    return decision


async def decision(decision_id: UUID) -> dict[str, Any] | None:
    """One decision."""
    return await one("SELECT * FROM decision WHERE id = $1", decision_id)


async def decisions(application: UUID) -> list[dict[str, Any]]:
    """All decisions about an application, newest first, with the member's name."""
    return await rows(
        "SELECT d.*, m.name AS member_name FROM decision d JOIN member m ON m.id = d.member "
        "WHERE d.application = $1 ORDER BY d.made_at DESC, d.id DESC",
        application,
    )


async def comments(application: UUID) -> list[dict[str, Any]]:
    """Comments on an application, oldest first, with the author's name."""
    return await rows(
        "SELECT c.id, c.body, c.made_at, m.name AS author FROM comment c JOIN member m ON m.id = c.member "
        "WHERE c.application = $1 ORDER BY c.made_at",
        application,
    )


async def comment(application: UUID, member: UUID, body: str) -> UUID:
    """Add a comment."""
    comment_id = new_id()
    await rows(
        "INSERT INTO comment (id, application, member, body, made_at) VALUES ($1, $2, $3, $4, $5)",
        comment_id,
        application,
        member,
        body,
        now(),
    )
    return comment_id


async def application(application_id: UUID) -> dict[str, Any] | None:
    """Everything the profile shows of an application, its person and its job."""
    return await one(
        """
        SELECT a.*, p.name, p.initials, p.details AS person_details, j.title AS job_title, j.external_id AS
            job_external_id, p.external_id AS person_external_id, c.title AS source_title,
            c.connector, c.users AS connection_users, j.pre_qualified_from, j.qualified_from
        FROM application a JOIN person p ON p.id = a.person JOIN job j ON j.id = a.job
        JOIN connection c ON c.id = a.connection
        WHERE a.id = $1 AND a.removed_at IS NULL
        """,
        application_id,
    )

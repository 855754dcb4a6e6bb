"""Jobs as the tenant sees them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.store.engine import one, rows


async def listed(search: str, include_closed: bool) -> list[dict[str, Any]]:
    """Tracked jobs with their counts; open ones with the most recent applications first."""
    return await rows(
        """
        SELECT j.id, j.title, j.department, j.location, j.state, j.opened_at, j.problem,
            c.title AS source_title, c.last_synced_at,
            count(a.id) AS total,
            count(a.id) FILTER (WHERE a.arrived_at > now() - interval '24 hours') AS new,
            count(a.id) FILTER (WHERE a.category = 'qualified') AS qualified,
            count(a.id) FILTER (WHERE a.category = 'pre_qualified') AS pre_qualified,
            count(a.id) FILTER (WHERE a.category = 'not_qualified') AS not_qualified,
            count(a.id) FILTER (WHERE a.category = 'needs_a_look') AS needs_a_look,
            count(a.id) FILTER (WHERE NOT a.decided AND a.category IS NOT NULL) AS undecided,
            count(a.id) FILTER (WHERE a.wanted > a.settled) AS scoring,
            (SELECT jsonb_array_length(r.requirements) FROM rubric r WHERE r.job = j.id
                ORDER BY r.version DESC LIMIT 1) AS requirements
        FROM job j JOIN connection c ON c.id = j.connection
        LEFT JOIN application a ON a.job = j.id AND a.removed_at IS NULL
        WHERE j.selected AND j.removed_at IS NULL AND ($2 OR j.state <> 'closed')
            AND ($1 = '' OR j.title ILIKE '%' || $1 || '%' OR j.department ILIKE '%' || $1 || '%')
        GROUP BY j.id, c.id ORDER BY (j.state = 'open') DESC, max(a.arrived_at) DESC NULLS LAST, j.title
        """,
        search.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_"),
        include_closed,
    )


async def get(job: UUID) -> dict[str, Any] | None:
    """One job with its source."""
    return await one(
        """
        SELECT j.*, c.title AS source_title, c.connector, c.last_synced_at, c.state AS source_state
        FROM job j JOIN connection c ON c.id = j.connection WHERE j.id = $1 AND j.removed_at IS NULL
        """,
        job,
    )


async def of_connection(connection: UUID) -> list[dict[str, Any]]:
    """All jobs a connection has read, for choosing: open ones first."""
    return await rows(
        """
        SELECT j.id, j.title, j.location, j.state, j.selected,
            (SELECT count(*) FROM application a WHERE a.job = j.id AND a.removed_at IS NULL) AS applications
        FROM job j WHERE j.connection = $1 AND j.removed_at IS NULL
        ORDER BY (j.state = 'open') DESC, j.title, j.id
        """,
        connection,
    )


async def select(connection: UUID, jobs: Sequence[UUID]) -> None:
    """Track exactly these jobs of the connection."""
    await rows("UPDATE job SET selected = (id = ANY($2)) WHERE connection = $1", connection, list(jobs))


async def set_thresholds(job: UUID, pre_qualified: int, qualified: int) -> None:
    """Set where the bands of a job begin."""
    await rows(
        "UPDATE job SET pre_qualified_from = $2, qualified_from = $3 WHERE id = $1",
        job,
        pre_qualified,
        qualified,
    )


async def set_problem(job: UUID, problem: str) -> None:
    """Say in words what keeps the job from being screened; empty when nothing does."""
    await rows("UPDATE job SET problem = $2 WHERE id = $1 AND problem <> $2", job, problem)

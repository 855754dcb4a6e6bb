"""Demographics: what the audit reads and writes, as the only role that may.

Nothing but `core.services.audits` imports this; a contract in pyproject.toml keeps scoring away from it.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from core.clock import new_id, now
from core.store.engine import APP_ROLE, AUDIT_ROLE, many, rows, value


@asynccontextmanager
async def auditing() -> AsyncIterator[None]:
    """Statements inside are the audit's own: it sees demographics, and little else.

    Needs an open tenant scope. After an error the role ends with the transaction.
    """
    await rows(f"SET LOCAL ROLE {AUDIT_ROLE}")
    yield
    await rows(f"SET LOCAL ROLE {APP_ROLE}")


async def store(answers: Mapping[UUID, tuple[str, str]]) -> None:
    """Keep (sex, race and ethnicity) of each application, in place of what was known before."""
    at = now()
    await many(
        """
        INSERT INTO demographic (id, application, sex, race_ethnicity, imported_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (application) DO UPDATE SET sex = $3, race_ethnicity = $4, imported_at = $5
        """,
        [(new_id(), application, sex, race, at) for application, (sex, race) in answers.items()],
    )


async def applications() -> dict[str, list[UUID]]:
    """The tenant's applications by their own id and by that of their ATS, which two ATSs may share."""
    found: dict[str, list[UUID]] = {}
    for row in await rows("SELECT id, external_id FROM application WHERE removed_at IS NULL"):
        for name in {str(row["id"]), row["external_id"]}:
            found.setdefault(name, []).append(row["id"])
    return found


async def erase() -> int:
    """Delete everything; returns how many answers there were."""
    return len(await rows("DELETE FROM demographic RETURNING id"))


async def known() -> int:
    """How many applications have answers."""
    return int(await value("SELECT count(*) FROM demographic") or 0)


async def last_import() -> datetime | None:
    """When answers were imported last."""
    found: datetime | None = await value("SELECT max(imported_at) FROM demographic")
    return found


async def sample(jobs: Sequence[UUID], since: datetime, until: datetime) -> list[dict[str, Any]]:
    """One row per application of the jobs that came in the period, without anything that says whose it is."""
    return await rows(
        """
        SELECT coalesce(d.sex, '') AS sex, coalesce(d.race_ethnicity, '') AS race_ethnicity, a.score,
            coalesce(a.band, '') AS band, CASE WHEN a.decided THEN coalesce(a.category, '') ELSE '' END AS decision
        FROM application a LEFT JOIN demographic d ON d.application = a.id
        WHERE a.job = ANY($1) AND a.removed_at IS NULL
            AND coalesce(a.applied_at, a.arrived_at) >= $2 AND coalesce(a.applied_at, a.arrived_at) < $3
        ORDER BY 1, 2, 3, 4, 5
        """,
        list(jobs),
        since,
        until,
    )

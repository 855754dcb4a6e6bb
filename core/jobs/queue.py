"""Puts a job into Procrastinate's queue inside the caller's transaction.

The only place that knows Procrastinate's SQL function `procrastinate_defer_jobs_v1`; a contract test
keeps it honest against the pinned release.
"""

from datetime import timedelta
from uuid import UUID

import asyncpg
import msgspec

from core.clock import now
from core.store.engine import savepoint, value
from core.store.scope import current_tenant

QUEUE = "shortlist"
_TRIES = 5
_ONE_AT_A_TIME = frozenset({"score", "shadow"})
"""Tasks that run one after another within a tenant: they share the scorers' process, and would otherwise
take every place of the worker while they wait for it."""
_PRIORITY = {
    "follow_hints": 10,
    "write_back": 5,
    "rubric": 4,
    "intake": 3,
    "sync": 2,
    "notify": 1,
    "carry": 1,
    "shadow": -1,
}
"""What people wait for goes first; everything else has priority 0, comparisons less."""


class Later(Exception):
    """Raised by a task to be run again after `seconds`; it does not count as a failure."""

    def __init__(self, seconds: float, reason: str = "") -> None:
        super().__init__(reason or f"again in {seconds:.0f} s")
        self.seconds = seconds


async def enqueue(
    task: str,
    subject: UUID,
    *,
    priority: int | None = None,
    delay: float = 0.0,
    once: bool = True,
    hurry: bool = True,
    attempt: int = 1,
) -> None:
    """Commit a job together with the caller's rows: `task` for `subject` in the current tenant.

    `attempt` counts from 1 how often this work has been tried, this time included.

    Jobs of one task for one subject run one after another. With `once`, a job that waits already is
    enough: its row is locked until the caller commits, so that it cannot start before and miss what the
    caller wrote. Without `hurry`, a job that waits for a later moment keeps it.
    """
    lane = f"{task}:{current_tenant() if task in _ONE_AT_A_TIME else subject}"
    priority = _PRIORITY.get(task, 0) if priority is None else priority
    key = f"{task}:{subject}" if once else None
    arguments = {"tenant": str(current_tenant()), "subject": str(subject), "attempt": attempt}
    for _ in range(_TRIES):
        if key and await _waits(key, hurry=hurry and not delay):
            return
        try:
            async with savepoint():
                await _defer(task, arguments, lane=lane, key=key, priority=priority, delay=delay)
            return
        except asyncpg.UniqueViolationError:
            continue
    await _defer(task, arguments, lane=lane, key=None, priority=priority, delay=delay)


async def _waits(key: str, *, hurry: bool) -> bool:
    found = await value(
        "SELECT id FROM procrastinate_jobs WHERE queueing_lock = $1 AND status = 'todo' FOR UPDATE", key
    )
    if found is not None and hurry:
        await value("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE id = $1", found)
    return found is not None


async def _defer(
    task: str, arguments: dict[str, object], *, lane: str, key: str | None, priority: int, delay: float
) -> None:
    await value(
        "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW($1, $2, $3, $4, $5, $6::jsonb, $7)"
        "::procrastinate_job_to_defer_v1])",
        QUEUE,
        task,
        priority,
        lane,
        key,
        msgspec.json.encode(arguments).decode(),
        now() + timedelta(seconds=delay) if delay else None,
    )

"""Counts for operators, over all tenants and without anything of any of them."""

from core.store.engine import one, rows
from core.store.scope import nobody


async def queue() -> dict[str, int]:
    """Jobs per status."""
    async with nobody():
        found = await rows("SELECT status::text AS status, count(*) AS n FROM procrastinate_jobs GROUP BY 1")
    return {row["status"]: int(row["n"]) for row in found}


async def waiting() -> dict[str, int]:
    """Documents to fetch, applications to score, results to write, deliveries to follow, notices, events."""
    async with nobody():
        found = await one("SELECT * FROM door_waiting()")
    return {kind: int(number) for kind, number in (found or {}).items()}

"""What works right now, and the numbers operators watch."""

from prometheus_client import Gauge

from core.errors import DatabaseAway
from core.store import operations

_JOBS = Gauge("shortlist_queue_jobs", "Jobs in the queue", ["status"])
_WAITING = Gauge("shortlist_waiting", "Work that waits", ["kind"])


async def parts() -> dict[str, str]:
    """Each part with "ok" or what is wrong with it."""
    try:
        failed = (await operations.queue()).get("failed", 0)
    except DatabaseAway:
        return {"database": "cannot be reached", "queue": "unknown"}
    return {"database": "ok", "queue": "ok" if not failed else f"{failed} jobs failed"}


async def observe() -> None:
    """Bring the gauges up to date."""
    for status, number in (await operations.queue()).items():
        _JOBS.labels(status).set(number)
    for kind, number in (await operations.waiting()).items():
        _WAITING.labels(kind).set(number)

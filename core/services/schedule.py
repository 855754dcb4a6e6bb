"""The tick: what is due by the clock, and the net under everything that was interrupted."""

from datetime import timedelta
from uuid import UUID

from core.clock import now
from core.jobs.queue import enqueue
from core.services.events import untold
from core.services.notifying import unsent
from core.services.runtime import runtime
from core.services.shadowing import uncompared
from core.services.sync import leftovers
from core.store import connections, doors, outbox, sessions
from core.store.scope import tenant


async def tick() -> None:
    """Queue due polls and leftovers of every tenant; safe to run in any number of processes."""
    for tenant_id in await doors.tenants():
        await _poll(tenant_id)
        await leftovers(tenant_id)
        await _unwritten(tenant_id)
        await untold(tenant_id)
        await unsent(tenant_id)
        await uncompared(tenant_id)
    await sessions.sweep()


async def _poll(tenant_id: UUID) -> None:
    catalog = runtime().catalog
    async with tenant(tenant_id):
        for row in await connections.every():
            found = catalog.connectors.get(row.connector)
            if found is None or row.state in {"new", "paused", "disconnected", "needs_attention"}:
                continue
            pause = timedelta(seconds=found.entry.poll_seconds)
            if row.last_synced_at is None or row.last_synced_at + pause <= now():
                await enqueue("sync", row.id, hurry=False)


async def _unwritten(tenant_id: UUID) -> None:
    async with tenant(tenant_id):
        for connection in await outbox.connections_waiting():
            await enqueue("write_back", connection, hurry=False)

"""Work goes on after the database was away for longer than the library's worker waits for it."""

import asyncio
from uuid import UUID

import pytest

from core.clock import new_id
from core.jobs.queue import enqueue
from core.jobs.worker import Worker
from core.services.runtime import Runtime
from core.store.scope import tenant
from tests.core.outage import outage

pytestmark = pytest.mark.anyio


async def _nothing() -> None:
    return None


async def test_work_goes_on_after_a_long_outage(runtime: Runtime, tenant_id: UUID) -> None:
    done: asyncio.Queue[UUID] = asyncio.Queue()

    async def task(_: UUID, subject: UUID) -> None:
        await done.put(subject)

    async def through() -> None:
        subject = new_id()
        async with tenant(tenant_id):
            await enqueue("weathered", subject)
        async with asyncio.timeout(20):
            assert await done.get() == subject

    worker = Worker(runtime.database, {"weathered": task}, tick=_nothing, outage_patience=1.0)
    async with worker.running():
        await through()
        async with outage():
            await asyncio.sleep(4)
        await through()

"""Takes the embedded PostgreSQL away and brings it back, as a restart of the server would."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.services.runtime import runtime


@asynccontextmanager
async def outage() -> AsyncIterator[None]:
    """While the block runs, the database of this process's runtime is not there."""
    server = runtime().database._server
    await asyncio.to_thread(server.stop)
    try:
        yield
    finally:
        await asyncio.to_thread(server.ensure_postgres_running)

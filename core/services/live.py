"""Changes as they are committed, from every process, for screens that are open."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import msgspec
import structlog

from core.services.runtime import runtime
from core.store.engine import connect_app
from core.store.records import CHANNEL, Change

__all__ = ["Change", "changes"]

_RECONNECT = 2.0
_log = structlog.stdlib.get_logger()


async def changes() -> AsyncIterator[Change]:
    """Every change of every tenant, for as long as it is iterated; reconnects by itself."""
    listening = True
    while True:
        try:
            async for change in _listen():
                yield change
            listening = True
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            if listening:
                _log.warning("listening for changes stopped", error=type(error).__name__)
            listening = False
        await asyncio.sleep(_RECONNECT)


async def _listen() -> AsyncIterator[Change]:
    heard: asyncio.Queue[str | None] = asyncio.Queue()
    connection = await connect_app(runtime().database)
    try:
        connection.add_termination_listener(lambda _: heard.put_nowait(None))
        await connection.add_listener(CHANNEL, lambda *message: heard.put_nowait(message[-1]))
        while (payload := await heard.get()) is not None:
            yield msgspec.json.decode(payload, type=Change)
    finally:
        await connection.close(timeout=2)

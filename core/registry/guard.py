"""Awaits a stranger's code at arm's length: within its time, whatever it raises."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

_GRACE: Final = 1.0
"""What code that was told to stop gets for tidying up; after that nobody waits for it."""


async def failure(call: Callable[[], Awaitable[object]], seconds: float) -> BaseException | None:
    """What went wrong when it was called; None when all went well.

    It runs in a task of its own: code that cancels itself, or refuses to stop, harms nobody. Code that
    blocks the event loop with synchronous work cannot be stopped from within the process.
    """
    task = asyncio.create_task(_caught(call))
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds)
        if done:
            return asyncio.CancelledError() if task.cancelled() else task.result()
        task.cancel()
        await asyncio.wait({task}, timeout=_GRACE)
    except asyncio.CancelledError:
        task.cancel()
        raise
    return TimeoutError(f"no answer within {seconds:g} seconds")


async def _caught(call: Callable[[], Awaitable[object]]) -> BaseException | None:
    try:
        await call()
    except (Exception, SystemExit) as error:
        # Whatever a stranger's plugin raises is its own affair; SystemExit would end the server.
        return error
    return None

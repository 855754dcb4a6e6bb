"""Carries events to the plugins a tenant enabled, and to nobody else."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import pluggy
import structlog

from core.registry.breaker import Breaker
from core.registry.catalog import Catalog
from core.sdk.events import Event

_SECONDS: Final = 5.0
_GRACE: Final = 1.0
"""What a plugin that was told to stop gets for tidying up; after that nobody waits for it."""
_log = structlog.stdlib.get_logger()


class Dispatcher:
    """Decides at every call who hears; when that cannot be decided, nobody does.

    A plugin is asked to stop after `seconds`. One that blocks the event loop with synchronous work cannot
    be stopped from within the process: event hooks are for short work.
    """

    def __init__(
        self,
        catalog: Catalog,
        enabled: Callable[[UUID], Awaitable[frozenset[str]]],
        breaker: Breaker,
        *,
        seconds: float = _SECONDS,
    ) -> None:
        self._catalog, self._enabled, self._breaker, self._seconds = catalog, enabled, breaker, seconds

    async def emit(self, hook: str, event: Event) -> dict[str, BaseException | None]:
        """Await the event on each enabled plugin, each with its own time; plugin name to outcome."""
        caller = getattr(self._catalog.manager.hook, hook)
        if not caller.get_hookimpls():
            return {}
        try:
            allowed = await self._enabled(event.tenant_id)
        except Exception as error:
            # Whatever keeps us from knowing who may hear, the event's own work is done and stays done.
            _log.error("nobody was told", hook=hook, error=type(error).__name__)
            return {}
        listening = {
            implementation.plugin_name: implementation
            for implementation in caller.get_hookimpls()
            if implementation.plugin_name in allowed
            and self._breaker.admits(implementation.plugin_name, event.tenant_id)
        }
        outcomes = await asyncio.gather(*(self._tell(told, event) for told in listening.values()))
        return dict(zip(listening, outcomes, strict=True))

    def suspended_until(self, plugin: str, tenant_id: UUID) -> datetime | None:
        """When a plugin that kept failing hears of the tenant again; None when it hears now."""
        return self._breaker.suspended_until(plugin, tenant_id)

    async def _tell(self, told: pluggy.HookImpl, event: Event) -> BaseException | None:
        outcome = await self._outcome(told, event)
        if outcome is not None:
            _log.warning("plugin failed", plugin=told.plugin_name, error=type(outcome).__name__)
        self._breaker.record(told.plugin_name, event.tenant_id, failed=outcome is not None)
        return outcome

    async def _outcome(self, told: pluggy.HookImpl, event: Event) -> BaseException | None:
        """Waits on a task of its own: a plugin that cancels itself, or refuses to stop, harms nobody."""
        task = asyncio.create_task(_heard(told, event))
        try:
            done, _ = await asyncio.wait({task}, timeout=self._seconds)
            if done:
                return asyncio.CancelledError() if task.cancelled() else task.result()
            task.cancel()
            await asyncio.wait({task}, timeout=_GRACE)
        except asyncio.CancelledError:
            task.cancel()
            raise
        return TimeoutError(f"no answer within {self._seconds:g} seconds")


async def _heard(told: pluggy.HookImpl, event: Event) -> BaseException | None:
    try:
        hook: Any = told.function
        await hook(*[event for _ in told.argnames])
    except (Exception, SystemExit) as error:
        # Whatever a stranger's plugin raises is its own affair; SystemExit would end the server.
        return error
    return None

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
from core.registry.guard import failure
from core.sdk.events import Event

_SECONDS: Final = 5.0
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

    def listened_to(self, hook: str) -> bool:
        """Whether any plugin of this instance implements the hook."""
        return bool(getattr(self._catalog.manager.hook, hook).get_hookimpls())

    async def emit(self, hook: str, event: Event) -> dict[str, BaseException | None]:
        """Await the event on each enabled plugin, each with its own time; plugin name to outcome."""
        caller = getattr(self._catalog.manager.hook, hook)
        if not self.listened_to(hook):
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
        hook: Any = told.function
        outcome = await failure(lambda: hook(*[event for _ in told.argnames]), self._seconds)
        if outcome is not None:
            _log.warning("plugin failed", plugin=told.plugin_name, error=type(outcome).__name__)
        self._breaker.record(told.plugin_name, event.tenant_id, failed=outcome is not None)
        return outcome

"""Carries events to the plugins a tenant enabled, and to nobody else."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final
from uuid import UUID

import structlog

from core.registry.breaker import Breaker
from core.registry.catalog import Catalog
from core.sdk.events import Event

_SECONDS: Final = 5.0
_log = structlog.stdlib.get_logger()


class Dispatcher:
    """Decides at every call who hears; when that cannot be decided, nobody does."""

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
        allowed = await self._enabled(event.tenant_id)
        listening = [
            implementation
            for implementation in caller.get_hookimpls()
            if implementation.plugin_name in allowed
            and not self._breaker.suspended_until(implementation.plugin_name, event.tenant_id)
        ]
        outcomes = await asyncio.gather(*(self._tell(implementation, event) for implementation in listening))
        return {
            implementation.plugin_name: outcome
            for implementation, outcome in zip(listening, outcomes, strict=True)
        }

    async def _tell(self, implementation: Any, event: Event) -> BaseException | None:
        outcome: BaseException | None = None
        try:
            async with asyncio.timeout(self._seconds):
                await implementation.function(*[event for _ in implementation.argnames])
        except Exception as error:
            # Whatever a stranger's plugin raises is its own affair.
            outcome = error
            _log.warning("plugin failed", plugin=implementation.plugin_name, error=type(error).__name__)
        self._breaker.record(implementation.plugin_name, event.tenant_id, failed=outcome is not None)
        return outcome

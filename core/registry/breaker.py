"""Lets a plugin that keeps failing rest for a while, per tenant."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from core.clock import now

FAILURES: Final = 5
"""In a row; one failure is bad luck, five are a state."""
REST: Final = timedelta(minutes=5)
"""Long enough for a restart elsewhere, short enough that nobody needs to press a button."""


class _Circuit(msgspec.Struct):
    failures: int = 0
    open_until: datetime | None = None


class Breaker:
    """Closed: calls go through. Open: they do not. After the rest, one call decides."""

    def __init__(self, clock: Callable[[], datetime] = now) -> None:
        self._clock = clock
        self._circuits: dict[tuple[str, UUID], _Circuit] = {}

    def suspended_until(self, plugin: str, tenant_id: UUID) -> datetime | None:
        """When the plugin is called again for the tenant; None when it is called now."""
        circuit = self._circuits.get((plugin, tenant_id))
        if circuit is None or circuit.open_until is None or circuit.open_until <= self._clock():
            return None
        return circuit.open_until

    def record(self, plugin: str, tenant_id: UUID, *, failed: bool) -> None:
        """Count an outcome."""
        if not failed:
            self._circuits.pop((plugin, tenant_id), None)
            return
        circuit = self._circuits.setdefault((plugin, tenant_id), _Circuit())
        circuit.failures += 1
        if circuit.failures >= FAILURES:
            circuit.open_until = self._clock() + REST

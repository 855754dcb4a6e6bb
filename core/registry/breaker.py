"""Lets a plugin that keeps failing rest for a while, for each tenant or connection apart.

closed      calls go through; a success forgets earlier failures
open        after FAILURES in a row no call goes through for REST
half-open   after the rest one call is let through; its outcome closes or opens the circuit again
"""

from collections.abc import Callable, MutableMapping
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

import msgspec

from core.clock import now

State = Literal["closed", "open", "half-open"]
FAILURES: Final = 5
"""In a row; one failure is bad luck, five are a state."""
REST: Final = timedelta(minutes=5)
"""Long enough for a restart elsewhere, short enough that nobody needs to press a button."""
TRIAL: Final = timedelta(minutes=1)
"""How long the one call may stay without an outcome before another may try: its caller may have died."""


class Circuit(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of one plugin in one tenant or connection."""

    failures: int = 0
    open_until: datetime | None = None
    trial_until: datetime | None = None


class Breaker:
    """Decides whether a plugin is called. `subject` is a tenant's or a connection's id.

    `circuits` is where the state lives: in this process's memory unless another mapping is given.
    """

    def __init__(
        self,
        clock: Callable[[], datetime] = now,
        circuits: MutableMapping[tuple[str, UUID], Circuit] | None = None,
    ) -> None:
        self._clock = clock
        self._circuits = {} if circuits is None else circuits

    def state(self, plugin: str, subject: UUID) -> State:
        """Where the circuit stands now."""
        circuit = self._circuits.get((plugin, subject))
        if circuit is None or circuit.open_until is None:
            return "closed"
        return "open" if self._clock() < circuit.open_until else "half-open"

    def suspended_until(self, plugin: str, subject: UUID) -> datetime | None:
        """When the plugin is called again; None when it is called now."""
        circuit = self._circuits.get((plugin, subject))
        return circuit.open_until if circuit and self.state(plugin, subject) == "open" else None

    def admits(self, plugin: str, subject: UUID) -> bool:
        """Whether a call may go through now; in a half-open circuit it goes to the first who asks."""
        state = self.state(plugin, subject)
        if state != "half-open":
            return state == "closed"
        circuit, moment = self._circuits[plugin, subject], self._clock()
        if circuit.trial_until is not None and moment < circuit.trial_until:
            return False
        self._circuits[plugin, subject] = msgspec.structs.replace(circuit, trial_until=moment + TRIAL)
        return True

    def record(self, plugin: str, subject: UUID, *, failed: bool) -> None:
        """Count an outcome."""
        if not failed:
            self._circuits.pop((plugin, subject), None)
            return
        failures = self._circuits.get((plugin, subject), Circuit()).failures + 1
        until = self._clock() + REST if failures >= FAILURES else None
        self._circuits[plugin, subject] = Circuit(failures=failures, open_until=until)

"""Rate limits in fixed windows aligned to the wall clock."""

from collections.abc import Callable
from datetime import datetime

import msgspec


class Spent(msgspec.Struct, frozen=True, kw_only=True):
    """What one call cost: whether it is allowed, what is left, seconds until the window really ends."""

    allowed: bool
    limit: int
    remaining: int
    seconds_left: float


class FixedWindow:
    """Counts calls per key; a window starts at every multiple of its length since the epoch."""

    def __init__(self, limit: int, seconds: int, clock: Callable[[], datetime]) -> None:
        self.limit = limit
        self.seconds = seconds
        self._clock = clock
        self._used: dict[str, tuple[int, int]] = {}

    def take(self, key: str) -> Spent:
        """Spend one call of the key's budget."""
        moment = self._clock().timestamp()
        window = int(moment // self.seconds)
        started, used = self._used.get(key, (window, 0))
        used = used if started == window else 0
        allowed = used < self.limit
        self._used[key] = (window, used + allowed)
        return Spent(
            allowed=allowed,
            limit=self.limit,
            remaining=max(0, self.limit - used - 1),
            seconds_left=(window + 1) * self.seconds - moment,
        )

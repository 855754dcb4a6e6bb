"""The only source of time and of identifiers."""

import os
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from uuid import UUID

Clock = Callable[[], datetime]


def _system() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  # this is the one place


_clock: ContextVar[Clock] = ContextVar("shortlist_clock", default=_system)


def now() -> datetime:
    """The current moment in UTC."""
    return _clock.get()()


def use(clock: Clock) -> None:
    """Replace the clock in the current context; tests and twins pass their own."""
    _clock.set(clock)


class SteppingClock:
    """A clock that only moves when told to; starts at a given moment."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        return self._now

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


def new_id() -> UUID:
    """A new UUIDv7 (RFC 9562): sortable by creation time to the millisecond, random below that."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (2**48 - 1)) << 80
    value |= 0x7 << 76
    value |= ((random >> 62) & 0xFFF) << 64
    value |= 0b10 << 62
    value |= random & (2**62 - 1)
    return UUID(int=value)

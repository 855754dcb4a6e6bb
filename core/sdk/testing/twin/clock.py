"""A clock a test or a demo can push forward."""

import time
from datetime import UTC, datetime, timedelta


class TwinClock:
    """Real time plus what it was advanced by; begins at `start`, and when frozen moves only by hand."""

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        self._origin = time.time()
        self._start = start or datetime.fromtimestamp(self._origin, UTC)
        self._frozen = frozen
        self._advanced = 0.0

    def __call__(self) -> datetime:
        elapsed = 0.0 if self._frozen else time.time() - self._origin
        return self._start + timedelta(seconds=elapsed + self._advanced)

    def advance(self, seconds: float) -> None:
        """Move the clock forward."""
        self._advanced += seconds

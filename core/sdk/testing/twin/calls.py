"""What a twin was asked, for tests that look at the wire."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime

import msgspec

_KEPT = 20_000


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One request and the status of its answer; status 0 means the answer was never sent.

    Credentials are not kept: of an Authorization header only the scheme remains.
    """

    at: datetime
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: str
    status: int
    fault: str = ""


class CallLog:
    """The most recent calls, oldest first."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=_KEPT)

    def add(self, call: Call) -> None:
        self._calls.append(call)

    def clear(self) -> None:
        self._calls.clear()

    def matching(self, *, method: str = "", prefix: str = "") -> Sequence[Call]:
        """Calls with this method and path prefix; empty means any."""
        return [
            call
            for call in self._calls
            if (not method or call.method == method) and call.path.startswith(prefix)
        ]

"""Faults on demand: what should go wrong with the next matching calls."""

import re
from typing import Literal

import msgspec

Kind = Literal["status", "hang", "drop", "lost", "slow", "malformed", "truncated"]


class Fault(msgspec.Struct, kw_only=True):
    """One thing to go wrong, `times` times, for calls whose method and path match.

    status     answer with `status` and `body`, the call is not carried out
    hang       carry nothing out and never answer: the client runs into its time-out
    drop       close the connection, the call is not carried out
    lost       carry the call out, then close the connection without a single byte of answer
    slow       wait `seconds`, then go on as usual
    malformed  carry the call out, answer with a body that is not JSON
    truncated  carry the call out, announce the whole body, send half, close the connection
    """

    kind: Kind
    method: str = ""
    path: str = ".*"
    times: int = 1
    skip: int = 0
    status: int = 503
    body: str = ""
    headers: dict[str, str] = {}
    seconds: float = 1.0

    def __post_init__(self) -> None:
        try:
            re.compile(self.path)
        except re.error as error:
            raise ValueError(f"{self.path!r} is not a regular expression: {error}") from error

    def fits(self, method: str, path: str) -> bool:
        """True when the call is one this fault waits for."""
        return self.method in {"", method} and re.search(self.path, path) is not None


class FaultBook:
    """The faults still to come, in the order they were asked for."""

    def __init__(self) -> None:
        self.pending: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self.pending.append(fault)

    def clear(self) -> None:
        self.pending.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that hits this call, used up once; None when it passes."""
        for fault in self.pending:
            if not fault.fits(method, path):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self.pending.remove(fault)
            return fault
        return None

"""Calls over the network for scorers, on both sides of the pipe: asked for in the child, made by its parent."""

import asyncio
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from itertools import count
from queue import SimpleQueue
from typing import Any, Final

from core.registry.scorer_wire import Call, Called
from core.sdk import errors
from core.sdk.errors import ConnectorError, Misconfigured, RateLimited, Unavailable
from core.sdk.http import Http, Response

_LONGEST: Final = 300.0
"""Seconds one step of a call may take, whatever a scorer asks for."""
_AWAY: Final = "See whether the service runs, and whether its address in the scorer's settings is right."
_HINT: Final = "Check the address in the scorer's settings."


async def carried(http: Http | None, call: Call) -> Called:
    """Make a child's call if it may call anybody, and say what came of it."""
    try:
        if http is None:
            raise Misconfigured("This scorer may not call anybody.", hint="Its entry names no hosts.")
        response = await http.request(
            call.method,
            call.url,
            json=call.json,
            headers=call.headers,
            seconds=min(max(call.seconds, 1.0), _LONGEST),
        )
    except Misconfigured as error:
        return Called(number=call.number, kind="Misconfigured", message=error.message, hint=_HINT)
    except ConnectorError as error:
        return _refused(call, error)
    except Exception as error:
        # What a scorer passes on may be no address at all; httpx has many names for that.
        return Called(
            number=call.number,
            kind="Misconfigured",
            message=f"The call could not be made ({type(error).__name__}).",
            hint=_HINT,
        )
    return Called(number=call.number, response=response)


def _refused(call: Call, error: ConnectorError) -> Called:
    wait = error.retry_after if isinstance(error, RateLimited) else 0.0
    return Called(
        number=call.number,
        kind=type(error).__name__,
        message=error.message,
        hint=_AWAY if isinstance(error, Unavailable) else error.hint,
        retry_after=wait,
    )


def answered(called: Called) -> Response:
    """The response in what came of a call; raises the error in it."""
    if called.response is not None:
        return called.response
    if called.kind == "RateLimited":
        raise RateLimited(called.message, retry_after=called.retry_after, hint=called.hint)
    kind = getattr(errors, called.kind, Unavailable)
    raise kind(called.message, hint=called.hint)


class _Numbered(ABC):
    """Calls as messages with numbers, whoever makes them: implements `core.sdk.Calls`."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def request(
        self,
        method: str,
        url: str,
        *,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        seconds: float = 60.0,
    ) -> Response:
        """See `core.sdk.Calls.request`."""
        call = Call(
            number=next(self._numbers),
            method=method,
            url=url,
            headers=dict(headers or {}),
            json=json,
            seconds=seconds,
        )
        return answered(self._made(call))

    @abstractmethod
    def _made(self, call: Call) -> Called: ...


class PipedCalls(_Numbered):
    """The child's side, for any number of threads."""

    def __init__(self, send: Callable[[Call], None]) -> None:
        super().__init__()
        self._send = send
        self._waiting: dict[int, SimpleQueue[Called]] = {}
        self._lock = threading.Lock()

    def _made(self, call: Call) -> Called:
        answer: SimpleQueue[Called] = SimpleQueue()
        with self._lock:
            self._waiting[call.number] = answer
        self._send(call)
        return answer.get()

    def take(self, called: Called) -> None:
        """Hand an answer to the thread that waits for it."""
        with self._lock:
            waiting = self._waiting.pop(called.number, None)
        if waiting is not None:
            waiting.put(called)


class OwnCalls(_Numbered):
    """Calls made in this very process, for the command line: each with a loop and a client of its own."""

    def __init__(self, open_client: Callable[[], Http]) -> None:
        super().__init__()
        self._open = open_client

    def _made(self, call: Call) -> Called:
        async def make() -> Called:
            async with self._open() as http:
                return await carried(http, call)

        return asyncio.run(make())

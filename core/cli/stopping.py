"""Ctrl-C, SIGTERM and a closed terminal end a command alike: what it started goes with it, and it exits 0."""

import asyncio
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

T = TypeVar("T")
_Handler = Callable[[int, FrameType | None], Any]


@contextmanager
def stoppable() -> Iterator[None]:
    """A block that each of the signals leaves as Ctrl-C would, without a traceback."""
    _install(signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        # Whoever is impatient must not end the cleaning up that runs on the way out of the process.
        _install(lambda number, frame: None)


def run(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run the coroutine to its end; a signal cancels it once and lets it clean up in peace.

    Raises KeyboardInterrupt when it was stopped, whatever came of it.
    """
    asked = False

    async def guarded() -> T:
        task = asyncio.ensure_future(work())

        def stop() -> None:
            nonlocal asked
            if not asked:
                asked = True
                task.cancel()

        for number in _numbers():
            asyncio.get_running_loop().add_signal_handler(number, stop)
        return await task

    try:
        result = asyncio.run(guarded())
    except (Exception, asyncio.CancelledError):
        if not asked:
            raise
    finally:
        _install(signal.default_int_handler)
    if asked:
        raise KeyboardInterrupt
    return result


def _install(handler: _Handler) -> None:
    for number in _numbers():
        signal.signal(number, handler)


def _numbers() -> tuple[signal.Signals, ...]:
    # Under nohup the terminal may close without ending the command.
    hangup = () if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN else (signal.SIGHUP,)
    return (signal.SIGINT, signal.SIGTERM, *hangup)

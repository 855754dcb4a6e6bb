"""The parent's side: one child process that reads files, killed when a file costs too much."""

import asyncio
import contextlib
import os
import signal
import struct
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from typing import Final

import msgspec

from core.documents.reading import Limits, Reading
from core.errors import Broken

_HEADER: Final = struct.Struct(">I")
_START_SECONDS: Final = 60.0
_LAST_SECONDS: Final = 2.0
_MAX_ANSWER: Final = 64 * 1024 * 1024
"""Bytes; no honest child answers with more, and a captured one shall not fill the parent's memory."""
_MAX_FILES: Final = 500
"""Files one child reads before a fresh one takes over, so that no parser's leak adds up."""


class DocumentReader:
    """Reads one document at a time in a child that is started on demand and restarted after harm.

    A document that kills the child or runs out of time is reported and never tried again. Calls made at the
    same time queue up; whoever wants more at once keeps several readers.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child: Process | None = None
        self._files = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock: asyncio.Lock | None = None

    async def read(self, data: bytes, filename: str = "") -> Reading:
        """Read a file; never raises for what the file contains. The name is used in no decision.

        Raises Broken when no child can be started, which says nothing about the file.
        """
        if len(data) > self._limits.max_bytes:
            return Reading(status="too_large")
        if not data.strip(b"\0\t\r\n "):
            return Reading(status="empty")
        async with self._turn():
            child = await self._started()
            try:
                return await self._answer(child, data)
            except BaseException:
                await self._kill()
                raise

    async def close(self) -> None:
        """End the child."""
        await self._kill()

    def _turn(self) -> asyncio.Lock:
        loop = asyncio.get_running_loop()
        if self._lock is None or self._loop is not loop:
            self._loop, self._lock, self._child = loop, asyncio.Lock(), None
        return self._lock

    async def _answer(self, child: Process, data: bytes) -> Reading:
        try:
            async with asyncio.timeout(self._limits.wall_seconds):
                await _send(child, data)
                reading = msgspec.msgpack.decode(await _receive(child), type=Reading)
        except TimeoutError:
            await self._kill()
            return Reading(status="timed_out")
        except (asyncio.IncompleteReadError, ConnectionError, msgspec.MsgspecError, OverflowError):
            await _ended(child)
            await self._kill()
            return Reading(status="timed_out" if child.returncode == -signal.SIGXCPU else "unsafe")
        self._files += 1
        if reading.status == "unsafe" or self._files >= _MAX_FILES:
            await self._kill()
        return reading

    async def _started(self) -> Process:
        if self._child is not None and self._child.returncode is None:
            return self._child
        await self._kill()
        try:
            self._child = child = await _spawn()
            async with asyncio.timeout(_START_SECONDS):
                await _send(child, msgspec.msgpack.encode(self._limits))
                await _receive(child)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, OverflowError) as error:
            await self._kill()
            raise Broken(
                "The process that reads documents does not start.",
                "Documents wait until it does. Look into the log of the server, and at its memory.",
            ) from error
        except BaseException:
            await self._kill()
            raise
        self._files = 0
        return child

    async def _kill(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                # Not child.kill(): that would take the exit status away from the loop that waits for it.
                os.kill(child.pid, signal.SIGKILL)
        await child.wait()
        child._transport.close()  # type: ignore[attr-defined]  # or the pipes outlive the loop


async def _spawn() -> Process:
    # Nothing of the server's environment: it holds keys. A session of its own: Ctrl-C would end the reading
    # of a file, which would be taken for the file's fault.
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "core.documents.child"),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        cwd="/",
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONHASHSEED": "0"},
        start_new_session=True,
    )


async def _ended(child: Process) -> None:
    """Give a child that hung up the time to die of what it died of."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_LAST_SECONDS):
            await child.wait()


async def _send(child: Process, message: bytes) -> None:
    assert child.stdin is not None, "it was started with a pipe"
    child.stdin.write(_HEADER.pack(len(message)) + message)
    await child.stdin.drain()


async def _receive(child: Process) -> bytes:
    assert child.stdout is not None, "it was started with a pipe"
    (size,) = _HEADER.unpack(await child.stdout.readexactly(_HEADER.size))
    if size > _MAX_ANSWER:
        raise OverflowError
    return await child.stdout.readexactly(size)

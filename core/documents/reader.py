"""The parent's side: one child process that reads files, killed when a file costs too much."""

import asyncio
import contextlib
import struct
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process

import msgspec

from core.documents.reading import Limits, Reading

_HEADER = struct.Struct(">I")
_START_SECONDS = 20.0


class DocumentReader:
    """Reads one document at a time in a child that is started on demand and restarted after harm.

    A document that kills the child or runs out of time is reported and never tried again.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child: Process | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock: asyncio.Lock | None = None

    async def read(self, data: bytes, filename: str = "") -> Reading:
        """Read a file; never raises for what the file contains. The name is used in no decision."""
        if len(data) > self._limits.max_bytes:
            return Reading(status="too_large")
        if not data.strip(b"\0\t\r\n "):
            return Reading(status="empty")
        async with self._turn():
            child = await self._started()
            try:
                async with asyncio.timeout(self._limits.wall_seconds):
                    return await _ask(child, data)
            except TimeoutError:
                await self._kill()
                return Reading(status="timed_out")
            except (asyncio.IncompleteReadError, ConnectionError, msgspec.DecodeError):
                await self._kill()
                return Reading(status="unsafe")
            except asyncio.CancelledError:
                await self._kill()
                raise

    def read_sync(self, data: bytes, filename: str = "") -> Reading:
        """The same for programs without an event loop; starts a child for this call alone."""

        async def once() -> Reading:
            reader = DocumentReader(self._limits)
            try:
                return await reader.read(data, filename)
            finally:
                await reader.close()

        return asyncio.run(once())

    async def close(self) -> None:
        """End the child."""
        if self._child is not None:
            await self._kill()

    def _turn(self) -> asyncio.Lock:
        loop = asyncio.get_running_loop()
        if self._lock is None or self._loop is not loop:
            self._loop, self._lock, self._child = loop, asyncio.Lock(), None
        return self._lock

    async def _started(self) -> Process:
        if self._child is None or self._child.returncode is not None:
            self._child = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "core.documents.child", stdin=PIPE, stdout=PIPE, stderr=DEVNULL
            )
            limits = msgspec.msgpack.encode(self._limits)
            await _send(self._child, limits)
            async with asyncio.timeout(_START_SECONDS):
                await _receive(self._child)
        return self._child

    async def _kill(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()
        child._transport.close()  # type: ignore[attr-defined]  # or the pipes outlive the loop


async def _ask(child: Process, data: bytes) -> Reading:
    await _send(child, data)
    return msgspec.msgpack.decode(await _receive(child), type=Reading)


async def _send(child: Process, message: bytes) -> None:
    assert child.stdin is not None, "it was started with a pipe"
    child.stdin.write(_HEADER.pack(len(message)) + message)
    await child.stdin.drain()


async def _receive(child: Process) -> bytes:
    assert child.stdout is not None, "it was started with a pipe"
    (size,) = _HEADER.unpack(await child.stdout.readexactly(_HEADER.size))
    return await child.stdout.readexactly(size)

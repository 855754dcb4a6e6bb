"""One process in which scorers run: started when asked, ended when it misbehaves."""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from core.registry.scorer_calls import carried
from core.registry.scorer_wire import HEADER, MOST_BYTES, Call, Question, Reply, Setup, frame
from core.sdk.http import Http

_KEPT: Final = (
    "PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV", "PYTHONPATH", "LD_LIBRARY_PATH"
)  # fmt: skip
_GIVEN: Final = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "OMP_NUM_THREADS": "2",
    "MKL_NUM_THREADS": "2",
    "PYTHONHASHSEED": "0",
}
"""Models without any hub; as many threads everywhere and one order of sets, for the same bytes out."""
_LAST_WORDS: Final = 2.0
_UPDATE: Final = "Update or switch off its plugin."


class ScorerFailed(Exception):
    """A scorer hung, died, raised or answered nonsense; nothing of its answer is used.

    `kind` is the class of `core.sdk.errors` it raised, if any; `retry_after` are the seconds it was told to wait.
    """

    def __init__(
        self, message: str, hint: str = _UPDATE, *, kind: str = "", retry_after: float = 0.0
    ) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint
        self.kind, self.retry_after = kind, retry_after

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class ScorerProcess:
    """A child that answers one question at a time; more of them queue up.

    Started with the first question, and again with the first after one that broke it. `http` makes the
    calls its scorer asks for; None refuses them.
    """

    def __init__(self, setup: Setup, http: Http | None = None) -> None:
        self._setup, self._http = setup, http
        self._child: Process | None = None
        self._lock = asyncio.Lock()
        self._holders = 0

    @property
    def busy(self) -> bool:
        """Whether somebody holds it: it answers a question or is about to be asked one."""
        return self._holders > 0

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Until the end of the block it is busy."""
        self._holders += 1
        try:
            yield
        finally:
            self._holders -= 1

    async def ask(self, question: Question, seconds: float) -> Reply:
        """The answer to a question within `seconds`; raises ScorerFailed."""
        async with self._lock:
            try:
                async with asyncio.timeout(seconds):
                    reply = await self._exchange(await self._started(), question)
            except TimeoutError as error:
                await self._end()
                raise ScorerFailed(
                    f"The scorer “{question.scorer}” did not answer in {seconds:g} seconds and was ended."
                ) from error
            except (asyncio.IncompleteReadError, OSError) as error:
                how = await self._end(last_words=_LAST_WORDS)
                raise ScorerFailed(f"The scorer “{question.scorer}” ended its process ({how}).") from error
            except msgspec.DecodeError as error:
                await self._end()
                raise ScorerFailed(f"The scorer “{question.scorer}” answered nonsense.") from error
            except asyncio.CancelledError:
                await self._end()
                raise
        if reply.problem:
            raise _failed(question, reply)
        return reply

    async def close(self) -> None:
        """End the child and its connections."""
        await self._end()
        if self._http is not None:
            await self._http.close()

    async def _started(self) -> Process:
        if self._child is None or self._child.returncode is not None:
            await self._end()
            self._child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "core.registry.scorer_child",
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env={**{name: os.environ[name] for name in _KEPT if name in os.environ}, **_GIVEN},
                start_new_session=True,
            )
            await _send(self._child, self._setup)
        return self._child

    async def _exchange(self, child: Process, question: Question) -> Reply:
        """Ask, and make the calls the child asks for until it answers."""
        await _send(child, question)
        calls: set[asyncio.Task[None]] = set()
        try:
            while True:
                message = msgspec.msgpack.decode(await _receive(child), type=Reply | Call)
                if isinstance(message, Call):
                    calls.add(asyncio.create_task(self._carry(child, message)))
                    continue
                if message.number != question.number:
                    raise msgspec.DecodeError("an answer to another question")
                return message
        finally:
            for call in calls:
                call.cancel()
            await asyncio.gather(*calls, return_exceptions=True)

    async def _carry(self, child: Process, call: Call) -> None:
        await _send(child, await carried(self._http, call))

    async def _end(self, *, last_words: float = 0.0) -> str:
        """End the child and what it started; returns how it ended."""
        child, self._child = self._child, None
        if child is None:
            return "never started"
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(last_words):
                await child.wait()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL) if hasattr(os, "killpg") else child.kill()
        status = await child.wait()
        transport: Any = child._transport  # type: ignore[attr-defined]  # or its pipes outlive the loop
        transport.close()
        return signal.Signals(-status).name if status < 0 else f"exit status {status}"


def _failed(question: Question, reply: Reply) -> ScorerFailed:
    return ScorerFailed(
        f"The scorer “{question.scorer}” failed: {reply.problem}",
        reply.hint or _UPDATE,
        kind=reply.kind,
        retry_after=reply.retry_after,
    )


async def _send(child: Process, message: msgspec.Struct) -> None:
    assert child.stdin is not None, "it was started with a pipe"
    child.stdin.write(frame(message))
    await child.stdin.drain()


async def _receive(child: Process) -> bytes:
    assert child.stdout is not None, "it was started with a pipe"
    (size,) = HEADER.unpack(await child.stdout.readexactly(HEADER.size))
    if size > MOST_BYTES:
        raise msgspec.DecodeError("an answer too long")
    return await child.stdout.readexactly(size)

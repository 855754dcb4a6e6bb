"""Runs scorers in a process of their own: what hangs is ended, what dies is started again."""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any, Final

import msgspec

from core.registry.scorer_wire import HEADER, MOST_BYTES, Question, Reply, Setup, frame
from core.sdk.scorer import Judgement, Material, Rubric

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
_MEMORY: Final = 4 * 1024**3
_LAST_WORDS: Final = 2.0


class ScorerFailed(Exception):
    """A scorer hung, died, raised or answered nonsense; nothing of its answer is used."""

    def __init__(self, message: str, hint: str = "Update or switch off its plugin.") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class ScorerHost:
    """One child for all scorers; questions queue up, so that two cores are never fought over.

    `memory` is what the child may take in bytes, `only` the plugins the operator allows. A child is started
    with the first question, and again with the first after one that broke it.
    """

    def __init__(
        self,
        *,
        plugins_dir: Path | None = None,
        only: frozenset[str] | None = None,
        job_seconds: float = 180.0,
        start_seconds: float = 120.0,
        memory: int = _MEMORY,
    ) -> None:
        self._setup = Setup(
            plugins_dir=str(plugins_dir or ""),
            only=None if only is None else tuple(sorted(only)),
            memory=memory,
        )
        self._job_seconds, self._start_seconds = job_seconds, start_seconds
        self._child: Process | None = None
        self._lock = asyncio.Lock()
        self._numbers = count(1)
        self._versions: dict[tuple[str, str], str] = {}

    async def judge(
        self, scorer: str, settings: Mapping[str, str], rubric: Rubric, materials: Sequence[Material]
    ) -> tuple[tuple[Judgement, ...], ...]:
        """One tuple of judgements per material; raises ScorerFailed."""
        question = self._question(scorer, settings, rubric, tuple(materials))
        reply = await self._ask(question, self._job_seconds)
        if len(reply.judgements) != len(materials):
            raise ScorerFailed(f"The scorer “{scorer}” did not answer for every application.")
        if any(len(judged) != len(rubric.requirements) for judged in reply.judgements):
            raise ScorerFailed(f"The scorer “{scorer}” did not judge every requirement.")
        return reply.judgements

    async def version(self, scorer: str, settings: Mapping[str, str]) -> str:
        """The scorer's version; the first call loads the scorer, model and all. Raises ScorerFailed."""
        key = (scorer, msgspec.json.encode(settings, order="sorted").decode())
        if key not in self._versions:
            reply = await self._ask(self._question(scorer, settings), self._start_seconds)
            self._versions[key] = reply.version
        return self._versions[key]

    async def close(self) -> None:
        """End the child."""
        await self._end()

    def _question(
        self,
        scorer: str,
        settings: Mapping[str, str],
        rubric: Rubric | None = None,
        materials: tuple[Material, ...] = (),
    ) -> Question:
        return Question(
            number=next(self._numbers),
            scorer=scorer,
            settings=dict(settings),
            rubric=rubric,
            materials=materials,
        )

    async def _ask(self, question: Question, seconds: float) -> Reply:
        async with self._lock:
            try:
                async with asyncio.timeout(seconds):
                    reply = await _exchange(await self._started(), question)
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
            raise ScorerFailed(f"The scorer “{question.scorer}” failed: {reply.problem}")
        return reply

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
            await _send(self._child, frame(self._setup))
        return self._child

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


async def _exchange(child: Process, question: Question) -> Reply:
    await _send(child, frame(question))
    reply = msgspec.msgpack.decode(await _receive(child), type=Reply)
    if reply.number != question.number:
        raise msgspec.DecodeError("an answer to another question")
    return reply


async def _send(child: Process, message: bytes) -> None:
    assert child.stdin is not None, "it was started with a pipe"
    child.stdin.write(message)
    await child.stdin.drain()


async def _receive(child: Process) -> bytes:
    assert child.stdout is not None, "it was started with a pipe"
    (size,) = HEADER.unpack(await child.stdout.readexactly(HEADER.size))
    if size > MOST_BYTES:
        raise msgspec.DecodeError("an answer too long")
    return await child.stdout.readexactly(size)

"""Runs scorers in a process of their own: what hangs is ended, what dies is started again."""

import asyncio
import contextlib
import os
import struct
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from core.sdk.scorer import Judgement, Material, Rubric

_HEADER: Final = struct.Struct(">I")
_KEPT: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV", "PYTHONPATH")


class ScorerFailed(Exception):
    """A scorer hung, died, raised or answered nonsense; nothing of its answer is used."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What the child is asked: the version of a scorer, or judgements by it."""

    scorer: str
    settings: dict[str, str]
    rubric: Rubric | None = None
    materials: tuple[Material, ...] = ()


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What the child answers; `problem` is empty when all went well."""

    version: str = ""
    judgements: tuple[tuple[Judgement, ...], ...] = ()
    problem: str = ""


class ScorerHost:
    """One child for all scorers; questions queue up, so that two cores are never fought over."""

    def __init__(
        self, *, plugins_dir: Path | None = None, job_seconds: float = 180.0, start_seconds: float = 120.0
    ) -> None:
        self._plugins_dir = plugins_dir
        self._job_seconds, self._start_seconds = job_seconds, start_seconds
        self._child: Process | None = None
        self._lock = asyncio.Lock()
        self._versions: dict[tuple[str, str], str] = {}

    async def judge(
        self, scorer: str, settings: Mapping[str, str], rubric: Rubric, materials: Sequence[Material]
    ) -> tuple[tuple[Judgement, ...], ...]:
        """One tuple of judgements per material; raises ScorerFailed."""
        question = Question(
            scorer=scorer, settings=dict(settings), rubric=rubric, materials=tuple(materials)
        )
        reply = await self._ask(question, self._job_seconds)
        if len(reply.judgements) != len(materials):
            raise ScorerFailed(f"The scorer “{scorer}” did not answer for every application.")
        return reply.judgements

    async def version(self, scorer: str, settings: Mapping[str, str]) -> str:
        """The scorer's version; the first call loads the scorer, model and all."""
        key = (scorer, msgspec.json.encode(settings, order="sorted").decode())
        if key not in self._versions:
            reply = await self._ask(Question(scorer=scorer, settings=dict(settings)), self._start_seconds)
            self._versions[key] = reply.version
        return self._versions[key]

    async def close(self) -> None:
        """End the child."""
        await self._end()

    async def _ask(self, question: Question, seconds: float) -> Reply:
        async with self._lock:
            child = await self._started()
            try:
                async with asyncio.timeout(seconds):
                    await _send(child, msgspec.msgpack.encode(question))
                    reply = msgspec.msgpack.decode(await _receive(child), type=Reply)
            except TimeoutError as error:
                await self._end()
                raise ScorerFailed(
                    f"The scorer “{question.scorer}” did not answer within {seconds:.0f} seconds and was ended."
                ) from error
            except (asyncio.IncompleteReadError, ConnectionError) as error:
                await self._end()
                raise ScorerFailed(f"The scorer “{question.scorer}” ended its process.") from error
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
            arguments = [str(self._plugins_dir)] if self._plugins_dir else []
            self._child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "core.registry.scorer_child",
                *arguments,
                stdin=PIPE,
                stdout=PIPE,
                env=_environment(),
            )
        return self._child

    async def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()
        transport: Any = child._transport  # type: ignore[attr-defined]  # or its pipes outlive the loop
        transport.close()


def _environment() -> dict[str, str]:
    """No secret of the web process reaches a scorer; models are loaded without asking any hub."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}


async def _send(child: Process, message: bytes) -> None:
    assert child.stdin is not None, "it was started with a pipe"
    child.stdin.write(_HEADER.pack(len(message)) + message)
    await child.stdin.drain()


async def _receive(child: Process) -> bytes:
    assert child.stdout is not None, "it was started with a pipe"
    (size,) = _HEADER.unpack(await child.stdout.readexactly(_HEADER.size))
    return await child.stdout.readexactly(size)

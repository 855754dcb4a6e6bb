"""Which process a scorer runs in: one for all that only compute, one of its own for each that calls somebody."""

from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Final

import msgspec

from core.registry.scorer_process import ScorerFailed, ScorerProcess
from core.registry.scorer_wire import Question, Reply, Setup
from core.sdk.http import Http
from core.sdk.scorer import Judgement, Material, Rubric

Client = Callable[[str, Mapping[str, str]], Http | None]
"""(scorer, settings) to what makes its calls; None for a scorer that calls nobody."""
_MEMORY: Final = 4 * 1024**3
_MOST_CALLING: Final = 3
"""Processes of scorers that call; the one unused for longest goes when another is needed."""


def _nobody(scorer: str, settings: Mapping[str, str]) -> Http | None:
    return None


class ScorerHost:
    """Asks scorers, wherever they run.

    What only computes shares one child, so that two cores are never fought over. A scorer that calls has a
    child for itself and its settings: it waits without holding up others, and a text is never in one process
    with settings that lead elsewhere. `memory` is what a child may take in bytes, `only` the plugins the
    operator allows.
    """

    def __init__(
        self,
        *,
        plugins_dir: Path | None = None,
        only: frozenset[str] | None = None,
        client: Client = _nobody,
        job_seconds: float = 180.0,
        call_seconds: float = 600.0,
        start_seconds: float = 120.0,
        memory: int = _MEMORY,
    ) -> None:
        self._setup = Setup(
            plugins_dir=str(plugins_dir or ""),
            only=None if only is None else tuple(sorted(only)),
            memory=memory,
        )
        self._client = client
        self._job_seconds, self._call_seconds = job_seconds, call_seconds
        self._start_seconds = start_seconds
        self._shared = ScorerProcess(self._setup)
        self._calling: OrderedDict[tuple[str, str], ScorerProcess] = OrderedDict()
        self._numbers = count(1)
        self._versions: dict[tuple[str, str], str] = {}

    async def judge(
        self, scorer: str, settings: Mapping[str, str], rubric: Rubric, materials: Sequence[Material]
    ) -> tuple[tuple[Judgement, ...], ...]:
        """One tuple of judgements per material; raises ScorerFailed."""
        question = self._question(scorer, settings, rubric, tuple(materials))
        async with self._held(scorer, settings) as process:
            seconds = self._job_seconds if process is self._shared else self._call_seconds
            reply = await process.ask(question, seconds)
        _check(question, rubric, reply)
        return reply.judgements

    async def version(self, scorer: str, settings: Mapping[str, str]) -> str:
        """The scorer's version; the first call loads the scorer, model and all. Raises ScorerFailed."""
        key = _key(scorer, settings)
        if key not in self._versions:
            async with self._held(scorer, settings) as process:
                reply = await process.ask(self._question(scorer, settings), self._start_seconds)
            self._versions[key] = reply.version
        return self._versions[key]

    async def close(self) -> None:
        """End all children."""
        await self._shared.close()
        for process in self._calling.values():
            await process.close()
        self._calling.clear()

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

    @asynccontextmanager
    async def _held(self, scorer: str, settings: Mapping[str, str]) -> AsyncIterator[ScorerProcess]:
        """The process for this scorer, held before anything is awaited: whoever makes room leaves it alone."""
        process = self._process(scorer, settings)
        with process.held():
            await self._make_room()
            yield process

    def _process(self, scorer: str, settings: Mapping[str, str]) -> ScorerProcess:
        key = _key(scorer, settings)
        if key not in self._calling:
            http = self._client(scorer, settings)
            if http is None:
                return self._shared
            self._calling[key] = ScorerProcess(self._setup, http)
        self._calling.move_to_end(key)
        return self._calling[key]

    async def _make_room(self) -> None:
        idle = [key for key, process in self._calling.items() if not process.busy]
        spare = [self._calling.pop(key) for key in idle[: max(0, len(self._calling) - _MOST_CALLING)]]
        for process in spare:
            await process.close()


def _key(scorer: str, settings: Mapping[str, str]) -> tuple[str, str]:
    return scorer, msgspec.json.encode(settings, order="sorted").decode()


def _check(question: Question, rubric: Rubric, reply: Reply) -> None:
    scorer = question.scorer
    if len(reply.judgements) != len(question.materials):
        raise ScorerFailed(f"The scorer “{scorer}” did not answer for every application.")
    if any(len(judged) != len(rubric.requirements) for judged in reply.judgements):
        raise ScorerFailed(f"The scorer “{scorer}” did not judge every requirement.")

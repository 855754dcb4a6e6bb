"""Random applications from sentences and requirements that people wrote, the same for the same seed."""

import json
import random
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec

from core.screening import Identity, Submission, Thresholds, assess
from core.sdk.scorer import Requirement, Rubric
from core.sdk.text import sentences
from plugins.rubric_score.scorer import RubricScorer

AS_OF = date(2026, 11, 25)


class Pool(msgspec.Struct, frozen=True):
    """By job: what it asks, and the sentences of those who applied."""

    requirements: tuple[tuple[Requirement, ...], ...]
    lines: tuple[tuple[str, ...], ...]


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A rubric, and a resume as lines; `job` is the place in the pool of the job that asks."""

    job: int
    rubric: Rubric
    lines: tuple[str, ...]


def warm_scorer(threads: int = 1) -> RubricScorer:
    """A scorer that has loaded its model and runs it on so many threads."""
    import torch

    scorer = RubricScorer()
    asked = Requirement(id="r1", text="Watering plants in a garden", category="experience", must_have=True)
    text = "Grew vegetables on an allotment near the river and sold them on Saturdays. " * 2
    assess(scorer, Rubric(requirements=(asked,)), [application("1", text)], Thresholds())
    torch.set_num_threads(threads)
    return scorer


def application(name: str, text: str) -> Submission:
    """A text as the resume of nobody in particular."""
    return Submission(id=name, texts={"resume": text}, identity=Identity(), as_of=AS_OF)


def pool_of(path: Path) -> Pool:
    """What a file in the format of order.jsonl holds."""
    jobs = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return Pool(
        tuple(msgspec.convert(job["rubric"], tuple[Requirement, ...]) for job in jobs),
        tuple(tuple(_lines(job["resumes"])) for job in jobs),
    )


def _lines(resumes: Sequence[dict[str, Any]]) -> Iterator[str]:
    for resume in resumes:
        yield from (" ".join(sentence.text.split()) for sentence in sentences(resume["text"]))


PER_RUBRIC: Final = 20
"""Cases in a row that are judged by one rubric."""


def random_cases(pool: Pool, count: int, seed: int) -> list[Case]:
    """So many cases; one line in four is of another job's people."""
    dice = random.Random(seed)
    found: list[Case] = []
    while len(found) < count:
        job = dice.randrange(len(pool.lines))
        rubric = _rubric(pool.requirements[job], dice)
        found += [
            Case(job=job, rubric=rubric, lines=_resume(pool, job, dice))
            for _ in range(min(PER_RUBRIC, count - len(found)))
        ]
    return found


def _rubric(requirements: Sequence[Requirement], dice: random.Random) -> Rubric:
    asked = dice.sample(requirements, dice.randint(2, len(requirements)))
    return Rubric(
        requirements=tuple(msgspec.structs.replace(one, weight=dice.randint(1, 9)) for one in asked)
    )


def _resume(pool: Pool, job: int, dice: random.Random) -> tuple[str, ...]:
    return tuple(_line(pool, job, dice) for _ in range(dice.randint(4, 14)))


def _line(pool: Pool, job: int, dice: random.Random) -> str:
    other = dice.randrange(len(pool.lines)) if dice.random() < 0.25 else job
    return dice.choice(pool.lines[other])

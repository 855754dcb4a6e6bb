"""Reads again what words said or did not say: holds back what only sounds right, finds what is told in other words."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from core.sdk import Judgement
from plugins.rubric_score.cases import case_of
from plugins.rubric_score.demands import Demand
from plugins.rubric_score.meaning import Meaning
from plugins.rubric_score.nearby import Nearby
from plugins.rubric_score.passages import Alone
from plugins.rubric_score.reader import Pair, Readings
from plugins.rubric_score.resumes import Resume
from plugins.rubric_score.text import Read


class Beside(Protocol):
    """A requirement beside a text, with the first judgement."""

    def first_pairs(self) -> Iterable[Pair]:
        """What will be read in any case."""
        ...

    def other_pairs(self) -> Iterable[Pair]:
        """What is still to be read once the first pairs are."""
        ...

    def settle(self) -> Judgement:
        """The judgement that stands."""
        ...

    def leaning(self) -> float | None:
        """What the best sentence of a passage is worth, 0 to 1; None for an application."""
        ...


class SecondReading:
    """What the reader makes of the comparators' judgements; what is foreseen is read at once."""

    def __init__(self, reader: Readings, meaning: Meaning) -> None:
        self._nearby = Nearby(reader, meaning)

    def beside(self, demand: Demand, found: Read) -> Beside:
        """A demand beside a text."""
        case = case_of(demand, found, self._nearby.meaning)
        return Alone(case, self._nearby) if found.is_passage else Resume(case, self._nearby)

    def foresee(self, found: Sequence[Beside]) -> None:
        """Read now what will be asked for."""
        self._nearby.read(pair for one in found for pair in one.first_pairs())
        self._nearby.read(pair for one in found for pair in one.other_pairs())

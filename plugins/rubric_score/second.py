"""Reads again what words said or did not say: holds back what only sounds right, finds what is told in other words."""

from collections.abc import Sequence

from core.sdk import Judgement
from plugins.rubric_score import passages, resumes
from plugins.rubric_score.cases import Case, case_of
from plugins.rubric_score.demands import Demand
from plugins.rubric_score.meaning import Meaning
from plugins.rubric_score.nearby import Nearby
from plugins.rubric_score.reader import Readings
from plugins.rubric_score.text import Read


class SecondReading:
    """What the reader makes of the comparators' judgements; cases foreseen are read at once."""

    def __init__(self, reader: Readings, meaning: Meaning) -> None:
        self._nearby = Nearby(reader, meaning)

    def case(self, demand: Demand, whole: Read) -> Case:
        """A demand beside a text, with the first judgement."""
        return case_of(demand, whole, self._nearby.meaning)

    def foresee(self, cases: Sequence[Case]) -> None:
        """Read now what will be asked for."""
        nearby = self._nearby
        nearby.meaning.foresee({case.requirement.text for case in cases})
        nearby.meaning.foresee({s.text for case in cases for s in case.found.statements})
        short = [case for case in cases if case.is_short]
        long = [case for case in cases if not case.is_short]
        nearby.read(pair for case in short for pair in passages.pairs_of(case, nearby))
        nearby.read(pair for case in long for pair in resumes.first_pairs(case, nearby))
        nearby.read(pair for case in long for pair in resumes.other_pairs(case, nearby))

    def settle(self, case: Case) -> Judgement:
        """The judgement that stands."""
        settle = passages.settle_passage if case.is_short else resumes.settle_resume
        return settle(case, self._nearby)

    def leaning(self, case: Case) -> float | None:
        """What the best sentence of a short text is worth; long texts are not read through for it."""
        return passages.leaning(case, self._nearby) if case.is_short else None

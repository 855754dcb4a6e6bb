"""Whole resumes: what the comparators say and every reading are weighed together, and the best passage is quoted.

A passage can only add, unless it is a denial. Where years of a trade are asked, positions are counted instead.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import msgspec

from core.sdk import Judgement
from core.sdk.scorer import Extent, Match
from core.sdk.text import months_within
from plugins.rubric_score.career import Career
from plugins.rubric_score.cases import TOLD, Case, pair_of, quoted_in, silent_on, state_of
from plugins.rubric_score.judging import Told
from plugins.rubric_score.nearby import Nearby
from plugins.rubric_score.reader import Pair, Reading
from plugins.rubric_score.reader.weighing import SILENT
from plugins.rubric_score.reader.wholes import KINDS, Seen
from plugins.rubric_score.text import Statement, judged

_KIND_OF: Final = {
    "seniority": "experience",
    "certification": "paper",
    "authorization": "paper",
}
_BY_EXTENT: Final[dict[Extent, str]] = {
    "little": " Little of it is shown.",
    "half": "",
    "most": " Most of it is shown.",
}
"""Added to the reason of what is partly met."""


class Passage(NamedTuple):
    """Statements that were read together, and how."""

    statements: Sequence[Statement]
    reading: Reading


class Resume:
    """A requirement beside a whole application. What it needs is read in one go."""

    def __init__(self, case: Case, nearby: Nearby) -> None:
        self._case, self._nearby = case, nearby

    def first_pairs(self) -> Iterator[Pair]:
        """What will be read in any case."""
        if self._career:
            yield from self._career.pairs()
            return
        if self._case.sized:
            yield from self._nearby.topics(self._case.sized, self._case.found)
        yield from map(self._pair, self.chosen)

    def other_pairs(self) -> Iterator[Pair]:
        """Nothing more: a denial further down may speak against what the first passages show."""
        yield from ()

    def settle(self) -> Judgement:
        """The judgement that stands: positions are counted, everything else is weighed."""
        if self._career:
            return self._career.judge(self._nearby.of)
        seen = self.seen
        judgement = self._weighed(seen.match())
        return _by_extent(judgement, seen.extent()) if judgement.match == "partly" else judgement

    def leaning(self) -> None:
        """Nothing: an application is not read through to order it within one match."""
        return

    @cached_property
    def chosen(self) -> list[Sequence[Statement]]:
        """What the comparators quote, first, and every sentence that may bear on the requirement."""
        case = self._case
        quoted = quoted_in(case.told.judgement, case.found)
        nearest = self._nearby.nearest(case.requirement, case.found, whole=True)
        others = [[statement] for statement in nearest if statement not in quoted]
        return [quoted, *others] if quoted else list(others)

    @property
    def seen(self) -> Seen:
        """All that is weighed."""
        told = self._told
        silent = told.judgement.match == "not_stated"
        state = "not_stated" if silent else state_of(told, quoted_in(told.judgement, self._case.found))
        return Seen(state, _kind_of(self._case), [self._reading(passage) for passage in self.passages])

    def _reading(self, passage: Passage) -> Reading:
        """What of a passage counts: no more than a part where a number, a date or a scale in it says so."""
        told = self._told
        if not (told.firm and told.judgement.match == "partly" and self._is_told(passage)):
            return passage.reading
        met, partly, *others = passage.reading
        return Reading(0, met + partly, *others)

    def _is_told(self, passage: Passage) -> bool:
        """Whether a passage is of what the comparators quote."""
        told_of = {statement.whole for statement in quoted_in(self._told.judgement, self._case.found)}
        return {statement.whole for statement in passage.statements} <= told_of

    @cached_property
    def _career(self) -> Career | None:
        asked = self._case.counted
        within = months_within(self._case.requirement.text)
        return Career(asked, within, self._case.found, self._nearby.meaning) if asked else None

    @cached_property
    def _told(self) -> Told:
        """What the comparators say, a size by what the reader says it is of."""
        size = self._nearby.size(self._case)
        return Told(size, firm=True) if size else self._case.told

    @cached_property
    def passages(self) -> list[Passage]:
        """All that is read, and how."""
        return [Passage(one, self._nearby.of(self._pair(one))) for one in self.chosen]

    def _pair(self, statements: Sequence[Statement]) -> Pair:
        return pair_of(self._case.requirement, statements)

    def _weighed(self, match: Match) -> Judgement:
        """With the comparators' own reason and quotes where they came to the same."""
        if match == self._told.judgement.match:
            return self._told.judgement
        best = max(self.passages, key=lambda passage: _speaks_for(match, passage.reading), default=None)
        return judged(self._case.requirement.id, match, TOLD[match], *(best.statements if best else ()))


def _by_extent(judgement: Judgement, extent: Extent) -> Judgement:
    """With the extent, and a word of it in the reason."""
    reason = f"{judgement.reason}{_BY_EXTENT[extent]}"
    return msgspec.structs.replace(judgement, extent=extent, reason=reason)


def _speaks_for(match: Match, reading: Reading) -> int:
    return {
        "met": reading.met,
        "partly": reading.met + reading.partly,
        "not_met": reading.not_met,
        "not_stated": 0,
    }[match]


def _kind_of(case: Case) -> str:
    category = _KIND_OF.get(case.requirement.category, case.requirement.category)
    if category == "experience" and silent_on(case.requirement) == SILENT[1]:
        return "years"
    return category if category in KINDS else "other"

"""Passages by themselves, as in `shortlist match`: the comparators' judgement stands unless the reader is sure.

Each passage is weighed by itself, what the comparators quote together and every other sentence: another sentence can
add good news but never take any away.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from core.sdk import Judgement, Requirement
from core.sdk.scorer import Match
from plugins.rubric_score.cases import TOLD, Case, pair_of, quoted_in, silent_on, state_of, without
from plugins.rubric_score.judging import Told, judge_demand
from plugins.rubric_score.nearby import Nearby
from plugins.rubric_score.reader import Pair, Reading
from plugins.rubric_score.reader.weighing import NAMED, Weighed, weigh
from plugins.rubric_score.text import Read, Statement, judged

_ASKED_AGAIN: Final = 12
"""Times the comparators are asked for one requirement, each time without what they quoted before."""
_HELD_BACK: Final = 10
"""What the comparators found stands unless less than this, in thousandths, speaks for it in its reading."""
_RAISED: Final = 850
"""From this on a "partly" of words is read as the whole."""
_SAYS_NO: Final = 800
"""From this on a "met" of words is read as its contrary."""
_OFF_TOPIC: Final = 300
"""What the comparators made of a number does not stand where the statement is hardly about the thing asked."""
RANK: Final[dict[Match, int]] = {"not_stated": 0, "not_met": 1, "partly": 2, "met": 3}
"""The better news, the higher."""


class Alone:
    """A requirement beside a passage by itself."""

    def __init__(self, case: Case, nearby: Nearby) -> None:
        self._case, self._nearby = case, nearby

    def first_pairs(self) -> Iterator[Pair]:
        """What will be read in any case: everything."""
        requirement, found = self._case.requirement, self._case.found
        if self._case.sized:
            yield from self._nearby.topics(self._case.sized, found)
        if quoted := quoted_in(self._case.told.judgement, found):
            yield pair_of(requirement, quoted)
        yield from (pair_of(requirement, [statement]) for statement in found.statements)

    def other_pairs(self) -> Iterator[Pair]:
        """Nothing more."""
        yield from ()

    def settle(self) -> Judgement:
        """The judgement that stands: the comparators' own, if the reader agrees, or the best of what it finds."""
        news = list(_news(self._case, self._nearby))
        if size := self._nearby.size(self._case):
            news.insert(0, size)
        return max(news, key=lambda judgement: RANK[judgement.match])

    def leaning(self) -> float:
        """What the best sentence is worth, 0 to 1."""
        requirement, found, told = self._case.requirement, self._case.found, self._case.told
        quoted = quoted_in(told.judgement, found)
        silence = silent_on(requirement)
        silent = [
            weighed(requirement, [s], silence, self._nearby).worth
            for s in found.statements
            if s not in quoted
        ]
        said = [weighed(requirement, quoted, state_of(told, quoted), self._nearby).worth] if quoted else []
        return max([*said, *silent])


def weighed(requirement: Requirement, statements: Sequence[Statement], state: str, nearby: Nearby) -> Weighed:
    """What statements, read as one passage, say of a requirement beside what the comparators said."""
    near = max(nearby.near(requirement, statement) for statement in statements)
    return weigh(state, nearby.of(pair_of(requirement, statements)), near)


def _news(case: Case, nearby: Nearby) -> Iterator[Judgement]:
    found, told = case.found, case.told
    yield judged(case.requirement.id, "not_stated", TOLD["not_stated"])
    for _ in range(_ASKED_AGAIN):
        if not (quoted := quoted_in(told.judgement, found)):
            break
        match = _again(case, told, quoted, nearby)
        yield _judgement(told.judgement, match, quoted)
        if match == "met":
            return
        found = without(found, quoted)
        told = judge_demand(case.demand, found, nearby.meaning)
    yield from _in_other_words(case.requirement, found, nearby)


def _again(case: Case, told: Told, quoted: Sequence[Statement], nearby: Nearby) -> Match:
    """What the quoted statements come to, read again."""
    if state_of(told, quoted) == NAMED:
        return "partly"
    if case.sized and told.firm and max(nearby.topic(case.sized, s) for s in quoted) < _OFF_TOPIC:
        return "not_stated"
    return _read_again(told, nearby.of(pair_of(case.requirement, quoted)))


def _read_again(told: Told, reading: Reading) -> Match:
    """What the comparators found is mostly meant; the reader is believed where it is sure."""
    match = told.judgement.match
    if match == "not_met":
        return match
    if not told.firm and reading.not_met >= _SAYS_NO:
        return "not_met"
    if reading.met + reading.partly < _HELD_BACK:
        return "not_met" if reading.not_met >= _SAYS_NO else "not_stated"
    return "met" if match == "partly" and not told.firm and reading.met >= _RAISED else match


def _in_other_words(requirement: Requirement, found: Read, nearby: Nearby) -> Iterator[Judgement]:
    silence = silent_on(requirement)
    for statement in nearby.nearest(requirement, found, whole=False):
        match = weighed(requirement, [statement], silence, nearby).match
        yield judged(requirement.id, match, TOLD[match], statement)
        if match == "met":
            return


def _judgement(first: Judgement, match: Match, quoted: Sequence[Statement]) -> Judgement:
    """The comparators' judgement where it stands, the reader's where it does not."""
    if match == first.match:
        return first
    return judged(first.requirement_id, match, TOLD[match], *quoted)

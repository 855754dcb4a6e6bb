"""Reads again what words said or did not say: holds back what only sounds right, finds what is told in other words.

Each passage is weighed by itself, what the comparators quote together and every sentence that may bear on the
requirement: another sentence can add good news but never take any away.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from core.sdk import Judgement, Requirement
from core.sdk.scorer import Match
from core.sdk.text import year_amounts
from plugins.rubric_score.judging import LADDERS, Told
from plugins.rubric_score.meaning import Meaning
from plugins.rubric_score.reader import Pair, Reading, Readings
from plugins.rubric_score.reader.weighing import NAMED, SILENT, Weighed, weigh
from plugins.rubric_score.skills import names_of, names_only_products, shows_any
from plugins.rubric_score.text import Read, Statement, judged
from plugins.rubric_score.words import stems

NEAR: Final = 0.15
"""From this nearness on a sentence is read."""
_WORDS: Final = 4
"""A line of fewer words is a heading or an item of a list, which the comparators know better."""
_SHORT: Final = 4
"""Sentences of a text that is read whole, such as an answer or a passage judged by itself."""
_MOST: Final = 60
"""Sentences read for a requirement, the nearest: more come near it only in texts that are no resume."""
_FIRST: Final = 3
"""Read at once; the rest only where none of these shows the whole requirement."""
_ASKED_AGAIN: Final = 12
"""Times the comparators are asked for one requirement, each time without what they quoted before."""
_HELD_BACK: Final = 10
"""What the comparators found stands unless less than this, in thousandths, speaks for it in its reading."""
_RAISED: Final = 500
"""From this on a "partly" of words is read as the whole."""
_SAYS_NO: Final = 800
"""From this on a "met" of words is read as its contrary."""
RANK: Final[dict[Match, int]] = {"not_stated": 0, "not_met": 1, "partly": 2, "met": 3}

Again = Callable[[Read], Told]
"""The comparators' judgement of another part of the text."""


class Case(NamedTuple):
    """A requirement with a text and what the comparators said."""

    requirement: Requirement
    found: Read
    told: Told


class SecondReading:
    """What the reader makes of the comparators' judgements; cases foreseen are read at once."""

    def __init__(self, reader: Readings, meaning: Meaning) -> None:
        self._reader, self._meaning = reader, meaning
        self._readings: dict[Pair, Reading] = {}

    def foresee(self, cases: Sequence[Case]) -> None:
        """Read now what will be asked for."""
        compared = [case for case in cases if case.told.judgement.match != "met" or _is_short(case.found)]
        self._meaning.foresee({case.requirement.text for case in compared})
        self._meaning.foresee({s.text for case in compared for s in case.found.statements})
        self._read((case.requirement, text) for case in cases for text in self._passages(case))
        self._read((case.requirement, s.text) for case in compared for s in self._rest(case))

    def settle(self, case: Case, again: Again) -> Judgement:
        """The judgement that stands: the comparators' own, if the reader agrees, or the best of what it finds."""
        requirement, found, told = case
        news = [judged(requirement.id, "not_stated", "The text does not say.")]
        for _ in range(_ASKED_AGAIN):
            if not (quoted := quoted_in(told.judgement, found)):
                break
            match = self._again(case, told, quoted)
            news.append(_judgement(told.judgement, match, quoted))
            if match == "met":
                return news[-1]
            found = _without(found, quoted)
            told = again(found)
        news += self._in_other_words(requirement, found)
        return max(news, key=lambda judgement: RANK[judgement.match])

    def _again(self, case: Case, told: Told, quoted: Sequence[Statement]) -> Match:
        """What the quoted statements come to, read again."""
        if state_of(told, quoted) == NAMED:
            return "partly"
        return _read_again(told, self._reading(case.requirement, passage_of(quoted)))

    def weighed(self, requirement: Requirement, statements: Sequence[Statement], state: str) -> Weighed:
        """What statements, read as one passage, say of a requirement beside what the comparators said."""
        near = max(self._meaning.near(requirement.text, statement.text) for statement in statements)
        return weigh(state, self._reading(requirement, passage_of(statements)), near)

    def leaning(self, case: Case) -> float | None:
        """What the best sentence of a short text is worth; long texts are not read through for it."""
        requirement, found, told = case
        if not _is_short(found):
            return None
        quoted = quoted_in(told.judgement, found)
        silence = silent_on(requirement)
        silent = [self.weighed(requirement, [s], silence).worth for s in found.statements if s not in quoted]
        said = [self.weighed(requirement, quoted, state_of(told, quoted)).worth] if quoted else []
        return max([*said, *silent])

    def _passages(self, case: Case) -> Iterator[str]:
        if quoted := quoted_in(case.told.judgement, case.found):
            yield passage_of(quoted)
        if _is_short(case.found):
            yield from (statement.text for statement in case.found.statements)
        elif case.told.judgement.match != "met":
            yield from (s.text for s in self._nearby(case.requirement, case.found)[:_FIRST])

    def _rest(self, case: Case) -> Sequence[Statement]:
        """What is still to be read: nothing where the first sentences show the whole requirement."""
        requirement, found, told = case
        nearby = self._nearby(requirement, found) if told.judgement.match != "met" else []
        shown = (self._in_silence(requirement, statement) == "met" for statement in nearby[:_FIRST])
        return [] if any(shown) else nearby[_FIRST:]

    def _read(self, pairs: Iterable[tuple[Requirement, str]]) -> None:
        self._readings |= self._reader.read((requirement.text, passage) for requirement, passage in pairs)

    def _reading(self, requirement: Requirement, passage: str) -> Reading:
        pair = requirement.text, passage
        if pair not in self._readings:
            self._read([(requirement, passage)])
        return self._readings[pair]

    def _nearby(self, requirement: Requirement, found: Read) -> list[Statement]:
        """The sentences that may bear on the requirement, the nearest first."""
        may = _may_tell(requirement)
        near = {
            place: self._meaning.near(requirement.text, statement.text)
            for place, statement in enumerate(found.statements)
            if may(statement)
        }
        nearest = sorted(
            (place for place in near if near[place] >= NEAR), key=lambda place: (-near[place], place)
        )
        return [found.statements[place] for place in nearest[:_MOST]]

    def _in_silence(self, requirement: Requirement, statement: Statement) -> Match:
        return self.weighed(requirement, [statement], silent_on(requirement)).match

    def _in_other_words(self, requirement: Requirement, found: Read) -> Iterator[Judgement]:
        for statement in self._nearby(requirement, found):
            match = self._in_silence(requirement, statement)
            yield judged(requirement.id, match, _TOLD[match], statement)
            if match == "met":
                return


_TOLD: Final[dict[Match, str]] = {
    "met": "The text tells it in words of its own.",
    "partly": "The text tells part of it in words of its own.",
    "not_met": "Read as a whole, the text says otherwise.",
    "not_stated": "The text does not say.",
}


def _is_short(found: Read) -> bool:
    return 0 < len(found.statements) <= _SHORT


def _may_tell(requirement: Requirement) -> Callable[[Statement], bool]:
    """Rules out what the comparators know better: short lines, other products, and what somebody else did."""
    wanted = stems(requirement.text)
    products = names_of(requirement) if names_only_products(requirement) else ()

    def may(statement: Statement) -> bool:
        if len(statement.text.split()) < _WORDS or (products and not shows_any(products, statement)):
            return False
        shared = wanted & stems(statement.text)
        return not shared or statement.is_own(*statement.place_of(shared))

    return may


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


def state_of(told: Told, quoted: Sequence[Statement]) -> str:
    """What the comparators said of what they quote, as the weighing knows it."""
    if told.judgement.match == "partly" and not told.firm and not any(s.deed for s in quoted):
        return NAMED
    return f"{told.judgement.match}{' firmly' if told.firm else ''}"


def silent_on(requirement: Requirement) -> str:
    """That they said nothing, and of what kind of requirement."""
    plain, years, paper = SILENT
    if requirement.category in LADDERS:
        return paper
    return years if requirement.years or year_amounts(requirement.text) else plain


def quoted_in(judgement: Judgement, found: Read) -> list[Statement]:
    """The statements a judgement rests on."""
    places = {(quote.source, quote.start) for quote in judgement.evidence}
    return [s for s in found.statements if (s.source, s.sentence.start) in places]


def passage_of(statements: Iterable[Statement]) -> str:
    """Statements as the reader gets them: one text."""
    return " ".join(statement.text for statement in statements)


def _judgement(first: Judgement, match: Match, quoted: Sequence[Statement]) -> Judgement:
    """The comparators' judgement where it stands, the reader's where it does not."""
    if match == first.match:
        return first
    return judged(first.requirement_id, match, _TOLD[match], *quoted)


def _without(found: Read, statements: Sequence[Statement]) -> Read:
    return msgspec.structs.replace(
        found, statements=tuple(s for s in found.statements if s not in statements)
    )

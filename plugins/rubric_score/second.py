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
        self._readings |= self._reader.read(
            (case.requirement.text, passage) for case in cases for passage in self._passages(case)
        )

    def settle(self, case: Case, again: Again) -> Judgement:
        """The judgement that stands: the comparators' own, if the reader agrees, or the best of what it finds."""
        requirement, found, told = case
        news = [judged(requirement.id, "not_stated", "The text does not say.")]
        while told.judgement.match != "not_stated":
            quoted = quoted_in(told.judgement, found)
            match = self._again(case, told, quoted)
            news.append(_judgement(told.judgement, match, quoted))
            if match == "met":
                break
            found = _without(found, quoted)
            told = again(found)
        if all(judgement.match != "met" for judgement in news):
            news += self._in_other_words(requirement, found, quoted_in(told.judgement, found))
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
            yield from (statement.text for statement in self._nearby(case.requirement, case.found))

    def _reading(self, requirement: Requirement, passage: str) -> Reading:
        pair = requirement.text, passage
        if pair not in self._readings:
            self._readings |= self._reader.read([pair])
        return self._readings[pair]

    def _nearby(self, requirement: Requirement, found: Read) -> Iterator[Statement]:
        may = _may_tell(requirement)
        for statement in found.statements:
            if may(statement) and self._meaning.near(requirement.text, statement.text) >= NEAR:
                yield statement

    def _in_other_words(
        self, requirement: Requirement, found: Read, quoted: Sequence[Statement]
    ) -> Iterator[Judgement]:
        for statement in self._nearby(requirement, found):
            if statement not in quoted:
                match = self.weighed(requirement, [statement], silent_on(requirement)).match
                yield judged(requirement.id, match, _TOLD[match], statement)


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

"""A demand beside a text with the comparators' first judgement, and what of it the reader is given."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

from core.sdk import Judgement, Requirement
from core.sdk.scorer import Match
from core.sdk.text import year_amounts
from plugins.rubric_score.availability import judge_availability
from plugins.rubric_score.career import counted_in
from plugins.rubric_score.demands import Demand
from plugins.rubric_score.judging import LADDERS, Told, asks_for_size, judge_demand
from plugins.rubric_score.meaning import Meaning
from plugins.rubric_score.reader import Pair
from plugins.rubric_score.reader.weighing import NAMED, SILENT
from plugins.rubric_score.text import Read, Statement, judged

TOLD: Final[dict[Match, str]] = {
    "met": "The text tells it in words of its own.",
    "partly": "The text tells part of it in words of its own.",
    "not_met": "Read as a whole, the text says otherwise.",
    "not_stated": "The text does not say.",
}
"""The reason where the reader decides."""


class Case(NamedTuple):
    """A demand with a text and what the comparators said of it.

    Where years of a trade are asked and the text tells of positions, `counted` is what the positions are counted
    for, and the comparators are not asked. Where a size is asked, `sized` is the requirement with it.
    """

    demand: Demand
    found: Read
    told: Told
    counted: Requirement | None = None
    sized: Requirement | None = None

    @property
    def requirement(self) -> Requirement:
        """As the rubric has it."""
        return self.demand.requirement


def case_of(demand: Demand, whole: Read, meaning: Meaning) -> Case:
    """A demand beside a text, with the first judgement."""
    if not whole.is_passage and (counted := counted_in(demand, whole)):
        return Case(demand, whole, _UNTOLD, counted)
    return Case(demand, whole, judge_demand(demand, whole, meaning), sized=_sized_in(demand, whole))


_UNTOLD: Final = Told(judged("", "not_stated", TOLD["not_stated"]), firm=False)


def state_of(told: Told, quoted: Sequence[Statement]) -> str:
    """What the comparators said of what they quote, as the weights know it."""
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


def pair_of(requirement: Requirement, statements: Sequence[Statement]) -> Pair:
    """Statements as the reader gets them: one passage, under what the first stands under unless that is quoted too."""
    texts = list(dict.fromkeys(statement.whole for statement in statements))
    under = statements[0].under
    return Pair(requirement.text, " ".join(texts), "" if under in texts else under)


def without(found: Read, statements: Iterable[Statement]) -> Read:
    """The rest of a text."""
    left_out = set(statements)
    rest = tuple(statement for statement in found.statements if statement not in left_out)
    return msgspec.structs.replace(found, statements=rest)


def _sized_in(demand: Demand, found: Read) -> Requirement | None:
    """The requirement whose size decides; None where none is asked, or the text says outright what it can do."""
    asked = demand.parts[0]
    if demand.several or not asks_for_size(asked) or judge_availability(asked, found):
        return None
    return asked

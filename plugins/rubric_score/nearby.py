"""What may bear on a requirement, and what the reader makes of it; each pair is read once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from core.sdk import Judgement, Requirement
from plugins.rubric_score.amounts import amounts_in, by_topic, judge_amount, without_sizes
from plugins.rubric_score.cases import Case
from plugins.rubric_score.deeds import is_keyword_row
from plugins.rubric_score.meaning import Meaning
from plugins.rubric_score.reader import Pair, Reading, Readings
from plugins.rubric_score.reader.near import NEAR
from plugins.rubric_score.skills import names_of, names_only_products, shows_any
from plugins.rubric_score.text import Read, Statement
from plugins.rubric_score.words import stems

_MOST: Final = 60
"""Sentences read for a requirement, the nearest: more come near it only in texts that are no resume."""
_WORDS: Final = 4
"""A line of fewer words is a heading or an item of a list, which the comparators know better."""
_ON_TOPIC: Final = 500
"""A number counts where the statement is about the thing asked with this reading."""
_BY_NAME: Final = frozenset({"hard_skill", "personal_skill", "language"})
"""Kinds that a row of catchwords shows in part."""


class Nearby:
    """The reader beside the sentence model: both are asked in batches where it is known what will be needed."""

    def __init__(self, reader: Readings, meaning: Meaning) -> None:
        self._reader, self.meaning = reader, meaning
        self._readings: dict[Pair, Reading] = {}

    def read(self, pairs: Iterable[Pair]) -> None:
        """Read these now, those not read before."""
        self._readings |= self._reader.read(pair for pair in pairs if pair not in self._readings)

    def of(self, pair: Pair) -> Reading:
        """A pair's reading."""
        if pair not in self._readings:
            self.read([pair])
        return self._readings[pair]

    def near(self, requirement: Requirement, statement: Statement) -> float:
        """See `Meaning.near`."""
        return self.meaning.near(requirement.text, statement.text)

    def nearest(self, requirement: Requirement, found: Read, *, whole: bool) -> list[Statement]:
        """The sentences that may bear on the requirement, the nearest first; `whole` for those of a resume.

        In a resume short lines and what somebody else did are read, too: with the line they stand under, and beside
        all the rest, they are known for what they are.
        """
        may = _is_spoken if whole else _may_tell(requirement)
        near = {
            place: self.near(requirement, statement)
            for place, statement in enumerate(found.statements)
            if may(statement)
        }
        places = sorted((place for place in near if near[place] >= NEAR), key=lambda p: (-near[p], p))
        return [found.statements[place] for place in places[:_MOST]]

    def topics(self, asked: Requirement, found: Read) -> list[Pair]:
        """What is read to know which sizes are of the thing asked."""
        sizes = (s for s in found.statements if amounts_in(s.text) and self.near(asked, s) >= NEAR)
        return [_topic_of(asked, statement) for statement in sizes]

    def topic(self, asked: Requirement, statement: Statement) -> int:
        """In thousandths, whether a statement is about what is asked, apart from how much of it."""
        if self.near(asked, statement) < NEAR:
            return 0
        return self.of(_topic_of(asked, statement)).shown

    def size(self, case: Case) -> Judgement | None:
        """What the best size comes to that the text tells of the thing asked; None where it tells none."""
        asked = case.sized
        if asked is None:
            return None
        counts = by_topic(lambda statement: self.topic(asked, statement) >= _ON_TOPIC)
        return judge_amount(asked, case.found, counts)


def _topic_of(asked: Requirement, statement: Statement) -> Pair:
    return Pair(without_sizes(asked.text), statement.whole, statement.under)


def _is_spoken(statement: Statement) -> bool:
    return len(statement.text.split()) > 1


def _may_tell(requirement: Requirement) -> Callable[[Statement], bool]:
    """Rules out what the comparators know better: short lines, other products, and what somebody else did."""
    wanted = stems(requirement.text)
    products: Sequence[str] = names_of(requirement) if names_only_products(requirement) else ()
    by_name = requirement.category in _BY_NAME

    def may(statement: Statement) -> bool:
        if len(statement.text.split()) < _WORDS or (products and not shows_any(products, statement)):
            return False
        if not by_name and is_keyword_row(statement.text):
            return False
        shared = wanted & stems(statement.text)
        return not shared or statement.is_own(*statement.place_of(shared))

    return may

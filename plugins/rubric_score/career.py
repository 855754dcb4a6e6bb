"""How long somebody has worked in a trade: which positions were of it is read, their time is counted.

Used for texts that tell of positions. A single sentence is left to `years`.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Final, NamedTuple

import msgspec

from core.sdk import Judgement, Requirement
from core.sdk.text import Span, months_between
from plugins.rubric_score.demands import Demand
from plugins.rubric_score.judging import LADDERS
from plugins.rubric_score.meaning import Meaning
from plugins.rubric_score.reader import Pair, Reading
from plugins.rubric_score.reader.near import NEAR
from plugins.rubric_score.text import Read, Statement, judged
from plugins.rubric_score.titles.wording import title_of, trade_of
from plugins.rubric_score.years import Position, compare, positions, stated, without_amounts, witness

_OF_IT: Final = 750
"""A position counts from this reading on, in thousandths; what only comes near the trade counts half."""
_SAME_WORK: Final = 0.7
"""A position counts whose title is as near as this to the trade's, whatever its reading."""
_SAID: Final = 800
"""What the text adds up itself counts from this reading on."""

Reads = Callable[[Pair], Reading]


class Line(NamedTuple):
    """A position with a statement that may show what trade it was of."""

    position: Position
    statement: Statement


class Career:
    """The positions a text tells of, looked through once for what is asked of them; then read, then counted.

    `within` are the last months that count, all if None.
    """

    def __init__(self, asked: Requirement, within: int | None, found: Read, meaning: Meaning) -> None:
        self._asked, self._within, self._found, self._meaning = asked, within, found, meaning
        self._subject = without_amounts(asked.text)

    def pairs(self) -> Iterator[Pair]:
        """What will be read."""
        yield from (self._pair(line.statement) for line in self._lines)
        if self._said:
            yield self._by_itself(self._said[1])

    def judge(self, reads: Reads) -> Judgement:
        """The years in positions of the trade, or those the text says itself if more."""
        own = [line for line in self._lines if self._is_of_it(line, reads)]
        months = months_between([self._clipped(line.position) for line in own])
        said = self._said
        if said and said[0] * 12 > months and reads(self._by_itself(said[1])).shown >= _SAID:
            return compare(self._asked, said[0], (said[1],), said=True)
        if not own:
            return _of_another_trade(self._asked, self._found)
        shown = (statement for line in own for statement in (line.position.dated, line.statement))
        return compare(self._asked, months / 12, tuple(dict.fromkeys(shown)), said=False)

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        """For each position its dated line, what the comparators take for a sign of the trade, and what comes near."""
        lines = []
        for position in positions(self._found):
            signs = (position.dated, witness(self._asked, position, self._meaning.similar))
            for statement in position.statements:
                if statement in signs or self._meaning.near(self._subject, statement.text) >= NEAR:
                    lines.append(Line(position, statement))
        return tuple(lines)

    @cached_property
    def _said(self) -> tuple[float, Statement] | None:
        return stated(self._asked, self._found, self._meaning.similar)

    @cached_property
    def _titled(self) -> frozenset[str]:
        """The dated lines whose title names the trade."""
        dated = {position.dated.text for position in positions(self._found)}
        titles = {text: title for text in dated if (title := title_of(text, self._found.as_of))}
        surely = self._meaning.same_work(trade_of(self._subject), list(titles.values())) if titles else []
        return frozenset(text for text, sure in zip(titles, surely, strict=True) if sure >= _SAME_WORK)

    def _is_of_it(self, line: Line, reads: Reads) -> bool:
        if reads(self._pair(line.statement)).shown >= _OF_IT:
            return True
        return line.statement is line.position.dated and line.statement.text in self._titled

    def _pair(self, statement: Statement) -> Pair:
        return Pair(self._subject, statement.whole, statement.under)

    def _by_itself(self, statement: Statement) -> Pair:
        """What adds years up tells of all positions, not of the one it stands under."""
        return Pair(self._subject, statement.whole)

    def _clipped(self, position: Position) -> Span:
        as_of = self._found.as_of
        since = as_of.year * 12 + as_of.month - self._within if self._within else 0
        return msgspec.structs.replace(position.span, start=max(position.span.start, since))


def _of_another_trade(asked: Requirement, found: Read) -> Judgement:
    """What to say where no position was of the trade: the last one is quoted."""
    last = max(positions(found), key=lambda position: position.span.end)
    return judged(asked.id, "not_met", "The positions it tells of are other work.", last.dated)


def counted_in(demand: Demand, found: Read) -> Requirement | None:
    """What positions are counted for; None where no years are asked, or the text tells of no positions."""
    asked = demand.parts[0]
    if demand.several or not asked.years or asked.category in LADDERS:
        return None
    return asked if positions(found) else None

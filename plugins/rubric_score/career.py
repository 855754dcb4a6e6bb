"""How long somebody has worked in a trade: which positions were of it is read, their time is counted.

Used for texts that tell of positions. A single sentence is left to `years`.
"""

from collections.abc import Callable, Iterator
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


def lines_of(asked: Requirement, found: Read, meaning: Meaning) -> Iterator[Line]:
    """For each position its dated line, what the comparators take for a sign of the trade, and what comes near it."""
    subject = without_amounts(asked.text)
    for position in positions(found):
        signs = (position.dated, witness(asked, position, meaning.similar))
        for statement in position.statements:
            if statement in signs or meaning.near(subject, statement.text) >= NEAR:
                yield Line(position, statement)


def pairs_of(asked: Requirement, found: Read, meaning: Meaning) -> Iterator[Pair]:
    """What will be read for a requirement of years."""
    subject = without_amounts(asked.text)
    for line in lines_of(asked, found, meaning):
        yield _pair(subject, line.statement)
    if said := stated(asked, found, meaning.similar):
        yield _by_itself(subject, said[1])


def judge_career(
    asked: Requirement, within: int | None, found: Read, meaning: Meaning, reads: Reads
) -> Judgement:
    """The years in positions of the trade, or those the text says itself if more.

    `within` are the last months that count, all if None.
    """
    subject = without_amounts(asked.text)
    own = [
        line
        for line in lines_of(asked, found, meaning)
        if _shown(reads, subject, line.statement) >= _OF_IT or _is_titled(subject, line, found, meaning)
    ]
    since = found.as_of.year * 12 + found.as_of.month - within if within else 0
    months = months_between([_clipped(line.position, since) for line in own])
    said = stated(asked, found, meaning.similar)
    if said and said[0] * 12 > months and reads(_by_itself(subject, said[1])).shown >= _SAID:
        return compare(asked, said[0], (said[1],), said=True)
    if not own:
        return _of_another_trade(asked, found)
    shown = (statement for line in own for statement in (line.position.dated, line.statement))
    return compare(asked, months / 12, tuple(dict.fromkeys(shown)), said=False)


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


def _pair(subject: str, statement: Statement) -> Pair:
    return Pair(subject, statement.whole, statement.under)


def _by_itself(subject: str, statement: Statement) -> Pair:
    """What adds years up tells of all positions, not of the one it stands under."""
    return Pair(subject, statement.whole)


def _shown(reads: Reads, subject: str, statement: Statement) -> int:
    return reads(_pair(subject, statement)).shown


def _is_titled(subject: str, line: Line, found: Read, meaning: Meaning) -> bool:
    """True for the dated line of a position whose title names the trade."""
    if line.statement is not line.position.dated:
        return False
    title = title_of(line.statement.text, found.as_of)
    return bool(title) and meaning.same_work(trade_of(subject), title) >= _SAME_WORK


def _clipped(position: Position, since: int) -> Span:
    return msgspec.structs.replace(position.span, start=max(position.span.start, since))

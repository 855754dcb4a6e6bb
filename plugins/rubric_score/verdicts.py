"""What a comparator says of one statement, and the best of what it says of a whole text."""

from collections.abc import Callable, Iterable
from typing import Final

from core.sdk import Judgement
from core.sdk.scorer import Match
from plugins.rubric_score.text import Read, Statement, judged

Verdict = tuple[int, Match, str]
"""(rank, match, reason); a higher rank is better news."""


def lacking(what: str, detail: str) -> str:
    """The reason where all is there but a detail nobody tells: "German, without a level."."""
    return f"{what}{_WITHOUT}{detail}."


def leaves_open(judgement: Judgement) -> bool:
    """True when a detail is lacking: what else the text says may settle it."""
    return _WITHOUT in judgement.reason


_WITHOUT: Final = ", without "


def best_news(requirement_id: str, found: Iterable[tuple[Verdict, Statement]]) -> Judgement | None:
    """The best verdict as a judgement, the earliest of equals; None when there is none: more never hurts."""
    best = max(found, key=lambda told: told[0][0], default=None)
    return judged(requirement_id, best[0][1], best[0][2], best[1]) if best else None


def best_of_each(
    requirement_id: str, read: Read, verdict_of: Callable[[Statement], Verdict | None]
) -> Judgement | None:
    """The best of one verdict a statement."""
    found = ((verdict_of(statement), statement) for statement in read.statements)
    return best_news(requirement_id, ((verdict, statement) for verdict, statement in found if verdict))

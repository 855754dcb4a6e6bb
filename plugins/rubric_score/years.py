"""Experience in years: from statements, and from the dates of positions that are about the subject."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from core.sdk import Judgement, Requirement
from core.sdk.text import date_ranges, default_lexicon, months_between, year_amounts
from core.sdk.text.quantities import Span
from plugins.rubric_score.skills import is_product, shows_any
from plugins.rubric_score.text import Read, Statement, judged, stems

Similar = Callable[[str, str], float]
"""(requirement, sentence) to a similarity between -1 and 1."""

_ABOUT: Final = 0.42
_EDUCATION: Final = re.compile(
    r"\b(?:university|college|school|bachelor|master|b\.?sc|m\.?sc|degree|diploma|student|thesis|education|abitur)\b",
    re.I,
)
_GENERAL: Final = re.compile(
    r"\b(?:professional|work(?:ing)?|relevant|industry|practical|overall|similar (?:role|position))\s+experience\b",
    re.I,
)


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of working life with the statements that tell about it."""

    span: Span
    statements: tuple[Statement, ...]
    dated: Statement


def judge_years(requirement: Requirement, read: Read, similar: Similar) -> Judgement | None:
    """Compare the asked years with the years the text shows; None when it shows none."""
    asked = requirement.years or 0.0
    subject = subject_of(requirement)
    names = _names(requirement)
    stated = _stated(subject, names, read, similar)
    shown, months = _dated(requirement, subject, names, read, similar)
    if stated is not None and stated[0] * 12 >= months:
        return _compare(requirement, asked, stated[0], (stated[1],), said=True)
    if months:
        whole = _career(read)
        enough = months / 12 >= asked / 2
        if not enough and whole >= asked * 6:
            return stated and _compare(requirement, asked, stated[0], (stated[1],), said=True)
        return _compare(requirement, asked, months / 12, shown, said=False)
    return None


def _compare(
    requirement: Requirement, asked: float, have: float, statements: Sequence[Statement], *, said: bool
) -> Judgement:
    about = f"{have:.1f}".rstrip("0").rstrip(".")
    source = "stated" if said else "from the dates of positions"
    reason = f"{about} years ({source}), {asked:g} asked."
    match = "met" if have + 0.05 >= asked else "partly" if have >= asked / 2 else "not_met"
    return judged(requirement.id, match, reason, *statements)  # type: ignore[arg-type]  # our own words


def subject_of(requirement: Requirement) -> str:
    """What the years are about: the requirement without amounts and filler."""
    text = requirement.text
    for _, start, end in reversed(year_amounts(text)):
        text = text[:start] + " " + text[end:]
    text = re.sub(
        r"\b(?:at least|minimum(?: of)?|more than|over|of|experience|proven|in|with|as an?|\+|plus)\b",
        " ",
        text,
        flags=re.I,
    )
    return " ".join(text.split()).strip(" .,;:+-") or requirement.text


def _names(requirement: Requirement) -> frozenset[str]:
    lexicon = default_lexicon()
    named = requirement.alternatives or tuple(found.skill for found in lexicon.find(requirement.text))
    return frozenset(named)


def _about(
    statement: Statement, subject: str, names: frozenset[str], similar: Similar, least: float = _ABOUT
) -> bool:
    if shows_any(names, statement):
        return True
    if names and all(is_product(name) for name in names):
        return False
    return similar(subject, statement.text) >= least


_LESS: Final = re.compile(r"\b(?:less than|under|almost|nearly|not quite|up to|only)\s+$", re.IGNORECASE)
_CLAUSE: Final = re.compile(
    r"[,;:–—]|\b(?:and|then|of which|including|but|with)\b(?= (?:a|an|one|two|three|\d|then))"
)


def _stated(
    subject: str, names: frozenset[str], read: Read, similar: Similar
) -> tuple[float, Statement] | None:
    best: tuple[float, Statement] | None = None
    for statement in read.statements:
        if not year_amounts(statement.text) or statement.is_about_others() or statement.intends():
            continue
        if not _about(statement, subject, names, similar):
            continue
        amount = _amount_in(statement, subject, names)
        if amount is not None and (best is None or amount > best[0]):
            best = (amount, statement)
    return best


def _amount_in(statement: Statement, subject: str, names: frozenset[str]) -> float | None:
    """The years a sentence gives its subject; of several the one in the clause about the subject."""
    amounts = [
        (
            0.0
            if statement.denies(start, end)
            else amount - _LESS_BY * bool(_LESS.search(statement.text, 0, start)),
            start,
        )
        for amount, start, end in year_amounts(statement.text)
    ]
    if not amounts or _AGES.search(statement.text):
        return None
    clauses = _clauses(statement.text)
    of_subject = [
        place for place, (first, last) in enumerate(clauses) if _tells(statement, first, last, subject, names)
    ]
    within = [
        amount
        for amount, start in amounts
        for place in of_subject
        if clauses[place][0] <= start < clauses[place][1]
    ]
    return max(within) if within else max(amount for amount, _ in amounts)


_LESS_BY: Final = 0.1
_AGES: Final = re.compile(r"\b(?:aged|ages|old|warranty|contract of|plan|since \d|history)\b", re.IGNORECASE)


def _clauses(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    return list(pairwise(cuts))


def _tells(statement: Statement, first: int, last: int, subject: str, names: frozenset[str]) -> bool:
    lexicon = default_lexicon()
    here = [found for found in statement.skills if first <= found.start < last]
    if any(names & lexicon.broader(found.skill) for found in here):
        return True
    return bool(stems(subject) & stems(statement.text[first:last]))


def _dated(
    requirement: Requirement, subject: str, names: frozenset[str], read: Read, similar: Similar
) -> tuple[tuple[Statement, ...], int]:
    general = bool(_GENERAL.search(requirement.text)) and not names
    fitting: list[Position] = []
    witnesses: list[Statement] = []
    for position in _positions(read):
        witness = next(
            (s for s in position.statements if not s.denies() and _about(s, subject, names, similar)),
            position.dated if general else None,
        )
        if witness is not None:
            fitting.append(position)
            witnesses += [position.dated, witness]
    return tuple(witnesses), months_between([position.span for position in fitting])


def _career(read: Read) -> int:
    return months_between([position.span for position in _positions(read)])


def _stands_alone(statement: Statement, spans: Sequence[Span]) -> bool:
    """True for a line with little but dates: what it dates stands in the line above."""
    rest = statement.text
    for span in sorted(spans, key=lambda span: -span.at):
        rest = rest[: span.at] + rest[span.until :]
    return len(re.findall(r"[^\W\d_]{2,}", rest)) <= 2


def _positions(read: Read) -> list[Position]:
    """Positions from lines with dates; a position reaches to the next dated line of its source."""
    dated = [
        (place, spans)
        for place, statement in enumerate(read.statements)
        if (spans := date_ranges(statement.text, read.as_of))
    ]
    found = []
    for number, (place, spans) in enumerate(dated):
        end = dated[number + 1][0] if number + 1 < len(dated) else min(place + 14, len(read.statements))
        last = (
            end - 1
            if number + 1 < len(dated) and _stands_alone(read.statements[end], dated[number + 1][1])
            else end
        )
        around = read.statements[max(0, place - 1) : max(last, place + 1)]
        here = read.statements[place]
        if not _stands_alone(here, spans):
            around = read.statements[place : max(last, place + 1)]
        block = tuple(s for s in around if s.source == here.source)[:16]
        if _EDUCATION.search(here.text) or (place and _EDUCATION.search(read.statements[place - 1].text)):
            continue
        for span in spans:
            found.append(Position(span=span, statements=block, dated=here))
    return found

"""How long ago: requirements that ask for something current, recent, or done within the last so many months."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec

from core.sdk import Judgement, Requirement
from core.sdk.text import Span, date_ranges, months_within, number_of, without_recency
from plugins.rubric_score.text import Read, Statement, judged
from plugins.rubric_score.words import stems

_NUM: Final = r"(?P<number>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|a|an)"
_NOW: Final = re.compile(
    r"\b(?:current(?:ly)?|at present|presently|to date|today|now|nowadays|these days|still|so far this year"
    r"|every day|daily"
    r"|this (?:year|month|week|spring|summer|autumn|winter)|last (?:month|week)|(?:my|in my) present|ongoing"
    r"|to the present)\b",
    re.IGNORECASE,
)
_LONG_AGO: Final = re.compile(
    r"\b(?:in (?:my|the) (?:youth|nineties|eighties|early days)|long ago|decades? ago|years ago"
    r"|at (?:the )?beginning of my"
    r" career|back in|formerly|former|in the past|once|no longer|not (?:any ?more|since|used since)"
    r"|nothing (?:newer|since)"
    r"|not touched (?:it )?since|(?:earlier|previous|first|old) (?:role|job|post|position)|before that"
    r"|since then|since left"
    r"|gave it up|given up|haven't (?:used|touched|done))\b",
    re.IGNORECASE,
)
_AGO: Final = re.compile(_NUM + r" (?P<unit>years?|months?|decades?) ago", re.IGNORECASE)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_MOVED_ON: Final = re.compile(
    r"[,;:]\s*[^,;:]{0,60}\b(?:since(?: then)?|afterwards|thereafter|ever since|after that)\s*\.?$",
    re.IGNORECASE,
)


def recent_part(requirement: Requirement, read: Read) -> Read | None:
    """What the text tells of the time asked for, or without a time; None when no time is asked."""
    within = months_within(requirement.text)
    if within is None:
        return None
    ages = zip(read.statements, _ages(requirement, read), strict=True)
    return msgspec.structs.replace(read, statements=tuple(s for s, age in ages if (age or 0) <= within))


def too_long_ago(requirement: Requirement, read: Read, found: Judgement) -> Judgement:
    """The judgement of what is shown, but only by things further back than asked."""
    if found.match not in {"met", "partly"}:
        return found
    quoted = {(quote.source, quote.start) for quote in found.evidence}
    told = zip(read.statements, _ages(requirement, read), strict=True)
    about = [(s, age) for s, age in told if (s.source, s.sentence.start) in quoted]
    ages = [age for _, age in about if age is not None]
    reason = f"Longer ago than asked ({_said(min(ages))})." if ages else "Longer ago than asked."
    return judged(requirement.id, "not_met", reason, *(s for s, _ in about[:1]))


def _said(months: int) -> str:
    return f"about {months // 12} years" if months >= 24 else f"{months} months"


def _ages(requirement: Requirement, read: Read) -> list[int | None]:
    """For each statement the months since the last time it tells of, or since that of the dated line above it."""
    wanted = stems(without_recency(requirement.text))
    ages: list[int | None] = []
    above: tuple[str, int, int] | None = None
    for place, statement in enumerate(read.statements):
        age = _told_age(statement, wanted, read.as_of)
        if age is None and above and above[0] == statement.source and place - above[1] <= _NEAR:
            age = above[2]
        ages.append(age)
        if ranges := date_ranges(statement.text, read.as_of):
            above = (statement.source, place, _since(ranges, read.as_of))
    return ages


_NEAR: Final = 12
"""Statements below a line with dates that may still tell of that time."""
_LONG: Final = 120


def _told_age(statement: Statement, wanted: frozenset[str], as_of: date) -> int | None:
    here = statement.around(*statement.place_of(wanted))
    closed = bool(_MOVED_ON.search(statement.text))
    if (dated := _dated(here, as_of, closed=closed)) is not None:
        return dated
    if _LONG_AGO.search(here):
        return _LONG
    return 0 if _NOW.search(here) else _dated(statement.text, as_of, closed=closed)


def _since(ranges: Sequence[Span], as_of: date) -> int:
    return max(0, as_of.year * 12 + as_of.month - max(span.end for span in ranges))


def _dated(text: str, as_of: date, *, closed: bool) -> int | None:
    if ranges := date_ranges(text, as_of):
        return _since(ranges, as_of)
    if ago := _AGO.search(text):
        unit = {"y": 12, "m": 1, "d": 120}[ago["unit"][0].lower()]
        return round((number_of(ago["number"]) or 1) * unit)
    years = [int(year) for year in _YEAR.findall(text)]
    if not years:
        return None
    latest = min(max(years), as_of.year)
    open_ended = re.search(rf"\b(?:since|from) [^,;]{{0,16}}{latest}", text, re.IGNORECASE) and not closed
    return 0 if open_ended else max(0, (as_of.year - latest) * 12)

"""How long ago: requirements that ask for something current, recent, or done within the last so many months."""

import re
from datetime import date
from typing import Final

import msgspec

from core.sdk import Judgement, Requirement
from core.sdk.text import date_ranges, months_within, number_of, without_recency
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
    kept = (s for s in read.statements if (_months_since(s, requirement, read) or 0) <= within)
    return msgspec.structs.replace(read, statements=tuple(kept))


def too_long_ago(requirement: Requirement, read: Read, found: Judgement) -> Judgement:
    """The judgement of what is shown, but only by things further back than asked."""
    if found.match not in {"met", "partly"}:
        return found
    quoted = {(quote.source, quote.start) for quote in found.evidence}
    about = [s for s in read.statements if (s.source, s.sentence.start) in quoted]
    ages = [age for s in about if (age := _months_since(s, requirement, read)) is not None]
    reason = f"Longer ago than asked ({_said(min(ages))})." if ages else "Longer ago than asked."
    return judged(requirement.id, "not_met", reason, *about[:1])


def _said(months: int) -> str:
    return f"about {months // 12} years" if months >= 24 else f"{months} months"


def _months_since(statement: Statement, requirement: Requirement, read: Read) -> int | None:
    """Months between the last time the statement tells of and the day of reading; None when it gives no time."""
    start, end = statement.place_of(_subject(requirement))
    here = statement.around(start, end)
    if dated := _dated(here, read.as_of, closed=bool(_MOVED_ON.search(statement.text))):
        return dated[0]
    if _LONG_AGO.search(here):
        return _LONG
    if _NOW.search(here):
        return 0
    whole = _dated(statement.text, read.as_of, closed=bool(_MOVED_ON.search(statement.text)))
    if whole:
        return whole[0]
    return _around(statement, read)


_LONG: Final = 120


def _subject(requirement: Requirement) -> frozenset[str]:
    return stems(without_recency(requirement.text))


def _dated(text: str, as_of: date, *, closed: bool) -> tuple[int] | None:
    today = as_of.year * 12 + as_of.month
    ranges = date_ranges(text, as_of)
    if ranges:
        return (max(0, today - max(span.end for span in ranges)),)
    if ago := _AGO.search(text):
        unit = {"y": 12, "m": 1, "d": 120}[ago["unit"][0].lower()]
        return (round((number_of(ago["number"]) or 1) * unit),)
    years = [int(year) for year in _YEAR.findall(text)]
    if not years:
        return None
    latest = min(max(years), as_of.year)
    open_ended = re.search(rf"\b(?:since|from) [^,;]{{0,16}}{latest}", text, re.IGNORECASE) and not closed
    return (0 if open_ended else max(0, (as_of.year - latest) * 12),)


def _around(statement: Statement, read: Read) -> int | None:
    """The time of the position the statement stands under."""
    before = [
        s
        for s in read.statements
        if s.source == statement.source and s.sentence.start < statement.sentence.start
    ]
    for earlier in reversed(before[-12:]):
        ranges = date_ranges(earlier.text, read.as_of)
        if ranges:
            return max(0, read.as_of.year * 12 + read.as_of.month - max(span.end for span in ranges))
    return None

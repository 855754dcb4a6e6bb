"""Amounts of years, dates and stretches of time as resumes and job texts write them."""

import re
from datetime import date
from typing import Final

import msgspec


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of time in whole months since year 0; `end` is exclusive."""

    start: int
    end: int
    at: int
    until: int


_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
        ]
    )
} | {"twenty": 20, "a": 1, "an": 1}
_YEARS: Final = re.compile(
    r"(?P<least>\d{1,2}(?:[.,]\d)?|\b(?:" + "|".join(_NUMBERS) + r")\b)(?P<more>\s+and\s+a\s+half)?"
    r"(?:\s*(?:-|–|to)\s*(?P<most>\d{1,2}))?\s*(?:\+|plus|or more)?\s*[-\s]?(?P<unit>years?|yrs?|"
    r"months?)\b(?P<half>\s+and\s+a\s+half)?",
    re.IGNORECASE,
)
_HALF: Final = re.compile(r"\bhalf\s+$", re.IGNORECASE)
_PER: Final = re.compile(
    r"(?<![^\W\d_])(?!(?:for|of|about|over|than|least|nearly|almost|half|within|after|before|in|and|or|under|only|just"
    r"|by|spent|worked|taught|served|did|was|been|practi[sc]ed|took|with|have|has|had|as|minimum|full|during)\s)"
    r"[^\W\d_][\w'’-]*\s+$",
    re.IGNORECASE,
)
"""A noun before "a year" makes it a rate: "5,000 births a year"."""


def year_amounts(text: str) -> list[tuple[float, int, int]]:
    """(years, start, end) for each stated amount; of a range ("3-5 years") the lower end."""
    found = []
    for match in _YEARS.finditer(text):
        least = match["least"].lower().replace(",", ".")
        if least in {"a", "an"} and _PER.search(text, 0, match.start()):
            continue
        amount = float(_NUMBERS[least]) if least in _NUMBERS else float(least)
        if match["unit"].lower().startswith("month"):
            amount /= 12
        amount += 0.5 if match["half"] or match["more"] else 0.0
        amount *= 0.5 if _HALF.search(text, 0, match.start()) else 1.0
        if amount <= 50 and not re.match(r"\s*(?:old|of age)\b", text[match.end() :], re.IGNORECASE):
            found.append((round(amount, 2), match.start(), match.end()))
    return found


def number_of(word: str) -> float | None:
    """The number a figure or a word of one stands for: "12", "twelve"."""
    lowered = word.lower()
    return float(_NUMBERS[lowered]) if lowered in _NUMBERS else float(word) if word.isdigit() else None


MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])"
_MOMENT: Final = (
    r"(?:(?P<{0}iso>(?:19|20)\d\d[-/.](?:0[1-9]|1[0-2]))(?!\d)(?:[-/.]\d\d)?"
    rf"|(?:(?:{_DAY}(?:st|nd|rd|th)?\.?\s+)?(?P<{{0}}month>"
    + "|".join(sorted(MONTHS, key=len, reverse=True))
    + rf")(?:\s+{_DAY}(?:st|nd|rd|th)?(?=,?\s))?[.,]{{{{0,2}}}}\s*"
    rf"|(?:{_DAY}\s?[./\-]\s?)?(?P<{{0}}number>1[0-2]|0?[1-9])\s?[/.\-]\s?(?:{_DAY}/)?)?"
    r"(?P<{0}year>(?:19|20)\d\d))"
)
_RANGE: Final = re.compile(
    r"(?<![\d/])"
    + _MOMENT.format("from_")
    + r"\s*(?:-|–|—|to|until|till|through|\u2192)\s*(?:"
    + _MOMENT.format("to_")
    + r"|(?P<now>present|now|today|current(?:ly)?|ongoing|date|heute|aujourd'hui|actualidad))",
    re.IGNORECASE,
)
_SINCE: Final = re.compile(
    r"\b(?:since|from)\s+" + _MOMENT.format("from_") + r"(?!\s*(?:-|–|to|until))", re.I
)


def date_ranges(text: str, as_of: date) -> list[Span]:
    """Every stretch of time the text names, "present" meaning `as_of`; year-only ends count in full years."""
    today = as_of.year * 12 + as_of.month
    found = []
    for match in _RANGE.finditer(text):
        start = _month(match, "from_", 1)
        end = today if match["now"] else _month(match, "to_", 12 if _has_month(match, "from_") else 1)
        if _has_month(match, "to_") and not match["now"]:
            end += 1
        if start < end <= today + 12:
            found.append(Span(start=start, end=min(end, today), at=match.start(), until=match.end()))
    for match in _SINCE.finditer(text):
        start = _month(match, "from_", 1)
        if start < today:
            found.append(Span(start=start, end=today, at=match.start(), until=match.end()))
    return [span for span in found if span.start < span.end]


def _has_month(match: re.Match[str], side: str) -> bool:
    return bool(match[side + "month"] or match[side + "number"] or match[side + "iso"])


def _month(match: re.Match[str], side: str, default: int) -> int:
    if match[side + "iso"]:
        year, month = re.split(r"[-/.]", match[side + "iso"])
        return int(year) * 12 + int(month)
    month = default
    if match[side + "month"]:
        month = MONTHS[match[side + "month"].lower().rstrip(".")]
    elif match[side + "number"]:
        month = int(match[side + "number"])
    return int(match[side + "year"]) * 12 + month


def months_between(spans: list[Span]) -> int:
    """Months covered by the spans, overlaps counted once."""
    total, reach = 0, -1
    for span in sorted(spans, key=lambda span: span.start):
        start = max(span.start, reach)
        if span.end > start:
            total += span.end - start
            reach = span.end
    return total

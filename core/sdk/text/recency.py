"""How recent a demand wants something to be: "in the last two years", "current", "up-to-date"."""

import re
from typing import Final

from core.sdk.text.dates import number_of, year_amounts

_NUM: Final = r"(?P<number>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|a|an)"
_WITHIN: Final = re.compile(
    r"\b(?:with)?in (?:the|your) (?:last|past|previous)\s+(?:" + _NUM + r"\s+)?(?P<unit>years?|months?)\b"
    r"|\b(?:(?:during|from|over|of|for) )?(?:the )?(?:last|past)\s+(?:"
    + _NUM.replace("number", "other")
    + r"\s+)?"
    r"(?P<unit2>years?|months?)\b",
    re.IGNORECASE,
)
_CURRENT: Final = re.compile(
    r"\bcurrently\b|\bcurrent (?!affairs|account|licen|certif|registration|acls|bls|dbs|visa|permit|card|transducer"
    r"|regulations|legislation)|\bin (?:your|a|the) (?:current|present) (?:role|job|post|position)\b|\bpresently\b"
    r"|\bstill (?:active|working|practi[sc]ing)\b|\bactively\b(?= (?:coding|practi|work|using|writing|programming))",
    re.IGNORECASE,
)
_RECENT: Final = re.compile(
    r"\brecent(?:ly)?\b(?! graduate)|\bup[- ]to[- ]date\b|\bfresh\b(?= (?:knowledge|experience))"
    r"|\blatest\b(?= experience)",
    re.IGNORECASE,
)
_RECENT_MONTHS: Final = 36
_CURRENT_MONTHS: Final = 12


def months_within(text: str) -> int | None:
    """The months within which it must have been done; None when the text asks for no such thing."""
    found = _WITHIN.search(text)
    if found:
        number = number_of(found["number"] or found["other"] or "one") or 1
        unit = (found["unit"] or found["unit2"]).lower()
        return round(number * (12 if unit.startswith("year") else 1))
    if _CURRENT.search(text):
        return _CURRENT_MONTHS
    return _RECENT_MONTHS if _RECENT.search(text) else None


def without_recency(text: str) -> str:
    """The text without its words about time; all of it when nothing else would be left."""
    rest = text
    for pattern in (_WITHIN, _CURRENT, _RECENT):
        rest = pattern.sub(" ", rest)
    return " ".join(re.sub(r"\(\s*\)", " ", rest).split()).strip(" ,;") or text


def lengths_of_time(text: str) -> list[tuple[float, int, int]]:
    """`year_amounts` without those that say how recent it must be ("the last two years")."""
    windows = [(found.start(), found.end()) for found in _WITHIN.finditer(text)]
    return [
        amount
        for amount in year_amounts(text)
        if not any(first <= amount[1] < last for first, last in windows)
    ]

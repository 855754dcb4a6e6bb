"""Words that have an order: degrees and levels of a language."""

import re
from typing import Final

from core.sdk import Requirement
from core.sdk.text import DEGREES, cefr_levels, degrees, languages
from plugins.keyword_score.naming import ways_of, where_named
from plugins.keyword_score.verdict import SILENT, Verdict
from plugins.keyword_score.wording import denies, plans

_UNDER_WAY: Final = re.compile(
    r"\b(?:in progress|ongoing|pursuing|expected|student|enrolled|to be completed)\b", re.IGNORECASE
)
_ANY_FIELD: Final = re.compile(
    r"\b(?:any (?:field|discipline|subject)|related|similar|comparable)\b", re.IGNORECASE
)
_DEGREE_WORDS: Final = (
    "bachelor bachelor's bachelors master master's masters university college education higher phd diploma field "
    "related bsc msc"
)
_NO_FIELD: Final = frozenset(_DEGREE_WORDS.split())


def degree_found(requirement: Requirement, text: str) -> Verdict:
    """The sentence's highest degree against the asked one, and the words of its field."""
    named = degrees(text)
    if not named:
        return SILENT
    asked = DEGREES.get(requirement.level) or min(
        (DEGREES[n] for n, _, _ in degrees(requirement.text)), default=DEGREES["bachelor"]
    )
    name, start, end = max(named, key=lambda found: DEGREES[found[0]])
    if denies(text, start, end) or plans(text, start, end):
        return Verdict(rank=1, match="not_met", reason="The text says there is none.")
    if DEGREES[name] < asked:
        return Verdict(rank=2 + DEGREES[name], match="not_met", reason="A lower degree than asked.")
    if _UNDER_WAY.search(text):
        return Verdict(rank=12, match="partly", reason="The degree is under way.")
    if not _field_named(requirement, text):
        return Verdict(rank=11, match="partly", reason="The degree, without the words of its field.")
    return Verdict(rank=20, match="met", reason="The degree is named.")


def _field_named(requirement: Requirement, text: str) -> bool:
    if _ANY_FIELD.search(requirement.text):
        return True
    fields = [[w for w in way if w.word.lower() not in _NO_FIELD] for way in ways_of(requirement)]
    return not any(fields) or any(way and all(where_named(w, text) for w in way) for way in fields)


def language_found(requirement: Requirement, text: str) -> Verdict:
    """The level said of an accepted language against the asked one."""
    wanted = {name.lower() for name in requirement.alternatives} | {
        n for n, _, _ in languages(requirement.text)
    }
    asked = _asked_level(requirement)
    verdicts = [
        _level(text, start, end, asked, name.title())
        for name, start, end in languages(text)
        if name in wanted
    ]
    return max(verdicts, key=lambda verdict: verdict.rank, default=SILENT)


def _asked_level(requirement: Requirement) -> int:
    if requirement.level.isdigit():
        return int(requirement.level)
    return max((level for level, _, _ in cefr_levels(requirement.text)), default=0)


def _level(text: str, start: int, end: int, asked: int, title: str) -> Verdict:
    if denies(text, start, end) or plans(text, start, end):
        return Verdict(rank=1, match="not_met", reason=f"The text says there is no {title}.")
    have = _level_of(text, start, end)
    if have is None:
        said = _SPOKEN.search(text) or len(text.split()) <= _ENTRY
        if not said:
            return SILENT
        match, reason = ("partly", f"{title}, without a level.") if asked else ("met", f"{title} is named.")
        return Verdict(rank=5, match=match, reason=reason)  # type: ignore[arg-type]  # two of our own words
    if have >= asked:
        return Verdict(rank=10, match="met", reason=f"{title} at the level asked.")
    if have == asked - 1:
        return Verdict(rank=6, match="partly", reason=f"{title}, one level below.")
    return Verdict(rank=3, match="not_met", reason=f"{title}, below the level asked.")


_SPOKEN: Final = re.compile(r"\b(?:languages?|speak|spoken|fluent)\b", re.IGNORECASE)
_ENTRY: Final = 6
"""Words; a longer sentence with a language's name in it may be about a country or a book."""


def _level_of(text: str, start: int, end: int) -> int | None:
    """The level between this language and the next one; else the one right before it."""
    named = languages(text)
    limit = min((first for _, first, _ in named if first >= end), default=len(text))
    floor = max((last for _, _, last in named if last <= start), default=0)
    levels = cefr_levels(text)
    after = [level for level, first, _ in levels if end <= first < limit]
    before = [level for level, first, last in levels if floor <= first and last <= start]
    return after[0] if after else before[-1] if before else None

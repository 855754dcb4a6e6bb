"""Tells what an employer insists on from what would merely be welcome, also within one sentence."""

import re
from typing import Final

from core.sdk.text import cefr_levels, languages

NICE_CUE: Final = re.compile(
    r"\b(?:nice to have|a plus|is a bonus|bonus|preferred|preferably|ideally|desirable|advantage(?:ous)?|beneficial"
    r"|would be great|welcome|not required|or willingness)\b",
    re.IGNORECASE,
)
_SEGMENT: Final = re.compile(r"[,;]")
_ONWARDS: Final = re.compile(r"ideally|preferably", re.IGNORECASE)
_SEVERAL: Final = re.compile(r"\b(?:or|and|are)\b|[&/]", re.IGNORECASE)

_CODE: Final = len("C1")

Level = tuple[int, int, int]
"""(level 1-7, start, end)"""
Named = tuple[str, int, int]
"""(language, start, end)"""


def is_wish(sentence: str, start: int, end: int) -> bool:
    """True when the thing at this place would be welcome but is not asked for.

    In "Python, Kubernetes is a plus" that is said of one thing only; "Docker, Kubernetes and Helm are a plus"
    speaks of all; "fluent English, Spanish or French is a plus" of what follows the comma.
    """
    cue = NICE_CUE.search(sentence)
    if cue is None:
        return False
    first, last = _segment(sentence, cue.start(), cue.end())
    if first <= start < last or cue.start() < start:
        return True
    if _ONWARDS.fullmatch(cue[0]):
        return False
    own = _segment(sentence, start, end)
    complete = bool(languages(sentence[start:end])) and any(
        own[0] <= level[1] < own[1] for level in cefr_levels(sentence)
    )
    return not complete and bool(_SEVERAL.search(sentence, first, last))


def choices(sentence: str, named: list[Named]) -> list[list[Named]]:
    """The languages of a sentence, each by itself; those "or" joins, and wishes and demands apart, in one group."""
    firsts = {name: (name, start, end) for name, start, end in reversed(named)}
    ordered = sorted(firsts.values(), key=lambda found: found[1])
    wished = [found for found in ordered if is_wish(sentence, found[1], found[2])]
    groups: list[list[Named]] = []
    for same in (wished, [found for found in ordered if found not in wished]):
        joined = same and re.search(r"\bor\b", sentence[same[0][2] : same[-1][1]], re.IGNORECASE)
        groups += [same] if joined else [[found] for found in same]
    return sorted(groups, key=lambda group: group[0][1])


def asked_level(
    start: int,
    end: int,
    sentence: str,
    named: list[Named],
    levels: list[Level],
    *,
    alone: bool = False,
) -> Level | None:
    """The level asked of a language: within its own commas, else after it, else before it.

    `alone`: what is said of other languages does not count for this one.
    """
    first, last = _segment(sentence, start, end)
    single = sum(first <= s < last for _, s, _ in named) == 1
    within = sorted((level for level in levels if single and first <= level[1] < last), key=_is_word)
    if alone and single and len(named) > 1:
        return next(iter(within), None)
    until = min((s for _, s, _ in named if s > start), default=len(sentence))
    since = max((e for _, _, e in named if e <= start), default=0)
    after = [level for level in levels if end <= level[1] < until]
    before = [level for level in levels if since <= level[1] < start]
    shared = [level for level in levels if level[1] >= end]
    return next(iter([*within, *after, *reversed(before), *shared, *reversed(levels)]), None)


def _is_word(level: Level) -> bool:
    """True for "very good": a code beside it, as in "very good German (C1)", is the more exact one."""
    return level[2] - level[1] != _CODE


def _segment(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The stretch between commas around a place."""
    first = max((cut.end() for cut in _SEGMENT.finditer(sentence, 0, start)), default=0)
    following = _SEGMENT.search(sentence, end)
    return first, following.start() if following else len(sentence)

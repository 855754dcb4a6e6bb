"""Tells lists from choices: "Java and Kotlin" is two demands, "Java or Kotlin" is one."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from core.screening.naming import LISTED, Named

_OPEN_END: Final = (
    r"(?! (?:above|higher|more|later|newer|equivalent|similar|related|better|comparable|other|another)\b)"
)
_OR: Final = re.compile(r"\bor\b" + _OPEN_END + r"|/|\band/or\b", re.IGNORECASE)
_AND: Final = re.compile(r"\band\b(?!/or)|&", re.IGNORECASE)
_EXAMPLES: Final = re.compile(
    r"\b(?:e\.?g\b\.?|such as|like|for example|for instance|similar to)", re.IGNORECASE
)
_ONE_OF: Final = re.compile(r"\b(?:one|any|either)(?: or more)? of\b|\beither\b", re.IGNORECASE)


def groups(sentence: str, things: Sequence[Named]) -> list[list[Named]]:
    """The things one by one; those of which one is enough, together.

    Joined by "or" or "/" they are a choice, after "such as" they are examples; commas follow what their list
    ends with.
    """
    if not things:
        return []
    reach = sentence[things[0].start : things[-1].end]
    listed = bool(_OR.search(sentence)) and not _AND.search(reach)
    found = [[things[0]]]
    for before, after in pairwise(things):
        between = sentence[before.end : after.start]
        if _explains(sentence, before, after) or _is_choice(sentence, before, after, between, listed=listed):
            found[-1].append(after)
        else:
            found.append([after])
    return found


def _explains(sentence: str, before: Named, after: Named) -> bool:
    """Brackets give examples of what stands before them: "cloud platforms (AWS, Azure)"."""
    opened = sentence.rfind("(", 0, after.start)
    closed = sentence.rfind(")", 0, after.start)
    if opened <= closed:
        return False
    return opened >= before.end or not _AND.search(sentence, before.end, after.start)


def _is_choice(sentence: str, before: Named, after: Named, between: str, *, listed: bool) -> bool:
    if _OR.search(between) or _EXAMPLES.search(between):
        return True
    joined = re.fullmatch(r"\s*,?\s*", between)
    if joined and (listed or _EXAMPLES.search(sentence, 0, before.start)):
        return True
    return bool(_ONE_OF.search(sentence, 0, before.start)) and not _AND.search(between)


def askable(sentence: str, things: Sequence[Named]) -> list[Named]:
    """The things that are asked each by itself: what the lexicon knows, and what is listed beside another."""
    listed = {
        place
        for at, (before, after) in enumerate(pairwise(things))
        if LISTED.fullmatch(sentence, before.end, after.start)
        for place in (at, at + 1)
    }
    return [thing for place, thing in enumerate(things) if thing.known or place in listed]

"""Makes one requirement of what a job asks twice, so that a single sentence of a resume does not earn twice."""

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from core.screening.drafts import Draft
from core.sdk.text import DEGREES, default_lexicon

_ALIKE: Final = 94
"""token_set_ratio; below it, differing words usually change what is asked."""
_FEW: Final = 2
"""Words one demand may say more than the other and still be the same."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_USUAL: Final = re.compile(
    r"ability|able|advanced|and|any|as|at|based|basic|build|building|deep|demonstrated|design|designing"
    r"|develop|developing|development|excellent|expert|experience|experienced|expertise|familiar"
    r"|familiarity|for|from|good|hands|have|in|including|knowledge|least|maintain|maintaining|minimum"
    r"|more|must|of|on|one|or|over|plus|practical|proficiency|proficient|professional|proven|similar"
    r"|skill|skills|solid|sound|strong|the|to|understanding|use|using|very|with|work|working|write"
    r"|writing|years|year"
)
_SKILLED: Final = frozenset({"hard_skill", "experience"})
_INSTEAD: Final = re.compile(
    r"\bin[- ]lieu\b|\bequivalent\b(?=.{0,40}\bexperience\b)"
    r"|\bor (?:(?!and\b|with\b|field\b)\w+ ){0,4}experience\b",
    re.IGNORECASE,
)


def merge(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without repetitions, in the order in which each thing is first asked."""
    kept: list[Draft] = []
    for draft in drafts:
        place = next((place for place, other in enumerate(kept) if _same(draft, other)), None)
        if place is None:
            kept.append(draft)
        else:
            kept[place] = _joined(kept[place], draft)
    return _lowest_degree(kept)


def _same(one: Draft, other: Draft) -> bool:
    if {one.category, other.category} <= _SKILLED and one.names and one.names == other.names:
        return _as_much(one, other)
    if one.category != other.category:
        return False
    alike = fuzz.token_set_ratio(one.text.lower(), other.text.lower()) >= _ALIKE
    return alike and (one.years is None or one.years == other.years)


def _as_much(one: Draft, other: Draft) -> bool:
    """Both ask for the same skills and hardly more: "Java" and "two years of developing applications in Java"."""
    more, less = sorted((_beyond(one), _beyond(other)), key=len, reverse=True)
    return less <= more and len(more) - len(less) <= _FEW


def _beyond(draft: Draft) -> frozenset[str]:
    """What the text says besides its skills, amounts and the usual words around them."""
    text = draft.text
    for found in reversed(default_lexicon().find(text)):
        text = f"{text[: found.start]} {text[found.end :]}"
    words = {word for word in _WORD.findall(text.lower()) if not _USUAL.fullmatch(word)}
    named = {word for name in draft.names for word in _WORD.findall(name.lower())}
    return frozenset(words - named)


def _joined(first: Draft, second: Draft) -> Draft:
    """The one that says more: with years, else the one insisted on, else the first."""
    fuller = max((first, second), key=lambda draft: (draft.years is not None, draft.must))
    fuller.must = first.must or second.must
    fuller.years = max(filter(None, (first.years, second.years)), default=None)
    return fuller


def _lowest_degree(drafts: list[Draft]) -> list[Draft]:
    """Where practice may stand for the higher degree, the lower one the job also asks for is what counts."""
    asked = [draft for draft in drafts if draft.category == "education" and draft.must]
    if len(asked) < 2:
        return drafts
    lowest = min(asked, key=lambda draft: DEGREES[draft.level])
    waived = [draft for draft in asked if draft is not lowest and _INSTEAD.search(draft.sentence)]
    levels = {draft.level for draft in (lowest, *waived)}
    lowest.alternatives = tuple(sorted(levels | set(lowest.alternatives), key=lambda name: -DEGREES[name]))
    return [draft for draft in drafts if not any(draft is gone for gone in waived)]

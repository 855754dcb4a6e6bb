"""What a requirement names, and where a sentence names it too."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import msgspec
from rapidfuzz import fuzz

from core.sdk import Requirement
from core.sdk.text import default_lexicon, year_amounts

Place = tuple[int, int]
"""Start and end of a word in a sentence."""
_WORD: Final = re.compile(r"[^\W_](?:[\w+#]|[-.&'’](?=\w))*[+#]*")
_ALIKE: Final = 88.0
"""rapidfuzz's ratio from which two longer words count as one: "Kubernets" is Kubernetes, "Java" is not JavaScript."""
_LONG: Final = 6
"""Letters; of shorter words another letter makes another word."""
_FILLER_WORDS: Final = (
    "a an the and or of in on at to for with as by from your our you we is are be have has must should can will least "
    "minimum more than over plus year years month months experience experienced proven strong solid good excellent "
    "knowledge skill skills ability able understanding demonstrated working familiarity familiar proficiency "
    "proficient required preferred relevant similar using use work professional practical deep sound very well within "
    "this that other any level degree certificate certificates certification certified licence license valid current "
    "active equivalent hands-on"
)
_FILLER: Final = frozenset(_FILLER_WORDS.split())


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Something a requirement names: a skill of the lexicon, or else a word."""

    word: str
    skill: bool = False


def ways_of(requirement: Requirement) -> tuple[tuple[Wanted, ...], ...]:
    """The ways to meet a requirement, each of them everything that must be named for it."""
    if requirement.alternatives:
        return tuple(way for text in requirement.alternatives if (way := _wanted(text)))
    return tuple(way for way in (_wanted(requirement.text),) if way)


@lru_cache(maxsize=4096)
def _wanted(text: str) -> tuple[Wanted, ...]:
    skills = dict.fromkeys(found.skill for found in default_lexicon().find(text))
    if skills:
        return tuple(Wanted(word=skill, skill=True) for skill in skills)
    return tuple(Wanted(word=word) for word in dict.fromkeys(_content(text)))


def _content(text: str) -> Iterable[str]:
    for _, start, end in reversed(year_amounts(text)):
        text = text[:start] + " " + text[end:]
    return (word for found in _WORD.finditer(text) if (word := found.group().lower()) not in _FILLER)


def where_named(wanted: Wanted, sentence: str) -> Place | None:
    """Where the sentence names it first: by a usual spelling of the skill, or by the word or one very like it."""
    if wanted.skill:
        lexicon = default_lexicon()
        found = (f for f in lexicon.find(sentence) if wanted.word in lexicon.broader(f.skill))
        spelt = next(((f.start, f.end) for f in found), None)
        if spelt is not None:
            return spelt
    words = ((match.group().lower(), match.span()) for match in _WORD.finditer(sentence))
    return next((span for word, span in words if _same(wanted.word.lower(), word)), None)


def _same(one: str, other: str) -> bool:
    if _stem(one) == _stem(other):
        return True
    return min(len(one), len(other)) >= _LONG and fuzz.ratio(one, other) >= _ALIKE


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word

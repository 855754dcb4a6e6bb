"""Whether a text can be what somebody wrote: broken fonts give symbols, other letters or loose ones.

Nothing here knows a language. Letters of Latin script are held against the pairs that letters make in the
languages written in it; other scripts are not judged.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, Literal

Quality = Literal["good", "poor", "garbled"]

_AFTER: Final = {
    "a": "bcdefgiklmnprstuvy",
    "b": "aeilorsuy",
    "c": "acehiklorstu",
    "d": "abeiorsu",
    "e": "abcdefgklmnprstvwx",
    "f": "aefilortu",
    "g": "aehilnorsu",
    "h": "aeinort",
    "i": "abcdefglmnoprstvxz",
    "j": "aesu",
    "k": "aeis",
    "l": "adeilostuy",
    "m": "abeilmopsy",
    "n": "acdefgiknostu",
    "o": "abcdfgijklmnoprstuvw",
    "p": "aehilmoprstuy",
    "q": "lu",
    "r": "acdegikmnorstuvy",
    "s": "acehikopqrstuy",
    "t": "acehimorstuwy",
    "u": "abcdegilmnprstx",
    "v": "aeio",
    "w": "aehinos",
    "x": "ap",
    "y": "est",
    "z": "a",
}
"""The letters that often follow a letter: the 260 commonest of 676 pairs in English resumes.

Of the pairs of other languages they are 0.71 and more.
"""
_PAIRS: Final = frozenset(first + second for first, following in _AFTER.items() for second in following)
_BLOCK: Final = 1500
_FEWEST_PAIRS: Final = 150
_USUAL: Final = 0.62
"""Letters put for others by a font reach 0.56, languages 0.71, English 0.93."""
_ENGLISH: Final = 0.8
_SMALL: Final = frozenset(["and", "for", "from", "in", "of", "on", "the", "to", "with"])
"""Two English lines run into each other have a few usual pairs, and none of these words."""
_FEW_SMALL: Final = 0.02
_LOOSE: Final = 0.5
"""Of all words those of one letter; more are words with white between all letters."""
_SIGNS: Final = 0.35
"""Of all characters those that are neither letters nor digits nor white."""
_FEWEST_CHARACTERS: Final = 200
_RUN: Final = re.compile(r"[a-z]{2,}")
_POOR: Final = 0.1
_GARBLED: Final = 0.5


def quality(text: str) -> Quality:
    """Good; poor where a tenth of it makes no words; garbled where half of it does not."""
    blocks = list(_blocks(text))
    whole = sum(map(len, blocks))
    share = sum(len(block) for block in blocks if _is_garbled(block)) / max(whole, 1)
    return "garbled" if share >= _GARBLED else "poor" if share >= _POOR else "good"


def _blocks(text: str) -> Iterator[str]:
    """Stretches of whole lines, long enough to be judged."""
    lines: list[str] = []
    size = 0
    for line in text.splitlines(keepends=True):
        lines.append(line)
        size += len(line)
        if size >= _BLOCK:
            yield "".join(lines)
            lines, size = [], 0
    if lines:
        yield "".join(lines)


def _is_garbled(block: str) -> bool:
    if block.isspace() or len(block) < _FEWEST_CHARACTERS:
        return False
    words = re.findall(r"[^\W\d_]+", block)
    white = sum(map(str.isspace, block))
    signs = sum(not (character.isalnum() or character.isspace()) for character in block)
    if signs > _SIGNS * (len(block) - white):
        return True
    latin = [word for word in words if word[0] < "\u0250"]
    loose = sum(len(word) == 1 for word in latin)
    if len(latin) >= 60 and loose > _LOOSE * len(latin):
        return True
    return _makes_no_words(block, latin)


def _makes_no_words(block: str, words: list[str]) -> bool:
    pairs = [run[place : place + 2] for run in _RUN.findall(_plain(block)) for place in range(len(run) - 1)]
    if len(pairs) < _FEWEST_PAIRS:
        return False
    usual = sum(pair in _PAIRS for pair in pairs) / len(pairs)
    if usual < _USUAL:
        return True
    small = sum(word.lower() in _SMALL for word in words)
    return usual < _ENGLISH and all(map(str.isascii, words)) and small < _FEW_SMALL * len(words)


def _plain(text: str) -> str:
    """Lower case without marks."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))

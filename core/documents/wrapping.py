"""Words broken at the end of a line put together again, where that is safe."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from core.documents.reading import Piece

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HEAD: Final = re.compile(r"(?<![^\W_])[^\W\d_]{2,}[-\u2010\u00ad]$")
_TAIL: Final = re.compile(r"[^\W\d_]{2,}")
_LINKING_WORDS: Final = (
    "back best bottom client cloud cost cross customer cutting data day decision detail double end event "
    "fast first five follow four front full goal half hands hard high in large long low machine mid new "
    "off on open out part peer problem real results role rule second self server service short single six "
    "small soft state team test third three time top two up user well world year"
)
_LINKING: Final = frozenset(_LINKING_WORDS.split())
"""First halves of words people write with a hyphen: full-time, hands-on, cross-functional."""


def unwrapped(pieces: Sequence[Piece]) -> list[Piece]:
    """The lines, with the second half of a broken word moved up to its first half.

    The hyphen goes, unless the document shows elsewhere that it belongs to the word, or usage does.
    """
    known = _words_of(pieces)
    joined: list[Piece] = []
    for piece in pieces:
        if joined and _continues(joined[-1], piece):
            tail, _, rest = piece.text.partition(" ")
            joined[-1] = msgspec.structs.replace(joined[-1], text=_together(joined[-1].text, tail, known))
            if rest:
                joined.append(msgspec.structs.replace(piece, text=rest))
        else:
            joined.append(piece)
    return joined


def _words_of(pieces: Sequence[Piece]) -> frozenset[str]:
    known: set[str] = set()
    broken = False
    for piece in pieces:
        words = [word.casefold() for word in _WORD.findall(piece.text)]
        first, broken = int(broken), _HEAD.search(piece.text) is not None
        known.update(words[first : len(words) - broken])
    return frozenset(known)


def _continues(above: Piece, below: Piece) -> bool:
    if above.page != below.page or not _HEAD.search(above.text):
        return False
    tail = _TAIL.match(below.text)
    if tail is None or not tail.group().islower():
        return False
    if above.box is None or below.box is None:
        return True
    pitch = above.box[1] - below.box[1]
    return 0 < pitch < 2.5 * (above.box[3] - above.box[1]) and below.box[0] < above.box[2]


def _together(above: str, tail: str, known: frozenset[str]) -> str:
    stem = above[:-1]
    if above[-1] == "\u00ad":
        return stem + tail
    head = _WORD.findall(stem)[-1].casefold()
    rest = _WORD.findall(tail)[0].casefold()
    if head + rest in known and f"{head}-{rest}" not in known:
        return stem + tail
    linked = f"{head}-{rest}" in known or (head in known and rest in known)
    compound = linked or "-" in head or head in _LINKING
    return f"{stem}-{tail}" if compound else stem + tail

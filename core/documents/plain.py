"""Plain text in an encoding nobody states."""

import re
from typing import Final

from charset_normalizer import from_bytes

from core.documents.reading import Found, Limits, Piece

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAMPLE: Final = 20_000
_WESTERN: Final = "cp1252"
_CENTRAL: Final = "cp1250"
_SIGNS: Final = "–—‘’“”„•€£°·©®§…«»¡¿\xa0"
_NOT_WESTERN: Final = re.compile(r"[^\W\d_][¹³¿¯¼¾][^\W\d_]|œ(?![uti])|[£Œ][^\W\d_]")
"""What Polish, Czech or Hungarian becomes when taken for Western."""


def decode(data: bytes) -> str:
    """Text of unknown encoding: by its mark, as UTF-8, as European when that gives words, by best guess."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_guess(data[:_SAMPLE]), errors="replace")


def _guess(sample: bytes) -> str:
    """Western or Central European where bytes beyond ASCII are rare and are letters; else by statistics."""
    western = sample.decode(_WESTERN, errors="replace")
    european = _CENTRAL if _NOT_WESTERN.search(western) else _WESTERN
    foreign = [c for c in sample.decode(european, errors="replace") if ord(c) >= 0x80]
    odd = sum(not (c.isalpha() or c in _SIGNS) for c in foreign)
    if len(foreign) * 3 <= len(sample) and odd * 10 <= len(foreign):
        return european
    best = from_bytes(sample).best()
    return best.encoding if best else _WESTERN


def read_txt(data: bytes, limits: Limits) -> Found:
    """One piece a line; of a text beyond the limit only as much as may be needed."""
    text = decode(data)
    most = 2 * limits.max_chars
    lines = text[:most].splitlines()
    return Found(pieces=[Piece(text=line) for line in lines], partial=len(text) > most, wrapped=True)

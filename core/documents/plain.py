"""Plain text in an encoding nobody states."""

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


def decode(data: bytes) -> str:
    """Text of unknown encoding: by its mark, as UTF-8, as Western when that gives words, by best guess."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_guess(data[:_SAMPLE]), errors="replace")


def _guess(sample: bytes) -> str:
    """Western where bytes beyond ASCII are rare and stand among letters; else what the statistics say."""
    high = sum(byte >= 0x80 for byte in sample)
    text = sample.decode(_WESTERN, errors="replace")
    odd = sum(ord(c) >= 0x80 and not (c.isalpha() or c in "–—‘’“”•€£°·©®§…«»¡¿\xa0") for c in text)
    if high * 3 <= len(sample) and odd * 10 <= high:
        return _WESTERN
    best = from_bytes(sample).best()
    return best.encoding if best else _WESTERN


def read_txt(data: bytes, limits: Limits) -> Found:
    """One piece a line; of a file beyond the limit only what may be needed."""
    text = decode(data[: 4 * limits.max_chars + 4])
    return Found(
        pieces=[Piece(text=line) for line in text.splitlines()],
        partial=len(data) > 4 * limits.max_chars + 4,
        wrapped=True,
    )

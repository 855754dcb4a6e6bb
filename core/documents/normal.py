"""One spelling for the same text: composed characters, plain spaces, nothing invisible."""

import unicodedata
from typing import Final

_LIGATURES: Final = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_INVISIBLE: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff\u180e\u00ad\u200e\u200f\u2061\u2062\u2063\u2064")
_TAGS: Final = range(0xE0000, 0xE0080)
_HARMLESS: Final = frozenset("\u00ad\ufeff\u200e\u200f\u200d\u200c\u200b")


def clean(text: str) -> tuple[str, str]:
    """The text as people see it on one line, and what invisible characters spelled, if anything."""
    concealed = "".join(chr(ord(c) - 0xE0000) for c in text if ord(c) in _TAGS)
    run = sum(c in _INVISIBLE and c not in _HARMLESS for c in text)
    if not concealed and run:
        concealed = f"{run} invisible characters"
    seen = "".join(_visible(c) for c in text.translate(_LIGATURES))
    return " ".join(unicodedata.normalize("NFC", seen).split()), concealed


def _visible(character: str) -> str:
    if character in _INVISIBLE or ord(character) in _TAGS:
        return ""
    if unicodedata.category(character) in {"Zs", "Zl", "Zp"} or character in "\t\r\n":
        return " "
    return "" if unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} else character

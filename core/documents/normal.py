"""One spelling for the same text: composed characters, plain spaces, nothing invisible."""

import re
import unicodedata
from typing import Final

_LIGATURES: Final = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_TAGS: Final = range(0xE0000, 0xE0080)
_FLAG: Final = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
"""The flag of a part of a country: the one honest use of tag characters (UTS 51, ED-14a)."""
_SMUGGLING: Final = re.compile(
    "[\u202d\u202e\u2061-\u2064\U000e0100-\U000e01ef]|[\u200b-\u200d\u2060\ufeff]{4,}"
)
"""Nothing a person types: forced direction, maths operators, odd selectors, and zero widths in a row."""
_TURNED: Final = re.compile("\u202e([^\u202c\n]*)\u202c?")
_LEFT_TO_RIGHT: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u052f]")
_BLANKS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_VISIBLE_FORMATS: Final = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")


def clean(text: str) -> tuple[str, str]:
    """The text as people see it on one line, and what invisible characters spelled, if anything."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()), ""
    text = _FLAG.sub("\U0001f3f4", _paired(text))
    seen = "".join(map(_visible, text.translate(_LIGATURES)))
    return " ".join(unicodedata.normalize("NFC", seen).split()), _spelled(text)


def turned(text: str) -> tuple[str, str]:
    """The text as it is seen where letters are forced to run backwards, and what was written so."""
    if "\u202e" not in text:
        return text, ""
    backwards = [found[1] for found in _TURNED.finditer(text) if _LEFT_TO_RIGHT.search(found[1])]
    seen = _TURNED.sub(lambda found: found[1][::-1] if _LEFT_TO_RIGHT.search(found[1]) else found[0], text)
    return seen, " ".join(backwards)


def unspelled(text: str) -> int:
    """How many invisible characters the text has that nobody types and that spell nothing."""
    if text.isascii():
        return 0
    text = _FLAG.sub("\U0001f3f4", _paired(text))
    return 0 if _spelled(text) else sum(len(found.group()) for found in _SMUGGLING.finditer(text))


def _paired(text: str) -> str:
    """Surrogate pairs, as some PDF writers leave them, put together; a lone half becomes U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _spelled(text: str) -> str:
    return "".join(chr(ord(c) - 0xE0000) for c in text if ord(c) in _TAGS and ord(c) >= 0xE0020)


def _visible(character: str) -> str:
    if character.isalnum() and character not in _BLANKS:
        return character
    if character in "\t\r\n" or character in _BLANKS:
        return " "
    category = unicodedata.category(character)
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    if category == "Cf":
        return character if character in _VISIBLE_FORMATS else ""
    if category == "Mn" and ("\ufe00" <= character <= "\ufe0f" or character >= "\U000e0100"):
        return ""
    return "" if category in {"Cc", "Cs", "Co", "Cn"} else character

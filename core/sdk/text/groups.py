"""Demands for so many out of several: "at least two of the following: Python, R, SAS"."""

import re
from typing import Final

import msgspec

from core.sdk.text.dates import number_of

_NUMBER: Final = r"(?P<number>one|two|three|four|five|six|[1-6])"
_ANY: Final = re.compile(
    rf"\b(?:(?:at least|any|minimum(?: of)?|min\.?|either)\s+)?{_NUMBER}(?:\s+or more)?\s+(?:out\s+)?of\s*"
    r"(?P<what>)",
    re.IGNORECASE,
)
_OPTION: Final = re.compile(r",|;|/|\bor\b|\band\b", re.IGNORECASE)


class AnyOf(msgspec.Struct, frozen=True, kw_only=True):
    """`needed` of the `options` meet it; `before` and `what` are the words that say of what kind they are."""

    needed: int
    options: tuple[str, ...]
    before: str
    what: str

    def told(self, option: str) -> str:
        """One option in the words of the whole."""
        return " ".join(f"{self.before} {option} {self.what}".split())


def any_n_of(text: str) -> AnyOf | None:
    """The choice a demand leaves; None when it leaves none, or one of several ("one of A or B" is)."""
    for found in _ANY.finditer(text):
        what, rest = _kind_and_list(text[found.start("what") :])
        options = tuple(option for part in _OPTION.split(rest) if (option := part.strip(" .()")))
        needed = int(number_of(found["number"]) or 1)
        if len(options) >= max(2, needed) and all(len(option.split()) <= _LONGEST for option in options):
            return AnyOf(
                needed=needed, options=options, before=_kind(text[: found.start()]), what=_kind(what)
            )
    return None


def _kind_and_list(text: str) -> tuple[str, str]:
    """What stands before a colon says of which kind the options behind it are."""
    kind, colon, listed = text.partition(":")
    return (kind, listed) if colon and "," not in kind else ("", text)


_LONGEST: Final = 4


def _kind(words: str) -> str:
    """What the words around say of every option: "experience on", "languages at B2"."""
    kept = re.sub(r"(?i)\b(?:the|these|those|our|following|out of|of)\b|:", " ", words)
    return " ".join(re.sub(r"(?i)\b(?:one|two|three|four|five|six|\d)\b", " ", kept).split())

"""Where titles stand: in the dated line of a position, and in a requirement of years."""

import re
from datetime import date
from typing import Final

from plugins.rubric_score.headings import undated

_PARTS: Final = re.compile(r"[,|(;:–—@]| - | at ")
_TITLE: Final = re.compile(r"[^\W\d_]{3}")
_OF_TIME: Final = re.compile(r"(?:since|from|until|till|to|and|present|today|now|in)+", re.IGNORECASE)
_BEFORE: Final = re.compile(r"^.*?\b(?:as an?|as|in|of|with|on)\s+(?=\w)", re.IGNORECASE)


def title_of(dated: str, as_of: date) -> str:
    """The first part of a dated line that is no date: "Electrician" of "Electrician, Brandt Elektro, 2019 - today"."""
    parts = (part.strip(" .-•*") for part in _PARTS.split(undated(dated, as_of, " , ")))
    return next((part for part in parts if _TITLE.search(part) and not _OF_TIME.fullmatch(part)), "")


def trade_of(subject: str) -> str:
    """The trade in what is asked apart from how many years: "electrician" of "experience as an electrician"."""
    return _BEFORE.sub("", subject, count=1) or subject

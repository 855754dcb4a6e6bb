"""Single months and years a text names: "in March 2025", "06/2029", "2031"."""

import re
from typing import Final

import msgspec

from core.sdk.text import MONTHS

_MOMENT: Final = re.compile(
    r"\b(?:(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+)?(?P<name>" + "|".join(MONTHS) + r")\.?,?\s+(?P<named>(?:19"
    r"|20)\d\d)"
    r"|(?:\d{1,2}[./])?(?P<number>0?[1-9]|1[0-2])[./-](?P<numbered>(?:19|20)\d\d)"
    r"|(?P<iso>(?:19|20)\d\d)-(?P<isomonth>0[1-9]|1[0-2])(?:-\d\d)?|(?P<year>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
_LAST_MONTH: Final = 12


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A month since year 0; a bare year means its last month."""

    month: int
    start: int
    end: int
    day: int = 1


def moments(text: str) -> list[Moment]:
    """Every moment the text names, in order."""
    return [_moment(match) for match in _MOMENT.finditer(text)]


def _moment(match: re.Match[str]) -> Moment:
    if match["name"]:
        month = int(match["named"]) * 12 + MONTHS[match["name"].lower()]
    elif match["numbered"]:
        month = int(match["numbered"]) * 12 + int(match["number"])
    elif match["iso"]:
        month = int(match["iso"]) * 12 + int(match["isomonth"])
    else:
        month = int(match["year"]) * 12 + _LAST_MONTH
    return Moment(month=month, start=match.start(), end=match.end(), day=int(match["day"] or 1))

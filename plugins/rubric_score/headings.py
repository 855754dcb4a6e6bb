"""Under what each sentence stands: the dated line of the position it tells of, or the heading of its section.

"Drop and re-slot tasks" says little; below "Evening supervisor, distribution centre, since May 2022" it is
warehouse work of today.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from core.sdk.text import Sentence, date_ranges

_WORDS: Final = 4
"""Most words of a heading."""
_DATED_WORDS: Final = 24
"""Most words of a line that dates what stands below it; longer ones tell something themselves."""
_FEW: Final = 2
"""Words besides the dates of a line that tells nothing else."""
_REACH: Final = 16
"""Sentences below a dated line or heading that may still belong to it."""
_HEADING: Final = re.compile(r"[^\W\d_][^\d,;|•·]*[^\s.,;!?]")


def standing_under(found: Sequence[Sentence], as_of: date) -> list[str]:
    """For each sentence of one text the line it stands under, "" where none does.

    A dated line stands under the heading of its section, what follows it under the dated line; a line with little
    but dates is taken together with the line above it.
    """
    under: list[str] = []
    section = position = ""
    since = 0
    for place, sentence in enumerate(found):
        if _opens(found, place) and _is_dated(sentence, as_of):
            titled = place and not found[place - 1].bullet and stands_alone(sentence.text, as_of)
            above = found[place - 1].text if titled else ""
            under.append(above or section)
            position, since = f"{above} {sentence.text}".strip(), place
        elif _opens(found, place) and _is_heading(found, place):
            under.append("")
            section, position, since = sentence.text, "", place
        else:
            under.append((position or section) if place - since <= _REACH else "")
    return under


def _opens(found: Sequence[Sentence], place: int) -> bool:
    """True for the first sentence of a line that is no item of a list."""
    return not found[place].bullet and (place == 0 or found[place - 1].line != found[place].line)


def _is_dated(sentence: Sentence, as_of: date) -> bool:
    return len(sentence.text.split()) <= _DATED_WORDS and bool(date_ranges(sentence.text, as_of))


def stands_alone(text: str, as_of: date) -> bool:
    """True for a line with little but dates: what it dates stands in the line above."""
    return len(re.findall(r"[^\W\d_]{2,}", undated(text, as_of))) <= _FEW


def undated(text: str, as_of: date, put: str = "") -> str:
    """A line without its dates, or with this in place of each."""
    for span in sorted(date_ranges(text, as_of), key=lambda span: -span.at):
        text = text[: span.at] + put + text[span.until :]
    return text


def _is_heading(found: Sequence[Sentence], place: int) -> bool:
    """True for a short line over one that is longer; of short lines below each other, a list, only the last."""
    if place + 1 == len(found) or found[place + 1].line == found[place].line:
        return False
    return _looks_it(found[place].text) and not _looks_it(found[place + 1].text)


def _looks_it(text: str) -> bool:
    if len(text.split()) > _WORDS or not _HEADING.fullmatch(text):
        return False
    return text.endswith(":") or text[0].isupper()

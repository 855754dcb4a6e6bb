"""Splits text into sentences that know where they stand."""

import re
from typing import Final

import msgspec

_BULLET: Final = re.compile(r"^[\s\-–—•●◦‣·*○■□➢✓>]+")
_END: Final = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[A-ZÀ-ÖØ-Þ0-9▪\"'(\[])|(?<=;)\s+")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|incl|min|max|ca|yrs|dept|no|nr|st|dr|mr|mrs|ms|prof|inc|ltd|co|corp|jan"
    r"|feb|mar|apr"
    r"|jun|jul|aug|sep|sept|oct|nov|dec|b\.?\s?sc|m\.?\s?sc|ph\.?d)|\b[A-Z])\.$",
    re.IGNORECASE,
)


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence or list item: `text == source[start:end]`; `line` counts lines from 0."""

    text: str
    start: int
    end: int
    line: int
    bullet: bool = False


def sentences(text: str) -> list[Sentence]:
    """The sentences of the text in order; a line break ends one unless the line was only wrapped."""
    found: list[Sentence] = []
    position = number = 0
    lines = text.split("\n")
    while number < len(lines):
        joined, upto = lines[number], number + 1
        while upto < len(lines) and _wrapped(lines[upto - 1], lines[upto]):
            joined += "\n" + lines[upto]
            upto += 1
        found += _of_line(joined, position, number)
        position += len(joined) + 1
        number = upto
    return found


_WRAPPED_FROM: Final = 40
"""Characters; shorter lines end where their writer ended them."""


def _wrapped(line: str, following: str) -> bool:
    """True when the next line goes on in the middle of this one's sentence."""
    before, after = line.rstrip(), following.lstrip()
    if len(before) < _WRAPPED_FROM or before[-1] in ".!?:;" or not after[:1].islower():
        return False
    return not re.match(r"(?:o|x|v)\s|\w\)", after)


def _of_line(line: str, position: int, number: int) -> list[Sentence]:
    bullet = _BULLET.match(line)
    has_mark = bool(bullet and bullet.group().strip())
    start = bullet.end() if bullet else 0
    found = []
    for begin, end in _parts(line, start):
        text = line[begin:end]
        if any(character.isalnum() for character in text):
            found.append(
                Sentence(text=text, start=position + begin, end=position + end, line=number, bullet=has_mark)
            )
    return found


def _parts(line: str, start: int) -> list[tuple[int, int]]:
    found, begin = [], start
    for match in _END.finditer(line, start):
        end = match.start()
        if _ABBREVIATION.search(line[begin:end]):
            continue
        found.append(_trim(line, begin, end))
        begin = match.end()
    found.append(_trim(line, begin, len(line)))
    return [part for part in found if part[0] < part[1]]


def _trim(line: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and line[begin].isspace():
        begin += 1
    while end > begin and line[end - 1].isspace():
        end -= 1
    return begin, end

"""Lines and hidden words collected while a word processor's file is parsed."""

import re
from typing import Final

from core.documents.archive import Enough, brightness
from core.documents.reading import Found, HiddenText, Limits, Piece

CONTRAST: Final = 24
"""Of 255 steps of brightness between a word and its ground; less is not seen."""
TINY: Final = 3.0
"""Points; smaller print is not read."""
WHITE: Final = "FFFFFF"
NARROW: Final = 10
"""Per cent of a letter's own width; condensed print has 50."""
TWIPS_AWAY: Final = 15_000
"""Twentieths of a point; further than this no text stands on its page."""
POINTS_AWAY: Final = 900.0
"""Points; more than the height of a page."""
POINTS: Final = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}
"""What units of length are in points."""
_GAP: Final = re.compile(r"(?<=[^\W_]|[.,;:!?)])(?:\s*\t\s*|\s{3,})(?=\S)")
_DATES: Final = re.compile(r"\W*(?=.{0,30}$)(?=.*\d{4})")
_ONE_LINE: Final = 160
"""Characters; up to here a gap parts a name from its value, in longer lines it parts what stood side by side."""


class Collector:
    """Text in the order of the document; rows of a table whose cells hold one line each become one line.

    Unless that line is long: what stands side by side is then no sentence together.
    """

    def __init__(self, limits: Limits) -> None:
        self._lines: list[str] = []
        self._now: list[str] = []
        self._hidden: dict[str, list[str]] = {}
        self._closed = 0
        self._hidden_on = 0
        self._left = limits.max_chars + limits.max_chars // 4
        self._rows: list[list[list[str]]] = []

    def say(self, text: str) -> None:
        """Visible text on the current line; raises Enough at the limit."""
        self._spend(len(text))
        self._now.append(text)

    def conceal(self, reason: str, text: str) -> None:
        """Text nobody sees."""
        self._spend(len(text))
        parts = self._hidden.setdefault(reason, [])
        if self._hidden_on != self._closed:
            parts.append(" ")
        self._hidden_on = self._closed
        parts.append(text)

    def close_line(self) -> None:
        """End the current line."""
        self._spend(1)
        self._closed += 1
        self._sink().extend(_apart("".join(self._now)))
        self._now.clear()

    def open_row(self) -> None:
        """A row of a table begins, perhaps inside a cell of another."""
        if self._now:
            self.close_line()
        self._rows.append([])

    def open_cell(self) -> None:
        """A cell begins."""
        if self._rows:
            self._rows[-1].append([])

    def close_cell(self) -> None:
        """A cell ends."""
        if self._now:
            self.close_line()

    def close_row(self) -> None:
        """The row ends; its lines go to where the table stands."""
        if self._now:
            self.close_line()
        if not self._rows:
            return
        cells = [[line for line in cell if line.strip()] for cell in self._rows.pop()]
        flat = [line for cell in cells for line in cell]
        one_each = all(len(cell) <= 1 for cell in cells)
        self._sink().extend(_apart("\t".join(flat)) if one_each else flat)

    def found(self, *, partial: bool) -> Found:
        """All of it; rows left open by an early end are closed."""
        if self._now:
            self._sink().extend(_apart("".join(self._now)))
            self._now.clear()
        while self._rows:
            self.close_row()
        hidden = [HiddenText(reason=reason, text="".join(parts)) for reason, parts in self._hidden.items()]
        return Found(pieces=[Piece(text=line) for line in self._lines], hidden=hidden, partial=partial)

    def _sink(self) -> list[str]:
        return self._rows[-1][-1] if self._rows and self._rows[-1] else self._lines

    def _spend(self, characters: int) -> None:
        self._left -= characters
        if self._left < 0:
            raise Enough


def _apart(line: str) -> list[str]:
    """A long line cut at its gaps; dates stay with what they date."""
    if len(line) <= _ONE_LINE:
        return [line]
    parts: list[str] = []
    for part in _GAP.split(line):
        if parts and _DATES.match(parts[-1]):
            parts[-1] += f"\t{part}"
        else:
            parts.append(part)
    return parts


def unseen(colour: str, ground: str | None) -> bool:
    """True when letters of a colour vanish on a ground; a ground of None is unknown and gets the benefit."""
    if ground is None:
        return False
    ink, behind = brightness(colour), brightness(ground)
    return ink is not None and behind is not None and abs(ink - behind) < CONTRAST

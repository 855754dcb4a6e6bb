"""What of a page a person can see: the words held against a picture of the page."""

from collections.abc import Sequence
from functools import cache
from itertools import zip_longest
from typing import Any, Final

from pypdfium2 import raw

from core.documents.layout import Box
from core.documents.words import View, Word

_TINY: Final = 2.8
"""Points; the smallest print people read is about 4."""
_CONTRAST: Final = 24
"""Of 255 steps of brightness; less than this between a word and what it stands on is not seen."""
_LARGE: Final = 30.0
_LARGE_CONTRAST: Final = 8
"""Letters of so many points are seen at a lower contrast: watermarks are."""
_SCALE: Final = 1.5
_MAX_PIXELS: Final = 4_000_000
_INVISIBLE: Final = 3
"""Text render mode "neither fill nor stroke" (ISO 32000-1, table 106)."""
_HAIR: Final = 0.06
"""Of the size of the letters; a row of the narrowest letters of narrow faces is three times as wide."""
_CELL: Final = 16.0


class Picture:
    """A page as grey pixels, with its text and without, rows from the top; coarser where a page is huge."""

    def __init__(self, page: Any, view: View) -> None:
        area = max(view.width * view.height, 1.0)
        self._scale = min(_SCALE, (_MAX_PIXELS / area) ** 0.5)
        self._shown = self._drawn(page)
        for written in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,)):
            raw.FPDFPageObj_SetIsActive(written.raw, False)
        self._bare = self._drawn(page)
        self._across, self._down = self._columns / view.width, self._rows / view.height

    def _drawn(self, page: Any) -> bytes:
        bitmap = page.render(scale=self._scale, grayscale=True)
        try:
            self._rows, self._columns, self._stride = bitmap.height, bitmap.width, bitmap.stride
            return bytes(bitmap.buffer)
        finally:
            bitmap.close()

    def under(self, box: Box) -> tuple[bytes, bytes]:
        """The pixels under a box, with the text and without it; empty when none is on the page."""
        left = max(int(box[0] * self._across), 0)
        right = min(int(box[2] * self._across) + 1, self._columns)
        top = max(int(self._rows - box[3] * self._down), 0)
        bottom = min(int(self._rows - box[1] * self._down) + 1, self._rows)
        if left >= right:
            return b"", b""
        rows = range(top * self._stride, bottom * self._stride, self._stride)
        return tuple(
            b"".join(kind[row + left : row + right] for row in rows) for kind in (self._shown, self._bare)
        )  # type: ignore[return-value]


def hidden_because(word: Word, view: View, picture: Picture) -> str:
    """Why nobody can see the word; empty when somebody can."""
    left, bottom, right, top = word.box
    if right <= 0 or left >= view.width or top <= 0 or bottom >= view.height:
        return "outside the page"
    if word.ink.mode == _INVISIBLE:
        return "drawn as invisible"
    if not word.ink.opaque:
        return "transparent"
    if word.ink.size < _TINY or _is_squeezed(word):
        return "too small to see"
    if not any(character.isalnum() for character in word.text):
        return ""  # a dash or dot may cover no whole pixel, and says nothing that could be scored
    return _drowned(word, picture)


def _is_squeezed(word: Word) -> bool:
    """True for letters set narrower than a hair, as no condensed typeface is."""
    letters = len(word.text)
    return word.ink.upright and letters > 1 and word.box[2] - word.box[0] < _HAIR * letters * word.ink.size


def _drowned(word: Word, picture: Picture) -> str:
    """Why the ink cannot be told from what the page shows without any text."""
    shown, ground = picture.under(_body(word))
    if not shown:
        return "outside the page"
    ink = word.ink.grey
    least = _CONTRAST if word.ink.size < _LARGE else _LARGE_CONTRAST
    if ink is not None and len(ground.translate(None, _near(ink, least))) * 10 < len(ground):
        return "the colour of its background"
    if _leaves_a_mark(ink, shown, ground, least):
        return ""
    return "the colour of its background" if ink is None else "covered"


def _leaves_a_mark(ink: int | None, shown: bytes, ground: bytes, least: int) -> bool:
    low, high = min(ground), max(ground)
    if ink is not None and high - low < least:
        # On an even ground the ink must show itself; what differs otherwise may be a neighbour's.
        return low - min(shown) >= least if ink < low else max(shown) - high >= least
    return any(abs(here - there) >= least for here, there in zip(shown, ground, strict=True))


@cache
def _near(ink: int, least: int) -> bytes:
    """The brightnesses that cannot be told from an ink."""
    return bytes(range(max(ink - least + 1, 0), min(ink + least - 1, 255) + 1))


def _body(word: Word) -> Box:
    """The part of a line where letters stand, free of its neighbours above and below."""
    left, bottom, right, top = word.box
    if not word.ink.upright:
        return word.box
    return left, bottom + 0.2 * (top - bottom), right, top - 0.1 * (top - bottom)


def written_over(words: Sequence[Word]) -> tuple[set[int], set[int]]:
    """Places of words under later words of about their size: under other words, and under their own twin."""
    centres: dict[tuple[int, int], list[Word]] = {}
    under_others: set[int] = set()
    twins: set[int] = set()
    upright = [word for word in words if word.ink.upright]
    for word, following in zip_longest(upright, upright[1:]):
        right = _reach(word, following)
        for cell in _cells(word.box, right):
            for under in centres.get(cell, ()):
                if _covers(word, right, under):
                    (twins if under.text == word.text else under_others).add(under.place)
        x, y = _centre(word)
        cell = (int(x // _CELL), int(y // _CELL))
        if len(centres.setdefault(cell, [])) < 64:
            centres[cell].append(word)
    return under_others - twins, twins


def _reach(word: Word, following: Word | None) -> float:
    """The right edge of a word, with the space up to the word drawn next on its line."""
    if following is None or abs(following.box[1] - word.box[1]) > 1:
        return word.box[2]
    gap = following.box[0] - word.box[2]
    return following.box[0] if 0 < gap < word.ink.size else word.box[2]


def _cells(box: Box, right: float) -> list[tuple[int, int]]:
    left, bottom, _, top = box
    across = range(int(left // _CELL), int(min(right, left + 600) // _CELL) + 1)
    up = range(int(bottom // _CELL), min(int(top // _CELL), int(bottom // _CELL) + 8) + 1)
    return [(x, y) for x in across for y in up]


def _centre(word: Word) -> tuple[float, float]:
    return (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2


def _covers(word: Word, right: float, under: Word) -> bool:
    if not 0.6 < word.ink.size / under.ink.size < 1.7:
        return False
    x, y = _centre(under)
    inner = 0.25 * (word.box[3] - word.box[1])
    return word.box[0] <= x <= right and word.box[1] + inner <= y <= word.box[3] - inner

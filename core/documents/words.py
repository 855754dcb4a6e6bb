"""The words of a PDF page: where they stand as the page is shown, and the ink they are drawn with."""

import ctypes
import math
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

import msgspec
from pypdfium2 import raw

from core.documents.layout import Box, Run

_HYPHEN: Final = 2
"""What pdfium says for a hyphen at the end of a line."""
_SPACES: Final = frozenset((9, 10, 13, 32, 160, 0x2028, 0x2029, 0x3000, *range(0x2000, 0x200B)))
_DESCENT: Final = 0.22
_ASCENT: Final = 0.78
"""Of the size of the letters: how far a line reaches below and above the line it stands on."""
_FAR: Final = 100_000.0
_NOWHERE: Final[Box] = (-2.0, -2.0, -1.0, -1.0)
_STRETCH: Final = 1.0
"""Of the size of the letters: white wider than this ends a stretch of words."""


class View(msgspec.Struct, frozen=True, kw_only=True):
    """How a page is shown: what of its space, turned by how many quarters clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def width(self) -> float:
        """Points from left to right, as shown."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Points from bottom to top, as shown."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own space as shown, from the lower left corner."""
        if self.turns == 1:
            return y - self.bottom, self.right - x
        if self.turns == 2:
            return self.right - x, self.top - y
        if self.turns == 3:
            return self.top - y, x - self.left
        return x - self.left, y - self.bottom

    def direction(self, x: float, y: float) -> tuple[float, float]:
        """A direction of the page's own space as shown."""
        for _ in range(self.turns):
            x, y = y, -x
        return x, y


class Ink(msgspec.Struct, frozen=True, kw_only=True):
    """How a text object is drawn: letter size in points, brightness of its fill, PDF text render mode."""

    size: float
    upright: bool
    mode: int
    grey: int | None
    """0 black to 255 white; None for a pattern, or where the outline gives the colour."""
    opaque: bool


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """Letters without white between them, all drawn with one ink."""

    text: str
    box: Box
    ink: Ink
    place: int
    """In the order of drawing."""
    touches: bool
    """No white between it and the word drawn before."""


def words_of(textpage: Any, view: View, most: int) -> list[Word]:
    """The words of the first `most` characters of a page, in the order they are drawn."""
    handle = textpage.raw
    inks: dict[int, Ink] = {}
    words: list[Word] = []
    for owner, start, end, text, touches in _stretches(handle, most):
        if owner not in inks:
            inks[owner] = _ink(handle, start, view)
        box = _box(handle, start, end, view, inks[owner])
        words.append(Word(text=text, box=box, ink=inks[owner], place=len(words), touches=touches))
    return words


def _stretches(handle: Any, most: int) -> Iterator[tuple[int, int, int, str, bool]]:
    """Owner, first and last character, text, and whether it touches the one before."""
    letters: list[str] = []
    owner = start = 0
    touches = False
    count = min(raw.FPDFText_CountChars(handle), most)
    for index in range(count):
        code = raw.FPDFText_GetUnicode(handle, index)
        of = _owner(handle, index) if code not in _SPACES else 0
        if letters and of != owner:
            yield owner, start, index - 1, "".join(letters), touches
            letters, touches = [], of != 0
        if of:
            if not letters:
                owner, start = of, index
            letters.append("-" if code == _HYPHEN else chr(code) if 0 < code < 0x110000 else "")
        else:
            touches = False
    if letters:
        yield owner, start, count - 1, "".join(letters), touches


def _owner(handle: Any, index: int) -> int:
    of = raw.FPDFText_GetTextObject(handle, index)
    return ctypes.addressof(of.contents) if of else 0


def _ink(handle: Any, index: int, view: View) -> Ink:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, index, matrix)
    along, up = view.direction(matrix.a, matrix.b)
    mode = raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(handle, index))
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    filled = raw.FPDFText_GetFillColor(handle, index, red, green, blue, alpha) and mode in (0, 4)
    return Ink(
        size=abs(raw.FPDFText_GetFontSize(handle, index)) * math.hypot(matrix.c, matrix.d),
        upright=along > 0 and abs(up) < 0.1 * along,
        mode=mode,
        grey=round(0.299 * red.value + 0.587 * green.value + 0.114 * blue.value) if filled else None,
        opaque=not filled or alpha.value > 12,
    )


def _box(handle: Any, start: int, end: int, view: View, ink: Ink) -> Box:
    corners = []
    for index in (start, end):
        loose = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(handle, index, loose)
        corners += [view.point(loose.left, loose.bottom), view.point(loose.right, loose.top)]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    if not ink.upright:
        return _sane((min(across), min(down), max(across), max(down)))
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(handle, start, x, y)
    _, foot = view.point(x.value, y.value)
    return _sane((min(across), foot - _DESCENT * ink.size, max(across), foot + _ASCENT * ink.size))


def _sane(box: Box) -> Box:
    """The box, or one outside every page where the file places letters beyond all numbers."""
    return box if all(abs(edge) < _FAR for edge in box) else _NOWHERE


def in_stretches(words: Sequence[Word]) -> tuple[list[Run], list[Run]]:
    """Words next to each other as runs; those standing on end apart, as they were drawn."""
    runs: list[Run] = []
    for line in _on_lines([word for word in words if word.ink.upright]):
        runs += _split(line)
    turned = [word for word in words if not word.ink.upright]
    return runs, [Run(text=word.text, box=word.box) for word in turned]


def _on_lines(words: list[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (-word.box[1], word.box[0], word.place)):
        if lines and lines[-1][0].box[1] - word.box[1] < 0.35 * min(word.ink.size, lines[-1][0].ink.size):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _split(line: list[Word]) -> list[Run]:
    ordered = sorted(line, key=lambda word: (word.box[0], word.place))
    stretches: list[list[Word]] = [[ordered[0]]]
    reach = ordered[0].box[2]
    for word in ordered[1:]:
        if word.box[0] - reach < _STRETCH * max(word.ink.size, stretches[-1][-1].ink.size):
            stretches[-1].append(word)
            reach = max(reach, word.box[2])
        else:
            stretches.append([word])
            reach = word.box[2]
    return [_run(stretch) for stretch in stretches]


def _run(words: list[Word]) -> Run:
    if sum(_reads_leftwards(word.text) for word in words) * 2 > len(words):
        words = words[::-1]
    spaced = _letter_spacing(words)
    text = words[0].text
    for before, word in pairwise(words):
        text += ("" if _joins(before, word, spaced) else " ") + word.text
    boxes = [word.box for word in words]
    return Run(
        text=text,
        box=(
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        ),
    )


def _joins(before: Word, word: Word, spaced: float) -> bool:
    gap = max(word.box[0] - before.box[2], before.box[0] - word.box[2])
    if spaced:
        return gap < 1.6 * spaced
    if word.place == before.place + 1:
        return word.touches and gap < 0.5 * word.ink.size
    return gap < 0.12 * min(before.ink.size, word.ink.size)


def _letter_spacing(words: list[Word]) -> float:
    """The usual white between letters of a heading set with white between all its letters, else 0."""
    if len(words) < 4 or any(len(word.text) > 1 or not word.text.isalpha() for word in words):
        return 0.0
    gaps = sorted(after.box[0] - word.box[2] for word, after in pairwise(words))
    return max(gaps[len(gaps) // 2], 0.0)


def _reads_leftwards(text: str) -> bool:
    return unicodedata.bidirectional(text[:1] or " ") in {"R", "AL"}

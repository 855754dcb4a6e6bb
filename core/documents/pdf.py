"""PDF over pypdfium2: positioned words, what of them a person can see, and an order to read them in."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from core.documents.layout import Box, Run, in_reading_order
from core.documents.reading import Failure, HiddenText, Limits, Piece

_MAX_RUNS: Final = 6000
_TINY: Final = 2.8
"""Points; the smallest print people read is about 4."""
_CONTRAST: Final = 24
"""Of 255 steps of brightness between the darkest and the brightest pixel under a run."""
_SCALE: Final = 1.5
_MAX_PIXELS: Final = 4_000_000


def read_pdf(data: bytes, limits: Limits) -> tuple[Sequence[Piece], Sequence[HiddenText], int]:
    """Lines in reading order with their boxes; text nobody can see apart, with why."""
    document = _open(data)
    try:
        pages = len(document)
        pieces: list[Piece] = []
        hidden: list[HiddenText] = []
        size = 0
        for number in range(min(pages, limits.max_pages)):
            seen, concealed = _read_page(document[number], number + 1)
            pieces += seen
            hidden += concealed
            size += sum(len(piece.text) + 1 for piece in seen)
            if size > limits.max_chars:
                break
        return pieces, hidden, pages
    finally:
        document.close()


def _open(data: bytes) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        raise Failure("encrypted" if code == raw.FPDF_ERR_PASSWORD else "corrupt") from error


def _read_page(page: Any, number: int) -> tuple[list[Piece], list[HiddenText]]:
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        runs = _runs(textpage)
    finally:
        textpage.close()
    if not runs:
        return [], []
    picture = _picture(page, width, height)
    seen: list[Run] = []
    hidden: list[HiddenText] = []
    for run in runs:
        reason = _hidden_because(run.box, width, height, picture)
        if reason:
            hidden.append(HiddenText(reason=reason, text=run.text[:500], page=number))
        else:
            seen.append(run)
    lines = in_reading_order(seen)
    return [Piece(text=line.text, page=number, box=line.box) for line in lines], _joined(hidden)


def _runs(textpage: Any) -> list[Run]:
    found = []
    for index in range(min(textpage.count_rects(), _MAX_RUNS)):
        left, bottom, right, top = textpage.get_rect(index)
        text = textpage.get_text_bounded(left, bottom, right, top)
        text = " ".join(text.replace("\x02", "-").split())
        if text:
            found.append(Run(text=text, box=(left, bottom, right, top)))
    return found


def _picture(page: Any, width: float, height: float) -> Any:
    """The page as grey pixels, rows from the top; smaller where a page is huge."""
    scale = min(_SCALE, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        pixels = np.array(bitmap.to_numpy(), copy=True)
    finally:
        bitmap.close()
    return pixels[:, :, 0] if pixels.ndim == 3 else pixels


def _hidden_because(box: Box, width: float, height: float, picture: Any) -> str:
    left, bottom, right, top = box
    if right <= 0 or left >= width or top <= 0 or bottom >= height:
        return "outside the page"
    if top - bottom < _TINY and right - left > _TINY:
        return "too small to see"
    rows, columns = picture.shape
    x0, x1 = int(max(left, 0) / width * columns), int(np.ceil(min(right, width) / width * columns))
    y0 = int((height - min(top, height)) / height * rows)
    y1 = int(np.ceil((height - max(bottom, 0)) / height * rows))
    ink = picture[max(y0 - 1, 0) : y1 + 1, max(x0 - 1, 0) : x1 + 1]
    if ink.size and int(ink.max()) - int(ink.min()) < _CONTRAST:
        return "the colour of its background"
    return ""


def _joined(hidden: list[HiddenText]) -> list[HiddenText]:
    """Runs with one reason on one page as one entry."""
    texts: dict[tuple[str, int], list[str]] = {}
    for entry in hidden:
        texts.setdefault((entry.reason, entry.page), []).append(entry.text)
    return [
        HiddenText(reason=reason, page=page, text=" ".join(parts)[:2000])
        for (reason, page), parts in texts.items()
    ]

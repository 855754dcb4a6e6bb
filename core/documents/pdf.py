"""PDF over pypdfium2: positioned words, what of them a person can see, and an order to read them in."""

from collections.abc import Sequence
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from core.documents.layout import in_reading_order
from core.documents.reading import Failure, HiddenText, Limits, Piece
from core.documents.sight import Picture, hidden_because, written_over
from core.documents.words import View, Word, in_stretches, words_of

_MAX_CHARS: Final = 40_000
"""Of one page; a page printed full in the smallest type has some 15,000."""


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
    view = _view(page)
    textpage = page.get_textpage()
    try:
        words = words_of(textpage, view, _MAX_CHARS)
    finally:
        textpage.close()
    if not words:
        return [], []
    seen, hidden = _seen(words, view, Picture(page, view))
    runs, turned = in_stretches(seen)
    lines = [*(in_reading_order(runs) if runs else ()), *turned]
    pieces = [Piece(text=line.text, page=number, box=line.box) for line in lines]
    return pieces, [
        HiddenText(reason=reason, page=number, text=" ".join(texts)) for reason, texts in hidden.items()
    ]


def _view(page: Any) -> View:
    left, bottom, right, top = page.get_bbox()
    return View(left=left, bottom=bottom, right=right, top=top, turns=page.get_rotation() // 90 % 4)


def _seen(words: list[Word], view: View, picture: Picture) -> tuple[list[Word], dict[str, list[str]]]:
    seen: list[Word] = []
    hidden: dict[str, list[str]] = {}
    for word in words:
        reason = hidden_because(word, view, picture)
        if reason:
            hidden.setdefault(reason, []).append(word.text)
        else:
            seen.append(word)
    under, twins = written_over(seen)
    for word in seen:
        if word.place in under:
            hidden.setdefault("written over", []).append(word.text)
    return [word for word in seen if word.place not in under and word.place not in twins], hidden

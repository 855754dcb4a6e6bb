"""PDF over pypdfium2: positioned words, what of them a person can see, and an order to read them in."""

from itertools import islice
from typing import Any, Final

import pypdfium2 as pdfium
from pypdfium2 import raw

from core.documents.layout import in_reading_order
from core.documents.marks import without_long_claims
from core.documents.reading import Box, Failure, Found, HiddenText, Limits, Piece
from core.documents.sight import Picture, hidden_because, written_over
from core.documents.words import View, Word, in_stretches, words_of

_MAX_CHARS: Final = 40_000
"""Of one page; a page printed full in the smallest type has some 15,000."""
_SCANNED: Final = 100
"""Letters; a picture of a page with fewer on it is a scan, perhaps with a stamp of the scanning program."""
_MAX_IMAGES: Final = 200
_UNFOUNDED: Final = "not what the letters on the page say"


def read_pdf(data: bytes, limits: Limits) -> Found:
    """Lines in reading order with their boxes; text nobody can see apart, with why."""
    document = _open(data)
    try:
        pages: list[Found] = []
        size = 0
        for number in range(min(len(document), limits.max_pages)):
            pages.append(_read_page(document[number], number + 1))
            size += sum(len(piece.text) + 1 for piece in pages[-1].pieces)
            if size > limits.max_chars:
                break
        return Found(
            pieces=[piece for page in pages for piece in page.pieces],
            hidden=[entry for page in pages for entry in page.hidden],
            pages=len(document),
            page_sizes=[size for page in pages for size in page.page_sizes],
            partial=len(pages) < len(document) or any(page.partial for page in pages),
            wrapped=True,
            scans=sum(page.scans for page in pages),
        )
    finally:
        document.close()


def _open(data: bytes) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        raise Failure("encrypted" if locked else "corrupt") from error


def _read_page(page: Any, number: int) -> Found:
    view = _view(page)
    claims = without_long_claims(page)
    textpage = page.get_textpage()
    try:
        words = words_of(textpage, view, _MAX_CHARS)
        partial = textpage.count_chars() > _MAX_CHARS
    finally:
        textpage.close()
    seen, hidden = _seen(words, view, Picture(page, view)) if words else ([], {})
    unfounded = [HiddenText(reason=_UNFOUNDED, page=number, text=text) for text in _unfounded(claims, words)]
    runs, turned = in_stretches(seen)
    lines = [*(in_reading_order(runs) if runs else ()), *turned]
    letters = sum(len(word.text) for word in seen)
    return Found(
        pieces=[Piece(text=line.text, page=number, box=line.box) for line in lines],
        hidden=[*(_told(why, number, found) for why, found in hidden.items()), *unfounded],
        page_sizes=[(round(view.width, 1), round(view.height, 1))],
        partial=partial,
        scans=int(letters < _SCANNED and _is_picture(page, view)),
    )


def _told(reason: str, page: int, words: list[Word]) -> HiddenText:
    return HiddenText(
        reason=reason, page=page, text=" ".join(word.text for word in words), boxes=tuple(_in_lines(words))
    )


def _in_lines(words: list[Word]) -> list[Box]:
    """One box for words that follow each other on a line."""
    boxes: list[Box] = []
    for word in words:
        left, bottom, right, top = word.box
        before = boxes[-1] if boxes else None
        if before and abs(before[1] - bottom) < 1 and -1 < left - before[2] < word.ink.size:
            boxes[-1] = (before[0], min(before[1], bottom), right, max(before[3], top))
        else:
            boxes.append(word.box)
    return [tuple(round(edge, 1) for edge in box) for box in boxes]  # type: ignore[misc]


def _unfounded(claims: list[str], words: list[Word]) -> list[str]:
    """Of what a page claims to say that which its letters do not say."""
    if not claims:
        return []
    drawn = "".join(word.text for word in words)
    return [claim for claim in claims if "".join(claim.split()) not in drawn]


def _is_picture(page: Any, view: View) -> bool:
    """True when one image covers most of the page, as on a scan."""
    images = islice(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,)), _MAX_IMAGES)
    for image in images:
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > 0.6 * view.width * view.height:
            return True
    return False


def _view(page: Any) -> View:
    left, bottom, right, top = page.get_bbox()
    return View(left=left, bottom=bottom, right=right, top=top, turns=page.get_rotation() // 90 % 4)


def _seen(words: list[Word], view: View, picture: Picture) -> tuple[list[Word], dict[str, list[Word]]]:
    seen: list[Word] = []
    hidden: dict[str, list[Word]] = {}
    for word in words:
        reason = hidden_because(word, view, picture)
        if reason:
            hidden.setdefault(reason, []).append(word)
        else:
            seen.append(word)
    under, twins = written_over(seen)
    for word in seen:
        if word.place in under:
            hidden.setdefault("written over", []).append(word)
    return [word for word in seen if word.place not in under and word.place not in twins], hidden

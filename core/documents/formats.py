"""Tells what a file is by its content and reads it with the module for that format."""

from collections.abc import Callable, Sequence
from typing import Final

from core.documents.normal import clean
from core.documents.reading import Failure, HiddenText, Limits, Line, Piece, Reading

Read = Callable[[bytes, Limits], tuple[Sequence[Piece], Sequence[HiddenText], int]]

_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")


def sniff(data: bytes) -> str:
    """pdf, docx, odt, rtf, html, txt or unknown, from the bytes alone."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf\0\t\r\n ")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith((_OLE2, *_IMAGES)):
        return "unknown"
    head = start[:512].lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml", b"<div", b"<p>", b"<h1")):
        return "html"
    return "txt" if _looks_like_text(data) else "unknown"


def _zipped(data: bytes) -> str:
    from core.documents.office import kind_of_zip

    return kind_of_zip(data)


def _looks_like_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = data[:8192]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return controls * 100 <= len(sample)


def read_file(data: bytes, limits: Limits) -> Reading:
    """Read a file of any kind; every failure of a format ends as a status."""
    kind = sniff(data)
    reader = _READERS.get(kind)
    if reader is None:
        return Reading(status="unsupported", kind=kind)
    try:
        pieces, hidden, pages = reader(data, limits)
    except Failure as failure:
        return Reading(status=failure.status, kind=kind)
    except (MemoryError, RecursionError):
        return Reading(status="unsafe", kind=kind)
    except Exception:
        # Whatever a parser raises over a stranger's file means one thing here: it cannot be read.
        return Reading(status="corrupt", kind=kind)
    return _assemble(kind, pieces, hidden, pages, limits)


def _assemble(
    kind: str, pieces: Sequence[Piece], hidden: Sequence[HiddenText], pages: int, limits: Limits
) -> Reading:
    texts: list[str] = []
    lines: list[Line] = []
    position = 0
    concealed = list(hidden)
    for piece in pieces:
        text, invisible = clean(piece.text)
        if invisible:
            concealed.append(HiddenText(reason="zero-width characters", text=invisible, page=piece.page))
        if not text and (not texts or not texts[-1]):
            continue
        if position + len(text) > limits.max_chars:
            break
        texts.append(text)
        if text:
            lines.append(Line(page=piece.page, start=position, end=position + len(text), box=piece.box))
        position += len(text) + 1
    joined = "\n".join(texts).rstrip("\n")
    status = "read" if any(character.isalnum() for character in joined) else "empty"
    return Reading(
        status=status,  # type: ignore[arg-type]  # both words are statuses
        kind=kind,
        text=joined,
        lines=tuple(lines),
        pages=pages,
        hidden=tuple(concealed),
    )


def _pdf(data: bytes, limits: Limits) -> tuple[Sequence[Piece], Sequence[HiddenText], int]:
    from core.documents.pdf import read_pdf

    return read_pdf(data, limits)


def _docx(data: bytes, limits: Limits) -> tuple[Sequence[Piece], Sequence[HiddenText], int]:
    from core.documents.office import read_docx

    return read_docx(data, limits)


def _odt(data: bytes, limits: Limits) -> tuple[Sequence[Piece], Sequence[HiddenText], int]:
    from core.documents.office import read_odt

    return read_odt(data, limits)


def _rtf(data: bytes, limits: Limits) -> tuple[Sequence[Piece], Sequence[HiddenText], int]:
    from core.documents.plain import read_rtf

    return read_rtf(data, limits)


def _html(data: bytes, limits: Limits) -> tuple[Sequence[Piece], Sequence[HiddenText], int]:
    from core.documents.plain import read_html

    return read_html(data, limits)


def _txt(data: bytes, limits: Limits) -> tuple[Sequence[Piece], Sequence[HiddenText], int]:
    from core.documents.plain import read_txt

    return read_txt(data, limits)


_READERS: Final[dict[str, Read]] = {
    "pdf": _pdf,
    "docx": _docx,
    "odt": _odt,
    "rtf": _rtf,
    "html": _html,
    "txt": _txt,
}

"""Tells what a file is by its content and reads it with the module for that format."""

import re
from collections.abc import Callable
from typing import Final

from core.documents.archive import kind_of_zip
from core.documents.assemble import assemble
from core.documents.docx import read_docx
from core.documents.html import read_html
from core.documents.odt import read_odt
from core.documents.pdf import read_pdf
from core.documents.plain import read_txt
from core.documents.reading import Failure, Found, Limits, Reading
from core.documents.rtf import read_rtf

_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
"""The stream a password-protected DOCX keeps its content in (MS-OFFCRYPTO 2.3.4.4)."""
_IMAGES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_HTML: Final = re.compile(
    rb"<(?:!doctype html|html|head|body|meta|title|style|div|p|h[1-6]|table|ul|ol|span|section|main)\b", re.I
)
_READERS: Final[dict[str, Callable[[bytes, Limits], Found]]] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "odt": read_odt,
    "rtf": read_rtf,
    "html": read_html,
    "txt": read_txt,
}


def read_file(data: bytes, limits: Limits) -> Reading:
    """Read a file of any kind; every failure of a format ends as a status."""
    kind = sniff(data)
    reader = _READERS.get(kind)
    if kind == "docx" and data.startswith(_OLE2):
        return Reading(status="encrypted", kind=kind)
    if reader is None:
        return Reading(status="unsupported", kind=kind)
    try:
        return assemble(kind, reader(data, limits), limits)
    except Failure as failure:
        return Reading(status=failure.status, kind=kind)
    except (MemoryError, RecursionError):
        return Reading(status="unsafe", kind=kind)
    except Exception:
        # Whatever a parser raises over a stranger's file means one thing here: it cannot be read.
        return Reading(status="corrupt", kind=kind)


def sniff(data: bytes) -> str:
    """pdf, docx, odt, rtf, html, txt, doc, image or unknown, from the bytes alone."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return kind_of_zip(data)
    if data.startswith(_OLE2):
        return "docx" if _LOCKED in data else "doc"
    if _is_image(data):
        return "image"
    return _written(data)


def _written(data: bytes) -> str:
    start = data[:1024].lstrip(b"\xef\xbb\xbf\0\t\r\n ")
    if start.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and b" obj" in data):
        return "pdf"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith(b"<") and _HTML.search(data[:4096]):
        return "html"
    return "txt" if _looks_like_text(data) else "unknown"


def _is_image(data: bytes) -> bool:
    if data.startswith(b"BM"):  # also how a text may begin
        return not _looks_like_text(data)
    return data.startswith(_IMAGES) or data[8:12] == b"WEBP" or data[4:12] in {b"ftypheic", b"ftypmif1"}


def _looks_like_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = data[:8192]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return controls * 100 <= len(sample)

"""What a reading of a document is, and what each way it can end means for people."""

from collections.abc import Sequence
from typing import Final, Literal

import msgspec

ReadStatus = Literal[
    "read", "empty", "garbled", "encrypted", "unsupported", "corrupt", "unsafe", "too_large", "timed_out"
]

_EXPLANATIONS: Final[dict[str, str]] = {
    "read": "",
    "empty": "This file holds no text. Ask the candidate to send it again.",
    "garbled": "This file's letters come out as others than people see; its fonts do not say what they show. "
    "Open the original and decide by hand, or ask the candidate for a Word (.docx) file.",
    "encrypted": "This file is protected by a password. Ask the candidate for a version without one.",
    "unsupported": "This kind of file is not read here. Open the original, or ask the candidate for a PDF or "
    "Word (.docx) file.",
    "corrupt": "This file is damaged and cannot be opened. Ask the candidate to send it again.",
    "unsafe": "Reading this file would have exhausted the machine, or it holds what a document must not "
    "hold, so it was not read. Do not open it; ask the candidate for another version.",
    "too_large": "This file is larger than we read. Open the original, or ask the candidate for a smaller "
    "one.",
    "timed_out": "Reading this file took too long, so we stopped. Open the original and decide by hand.",
}
_PARTIAL: Final = (
    "Not all of this file was read: it is longer than we read, or some of its pages are pictures. Open the "
    "original for the rest."
)
_POOR: Final = (
    "Parts of this file come out as letters other than people see, so points may be missing. Open the original and "
    "decide by hand."
)
_SCAN: Final = (
    "This file has no text a machine can read; it is probably a scan. Open the original and decide by hand, or ask "
    "the candidate for a version with text."
)
_PICTURES: Final = (
    "This file holds no text; there may be pictures in it, which are not read here. Open the original and decide by "
    "hand, or ask the candidate for a version with text."
)
_ALL_HIDDEN: Final = (
    "All text in this file is hidden from people who look at it; often it is a scan with text laid under the "
    "picture. Open the original and decide by hand, or ask the candidate for a version with text."
)
_OLD_WORD: Final = (
    "This is a Word file of the old kind (.doc), which is not read here. Open the original, or ask the "
    "candidate for a PDF or Word (.docx) file."
)
_PICTURE: Final = (
    "This file is a picture, and pictures are not read here. Open the original and decide by hand, or ask "
    "the candidate for a PDF or Word (.docx) file."
)


Box = tuple[float, float, float, float]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """Where one line of the text stands: `text[start:end]`, on a page (from 1), in PDF points.

    `box` is (left, bottom, right, top) with the origin at the lower left; None where there are no pages.
    """

    page: int
    start: int
    end: int
    box: Box | None = None


class HiddenText(msgspec.Struct, frozen=True, kw_only=True):
    """Text in the file that a person does not see on the page; it is shown, never scored.

    `boxes` say where it stands, as those of lines do; none where there are no pages, or beyond the first 200.
    """

    reason: str
    text: str
    page: int = 0
    boxes: tuple[Box, ...] = ()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of reading one file.

    `kind` is told by the content, never by the name: pdf, docx, odt, rtf, html, txt, doc, image, unknown.
    `pages` counts all pages of the file, 0 where the format has none; `page_sizes` are width and height of
    those read, in points; `partial` says that
    a limit ended the text, or that pages without text were left to people, `poor` that parts of the text
    make no words.
    """

    status: ReadStatus
    kind: str = "unknown"
    text: str = ""
    lines: tuple[Line, ...] = ()
    pages: int = 0
    page_sizes: tuple[tuple[float, float], ...] = ()
    hidden: tuple[HiddenText, ...] = ()
    partial: bool = False
    poor: bool = False

    @property
    def explanation(self) -> str:
        """What happened and what to do next; empty when all of the file was read."""
        if self.status == "read" and self.poor:
            return _POOR
        if self.status == "read" and self.partial:
            return _PARTIAL
        if self.status == "empty":
            return self._empty
        if self.status == "unsupported" and self.kind in {"doc", "image"}:
            return _OLD_WORD if self.kind == "doc" else _PICTURE
        return _EXPLANATIONS[self.status]

    @property
    def _empty(self) -> str:
        """Only a format that can hold pictures may be a scan; only a PDF without text most often is one."""
        if self.hidden:
            return _ALL_HIDDEN
        if self.kind == "pdf":
            return _SCAN
        return _PICTURES if self.kind in {"docx", "odt", "rtf", "html"} else _EXPLANATIONS["empty"]


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one file may cost: bytes in and in memory, pages, characters, seconds."""

    max_bytes: int = 10 * 1024 * 1024
    max_pages: int = 30
    max_chars: int = 200_000
    memory: int = 512 * 1024 * 1024
    cpu_seconds: int = 10
    wall_seconds: float = 15.0


class Failure(Exception):
    """Raised inside the child by a format that cannot be read."""

    def __init__(self, status: ReadStatus) -> None:
        super().__init__(status)
        self.status: ReadStatus = status


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """One line as a format found it, before the text is joined."""

    text: str
    page: int = 0
    box: Box | None = None


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a format found in a file.

    `wrapped`: lines end where the page does, so words may be broken. `scans`: pages that are pictures.
    """

    pieces: Sequence[Piece] = ()
    hidden: Sequence[HiddenText] = ()
    pages: int = 0
    page_sizes: Sequence[tuple[float, float]] = ()
    partial: bool = False
    wrapped: bool = False
    scans: int = 0

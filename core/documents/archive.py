"""Zipped XML read with a counter: no entities, no trust in a zip's own numbers, no endless depth."""

import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Final, Protocol
from xml.parsers import expat

from core.documents.reading import Failure

_MAX_PARTS: Final = 5000
_MAX_PART: Final = 24 * 1024 * 1024
_BOMB: Final = 100 * 1024 * 1024
_RATIO: Final = 100
_CHUNK: Final = 1 << 16


class Enough(Exception):
    """Raised by a handler that has all the text it may take."""


class Handler(Protocol):
    """What is told of the elements and the text; names come as "namespace local"."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Characters between tags."""


_UNREADABLE: Final = (zipfile.BadZipFile, ValueError, OSError, RuntimeError)
"""What zipfile raises for archives that are broken, or of a version it does not know."""


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive; raises Failure for one that is broken or built to grow."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _UNREADABLE as error:
        raise Failure("corrupt") from error
    parts = archive.infolist()
    if len(parts) > _MAX_PARTS or any(_is_bomb(part) for part in parts):
        raise Failure("unsafe")
    return archive


def kind_of_zip(data: bytes) -> str:
    """docx, odt or unknown for a zip archive; a broken one is taken for the kind most often sent."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except _UNREADABLE:
        return "docx"
    if "word/document.xml" in names:
        return "docx"
    return "odt" if {"content.xml", "mimetype"} <= names else "unknown"


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > max(_BOMB, _RATIO * part.compress_size)


def part_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part inflated, up to the cap; raises Failure."""
    return b"".join(_chunks(archive, name))


def parse(part: bytes, handler: Handler) -> None:
    """Feed XML to a handler; what the handler raises ends the parsing."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = handler.start, handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise Failure("corrupt") from error


def beginning(archive: zipfile.ZipFile, name: str, chunks: int = 16) -> bytes:
    """The first `chunks` times 64 KB of a part."""
    return b"".join(islice(_chunks(archive, name), chunks))


def _refuse(*_: object) -> int:
    raise Failure("unsafe")


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    taken = 0
    try:
        with archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                taken += len(chunk)
                if taken > _MAX_PART:
                    raise Failure("unsafe")
                yield chunk
    except RuntimeError as error:
        raise Failure("encrypted") from error
    except (zipfile.BadZipFile, EOFError, OSError, KeyError, ValueError) as error:
        raise Failure("corrupt") from error


def brightness(colour: str) -> int | None:
    """0 black to 255 white for six hexadecimal digits; None for "auto" and the like."""
    digits = colour.removeprefix("#")
    if len(digits) != 6:
        return None
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return None
    return round(0.299 * red + 0.587 * green + 0.114 * blue)

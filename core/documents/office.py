"""DOCX and ODT: zipped XML, inflated with a counter and parsed without entities.

A zip's own numbers are never trusted: the caps count bytes as they come out.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Final
from xml.parsers import expat

from core.documents.reading import Failure, HiddenText, Limits, Piece

_MAX_PARTS: Final = 5000
_MAX_PART: Final = 24 * 1024 * 1024
_CHUNK: Final = 1 << 16
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_TINY_HALF_POINTS: Final = 6
_BACKDROPS: Final = (b'behindDoc="1"', b"<w:background ", b"<wps:spPr", b"<v:rect", b"<v:fill")


def kind_of_zip(data: bytes) -> str:
    """docx, odt or unknown for a zip archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return "docx"
    if "word/document.xml" in names:
        return "docx"
    return "odt" if "content.xml" in names and "mimetype" in names else "unknown"


def _archive(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Failure("corrupt") from error
    if len(archive.infolist()) > _MAX_PARTS:
        raise Failure("unsafe")
    return archive


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
    except (zipfile.BadZipFile, EOFError, OSError, KeyError) as error:
        raise Failure("corrupt") from error


def _parse(archive: zipfile.ZipFile, name: str, handler: "_Word | _Odt") -> None:
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> None:
        raise Failure("unsafe")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    try:
        for chunk in _chunks(archive, name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Failure("corrupt") from error


def read_docx(data: bytes, limits: Limits) -> tuple[Sequence[Piece], Sequence[HiddenText], int]:
    """Headers, body with tables and text boxes, footers, each in document order."""
    with _archive(data) as archive:
        names = archive.namelist()
        extra = sorted(name for name in names if name.startswith(("word/header", "word/footer")))
        headers = [name for name in extra if "header" in name]
        footers = [name for name in extra if "footer" in name]
        word = _Word(limits.max_chars, backdrop=_has_backdrop(archive))
        for name in (*headers, "word/document.xml", *footers):
            _parse(archive, name, word)
            word.close_line()
    return [Piece(text=line) for line in word.lines], word.concealed(), 0


def _has_backdrop(archive: zipfile.ZipFile) -> bool:
    """True when a picture or shape lies behind the text, so that white words may well be seen."""
    tail = b""
    for chunk in _chunks(archive, "word/document.xml"):
        window = tail + chunk
        if any(mark in window for mark in _BACKDROPS):
            return True
        tail = chunk[-64:]
    return False


class _Lines:
    def __init__(self, most: int) -> None:
        self.lines: list[str] = []
        self._now: list[str] = []
        self._hidden: dict[str, list[str]] = {}
        self._left = most * 4

    def say(self, text: str) -> None:
        self._left -= len(text)
        if self._left < 0:
            raise Failure("unsafe")
        self._now.append(text)

    def conceal(self, reason: str, text: str) -> None:
        self._hidden.setdefault(reason, []).append(text)

    def close_line(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Failure("unsafe")
        self.lines.append("".join(self._now))
        self._now.clear()

    def concealed(self) -> list[HiddenText]:
        return [
            HiddenText(reason=reason, text="".join(parts)[:2000])
            for reason, parts in self._hidden.items()
            if "".join(parts).strip()
        ]


class _Word(_Lines):
    """Collects the text of WordprocessingML (ECMA-376 part 1, 17)."""

    def __init__(self, most: int, *, backdrop: bool) -> None:
        super().__init__(most)
        self._in_text = 0
        self._in_properties = 0
        self._fallback = 0
        self._reason = ""
        self._shaded = {"document": backdrop, "tcPr": False, "pPr": False, "rPr": False}
        self._around = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.endswith(" Fallback"):
            self._fallback += 1
        if not name.startswith(_W):
            return
        tag = name[len(_W) :]
        if tag in {"t", "delText"}:
            self._in_text += tag == "t"
        elif tag == "r":
            self._reason, self._shaded["rPr"] = "", False
        elif tag in {"tcPr", "pPr", "rPr"}:
            self._around = tag
            self._in_properties += tag == "rPr"
        elif tag in {"shd", "highlight"} and self._around:
            fill = attributes.get(_W + "fill", attributes.get(_W + "val", "auto"))
            self._shaded[self._around] = fill.upper() not in {"AUTO", "FFFFFF", "CLEAR", "NIL", "WHITE", "NONE"}
        elif self._in_properties:
            self._reason = self._reason or _concealing(tag, attributes.get(_W + "val", ""))
        elif tag in {"tab", "br", "cr"}:
            self.say("\t") if tag == "tab" else self.close_line()

    def end(self, name: str) -> None:
        if name.endswith(" Fallback"):
            self._fallback -= 1
        if not name.startswith(_W):
            return
        tag = name[len(_W) :]
        if tag == "t":
            self._in_text -= 1
        elif tag in {"tcPr", "pPr", "rPr"}:
            self._in_properties -= tag == "rPr"
            self._around = "pPr" if tag == "rPr" and self._around == "pPr" else ""
        elif tag in {"p", "tr"}:
            self._shaded["pPr"] = False
            self.close_line()
        elif tag == "tc":
            self._shaded["tcPr"] = False
            self.say("\t")

    def text(self, text: str) -> None:
        if self._in_text <= 0 or self._fallback:
            return
        reason = "" if self._reason == "white text" and any(self._shaded.values()) else self._reason
        if reason:
            self.conceal(reason, text)
        else:
            self.say(text)


def _concealing(tag: str, value: str) -> str:
    if tag == "vanish" and value not in {"0", "false"}:
        return "marked as hidden"
    if tag == "color" and value.upper() in {"FFFFFF", "FEFEFE", "FDFDFD"}:
        return "white text"
    if tag == "sz" and value.isdigit() and int(value) < _TINY_HALF_POINTS:
        return "too small to see"
    return ""


def read_odt(data: bytes, limits: Limits) -> tuple[Sequence[Piece], Sequence[HiddenText], int]:
    """The body of an OpenDocument text."""
    with _archive(data) as archive:
        odt = _Odt(limits.max_chars)
        _parse(archive, "content.xml", odt)
        odt.close_line()
    return [Piece(text=line) for line in odt.lines], odt.concealed(), 0


class _Odt(_Lines):
    """Collects the text of OpenDocument content (ISO/IEC 26300), with styles that conceal it."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self._body = 0
        self._style = ""
        self._concealing: dict[str, str] = {}
        self._reasons: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        values = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if space.startswith(_OFFICE + "office") and tag == "text":
            self._body += 1
        elif tag == "style" and "name" in values:
            self._style = values["name"]
        elif tag == "text-properties" and self._style:
            reason = _odt_concealing(values)
            if reason:
                self._concealing[self._style] = reason
        elif space.startswith(_OFFICE + "text"):
            self._inside_text(tag, values)

    def _inside_text(self, tag: str, values: dict[str, str]) -> None:
        if tag in {"span", "p", "h"}:
            inherited = self._reasons[-1] if self._reasons else ""
            self._reasons.append(self._concealing.get(values.get("style-name", ""), inherited))
        elif tag in {"s", "tab"}:
            self.say(" ")
        elif tag == "line-break":
            self.close_line()

    def end(self, name: str) -> None:
        space, _, tag = name.rpartition(" ")
        if space.startswith(_OFFICE + "text") and tag in {"span", "p", "h"}:
            if self._reasons:
                self._reasons.pop()
            if tag != "span":
                self.close_line()
        elif space.startswith(_OFFICE + "office") and tag == "text":
            self._body -= 1

    def text(self, text: str) -> None:
        if self._body <= 0 or not self._reasons:
            return
        reason = self._reasons[-1]
        if reason:
            self.conceal(reason, text)
        else:
            self.say(text)


def _odt_concealing(values: dict[str, str]) -> str:
    if values.get("display") == "none":
        return "marked as hidden"
    if values.get("color", "").lower() in {"#ffffff", "#fefefe"} and "background-color" not in values:
        return "white text"
    size = values.get("font-size", "")
    if size.endswith("pt") and size[:-2].replace(".", "", 1).isdigit() and float(size[:-2]) < 3:
        return "too small to see"
    return ""

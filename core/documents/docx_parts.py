"""What of a DOCX file lies beside its text: pages' grounds, headers of no page, comments."""

import re
import zipfile
from typing import Final

from core.documents.archive import beginning, brightness, parse
from core.documents.asides import worth_showing
from core.documents.docx_look import OFF, PAPER, WORD, value
from core.documents.office import WHITE, unseen
from core.documents.reading import Failure

_MAX_DEPTH: Final = 400
_MARKS: Final = (b"behindDoc", b"z-index:-", b"background", b"\xff\xfe", b"\xfe\xff")
"""One of these stands in every file with something behind its text; the last two start UTF-16."""
_RELATIONS: Final = "word/_rels/document.xml.rels"
_REFERENCE: Final = re.compile(rb"<[\w]+:(?:header|footer)Reference\b[^>]*>")
_TYPE: Final = re.compile(rb':type="(\w+)"')
_ID: Final = re.compile(rb':id="([^"]+)"')
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_MOST_COMMENTS: Final = 200


class Elements:
    """Names of the open elements: "w:p" for WordprocessingML, the local name for all others."""

    def __init__(self) -> None:
        self.path: list[str] = [""]
        self._tags: dict[str, str] = {}

    def enter(self, name: str) -> str:
        """The element's tag; raises Failure for nesting no word processor makes."""
        tag = self._tags.get(name)
        if tag is None:
            space, _, local = name.rpartition(" ")
            tag = self._tags[name] = f"w:{local}" if space in WORD else local
        self.path.append(tag)
        if len(self.path) > _MAX_DEPTH:
            raise Failure("unsafe")
        return tag

    def leave(self) -> str:
        """The tag of the element that ends."""
        return self.path.pop()


def is_drawn_on(part: bytes) -> bool:
    """True when pictures or dark shapes lie behind the text, or the page has a colour: white may be seen."""
    if not any(mark in part for mark in _MARKS):
        return False
    ground = _Ground()
    parse(part, ground)
    return ground.drawn


class _Ground(Elements):
    """Looks for what lies behind the text and is not white."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn = False
        self._behind: list[int] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self.enter(name)
        if tag == "w:background":
            self.drawn |= not unseen(WHITE, value(attributes, "color"))
        elif attributes.get("behindDoc", "0") not in OFF or "z-index:-" in attributes.get("style", ""):
            self._behind.append(len(self.path))
        if self._behind:
            self.drawn |= _is_dark(tag, attributes)

    def end(self, name: str) -> None:
        if self._behind and self._behind[-1] == len(self.path):
            self._behind.pop()
        self.leave()

    def text(self, text: str) -> None:
        """Nothing to do."""


def _is_dark(tag: str, attributes: dict[str, str]) -> bool:
    """True for a picture, or a fill that white letters are seen on."""
    if tag in {"blip", "imagedata", "gradFill"}:
        return True
    if tag == "schemeClr":
        return attributes.get("val") not in PAPER
    shade = attributes.get("val", "") if tag == "srgbClr" else attributes.get("fillcolor", "").split(" ")[0]
    return brightness(shade) is not None and not unseen(WHITE, shade.removeprefix("#"))


def on_no_page(archive: zipfile.ZipFile, names: list[str], document: bytes) -> frozenset[str]:
    """Of the headers, footers and notes in a file those that no page of it shows."""
    unshown = {
        name
        for name, mark in (("footnotes", b"footnoteReference"), ("endnotes", b"endnoteReference"))
        if mark not in document
    }
    hidden = {name for name in names if name.removeprefix("word/").rstrip("0123456789.xml") in unshown}
    if _RELATIONS in archive.namelist():
        targets = _targets(beginning(archive, _RELATIONS), document)
        marginal = {name for name in names if name.startswith(("word/header", "word/footer"))}
        hidden |= {name for name in marginal if name.rpartition("/")[2] not in targets}
    return frozenset(hidden)


def _targets(relations: bytes, document: bytes) -> frozenset[str]:
    """File names of the headers and footers the document refers to, on pages that it has."""
    wanted = set()
    for tag in _REFERENCE.findall(document):
        kind, found = _TYPE.search(tag), _ID.search(tag)
        is_first = kind is not None and kind[1] == b"first"
        if found and not (is_first and b"titlePg" not in document):
            wanted.add(found[1])
    return frozenset(
        target[1].rpartition(b"/")[2].decode("utf-8", "replace")
        for tag in _RELATION.findall(relations)
        if (found := re.search(rb'\bId="([^"]+)"', tag)) and found[1] in wanted
        if (target := re.search(rb'\bTarget="([^"]+)"', tag))
    )


class Comments(Elements):
    """Comments that say something, one text each."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._now: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.enter(name)

    def end(self, name: str) -> None:
        tag = self.leave()
        if tag == "w:p":
            self._now.append(" ")
        elif tag == "w:comment":
            text = "".join(self._now)
            self._now.clear()
            if worth_showing(text) and len(self.texts) < _MOST_COMMENTS:
                self.texts.append(text)

    def text(self, text: str) -> None:
        if self.path[-1] == "w:t":
            self._now.append(text)

"""DOCX: headers, body with tables and text boxes, footers; hidden, unreadably small and unseen text apart.

After ECMA-376 part 1, 17 (WordprocessingML), and its strict form ISO/IEC 29500-1.
"""

import re
from typing import Final

from core.documents.archive import Enough, brightness, open_archive, parse, part_of
from core.documents.office import TINY, WHITE, Collector, unseen
from core.documents.reading import Failure, Found, Limits

_WORD: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_SPACES: Final = tuple(f"{space} " for space in _WORD)
_MARGINALIA: Final = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")
_MAX_MARGINALIA: Final = 40
_MAX_DEPTH: Final = 400
_MARKS: Final = (b"behindDoc", b"z-index:-", b"background", b"\xff\xfe", b"\xfe\xff")
"""One of these stands in every file with something behind its text; the last two start UTF-16."""
_IN_STYLES: Final = {
    space + tag: tag
    for space in _SPACES
    for tag in ("style", "basedOn", "vanish", "color", "sz", "shd", "highlight")
}
_SHAPES: Final = frozenset(("wsp", "shape", "rect", "roundrect", "oval"))
_OPENING: Final = _SHAPES | {"w:r", "w:p", "w:tr", "w:tc", "w:tbl", "w:txbxContent"}
_FILLS: Final = frozenset(("solidFill", "gradFill", "blipFill", "pattFill"))
_GONE: Final = frozenset(("Fallback", "w:del", "w:moveFrom"))
_FORMER: Final = frozenset(("w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:tcPrChange"))
_OFF: Final = frozenset(("0", "false", "off"))
_HIGHLIGHTS: Final = {"white": WHITE, "none": "", "black": "000000", "yellow": "FFFF00"}

Look = dict[str, str]
"""What is said of letters: vanish, color, sz, shd; what is not said is inherited."""


def read_docx(data: bytes, limits: Limits) -> Found:
    """The text of a DOCX file; raises Failure."""
    with open_archive(data) as archive:
        names = dict.fromkeys(archive.namelist())
        extra = sorted(name for name in names if _MARGINALIA.fullmatch(name))[:_MAX_MARGINALIA]
        headers = [name for name in extra if name.startswith("word/header")]
        order = [*headers, "word/document.xml", *(name for name in extra if name not in headers)]
        parts = [part_of(archive, name) for name in order]
        styles = _Styles()
        if "word/styles.xml" in names:
            parse(part_of(archive, "word/styles.xml"), styles)
    text = _Text(limits, styles, ground=None if any(map(_is_drawn_on, parts)) else WHITE)
    try:
        for part in parts:
            parse(part, text)
    except Enough:
        return text.found(partial=True)
    return text.found(partial=False)


def _is_drawn_on(part: bytes) -> bool:
    """True when pictures or dark shapes lie behind the text, or the page has a colour: white may be seen."""
    if not any(mark in part for mark in _MARKS):
        return False
    ground = _Ground()
    parse(part, ground)
    return ground.drawn


class _Elements:
    """Names of the open elements: "w:p" for WordprocessingML, the local name for all others."""

    def __init__(self) -> None:
        self.path: list[str] = [""]
        self._tags: dict[str, str] = {}

    def enter(self, name: str) -> str:
        """The element's tag; raises Failure for nesting no word processor makes."""
        tag = self._tags.get(name)
        if tag is None:
            space, _, local = name.rpartition(" ")
            tag = self._tags[name] = f"w:{local}" if space in _WORD else local
        self.path.append(tag)
        if len(self.path) > _MAX_DEPTH:
            raise Failure("unsafe")
        return tag

    def leave(self) -> str:
        return self.path.pop()


class _Ground(_Elements):
    """Looks for what lies behind the text and is not white."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn = False
        self._behind: list[int] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self.enter(name)
        if tag == "w:background":
            self.drawn |= not unseen(WHITE, _value(attributes, "color"))
        elif attributes.get("behindDoc", "0") not in _OFF or "z-index:-" in attributes.get("style", ""):
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
        return attributes.get("val") not in {"bg1", "lt1"}
    shade = attributes.get("val", "") if tag == "srgbClr" else attributes.get("fillcolor", "").split(" ")[0]
    return brightness(shade) is not None and not unseen(WHITE, shade.removeprefix("#"))


class _Styles:
    """What each style says of letters, with what it is based on."""

    def __init__(self) -> None:
        self.defaults: Look = {}
        self.usual = ""
        self._said: dict[str, Look] = {}
        self._based: dict[str, str] = {}
        self._looks: dict[str, Look] = {}
        self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _IN_STYLES.get(name)
        if tag is None:
            return
        if tag == "style":
            self._style = _value(attributes, "styleId")
            self._said[self._style] = {}
            if _value(attributes, "type") == "paragraph" and _value(attributes, "default") not in {"", *_OFF}:
                self.usual = self._style
        elif tag == "basedOn":
            self._based[self._style] = _value(attributes, "val")
        else:
            _note(f"w:{tag}", attributes, self._said.get(self._style, self.defaults))

    def end(self, name: str) -> None:
        if _IN_STYLES.get(name) == "style":
            self._style = ""

    def text(self, text: str) -> None:
        """Nothing to do."""

    def look(self, style: str) -> Look:
        """All that holds for a style, what it is based on included."""
        if style not in self._looks:
            chain, base = list[Look](), style
            while base in self._said and len(chain) < 12:
                chain.append(self._said[base])
                base = self._based.get(base, "")
            self._looks[style] = {key: value for said in reversed(chain) for key, value in said.items()}
        return dict(self._looks[style])


class _Text(_Elements, Collector):
    def __init__(self, limits: Limits, styles: _Styles, *, ground: str | None) -> None:
        _Elements.__init__(self)
        Collector.__init__(self, limits)
        self._styles = styles
        self._grounds: list[str | None] = [ground]
        self._paragraphs: list[Look] = []
        self._run: Look = {}
        self._reason: str | None = None
        self._skipped = self._former = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self.path[-1]
        tag = self.enter(name)
        if tag in _GONE or tag in _FORMER:
            self._skipped += tag in _GONE
            self._former += tag in _FORMER
        elif self._former:
            return
        elif tag in _OPENING:
            self._open(tag, attributes)
        elif tag in {"w:pStyle", "w:rStyle", "w:tblStyle"}:
            self._style(tag, self._styles.look(_value(attributes, "val")))
        elif parent == "spPr":
            self._fill(tag)
        elif parent == "w:rPr" and "w:pPr" not in self.path[-4:]:
            _note(tag, attributes, self._run)
        elif tag == "w:shd":
            self._shade(parent, attributes)
        elif parent == "w:r" and not self._skipped:
            self._sign(tag)

    def end(self, name: str) -> None:
        tag = self.leave()
        if tag in _GONE or tag in _FORMER:
            self._skipped -= tag in _GONE
            self._former -= tag in _FORMER
        elif tag in {"w:tbl", "w:tc"} or tag in _SHAPES:
            self._grounds.pop()
        if tag == "w:p":
            self._paragraphs = self._paragraphs[:-1]
            if not self._skipped:
                self.close_line()
        elif tag == "w:tc":
            self.close_cell()
        elif tag == "w:tr":
            self.close_row()
        elif tag in {"w:document", "w:hdr", "w:ftr"}:
            self.close_line()

    def text(self, text: str) -> None:
        if self.path[-1] != "w:t" or self._skipped:
            return
        if self._reason is None:
            self._reason = self._hidden_because()
        if self._reason:
            self.conceal(self._reason, text)
        else:
            self.say(text)

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "w:r":
            self._run, self._reason = {}, None
        elif tag == "w:p":
            self._paragraphs.append(self._styles.look(self._styles.usual))
        elif tag == "w:txbxContent":
            if self._now:
                self.close_line()
        elif tag == "w:tr":
            self.open_row()
        else:
            if tag == "w:tc":
                self.open_cell()
            filled = tag in _SHAPES and not unseen(WHITE, attributes.get("fillcolor", WHITE))
            self._grounds.append(None if filled else self._grounds[-1])

    def _style(self, tag: str, look: Look) -> None:
        if tag == "w:rStyle":
            self._run = {**look, **self._run}
        elif tag == "w:pStyle" and self._paragraphs:
            self._paragraphs[-1] = look
        elif tag == "w:tblStyle" and "shd" in look:
            self._grounds[-1] = None

    def _fill(self, tag: str) -> None:
        if tag in _FILLS:
            self._grounds[-1] = None

    def _shade(self, parent: str, attributes: dict[str, str]) -> None:
        shade = _shading(attributes)
        if not shade:
            return
        if parent == "w:pPr" and self._paragraphs:
            self._paragraphs[-1]["shd"] = shade
        elif parent in {"w:tcPr", "w:tblPr"}:
            self._grounds[-1] = shade

    def _sign(self, tag: str) -> None:
        if tag in {"w:br", "w:cr"}:
            self.close_line()
        elif tag in {"w:tab", "w:ptab"}:
            self.say("\t")
        elif tag == "w:noBreakHyphen":
            self.say("-")

    def _hidden_because(self) -> str:
        paragraph = self._paragraphs[-1] if self._paragraphs else {}
        look = {**self._styles.defaults, **paragraph, **self._run}
        if look.get("vanish", "0") not in _OFF:
            return "marked as hidden"
        size = look.get("sz", "")
        if size.isdigit() and int(size) < 2 * TINY:
            return "too small to see"
        ground = look.get("shd") or self._grounds[-1]
        return "the colour of its background" if unseen(look.get("color", "auto"), ground) else ""


def _value(attributes: dict[str, str], key: str) -> str:
    for space in _SPACES:
        if space + key in attributes:
            return attributes[space + key]
    return ""


def _note(tag: str, attributes: dict[str, str], look: Look) -> None:
    if tag == "w:vanish":
        look["vanish"] = _value(attributes, "val") or "1"
    elif tag in {"w:color", "w:sz"}:
        look[tag[2:]] = _value(attributes, "val")
    elif tag == "w:shd" and _shading(attributes):
        look["shd"] = _shading(attributes)
    elif tag == "w:highlight":
        look["shd"] = _HIGHLIGHTS.get(_value(attributes, "val"), "808080")


def _shading(attributes: dict[str, str]) -> str:
    """The colour of a shade, "" for none; a pattern counts as a middle grey, on which most ink is seen."""
    fill, pattern = _value(attributes, "fill"), _value(attributes, "val")
    if pattern not in {"", "clear", "nil"}:
        return "808080"
    return "" if fill.lower() in {"", "auto"} else fill

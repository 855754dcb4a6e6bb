"""DOCX: headers, body with tables and text boxes, footers; hidden, unreadably small and unseen text apart.

After ECMA-376 part 1, 17 (WordprocessingML), and its strict form ISO/IEC 29500-1.
"""

import re
from typing import Final

import msgspec

from core.documents.archive import Enough, brightness, open_archive, parse, part_of
from core.documents.asides import worth_showing
from core.documents.docx_look import (
    OFF,
    PAPER,
    Look,
    Styles,
    hidden_because,
    note,
    note_fill,
    shading,
    value,
)
from core.documents.docx_parts import Comments, Elements, is_drawn_on, on_no_page
from core.documents.office import POINTS, POINTS_AWAY, TINY, WHITE, Collector, unseen
from core.documents.reading import Found, HiddenText, Limits

_MARGINALIA: Final = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")
_MAX_MARGINALIA: Final = 40
_SHAPES: Final = frozenset(("wsp", "shape", "rect", "roundrect", "oval"))
_OPENING: Final = _SHAPES | {"w:r", "w:p", "w:tr", "w:tc", "w:tbl", "w:txbxContent"}
_FILLS: Final = frozenset(("solidFill", "gradFill", "blipFill", "pattFill"))
_GONE: Final = frozenset(("Fallback", "w:del", "w:moveFrom"))
_FORMER: Final = frozenset(("w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:tcPrChange"))
_DESCRIBED: Final = frozenset(("docPr", "cNvPr"))
_COMMENTS: Final = "word/comments.xml"
_NO_PAGE: Final = "in a header, footer or note that no page shows"
_DELETED: Final = "deleted, but still in the file"
_PICTURE: Final = "the description of a picture"
_ACROSS: Final = (-4_000_000, 10_700_000)
_UP: Final = (-3_000_000, 15_000_000)
_UP_FROM_TEXT: Final = (-11_000_000, 15_000_000)
"""English metric units (12,700 a point) between which a text box still touches its page."""
_PLACED: Final = re.compile(r"(?:margin-left|margin-top|left|top):\s*(-?\d+(?:\.\d+)?)(pt|in|cm|mm|px)?")


def read_docx(data: bytes, limits: Limits) -> Found:
    """The text of a DOCX file; raises Failure."""
    with open_archive(data) as archive:
        names = dict.fromkeys(archive.namelist())
        extra = sorted(name for name in names if _MARGINALIA.fullmatch(name))[:_MAX_MARGINALIA]
        headers = [name for name in extra if name.startswith("word/header")]
        order = [*headers, "word/document.xml", *(name for name in extra if name not in headers)]
        parts = {name: part_of(archive, name) for name in order}
        unshown = on_no_page(archive, extra, parts["word/document.xml"])
        styles, comments = Styles(), Comments()
        for name, handler in (("word/styles.xml", styles), (_COMMENTS, comments)):
            if name in names:
                parse(part_of(archive, name), handler)
    text = _Text(limits, styles, ground=None if any(map(is_drawn_on, parts.values())) else WHITE)
    try:
        for name, part in parts.items():
            text.veil = _NO_PAGE if name in unshown else ""
            parse(part, text)
    except Enough:
        return _with(text.found(partial=True), comments)
    return _with(text.found(partial=False), comments)


def _with(found: Found, comments: Comments) -> Found:
    """What was found with the comments, without honest leftovers in headers that no page shows."""
    kept = [entry for entry in found.hidden if entry.reason != _NO_PAGE or worth_showing(entry.text)]
    kept += [HiddenText(reason="a comment", text=text) for text in comments.texts]
    return msgspec.structs.replace(found, hidden=kept)


class _Text(Elements, Collector):
    def __init__(self, limits: Limits, styles: Styles, *, ground: str | None) -> None:
        Elements.__init__(self)
        Collector.__init__(self, limits)
        self.veil = ""
        self._styles = styles
        self._grounds: list[str | None] = [ground]
        self._paragraphs: list[Look] = []
        self._run: Look = {}
        self._reason: str | None = None
        self._skipped = self._former = 0
        self._veils: list[tuple[int, str]] = []
        self._deleted: list[str] = []
        self._from_page = False

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
            self._style(tag, self._styles.look(value(attributes, "val")))
        elif parent == "spPr" or "spPr" in self.path[-4:-1]:
            self._fill(parent, tag, attributes)
        elif parent == "w:rPr" and "w:pPr" not in self.path[-4:]:
            note(tag, attributes, self._run)
        elif parent == "w:pPr" and tag in {"w:spacing", "w:ind"} and self._paragraphs:
            note(tag, attributes, self._paragraphs[-1])
        elif tag == "w:shd":
            self._shade(parent, attributes)
        elif parent == "w:r" and not self._skipped:
            self._sign(tag)
        else:
            self._aside(parent, tag, attributes)

    def end(self, name: str) -> None:
        tag = self.leave()
        if self._veils and self._veils[-1][0] > len(self.path):
            self._veils.pop()
        if tag in _GONE or tag in _FORMER:
            self._skipped -= tag in _GONE
            self._former -= tag in _FORMER
            self._show_deleted()
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
        tag = self.path[-1]
        if tag == "posOffset":
            self._offset(text)
        elif tag == "w:delText":
            self._deleted.append(text)
        if tag != "w:t" or self._skipped:
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
            elif tag in _SHAPES:
                self._place(attributes.get("style", ""))
            self._grounds.append(_filled(tag, attributes, self._grounds[-1]))

    def _style(self, tag: str, look: Look) -> None:
        if tag == "w:rStyle":
            self._run = {**look, **self._run}
        elif tag == "w:pStyle" and self._paragraphs:
            self._paragraphs[-1] = look or self._paragraphs[-1]
        elif tag == "w:tblStyle" and "shd" in look:
            self._grounds[-1] = None

    def _fill(self, parent: str, tag: str, attributes: dict[str, str]) -> None:
        """What a drawn shape is filled with; its outline and effects are no ground."""
        if parent == "spPr" and tag in _FILLS:
            self._grounds[-1] = None
        elif parent == "solidFill" and self.path[-3] == "spPr":
            shade = attributes.get("val", "")
            if tag == "srgbClr":
                self._grounds[-1] = shade
            elif tag == "schemeClr" and shade in PAPER:
                self._grounds[-1] = WHITE

    def _shade(self, parent: str, attributes: dict[str, str]) -> None:
        shade = shading(attributes)
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

    def _aside(self, parent: str, tag: str, attributes: dict[str, str]) -> None:
        """What hides all of an element, and descriptions nobody is shown."""
        if "textFill" in self.path[-5:-1] or tag == "noFill":
            note_fill(tag, attributes, self._run)
        elif parent == "w:trPr":
            self._hide_row(tag, attributes)
        elif tag == "w:bdo" and value(attributes, "val") == "rtl":
            self._veils.append((len(self.path), "written backwards"))
        elif tag in {"positionH", "positionV"}:
            self._from_page = attributes.get("relativeFrom", "") in {"page", "margin"}
        elif tag in _DESCRIBED:
            for text in (attributes.get("descr", ""), attributes.get("title", "")):
                if worth_showing(text):
                    self.conceal(_PICTURE, f" {text} ")

    def _hide_row(self, tag: str, attributes: dict[str, str]) -> None:
        exact = value(attributes, "hRule") == "exact" and value(attributes, "val").isdigit()
        if tag == "w:hidden" and value(attributes, "val") not in OFF:
            self._veils.append((len(self.path) - 2, "marked as hidden"))
        elif tag == "w:trHeight" and exact and int(value(attributes, "val")) < 20 * TINY:
            self._veils.append((len(self.path) - 2, "too small to see"))

    def _place(self, style: str) -> None:
        """A shape of the older drawing language, placed by a list like those of style sheets."""
        moved = (float(far) * POINTS[unit or "pt"] for far, unit in _PLACED.findall(style[:2000]))
        if re.search(r"visibility:\s*hidden", style):
            self._veils.append((len(self.path), "marked as hidden"))
        elif any(abs(far) > POINTS_AWAY for far in moved):
            self._veils.append((len(self.path), "outside the page"))

    def _offset(self, text: str) -> None:
        """Where a text box stands: a number in an element in the box's anchor."""
        digits = text.strip().removeprefix("-")
        if not digits.isdigit() or len(self.path) < 3:
            return
        low, high = _ACROSS if self.path[-2] == "positionH" else _UP if self._from_page else _UP_FROM_TEXT
        if not low < int(text) < high:
            self._veils.append((len(self.path) - 2, "outside the page"))

    def _show_deleted(self) -> None:
        text = "".join(self._deleted)
        self._deleted.clear()
        if worth_showing(text):
            self.conceal(_DELETED, f" {text} ")

    def _hidden_because(self) -> str:
        veil = self.veil or (self._veils[-1][1] if self._veils else "")
        paragraph = self._paragraphs[-1] if self._paragraphs else {}
        return veil or hidden_because({**self._styles.defaults, **paragraph, **self._run}, self._grounds[-1])


def _filled(tag: str, attributes: dict[str, str], around: str | None) -> str | None:
    """The ground of a cell or a shape of the older drawing language."""
    said = attributes.get("fillcolor", "").split(" ")[0].removeprefix("#")
    if tag not in _SHAPES or not said:
        return around
    return said if brightness(said) is not None else around if unseen(WHITE, said) else None

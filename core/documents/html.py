"""HTML as a browser would show it, roughly: scripts and styles dropped, unseen text apart."""

from html.parser import HTMLParser
from typing import Final

import msgspec

from core.documents.archive import Enough
from core.documents.asides import worth_showing
from core.documents.colours import colour
from core.documents.css import Declared, Styles, concealed_by, letter_size
from core.documents.office import TINY, WHITE, Collector, unseen
from core.documents.plain import decode
from core.documents.reading import Failure, Found, Limits
from core.documents.selectors import Element

_MAX_DEPTH: Final = 400
_BLOCK_NAMES: Final = (
    "address article aside blockquote br dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p "
    "pre section table ul"
)
_BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_VOID_NAMES: Final = "area base br col embed hr img input link meta source track wbr"
_VOID: Final = frozenset(_VOID_NAMES.split())
_SILENT: Final = frozenset(("script", "style", "head", "title", "svg"))
_NOT_SHOWN_NAMES: Final = "noscript template object iframe canvas audio video datalist option"
_NOT_SHOWN: Final = frozenset(_NOT_SHOWN_NAMES.split())
"""What they hold is for machines, or for browsers that show nothing better."""
_UNSEEN: Final = {
    "alt": "the description of a picture",
    "title": "an attribute of the page",
    "aria-label": "an attribute of the page",
    "value": "an attribute of the page",
}
_CLOSED: Final = "never shown by a browser"
_ENDS: Final = {
    "li": {"li", "p"},
    "dt": {"dt", "dd", "p"},
    "dd": {"dt", "dd", "p"},
    "tr": {"tr", "td", "th", "p"},
    "td": {"td", "th", "p"},
    "th": {"td", "th", "p"},
    "option": {"option"},
}
"""What a tag ends that was left open (HTML standard, 13.1.2.4 optional tags)."""


class _Open(msgspec.Struct, frozen=True):
    """An open element, with what its text inherits; a ground of None is not known."""

    tag: str = ""
    silent: bool = False
    reason: str = ""
    ink: str = ""
    ground: str | None = WHITE
    size: float = 12.0

    def hides(self) -> str:
        """Why its text is not seen, or nothing."""
        if self.reason:
            return self.reason
        if self.size < TINY:
            return "too small to see"
        return "the colour of its background" if self.ink and unseen(self.ink, self.ground) else ""


def read_html(data: bytes, limits: Limits) -> Found:
    """The text of an HTML page; raises Failure for one nested beyond reason."""
    page = decode(data)
    parser = _Page(page, limits)
    try:
        parser.feed(page)
        parser.close()
    except Enough:
        return parser.lines.found(partial=True)
    parser.leave_all()
    return parser.lines.found(partial=False)


class _Page(HTMLParser):
    def __init__(self, page: str, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = Collector(limits)
        self._styles = Styles(page)
        self._open: list[_Open] = [_Open()]
        self._path: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ends = _ENDS.get(tag, {"p"} if tag in _BLOCKS and tag != "br" else set())
        while self._open[-1].tag in ends:
            self._leave()
        if tag in _BLOCKS:
            self.lines.close_line()
        element = _element(tag, attrs)
        self._note_attributes(element)
        if tag in _VOID:
            return
        if len(self._open) > _MAX_DEPTH:
            raise Failure("unsafe")
        self._path.append(element)
        self._open.append(_inside(self._open[-1], tag, self._styles.of(self._path)))
        if tag == "tr":
            self.lines.open_row()
        elif tag in {"td", "th"}:
            self.lines.open_cell()

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open[-50:]):
            while self._leave() != tag:
                pass

    def handle_data(self, data: str) -> None:
        inside = self._open[-1]
        if inside.silent:
            return
        # White between tags, line ends included, is one space to a browser.
        text = " ".join(data.split()) if inside.tag != "pre" else data
        lead, trail = data[:1].isspace(), data[-1:].isspace()
        text = f"{' ' if lead else ''}{text}{' ' if trail and text else ''}"
        reason = inside.hides()
        if reason:
            self.lines.conceal(reason, text)
        else:
            self.lines.say(text)

    def handle_comment(self, data: str) -> None:
        if not data.startswith("[if"):
            self._set_aside("a comment", data)

    def _note_attributes(self, element: Element) -> None:
        for name, value in element.attributes.items():
            shown = name == "value" and element.attributes.get("type", "").lower() != "hidden"
            if (name in _UNSEEN or name.startswith("data-")) and not shown:
                self._set_aside(_UNSEEN.get(name, "an attribute of the page"), value)

    def _set_aside(self, reason: str, text: str) -> None:
        if worth_showing(text):
            self.lines.conceal(reason, f" {text} ")

    def leave_all(self) -> None:
        """Close what the page left open."""
        while len(self._open) > 1:
            self._leave()
        self.lines.close_line()

    def _leave(self) -> str:
        tag = self._open.pop().tag
        self._path.pop()
        if tag in _BLOCKS:
            self.lines.close_line()
        elif tag in {"td", "th"}:
            self.lines.close_cell()
        elif tag == "tr":
            self.lines.close_row()
        return tag


def _element(tag: str, attrs: list[tuple[str, str | None]]) -> Element:
    attributes = {name: value or "" for name, value in attrs[:50]}
    return Element(tag, attributes, frozenset(attributes.get("class", "").lower().split()[:20]))


def _inside(around: _Open, tag: str, look: Declared) -> _Open:
    ink = look.get("-webkit-text-fill-color") or look.get("color", "")
    return _Open(
        tag=tag,
        silent=around.silent or tag in _SILENT,
        reason=around.reason or concealed_by(look) or (_CLOSED if tag in _NOT_SHOWN else ""),
        ink=colour(ink) or around.ink,
        ground=_ground(look, around.ground),
        size=letter_size(look, around.size),
    )


def _ground(look: Declared, around: str | None) -> str | None:
    said = look.get("background-color") or look.get("background") or ""
    if "background-image" in look or "url(" in said or "gradient" in said:
        return None
    if not said or said in {"none", "transparent", "inherit", "initial"}:
        return around
    return colour(said if "(" in said else said.split()[0]) or None

"""ODT: the body of an OpenDocument text; hidden, unreadably small and unseen text apart.

After ISO/IEC 26300-1.
"""

from typing import Final

from core.documents.archive import Enough, beginning, open_archive, parse, part_of
from core.documents.asides import worth_showing
from core.documents.office import NARROW, POINTS, POINTS_AWAY, TINY, WHITE, Collector, unseen
from core.documents.reading import Failure, Found, Limits

_SPACES: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_PROPERTIES: Final = frozenset(
    ("text-properties", "paragraph-properties", "table-cell-properties", "graphic-properties")
)
_MAX_DEPTH: Final = 400
_BODIES: Final = frozenset(("office:text", "style:header", "style:footer"))
_ASIDES: Final = {
    "office:annotation": "a comment",
    "text:tracked-changes": "deleted, but still in the file",
    "office:forms": "in a form that is not shown",
    "svg-compatible:desc": "the description of a picture",
    "svg-compatible:title": "the description of a picture",
    "text:script": "a script",
}
_UNSHOWN_TEXT: Final = {
    "text:hidden-text": ("string-value",),
    "text:conditional-text": ("string-value-if-true", "string-value-if-false"),
}
"""Fields with words that a condition keeps off the page; what it lets through is the field's content."""
_STYLED: Final = frozenset(
    (
        "text:p",
        "text:h",
        "text:span",
        "text:a",
        "text:section",
        "table:table",
        "table:table-row",
        "table:table-cell",
        "drawing:frame",
    )
)
_KEPT: Final = frozenset(("display", "color", "font-size", "background-color", "fill", "text-scale"))
_PLACES: Final = ("x", "y")
_BODY_SIZE: Final = 12.0
"""Points; what sizes in per cent are taken of."""

Look = dict[str, str]


def read_odt(data: bytes, limits: Limits) -> Found:
    """The text of an ODT file; raises Failure."""
    with open_archive(data) as archive:
        names = archive.namelist()
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in beginning(archive, manifest):
            raise Failure("encrypted")
        text = _Text(limits)
        try:
            if "styles.xml" in names:
                parse(part_of(archive, "styles.xml"), text)
            parse(part_of(archive, "content.xml"), text)
        except Enough:
            return text.found(partial=True)
    return text.found(partial=False)


class _Text(Collector):
    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self._depth = self._body = 0
        self._aside: list[str] = []
        self._said_aside: list[str] = []
        self._style = ""
        self._said: dict[str, Look] = {}
        self._parents: dict[str, str] = {}
        self._looks: list[Look] = [{"background-color": WHITE}]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise Failure("unsafe")
        tag = _short(name)
        values = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if tag in _BODIES:
            self._body += 1
        elif self._body and (self._aside or tag in _ASIDES):
            self._aside.append(_ASIDES.get(tag, ""))
        elif tag == "style:style":
            self._style = values.get("name", "")
            self._said[self._style] = {}
            self._parents[self._style] = values.get("parent-style-name", "")
        elif tag.partition(":")[2] in _PROPERTIES and self._style:
            self._said[self._style].update((key, value) for key, value in values.items() if key in _KEPT)
        elif self._body:
            self._open(tag, values)

    def _open(self, tag: str, values: dict[str, str]) -> None:
        if tag in _STYLED:
            self._looks.append(_inside(self._looks[-1], self._look(values)))
        elif tag == "text:hidden-paragraph" and values.get("is-hidden") == "true":
            self._looks[-1]["display"] = "none"
        for key in _UNSHOWN_TEXT.get(tag, ()):
            if worth_showing(values.get(key, "")):
                self.conceal("marked as hidden", f" {values[key]} ")
        if tag == "table:table-row":
            self.open_row()
        elif tag == "table:table-cell":
            self.open_cell()
        elif tag in {"text:s", "text:tab"}:
            self.say(" ")
        elif tag in {"text:line-break", "drawing:text-box"}:
            self.close_line()

    def _look(self, values: dict[str, str]) -> Look:
        look: Look = {}
        if _is_off(values):
            look["display"] = "none"
        if any(abs(_length(values.get(key, "")) or 0.0) > POINTS_AWAY for key in _PLACES):
            look["away"] = "1"
        style, chain = values.get("style-name", ""), list[Look]()
        while style in self._said and len(chain) < 12:
            chain.append(self._said[style])
            style = self._parents[style]
        for said in reversed(chain):
            look.update(said)
        return look

    def end(self, name: str) -> None:
        self._depth -= 1
        tag = _short(name)
        if self._aside:
            self._leave_aside(tag)
            return
        if tag in _BODIES:
            self._body -= 1
        elif tag == "style:style":
            self._style = ""
        if not self._body:
            return
        if tag in _STYLED and len(self._looks) > 1:
            self._looks.pop()
        if tag in {"text:p", "text:h"}:
            self.close_line()
        elif tag == "table:table-cell":
            self.close_cell()
        elif tag == "table:table-row":
            self.close_row()

    def text(self, text: str) -> None:
        if self._aside:
            self._said_aside.append(text)
        if not self._body or self._aside or len(self._looks) == 1:
            return
        reason = _hidden_because(self._looks[-1])
        if reason:
            self.conceal(reason, text)
        else:
            self.say(text)

    def _leave_aside(self, tag: str) -> None:
        reason = self._aside.pop()
        if tag in {"text:p", "text:h"}:
            self._said_aside.append(" ")
        if self._aside:
            return
        text = "".join(self._said_aside)
        self._said_aside.clear()
        if worth_showing(text):
            self.conceal(reason, f" {text} ")


def _inside(around: Look, look: Look) -> Look:
    """What holds within an element; sizes in per cent are of the size around it."""
    size = look.get("font-size", "")
    if size.endswith("%"):
        share = _length(size.removesuffix("%") + "pt")
        base = _length(around.get("font-size", "")) or _BODY_SIZE
        look["font-size"] = f"{base * (share if share is not None else 100.0) / 100}pt"
    kept = {"display": "none"} if around.get("display") == "none" else {}
    return {**around, **look, **kept}


def _is_off(values: Look) -> bool:
    """True for a section, row or column that is not shown now."""
    return (
        values.get("display") == "none"
        or values.get("is-hidden") == "true"
        or values.get("visibility") in {"collapse", "filter"}
    )


def _length(text: str) -> float | None:
    """A length in points; None for anything else."""
    unit = text[-2:]
    try:
        return float(text[:-2]) * POINTS[unit]
    except (KeyError, ValueError):
        return None


def _short(name: str) -> str:
    """ "text:p" for the element `p` of the OpenDocument namespace `text`."""
    space, _, tag = name.rpartition(" ")
    return f"{space.removeprefix(_SPACES).partition(':')[0]}:{tag}" if space.startswith(_SPACES) else tag


def _hidden_because(look: Look) -> str:
    if look.get("display", "") == "none":
        return "marked as hidden"
    size = _length(look.get("font-size", ""))
    scale = _length(look.get("text-scale", "").removesuffix("%") + "pt")
    if (size is not None and size < TINY) or (scale is not None and scale < NARROW):
        return "too small to see"
    if look.get("away"):
        return "outside the page"
    filled = look.get("fill", "none") != "none"
    background = look.get("background-color", WHITE)
    ground = None if filled else WHITE if background == "transparent" else background
    return "the colour of its background" if unseen(look.get("color", "auto"), ground) else ""

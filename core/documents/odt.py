"""ODT: the body of an OpenDocument text; hidden, unreadably small and unseen text apart.

After ISO/IEC 26300-1.
"""

from typing import Final

from core.documents.archive import Enough, beginning, open_archive, parse, part_of
from core.documents.office import TINY, WHITE, Collector, unseen
from core.documents.reading import Failure, Found, Limits

_SPACES: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_PROPERTIES: Final = frozenset(
    ("text-properties", "paragraph-properties", "table-cell-properties", "graphic-properties")
)
_MAX_DEPTH: Final = 400
_BODIES: Final = frozenset(("office:text", "style:header", "style:footer"))
_SILENT: Final = frozenset(("office:annotation", "text:tracked-changes", "office:forms"))
_STYLED: Final = frozenset(
    ("text:p", "text:h", "text:span", "text:a", "text:section", "table:table-cell", "draw:frame")
)
_KEPT: Final = frozenset(("display", "color", "font-size", "background-color", "fill"))

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
        self._depth = self._body = self._silent = 0
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
        elif tag in _SILENT:
            self._silent += 1
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
            self._looks.append({**self._looks[-1], **self._look(values)})
        if tag == "table:table-row":
            self.open_row()
        elif tag == "table:table-cell":
            self.open_cell()
        elif tag in {"text:s", "text:tab"}:
            self.say(" ")
        elif tag in {"text:line-break", "draw:text-box"}:
            self.close_line()

    def _look(self, values: dict[str, str]) -> Look:
        look: Look = {key: values[key] for key in ("display",) if key in values}
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
        if tag in _BODIES:
            self._body -= 1
        elif tag in _SILENT:
            self._silent -= 1
        elif tag == "style:style":
            self._style = ""
        if not self._body:
            return
        if tag in _STYLED and len(self._looks) > 1:
            self._looks.pop()
        if tag in {"text:p", "text:h"}:
            if not self._silent:
                self.close_line()
        elif tag == "table:table-cell":
            self.close_cell()
        elif tag == "table:table-row":
            self.close_row()

    def text(self, text: str) -> None:
        if not self._body or self._silent or len(self._looks) == 1:
            return
        reason = _hidden_because(self._looks[-1])
        if reason:
            self.conceal(reason, text)
        else:
            self.say(text)


def _short(name: str) -> str:
    """ "text:p" for the element `p` of the OpenDocument namespace `text`."""
    space, _, tag = name.rpartition(" ")
    return f"{space.removeprefix(_SPACES).partition(':')[0]}:{tag}" if space.startswith(_SPACES) else tag


def _hidden_because(look: Look) -> str:
    if look.get("display", "") == "none":
        return "marked as hidden"
    size = look.get("font-size", "")
    if size.endswith("pt") and size[:-2].replace(".", "", 1).isdigit() and float(size[:-2]) < TINY:
        return "too small to see"
    filled = look.get("fill", "none") != "none"
    background = look.get("background-color", WHITE)
    ground = None if filled else WHITE if background == "transparent" else background
    return "the colour of its background" if unseen(look.get("color", "auto"), ground) else ""

"""How WordprocessingML says letters look: by themselves, by their paragraph, by styles and by the theme."""

from typing import Final

from core.documents.office import NARROW, TINY, TWIPS_AWAY, WHITE, unseen

WORD: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_SPACES: Final = tuple(f"{space} " for space in WORD)
_TOLD: Final = ("style", "basedOn", "vanish", "color", "sz", "shd", "highlight", "w", "spacing", "ind")
_IN_STYLES: Final = {space + tag: tag for space in _SPACES for tag in _TOLD}
OFF: Final = frozenset(("0", "false", "off"))
_HIGHLIGHTS: Final = {"white": WHITE, "none": "", "black": "000000", "yellow": "FFFF00"}
_PAPER: Final = frozenset(("background1", "light1"))
_PRINT: Final = frozenset(("text1", "dark1"))
PAPER: Final = frozenset(("bg1", "lt1"))
"""Names of the theme's colour for paper, in drawings."""

Look = dict[str, str]
"""What is said of letters: vanish, color, sz, shd, w, line, away, fill, clear; the rest is inherited."""


def value(attributes: dict[str, str], key: str) -> str:
    """An attribute of WordprocessingML, "" where it is missing."""
    for space in _SPACES:
        if space + key in attributes:
            return attributes[space + key]
    return ""


class Styles:
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
            self._style = value(attributes, "styleId")
            self._said[self._style] = {}
            if value(attributes, "type") == "paragraph" and value(attributes, "default") not in {"", *OFF}:
                self.usual = self._style
        elif tag == "basedOn":
            self._based[self._style] = value(attributes, "val")
        else:
            note(f"w:{tag}", attributes, self._said.get(self._style, self.defaults))

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


def note(tag: str, attributes: dict[str, str], look: Look) -> None:
    """Write down what an element says of letters."""
    said = value(attributes, "val")
    if tag == "w:vanish":
        look["vanish"] = said or "1"
    elif tag == "w:color":
        look["color"] = _ink(attributes)
    elif tag in {"w:sz", "w:w"}:
        look[tag[2:]] = said.removesuffix("%")
    elif tag == "w:shd" and shading(attributes):
        look["shd"] = shading(attributes)
    elif tag == "w:highlight":
        look["shd"] = _HIGHLIGHTS.get(said, "808080")
    elif tag in {"w:spacing", "w:ind"}:
        _note_paragraph(tag, attributes, look)


def _note_paragraph(tag: str, attributes: dict[str, str], look: Look) -> None:
    if tag == "w:spacing" and value(attributes, "line"):
        look["line"] = value(attributes, "line") if value(attributes, "lineRule") == "exact" else ""
    elif tag == "w:ind":
        indents = [
            value(attributes, key) for key in ("left", "start", "right", "end", "firstLine", "hanging")
        ]
        look["away"] = "1" if any(abs(_number(indent)) > TWIPS_AWAY for indent in indents) else ""


def note_fill(tag: str, attributes: dict[str, str], look: Look) -> None:
    """Write down what Word's own text effects say of the fill of letters; `tag` is a local name."""
    said = next((text for key, text in attributes.items() if key.endswith(" val") or key == "val"), "")
    if tag == "noFill" or (tag == "alpha" and _number(said) >= 90_000):
        look["clear"] = "1"
    elif tag == "srgbClr":
        look["fill"] = said
    elif tag == "schemeClr":
        look["fill"] = WHITE if said in PAPER else "auto"


def _ink(attributes: dict[str, str]) -> str:
    """The colour of letters; the theme's name for it, where there is one, counts before the number."""
    said, theme = value(attributes, "val"), value(attributes, "themeColor")
    if theme in _PAPER and not value(attributes, "themeShade"):
        return WHITE
    if theme in _PRINT and not value(attributes, "themeTint"):
        return "auto"
    return said or "auto"


def shading(attributes: dict[str, str]) -> str:
    """The colour of a shade, "" for none; a pattern counts as a middle grey, on which most ink is seen."""
    fill, pattern = value(attributes, "fill"), value(attributes, "val")
    if pattern not in {"", "clear", "nil"}:
        return "808080"
    return "" if fill.lower() in {"", "auto"} else fill


def hidden_because(look: Look, ground: str | None) -> str:
    """Why letters of this look are not seen on a ground; "" when they are."""
    if look.get("vanish", "0") not in OFF:
        return "marked as hidden"
    if _is_tiny(look):
        return "too small to see"
    if look.get("away"):
        return "outside the page"
    if look.get("clear"):
        return "transparent"
    ink = look.get("fill") or look.get("color", "auto")
    return "the colour of its background" if unseen(ink, look.get("shd") or ground) else ""


def _is_tiny(look: Look) -> bool:
    size, width, line = look.get("sz", ""), look.get("w", ""), look.get("line", "")
    return (
        (size.isdigit() and int(size) < 2 * TINY)
        or (width.isdigit() and 0 < int(width) < NARROW)
        or (line.isdigit() and 0 < int(line) < 20 * TINY)
    )


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0

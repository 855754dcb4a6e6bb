"""As much of CSS as it takes to tell what a page hides: simple selectors, few properties, bounded work."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

_AT: Final = re.compile(r"@[a-z-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.I)
_RULE: Final = re.compile(r"([^{}]{1,500})\{([^{}]{0,5000})\}")
_SELECTOR: Final = re.compile(r"(?:[a-z][a-z0-9]*|\*)?(?:[.#][\w-]+)?", re.I)
_LENGTH: Final = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%)?\s*$", re.I)
_RGB: Final = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})", re.I)
_POINTS: Final = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12, "": 0.75}
_NAMED: Final = {
    "white": "FFFFFF",
    "snow": "FFFAFA",
    "ivory": "FFFFF0",
    "ghostwhite": "F8F8FF",
    "whitesmoke": "F5F5F5",
    "black": "000000",
}
_MAX_RULES: Final = 2000
_MAX_SHEETS: Final = 20
_MAX_SHEET: Final = 200_000
_AWAY: Final = -375.0
"""Points; further to the left or top than this is a way to move text off the screen."""

Declared = dict[str, str]


class Styles:
    """The rules of a page's own style sheets, by selector."""

    def __init__(self, page: str) -> None:
        self._rules: dict[str, Declared] = {}
        for sheet in _sheets(page):
            for selectors, body in _RULE.findall(_AT.sub("", sheet))[:_MAX_RULES]:
                for selector in selectors.split(","):
                    self._add(selector.strip().lower(), declared(body))

    def _add(self, selector: str, said: Declared) -> None:
        if selector and _SELECTOR.fullmatch(selector):
            self._rules.setdefault(selector, {}).update(said)

    def of(self, tag: str, attributes: Mapping[str, str]) -> Declared:
        """All that is declared for an element, its attributes included."""
        look: Declared = {}
        names = [f".{name}" for name in attributes.get("class", "").lower().split()[:20]]
        names += [f"#{attributes['id'].lower()}"] if attributes.get("id") else []
        for selector in ("*", tag, *names, *(tag + name for name in names)):
            look.update(self._rules.get(selector, {}))
        look.update(_said_by_attributes(tag, attributes))
        look.update(declared(attributes.get("style", "")))
        return look


def _sheets(page: str) -> Iterator[str]:
    lower, place = page.lower(), 0
    for _ in range(_MAX_SHEETS):
        start = lower.find("<style", place)
        end = lower.find("</style", start)
        if start < 0 or end < 0:
            return
        yield page[start:end].partition(">")[2][:_MAX_SHEET]
        place = end


def declared(body: str) -> Declared:
    """Properties and values of a list of declarations, in lower case."""
    parts = body[:5000].lower().replace("!important", "").split(";")
    pairs = (part.partition(":") for part in parts)
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}


def _said_by_attributes(tag: str, attributes: Mapping[str, str]) -> Declared:
    said: Declared = {}
    if "hidden" in attributes:
        said["display"] = "none"
    if tag == "font" and attributes.get("color"):
        said["color"] = attributes["color"].lower()
    if attributes.get("bgcolor"):
        said["background"] = attributes["bgcolor"].lower()
    return said


def concealed_by(look: Declared) -> str:
    """Why nothing of an element is seen, whatever it holds; "" when that is not so."""
    if look.get("display") == "none" or look.get("visibility") in {"hidden", "collapse"}:
        return "hidden by its style"
    if look.get("opacity", "1").rstrip("0") in {"", ".", "0."} or look.get("color") == "transparent":
        return "transparent"
    placed = look.get("position") in {"absolute", "fixed"}
    moved = ("text-indent", "left", "top", "margin-left") if placed else ("text-indent", "margin-left")
    if any((points(look.get(name, "")) or 0.0) <= _AWAY for name in moved):
        return "outside the page"
    return ""


def points(length: str) -> float | None:
    """A length in points, taking 16 pixels for the size of letters; None for anything else."""
    found = _LENGTH.match(length.strip())
    return float(found.group(1)) * _POINTS[(found.group(2) or "").lower()] if found else None


def colour(value: str) -> str:
    """Six hexadecimal digits, or "" where the colour is not understood."""
    value = value.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "".join(digit * 2 for digit in value[1:])
    if re.fullmatch(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?", value):
        return value[1:7]
    found = _RGB.match(value)
    if found:
        return "".join(f"{min(int(part), 255):02x}" for part in found.groups())
    return _NAMED.get(value, "")

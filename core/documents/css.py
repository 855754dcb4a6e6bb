"""As much of CSS as it takes to tell what a page hides: common selectors, few properties, bounded work."""

import re
from collections.abc import Iterator
from typing import Final

from core.documents.colours import is_clear
from core.documents.office import POINTS
from core.documents.selectors import Element, Rule, fits, keyed, rule_of

_MEDIA: Final = re.compile(r"@media([^{};]*)\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}", re.I)
_AT: Final = re.compile(r"@[a-z-]+[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})", re.I)
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.S)
_RULE: Final = re.compile(r"([^{}]{1,500})\{([^{}]{0,5000})\}")
_VARIABLE: Final = re.compile(r"var\(\s*(--[\w-]+)[^()]*\)")
_LENGTH: Final = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%|cm|mm|in|vw|vh)?\s*$", re.I)
_SIZE_IN_FONT: Final = re.compile(r"(?:^|\s)(\d*\.?\d+(?:px|pt|em|rem|%)?)(?=\s|/)")
_POINTS: Final = POINTS | {"": POINTS["px"], "em": 12.0, "rem": 12.0, "%": 0.12, "vw": 9.0, "vh": 6.0}
_MAX_RULES: Final = 2000
_MAX_SHEETS: Final = 20
_MAX_SHEET: Final = 200_000
_MOST_FITTING: Final = 200
_AWAY: Final = -375.0
"""Points; further to the left or top than this is a way to move text off the screen."""
_BEYOND: Final = 3750.0
"""Points; nobody scrolls this far to the right or down for a word."""
_FAINT: Final = 0.1
_CLIPPED: Final = re.compile(
    r"inset\(\s*(?:100|[5-9]\d)(?:\.\d+)?%|(?:circle|ellipse)\(\s*0|polygon\(\s*0(?:px|%)?\s+0(?:px|%)?\s*\)"
)
_SCALED: Final = re.compile(r"scale[xy]?\(\s*(-?\d*\.?\d+)")
_MOVED: Final = re.compile(r"translate(?:3d|x|y)?\(\s*([^(),]+)(?:,\s*([^(),]+))?")
_FILTER: Final = re.compile(r"opacity\(\s*(\d*\.?\d+%?)\s*\)")

Declared = dict[str, str]


class Styles:
    """The rules of a page's own style sheets, found by the last part of their selectors."""

    def __init__(self, page: str) -> None:
        self._rules: dict[str, list[tuple[Rule, Declared, Declared]]] = {}
        self._variables: Declared = {}
        for sheet in _sheets(page):
            for selectors, body in _RULE.findall(_plain(sheet))[:_MAX_RULES]:
                for selector in selectors.split(","):
                    self._add(selector.strip().lower(), body)

    def _add(self, selector: str, body: str) -> None:
        said, insisted = declared(body)
        self._variables.update((name, value) for name, value in said.items() if name.startswith("--"))
        if rule := rule_of(selector):
            self._rules.setdefault(rule.key, []).append((rule, said, insisted))

    def of(self, path: list[Element]) -> Declared:
        """All that is declared for the last element of a path, its attributes included."""
        element = path[-1]
        found = [entry for key in keyed(element) for entry in self._rules.get(key, ())[:_MOST_FITTING]]
        fitting = [entry for entry in found if fits(entry[0], path)]
        fitting.sort(key=lambda entry: entry[0].weight)
        look: Declared = {}
        for _, said, _ in fitting:
            look.update(said)
        look.update(_said_by_attributes(element))
        said, insisted = declared(element.attributes.get("style", ""))
        look.update(said)
        for _, _, strong in fitting:
            look.update(strong)
        look.update(insisted)
        known = {**self._variables, **look}
        return {name: _resolved(value, known) if "var(" in value else value for name, value in look.items()}


def _resolved(value: str, variables: Declared) -> str:
    return _VARIABLE.sub(lambda match: variables.get(match[1], ""), value)


def _plain(sheet: str) -> str:
    """A sheet with what holds on a wide screen unwrapped, and every other rule with an @ taken out."""
    sheet = _MEDIA.sub(
        lambda match: match[2] if _is_screen(match[1].lower()) else "", _COMMENT.sub("", sheet)
    )
    return _AT.sub("", sheet)


def _is_screen(query: str) -> bool:
    return "max-width" not in query and ("print" not in query or "screen" in query)


def _sheets(page: str) -> Iterator[str]:
    lower, place = page.lower(), 0
    for _ in range(_MAX_SHEETS):
        start = lower.find("<style", place)
        end = lower.find("</style", start)
        if start < 0 or end < 0:
            return
        yield page[start:end].partition(">")[2][:_MAX_SHEET]
        place = end


def declared(body: str) -> tuple[Declared, Declared]:
    """Properties and values of a list of declarations in lower case: the usual, and the insisted on."""
    said: Declared = {}
    insisted: Declared = {}
    for part in body[:5000].lower().split(";"):
        name, _, value = part.partition(":")
        value, mark, _ = value.partition("!")
        if value.strip():
            (insisted if mark else said)[name.strip()] = value.strip()
    return said, insisted


def _said_by_attributes(element: Element) -> Declared:
    attributes = element.attributes
    said: Declared = {}
    if "hidden" in attributes or (element.tag == "dialog" and "open" not in attributes):
        said["display"] = "none"
    if element.tag == "font" and attributes.get("color"):
        said["color"] = attributes["color"].lower()
    if attributes.get("bgcolor"):
        said["background"] = attributes["bgcolor"].lower()
    if element.tag == "bdo" and attributes.get("dir", "").lower() == "rtl":
        said.update({"unicode-bidi": "bidi-override", "direction": "rtl"})
    return said


def concealed_by(look: Declared) -> str:
    """Why nothing of an element is seen, whatever it holds; "" when that is not so."""
    if look.get("display") == "none" or look.get("visibility") in {"hidden", "collapse"}:
        return "hidden by its style"
    if look.get("content-visibility") == "hidden" or _is_cut_off(look):
        return "hidden by its style"
    if _is_faint(look) or is_clear(look.get("-webkit-text-fill-color") or look.get("color", "")):
        return "transparent"
    if _is_away(look):
        return "outside the page"
    turned = look.get("unicode-bidi", "").endswith("override") and look.get("direction") == "rtl"
    return "written backwards" if turned else ""


def _is_cut_off(look: Declared) -> bool:
    if _CLIPPED.search(look.get("clip-path", "")):
        return True
    clip = look.get("clip", "")
    if clip.startswith("rect(") and all(
        (points(part) or 0.0) < 3 for part in re.split(r"[,\s]+", clip[5:-1])
    ):
        return True
    if not any(look.get(name) in {"hidden", "clip"} for name in ("overflow", "overflow-x", "overflow-y")):
        return False
    return any(
        (length := points(look.get(name, ""))) is not None and length < 2
        for name in ("height", "max-height", "width", "max-width")
    )


def _is_faint(look: Declared) -> bool:
    through = _FILTER.search(look.get("filter", ""))
    return any(_share(value) < _FAINT for value in (look.get("opacity", "1"), through[1] if through else "1"))


def _share(value: str) -> float:
    number = value.rstrip("%")
    try:
        return float(number) / (100 if value.endswith("%") else 1)
    except ValueError:
        return 1.0


def _is_away(look: Declared) -> bool:
    moved = ["text-indent", "margin-left", "margin-top"]
    if look.get("position") in {"absolute", "fixed", "relative"}:
        moved += ["left", "top", "right", "bottom"]
    lengths = [points(look.get(name, "")) or 0.0 for name in moved]
    for match in _MOVED.finditer(look.get("transform", "")):
        lengths += [points(part or "") or 0.0 for part in match.groups()]
    scales = [float(match[1]) for match in _SCALED.finditer(look.get("transform", ""))]
    return any(length <= _AWAY or length >= _BEYOND for length in lengths) or any(
        abs(scale) < _FAINT for scale in scales
    )


def points(length: str) -> float | None:
    """A length in points, taking 16 pixels for the size of letters; None for anything else."""
    found = _LENGTH.match(length.strip())
    return float(found.group(1)) * _POINTS[(found.group(2) or "").lower()] if found else None


def letter_size(look: Declared, around: float) -> float:
    """The size of letters in points, within an element whose letters have the size `around`."""
    said = look.get("font-size", "")
    if not said and (short := _SIZE_IN_FONT.search(look.get("font", ""))):
        said = short[1]
    size = points(said)
    if said.endswith(("em", "%")) and not said.endswith("rem") and size is not None:
        size *= around / 12.0
    zoom = look.get("zoom", "1")
    return (around if size is None else size) * (_share(zoom) if zoom[0].isdigit() else 1.0)

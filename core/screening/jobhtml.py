"""A job's HTML as the lines a browser would show, told apart as headings, bullets and prose."""

import re
from html.parser import HTMLParser
from typing import Final

import msgspec

_HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_SILENT: Final = frozenset(["script", "style", "head", "title", "template", "noscript"])
DEMAND: Final = re.compile(
    r"\d|\b(?:experience|experienced|knowledge|familiarity|proficien\w+|skills?|background|"
    r"education|degree|fluent|fluency)"
    r"\s+(?:with|in|of|to|as|on)\b|^(?:good|strong|excellent|proven|solid|deep|sound|working|able|"
    r"ability|must|valid)\s+(?!to have|have)",
    re.IGNORECASE,
)


class Raw(msgspec.Struct):
    """One line before it belongs to a part; `flattened` if its breaks were lost and guessed."""

    text: str
    heading: bool = False
    bullet: bool = False
    flattened: bool = False


class _Flow(HTMLParser):
    """Collects lines as a browser would break them; bold lines of their own count as headings."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Raw] = []
        self._now: list[str] = []
        self._bold: list[bool] = []
        self._silent = 0
        self._strong = 0
        self._heading = 0
        self._bullet = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        if tag in _BLOCKS:
            self.break_line()
        self._strong += tag in {"b", "strong"}
        self._heading += tag in _HEADINGS
        if tag == "li":
            self._bullet = True

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if tag in _BLOCKS:
            self.break_line()
        if tag in {"b", "strong"}:
            self._strong = max(0, self._strong - 1)
        if tag in _HEADINGS:
            self._heading = max(0, self._heading - 1)

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        for place, piece in enumerate(data.split("\n\n") if not self._now else [data]):
            if place:
                self.break_line()
            self._now.append(piece)
            if piece.strip():
                self._bold.append(bool(self._strong or self._heading))

    def break_line(self) -> None:
        text = " ".join("".join(self._now).split())
        if text:
            bold = bool(self._bold) and all(self._bold) and len(text) < 90
            heading = bold and not self._bullet and not DEMAND.search(text)
            self.lines.append(Raw(text, heading=heading, bullet=self._bullet))
            self._bullet = False
        self._now.clear()
        self._bold.clear()


def shown_lines(html: str) -> list[Raw]:
    """The lines of an HTML text, in the order they stand."""
    flow = _Flow()
    flow.feed(html)
    flow.close()
    flow.break_line()
    return flow.lines

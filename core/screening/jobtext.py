"""A job's HTML as plain text with parts: what is asked, done, offered, and who the company is."""

import re
from html.parser import HTMLParser
from typing import Final, Literal

import msgspec

Part = Literal["requirement", "nice_to_have", "duty", "benefit", "company", "equal_opportunity", "unknown"]

_HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6".split())
_BLOCKS: Final = frozenset(
    "address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table td "
    "th tr ul".split()
)
_SILENT: Final = frozenset("script style head title template noscript".split())
_PARTS: Final[tuple[tuple[Part, str], ...]] = (
    (
        "equal_opportunity",
        r"equal opportunit|diversity|inclusion|discriminat|our commitment to|accommodation",
    ),
    (
        "nice_to_have",
        r"nice[- ]to[- ]have|good to have|preferred|desirable|desired|bonus|\bplus(?:es)?\b|advantage|ideally|beneficial"
        r"|would be great|optional",
    ),
    (
        "benefit",
        r"we offer|what's in it|what is in it|benefit|perks|why (?:join|work|us|you)|compensation|salary|our offer|in return"
        r"|what you(?:'ll| will)? get|we provide|you get|rewards|package",
    ),
    (
        "requirement",
        r"requirement|qualification|what you(?:'ll| will)? (?:bring|need)|you bring|must[- ]have|who you are|about you"
        r"|your profile|your skills|skills|experience|what we(?:'re| are) looking for|you have|you should have|ideal candidate"
        r"|we expect|education|your background|minimum|essential|what makes you|looking for|knowledge|competenc",
    ),
    (
        "duty",
        r"responsibilit|what you(?:'ll| will)? (?:do|be doing)|your (?:role|tasks|duties|mission|day)|the role|role overview"
        r"|key (?:duties|tasks|accountabilit)|day[- ]to[- ]day|job description|about the (?:job|role|position)|in this role"
        r"|duties|tasks|you will\s*:?$|the job",
    ),
    (
        "company",
        r"about us|who we are|about (?:the )?company|our (?:company|team|story|mission|culture|values)|about [A-Z]|the team"
        r"|how to apply|application process|contact",
    ),
)
_HEADING_PART: Final = tuple((part, re.compile(pattern, re.IGNORECASE)) for part, pattern in _PARTS)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the plain text: `text == source[start:end]`, with the part it stands in."""

    text: str
    start: int
    end: int
    heading: bool
    bullet: bool
    part: Part
    flattened: bool = False


class _Raw(msgspec.Struct):
    text: str
    heading: bool = False
    bullet: bool = False


class _Flow(HTMLParser):
    """Collects lines as a browser would break them; bold lines of their own count as headings."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[_Raw] = []
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
            bold = bool(self._bold) and all(self._bold)
            self.lines.append(_Raw(text, heading=bold and len(text) < 90, bullet=self._bullet))
            self._bullet = False
        self._now.clear()
        self._bold.clear()


_MARK: Final = re.compile(r"^[\-–—•●▪◦‣·*○■□✓>]+\s+")


def _raw_lines(source: str) -> list[_Raw]:
    if not re.search(r"<[a-zA-Z/!]", source):
        return [_plain(" ".join(line.split())) for line in _broken(source) if line.strip()]
    flow = _Flow()
    flow.feed(source)
    flow.close()
    flow.break_line()
    return [_unmarked(line) for line in flow.lines]


_INLINE: Final = re.compile(
    r"(?:(?<=[.!?;:)])|(?<=\s{2})|^)\s*((?:[A-Z][\w'’&/-]*)(?:\s+[\w'’&/-]+){0,6})\s*(?::|\s-\s)\s", re.MULTILINE
)
_INLINE_BULLET: Final = re.compile(r"\s+(?:[•●▪◦‣·○■□✓*]|-(?=\s+[A-Z]))\s+")


def _is_flat(source: str) -> bool:
    """True for a text that lost its line breaks on its way here, as scraped ones do."""
    plain = not re.search(r"<[a-zA-Z/!]", source)
    return plain and max((len(line) for line in source.splitlines()), default=0) >= 600


def _broken(source: str) -> list[str]:
    """Lines; a text whose breaks were lost gets them back at its headings and bullets."""
    if not _is_flat(source):
        return source.splitlines()

    def before(match: re.Match[str]) -> str:
        known = _heading_part(match[1]) != "unknown"
        return f"\n{match[1]}:\n" if known else match[0]

    return _INLINE_BULLET.sub("\n- ", _INLINE.sub(before, source)).splitlines()


def _unmarked(line: _Raw) -> _Raw:
    mark = _MARK.match(line.text)
    return _Raw(line.text[mark.end() :], bullet=True) if mark else line


def _plain(text: str) -> _Raw:
    text = re.sub(r"^#{1,6}\s+|^\*\*(.+)\*\*:?$", lambda m: m[1] or "\0", text)
    if text.startswith("\0"):
        return _Raw(text[1:], heading=True)
    mark = _MARK.match(text)
    if mark:
        return _Raw(text[mark.end() :], bullet=True)
    short = len(text) < 60 and not text.endswith((".", ",", ";"))
    return _Raw(text, heading=short and (text.endswith(":") or _heading_part(text) != "unknown"))


def _heading_part(text: str) -> Part:
    for part, pattern in _HEADING_PART:
        if pattern.search(text):
            return part
    return "unknown"


def segment(source: str) -> tuple[str, list[Line]]:
    """The plain text and its lines; every line after a heading belongs to the heading's part."""
    position, part, lines = 0, "unknown", []
    current: Part = "unknown"
    flattened = _is_flat(source)
    for raw in _raw_lines(source):
        if raw.heading or (raw.text.endswith(":") and len(raw.text) < 70 and not raw.bullet):
            current = _heading_part(raw.text)
        part = current
        lines.append(
            Line(
                text=raw.text,
                start=position,
                end=position + len(raw.text),
                heading=raw.heading or raw.text.endswith(":"),
                bullet=raw.bullet,
                part=part,  # type: ignore[arg-type]  # it is one of the parts
                flattened=flattened,
            )
        )
        position += len(raw.text) + 1
    return "\n".join(line.text for line in lines), lines


def plain_text(source: str) -> str:
    """The job's text as a person reads it."""
    return segment(source)[0]

"""RTF, HTML and plain text."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Final

from charset_normalizer import from_bytes
from striprtf.striprtf import rtf_to_text

from core.documents.reading import Failure, HiddenText, Limits, Piece

Read = tuple[Sequence[Piece], Sequence[HiddenText], int]

_MAX_DEPTH: Final = 400
_MAX_RTF_DEPTH: Final = 200
_BLOCKS: Final = frozenset(
    "address article aside blockquote br dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre "
    "section table td th tr ul".split()
)
_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())
_SILENT: Final = frozenset("script style noscript template head title svg object iframe".split())
_CONCEALING: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)"
    r"|font-size\s*:\s*[0-2](?:\.\d+)?(?:px|pt)|(?<!-)color\s*:\s*(?:#fff(?:fff)?\b|white\b)",
    re.IGNORECASE,
)


def decode(data: bytes) -> str:
    """Text of unknown encoding: byte-order marks, UTF-8, then the best guess."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(data[:200_000]).best()
        return data.decode(best.encoding if best else "cp1252", errors="replace")


def read_txt(data: bytes, limits: Limits) -> Read:
    """One piece a line."""
    text = decode(data)[: limits.max_chars * 2]
    return [Piece(text=line) for line in text.splitlines()], [], 0


def read_rtf(data: bytes, limits: Limits) -> Read:
    """The visible text of an RTF file; text under \\v is hidden."""
    source = data.decode("latin-1")
    depth = deepest = 0
    for character in source:
        depth += (character == "{") - (character == "}")
        deepest = max(deepest, depth)
    if deepest > _MAX_RTF_DEPTH:
        raise Failure("unsafe")
    concealed = " ".join(re.findall(r"\\v(?![\w0])\s?([^\\{}]+)", source))
    if concealed:
        source = re.sub(r"(\\v(?![\w0])\s?)[^\\{}]+", r"\1", source)
    text = rtf_to_text(source, errors="ignore")[: limits.max_chars * 2]
    hidden = [HiddenText(reason="marked as hidden", text=concealed[:2000])] if concealed.strip() else []
    return [Piece(text=line) for line in text.splitlines()], hidden, 0


def read_html(data: bytes, limits: Limits) -> Read:
    """The text of an HTML page as a browser would show it, roughly."""
    collector = _Html(limits.max_chars * 4)
    collector.feed(decode(data))
    collector.close()
    collector.close_line()
    hidden = "".join(collector.hidden).strip()
    concealed = [HiddenText(reason="hidden by its style", text=hidden[:2000])] if hidden else []
    return [Piece(text=line) for line in collector.lines], concealed, 0


class _Html(HTMLParser):
    def __init__(self, most: int) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.hidden: list[str] = []
        self._now: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []
        self._left = most

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.close_line()
        if tag in _VOID:
            return
        if len(self._open) > _MAX_DEPTH:
            raise Failure("unsafe")
        values = {name: value or "" for name, value in attrs}
        silent, hidden = self._open[-1][1:] if self._open else (False, False)
        concealed = "hidden" in values or bool(_CONCEALING.search(values.get("style", "")))
        self._open.append((tag, silent or tag in _SILENT, hidden or concealed))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.close_line()
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        silent, hidden = self._open[-1][1:] if self._open else (False, False)
        if silent:
            return
        self._left -= len(data)
        if self._left < 0:
            raise Failure("unsafe")
        (self.hidden if hidden else self._now).append(data)

    def close_line(self) -> None:
        text = "".join(self._now)
        self._now.clear()
        if text.strip():
            self.lines.append(text)

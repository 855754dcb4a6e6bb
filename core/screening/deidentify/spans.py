"""Takes stretches out of a text so that the same is left whoever they told of, and leads back from it."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

MARK: Final = "▪"
_BULLET: Final = "•"
"""What stands where the text itself has the mark, which must tell of nothing but a person."""


class Span(NamedTuple):
    """What to take out, `text[start:end]`, and what to `put` there instead."""

    start: int
    end: int
    put: str = MARK


class Deidentified(msgspec.Struct, frozen=True, kw_only=True):
    """The text without the person.

    `pieces` lead back, in order: (start here, start there, length there); a piece ends here where the next
    one starts. What was kept is as long here as there; of what was taken out a mark or nothing is left.
    """

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of this text stands in the original; marks belong to what they replaced."""
        if end <= start:
            return self._first(start), self._first(start)
        return self._first(start), self._last(end)

    def _first(self, offset: int) -> int:
        best = 0
        for here, there, length in self.pieces:
            if here > offset:
                break
            best = there + min(offset - here, length)
        return best

    def _last(self, offset: int) -> int:
        """The end in the original of a stretch that ends at this offset."""
        best = 0
        for place, (here, there, length) in enumerate(self.pieces):
            if here >= offset:
                break
            following = self.pieces[place + 1][0] if place + 1 < len(self.pieces) else len(self.text)
            best = there + (length if following <= offset else min(offset - here, length))
        return best


def without(text: str, spans: Iterable[Span]) -> Deidentified:
    """The text without the spans: neighbours become one mark, and so do lines with nothing else on them."""
    kept = _joined(text, [span for span in spans if span.start < span.end])
    kept = _joined(text, [_with_label(text, span) for span in kept])
    return _cut(text, _whole_lines(text, kept))


_BETWEEN: Final = " \t.,|·•*-–—/()[]<>_'’\"“”:;&+\\"


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Spans that overlap or have nothing but punctuation between them on one line, made one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        last = found[-1] if found else None
        if last and span.end <= last.end:
            continue
        if last and (span.start < last.end or _beside(text, last, span)):
            found[-1] = Span(last.start, span.end)
        else:
            found.append(span)
    return found


def _beside(text: str, one: Span, other: Span) -> bool:
    gap = text[one.end : other.start]
    return one.put == other.put == MARK and len(gap) < 6 and not gap.strip(_BETWEEN)


_LABEL: Final = re.compile(
    r"(?:(?<=[\s|•·(,;:])|^)(?:my[ \t]+)?(?:e-?mail|mail|phone|tel(?:ephone)?|mobile|cell(?:phone)?|mob|ph|fax"
    r"|whatsapp|linked[ \t]?in|git[ \t]?hub|git[ \t]?lab|skype|telegram|twitter|instagram|facebook|discord|xing"
    r"|website|web|blog|portfolio|homepage|url|links?|address|location|based in|lives? in|residence|residing at"
    r"|(?:full |first |last |family |given )?name|surname|candidate|applicant|contact|photo|d\.?o\.?b"
    r"|telefon|tél(?:éphone)?|teléfono|móvil|portable|handy|correo|adresse?|dirección|adres|indirizzo|endereço"
    r"|имя|姓名|电话|邮箱|地址)\.?(?:[ \t]+(?:address|number|no|id|profile|handle|url))?\.?[ \t]*[:\-–—|#]?[ \t(@]*$",
    re.IGNORECASE,
)
_NEEDS_COLON: Final = re.compile(
    r"^(?:contact|candidate|applicant|location|links?|web|mail|portable|handy|portfolio|blog|name|website|telephone"
    r"|photo)\W*$",
    re.IGNORECASE,
)


def _with_label(text: str, span: Span) -> Span:
    """The span with the word before it that says what it was: "Phone:" tells nothing without the number."""
    if span.put != MARK:
        return span
    first = max(text.rfind("\n", 0, span.start) + 1, span.start - 32)
    found = _LABEL.search(text[first : span.start])
    if not found or (_NEEDS_COLON.match(found[0]) and not re.search(r"[:|–—]|^\s*\w+\s+$", found[0])):
        return span
    alone = not text[text.rfind("\n", 0, span.start) + 1 : first + found.start()].strip(_BETWEEN)
    if _NEEDS_COLON.match(found[0]) and ":" not in found[0] and not alone:
        return span
    return Span(first + found.start(), span.end)


def _whole_lines(text: str, spans: Sequence[Span]) -> list[Span]:
    """One span for neighbouring lines that say nothing else; blank lines between them go with them."""
    found: list[Span] = []
    place, begins = 0, 0
    block: tuple[int, int] | None = None
    for line in text.split("\n"):
        ends = begins + len(line)
        here = []
        while place < len(spans) and spans[place].start <= ends:
            here.append(spans[place])
            place += 1
        within = bool(found) and not here and found[-1].end >= ends
        if here and here[-1].end > ends:
            block = None
            found += here
        elif here and not _says_more(text, begins, ends, here):
            block = (block[0] if block else begins, ends)
            _extend(found, block)
        elif here or (not within and any(character.isalnum() for character in line)):
            block = None
            found += here
        begins = ends + 1
    return found


def _extend(found: list[Span], block: tuple[int, int]) -> None:
    if found and found[-1].start == block[0]:
        found.pop()
    found.append(Span(*block))


def _says_more(text: str, begins: int, ends: int, spans: Sequence[Span]) -> bool:
    rest, at = [], begins
    for span in spans:
        rest.append(text[at : span.start])
        if span.put != MARK:
            return True
        at = span.end
    rest.append(text[at:ends])
    return any(character.isalnum() for part in rest for character in part)


def _cut(text: str, spans: Sequence[Span]) -> Deidentified:
    parts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    here = there = 0
    for span in [*spans, Span(len(text), len(text))]:
        kept = text[there : span.start].replace(MARK, _BULLET)
        for start, end, put in ((there, span.start, kept), span):
            if start < end:
                pieces.append((here, start, end - start))
                parts.append(put)
                here += len(put)
        there = span.end
    return Deidentified(text="".join(parts), pieces=tuple(pieces))

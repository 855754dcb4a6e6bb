"""Joins what a format found into one text with lines that know their place in it."""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from core.documents.normal import clean, turned, unspelled
from core.documents.readability import quality
from core.documents.reading import Box, Found, HiddenText, Limits, Line, Piece, Reading
from core.documents.wrapping import unwrapped

_MOST_HIDDEN = 2000
"""Characters shown of the text hidden for one reason on one page."""
_MOST_BOXES = 200
_MOST_REASONS = 100
_SOFT_HYPHEN = "\u00ad"
_INVISIBLE = "invisible characters"
_BACKWARDS = "written backwards"


def assemble(kind: str, found: Found, limits: Limits) -> Reading:
    """One reading of the pieces; "empty" when no letter or digit is left to read, or on scans only.

    "garbled" when most of it cannot be what people see.
    """
    pieces, invisible = _cleaned(found.pieces)
    if found.wrapped:
        pieces = unwrapped(pieces)
    text, lines, cut = _joined(pieces, limits.max_chars)
    read_pages = min(found.pages, limits.max_pages)
    blank = not any(character.isalnum() for character in text) or (found.scans and found.scans == read_pages)
    words = quality(text)
    return Reading(
        status="empty" if blank else "garbled" if words == "garbled" else "read",
        kind=kind,
        text=text,
        lines=tuple(lines),
        pages=found.pages,
        page_sizes=tuple(found.page_sizes),
        hidden=_merged([*found.hidden, *invisible]),
        partial=cut or found.partial or found.scans > 0,
        poor=words == "poor",
    )


def _cleaned(pieces: Sequence[Piece]) -> tuple[list[Piece], list[HiddenText]]:
    invisible: list[HiddenText] = []
    counted: Counter[int] = Counter()
    cleaned: list[Piece] = []
    for piece in pieces:
        seen, backwards = turned(piece.text)
        if backwards:
            invisible.append(HiddenText(reason=_BACKWARDS, text=backwards, page=piece.page))
        text, spelled = clean(seen)
        if spelled:
            invisible.append(HiddenText(reason=_INVISIBLE, text=spelled, page=piece.page))
        if count := unspelled(seen):
            counted[piece.page] += count
        if piece.text.rstrip().endswith(_SOFT_HYPHEN):
            text += _SOFT_HYPHEN
        cleaned.append(msgspec.structs.replace(piece, text=text))
    for page, count in counted.items():
        text = f"{count} that {'spells' if count == 1 else 'spell'} nothing"
        invisible.append(HiddenText(reason=_INVISIBLE, text=text, page=page))
    return cleaned, invisible


def _joined(pieces: Sequence[Piece], most: int) -> tuple[str, list[Line], bool]:
    texts: list[str] = []
    lines: list[Line] = []
    position = 0
    for piece in pieces:
        text = piece.text.removesuffix(_SOFT_HYPHEN)
        if not text and (not texts or not texts[-1]):
            continue
        cut = position + len(text) > most
        text = text[: max(most - position, 0)]
        texts.append(text)
        if text:
            lines.append(Line(page=piece.page, start=position, end=position + len(text), box=piece.box))
        if cut:
            return "\n".join(texts).rstrip("\n"), lines, True
        position += len(text) + 1
    return "\n".join(texts).rstrip("\n"), lines, False


def _merged(hidden: Iterable[HiddenText]) -> tuple[HiddenText, ...]:
    """One entry for each reason on each page."""
    texts: dict[tuple[str, int], list[str]] = {}
    boxes: dict[tuple[str, int], list[Box]] = {}
    for entry in hidden:
        texts.setdefault((entry.reason, entry.page), []).append(entry.text)
        boxes.setdefault((entry.reason, entry.page), []).extend(entry.boxes)
    entries = []
    for (reason, page), parts in list(texts.items())[:_MOST_REASONS]:
        text = clean(" ".join(parts)[: 4 * _MOST_HIDDEN])[0][:_MOST_HIDDEN]
        if any(character.isalnum() for character in text):
            entries.append(
                HiddenText(
                    reason=reason, page=page, text=text, boxes=tuple(boxes[reason, page][:_MOST_BOXES])
                )
            )
    return tuple(entries)

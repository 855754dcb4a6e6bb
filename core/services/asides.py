"""What was read of a file and not counted, in words and by its place on the page."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from core.screening import Assessed
from core.store.documents import Stored

_WORDS: Final = {
    "hidden_text": "The file holds text a person cannot see. None of it was counted; it is shown with the document.",
    "copied_job_text": "Passages are copied from the job's own text. They were left out and gave no points.",
    "model_instructions": "The text tells a computer how to judge it. That was left out and gave no points.",
    "keyword_list": "This resume lists words and tells hardly anything. A listed skill counts half, all else nothing.",
    "poorly_readable": "Letters of this file come out as others than people see, so points may be missing. Look at "
    "the original.",
}
_LONGEST: Final = 600
_PAGE: Final = (595.0, 842.0)
"""Width and height of A4 in points, for what no larger page is needed for."""
_MOST_LINES: Final = 4000


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A flag in words, with the passages it is about."""

    flag: str
    text: str
    passages: tuple[str, ...] = ()


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Words at a place on a page; `why` is empty for what was read, and the reason for what is hidden."""

    text: str
    why: str
    box: tuple[float, float, float, float]


class SeenPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page as the machine read it, in points from the lower left."""

    number: int
    width: float
    height: float
    marks: tuple[Mark, ...]


def notices(assessed: Assessed | None, texts: Mapping[str, str]) -> tuple[Notice, ...]:
    """The flags of a score, each with the passages it is about."""
    if assessed is None:
        return ()
    return tuple(
        Notice(
            flag=flag,
            text=_WORDS.get(flag, flag.replace("_", " ")),
            passages=tuple(
                texts[aside.source][aside.start : aside.end][:_LONGEST]
                for aside in assessed.asides[:20]
                if aside.reason == flag and flag != "keyword_list" and aside.source in texts
            ),
        )
        for flag in assessed.sheet.flags
    )


def hidden_in_words(file: Stored) -> tuple[str, ...]:
    """What people do not see in a file: where, why, and the words."""
    entries = file.text.hidden if file.text else []
    return tuple(
        f"{'Page ' + str(entry['page']) + ', ' if entry.get('page') else ''}{entry['reason']}: {entry['text']}"
        for entry in entries
    )


def pages_of(file: Stored) -> tuple[SeenPage, ...]:
    """The pages on which something is hidden, as the machine read them; none where places are not known."""
    if file.text is None:
        return ()
    hidden = [
        (entry["page"], Mark(text=entry["text"], why=entry["reason"], box=tuple(box)))
        for entry in file.text.hidden
        for box in entry.get("boxes", ())
    ]
    read = [
        (line["page"], Mark(text=file.text.text[line["start"] : line["end"]], why="", box=tuple(line["box"])))
        for line in file.text.lines[:_MOST_LINES]
        if line.get("box")
    ]
    wanted = sorted({number for number, _ in hidden})
    return tuple(
        _page(number, [mark for place, mark in (*read, *hidden) if place == number]) for number in wanted
    )


def _page(number: int, marks: Sequence[Mark]) -> SeenPage:
    read: list[Any] = [mark.box for mark in marks if not mark.why] or [(0.0, 0.0, 0.0, 0.0)]
    width = max(_PAGE[0], *(box[2] for box in read))
    height = max(_PAGE[1], *(box[3] for box in read))
    return SeenPage(
        number=number,
        width=width,
        height=height,
        marks=tuple(_inside(mark, width, height) for mark in marks),
    )


def _inside(mark: Mark, width: float, height: float) -> Mark:
    """The mark at the page's edge where its words stand off the page."""
    left, bottom, right, top = mark.box
    left, right = min(max(left, 0.0), width - 6), min(max(right, 6.0), width)
    bottom, top = min(max(bottom, 0.0), height - 6), min(max(top, 6.0), height)
    return msgspec.structs.replace(mark, box=(left, bottom, max(right, left + 6), max(top, bottom + 4)))

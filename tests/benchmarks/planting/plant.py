"""Puts people into documents and finds what of them is left in what a scorer sees."""

import re
from typing import Final, NamedTuple

from core.screening.deidentify import Deidentified
from planting.people import Person

_SLOT: Final = re.compile(r"\{(\w+)\}|<([^<>\n]+)>")


class Planted(NamedTuple):
    """A stretch of a document that gives its person away: `text[start:end]`."""

    start: int
    end: int
    kind: str


class Document(NamedTuple):
    """A text with a person in it; `labels` are words that may go with what they stand beside."""

    text: str
    person: Person
    planted: tuple[Planted, ...]
    labels: tuple[tuple[int, int], ...]


def plant(template: str, person: Person) -> Document:
    """The document with this person; a form the person lacks leaves its slot empty."""
    parts: list[str] = []
    planted, labels = [], []
    length = at = 0
    for slot in _SLOT.finditer(template):
        before = template[at : slot.start()]
        value = person.forms.get(slot[1], "") if slot[1] else slot[2]
        start = length + len(before)
        if slot[1] and value:
            planted.append(Planted(start, start + len(value), slot[1]))
        elif slot[2]:
            labels.append((start, start + len(value)))
        parts += [before, value]
        length, at = start + len(value), slot.end()
    parts.append(template[at:])
    return Document("".join(parts), person, tuple(planted), tuple(labels))


def kept(text: str, found: Deidentified) -> bytearray:
    """For each character of the original 1 when it is still there."""
    flags = bytearray(len(text))
    for place, (here, there, length) in enumerate(found.pieces):
        end = found.pieces[place + 1][0] if place + 1 < len(found.pieces) else len(found.text)
        if end - here == length and found.text[here:end] == text[there : there + length]:
            flags[there : there + length] = b"\1" * length
    return flags


def leaks(document: Document, found: Deidentified) -> list[Planted]:
    """What was planted and is left by at least one letter or figure."""
    flags = kept(document.text, found)
    return [
        item
        for item in document.planted
        if any(flags[n] and document.text[n].isalnum() for n in range(item.start, item.end))
    ]


def lost_words(text: str, found: Deidentified, apart: tuple[tuple[int, int], ...]) -> tuple[list[str], int]:
    """Words that are gone though they tell of nobody, and how many words tell of nobody."""
    flags = kept(text, found)
    lost, count = [], 0
    for word in re.finditer(r"\w+", text):
        if not any(start < word.end() and end > word.start() for start, end in apart):
            count += 1
            if not all(flags[word.start() : word.end()]):
                lost.append(word[0])
    return lost, count

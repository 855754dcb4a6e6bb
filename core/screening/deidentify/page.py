"""A text with its lines and their words, so that each pattern is tried only where it can match."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Final, NamedTuple

CAPITAL: Final = r"[A-ZÀ-ÖØ-ÞŁŚŻŹĆŃÓĄĘČŠŽŘĎŤŇĽĐŐŰȘȚİŞĞ]"
"""A capital of Latin script, for expressions."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_DIGIT: Final = re.compile(r"\d")
_LONG_NUMBER: Final = re.compile(r"\d(?:[ \t().\-/–]{0,3}\d){6}")


class Line(NamedTuple):
    """A line: `text[start:end]`, and its words in lower case.

    `has_digit` and `has_number` tell of any figure on it, and of seven together as in telephone numbers.
    """

    start: int
    end: int
    text: str
    words: frozenset[str]
    has_digit: bool
    has_number: bool


class Page:
    """A text and its lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[Line] = []
        start = 0
        for line in text.split("\n"):
            end = start + len(line)
            digit = bool(_DIGIT.search(line))
            number = digit and bool(_LONG_NUMBER.search(line))
            self.lines.append(Line(start, end, line, frozenset(_WORD.findall(line.lower())), digit, number))
            start = end + 1

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of the text in lower case."""
        return frozenset().union(*(line.words for line in self.lines))

    def find(self, pattern: re.Pattern[str], where: Callable[[Line], object]) -> Iterator[re.Match[str]]:
        """Matches that begin on lines for which `where` holds; a match may go on to the next line."""
        last = -1
        for number, line in enumerate(self.lines):
            if where(line):
                end = self.lines[min(number + 1, len(self.lines) - 1)].end
                for match in pattern.finditer(self.text, max(line.start, last), end):
                    if match.start() <= line.end:
                        last = match.end()
                        yield match

    def find_with(self, pattern: re.Pattern[str], triggers: frozenset[str]) -> Iterator[re.Match[str]]:
        """Matches that begin on lines with one of these words."""
        if self.words.isdisjoint(triggers):
            return iter(())
        return self.find(pattern, lambda line: not line.words.isdisjoint(triggers))


def between(separator: re.Pattern[str], line: str) -> Iterator[tuple[int, str]]:
    """What stands between separators, with where it begins."""
    at = 0
    for part in separator.finditer(line):
        yield at, line[at : part.start()]
        at = part.end()
    yield at, line[at:]


def triggers(*sources: str | Iterable[str]) -> frozenset[str]:
    """Words that must stand on a line for a pattern to match, from rows of words."""
    return frozenset(
        word for source in sources for word in (source.split() if isinstance(source, str) else source)
    )

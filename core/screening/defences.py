"""Passages written for a machine: the job's own text pasted in, instructions to a model, bare lists of keywords.

The first two are kept from every scorer, so that they can neither help nor harm; all are shown to people.
A list of keywords stays: the rules of matching give a bare word half of a skill, and nothing of anything else.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal

import msgspec

from core.screening.orders import is_order

Reason = Literal["copied_job_text", "model_instructions", "keyword_list"]
Span = tuple[int, int]

_GRAM: Final = 6
"""Words in a row; so many are the same by chance in hardly any two texts."""
_COPIED: Final = 40
"""Words of the job's text in such rows; honest resumes that take up its wording stay well below."""
_WORD: Final = re.compile(r"[^\W_]+(?:[+#]+)?")
_SENTENCE: Final = re.compile(r"[^\n.!?]+(?:[.!?]+(?=\s|$)|\n|$)|[^\n]+")
_ITEM_ENDS: Final = re.compile(r"\s*(?:[,;|•·▪:()\t]|\s[–-]\s|\s/\s|\.\s|\.$)\s*")
_LONGEST_ITEM: Final = 3.0
"""Words of an item on the average of a line; longer ones tell what somebody did."""
_ITEMS: Final = 40
_SHARE: Final = 0.73
"""Of a text's words in lists; resumes with the longest honest lists of technologies have up to two thirds."""
_OFTEN: Final = 20
_TOO_OFTEN: Final = 0.08
"""Of a text's words that are one and the same; no honest resume comes to two thirds of it."""


class Aside(msgspec.Struct, frozen=True, kw_only=True):
    """A passage of a source, by its offsets in the original text, and what is the matter with it."""

    source: str
    start: int
    end: int
    reason: Reason


def find_asides(texts: Mapping[str, str], posting: str) -> tuple[Aside, ...]:
    """All such passages of an application's texts; `posting` is the job's plain text, "" where unknown."""
    found: list[Aside] = []
    for source, text in sorted(texts.items()):
        found += [_aside(source, span, "model_instructions") for span in _orders(text)]
        if source.startswith("answer:"):
            continue
        found += [_aside(source, span, "copied_job_text") for span in copied(text, posting)]
        if source == "resume" and _is_a_list(text):
            found.append(_aside(source, (0, len(text)), "keyword_list"))
    return tuple(found)


def without(text: str, asides: Sequence[Aside]) -> str:
    """The text with blanks where nothing may be scored, so that all offsets stay."""
    for aside in asides:
        if aside.reason != "keyword_list":
            blank = re.sub(r"[^\n]", " ", text[aside.start : aside.end])
            text = text[: aside.start] + blank + text[aside.end :]
    return text


def blanked(asides: Sequence[Aside]) -> int:
    """How many characters no scorer sees, line breaks apart."""
    return sum(aside.end - aside.start for aside in asides if aside.reason != "keyword_list")


def _aside(source: str, span: Span, reason: Reason) -> Aside:
    return Aside(source=source, start=span[0], end=span[1], reason=reason)


def copied(text: str, posting: str) -> list[Span]:
    """Where the text repeats the posting word for word, when it does so at length; else nothing."""
    grams, wanted = _rows_of(posting)
    words = list(_WORD.finditer(text))
    said = [word.group().casefold() for word in words]
    taken = [False] * len(said)
    for place in range(len(said) - _GRAM + 1):
        if tuple(said[place : place + _GRAM]) in grams:
            taken[place : place + _GRAM] = [True] * _GRAM
    if sum(taken) < _COPIED:
        return []
    _take_whole_lines(text, words, taken, wanted)
    return _stretches(text, words, taken)


@lru_cache(maxsize=16)
def _rows_of(posting: str) -> tuple[frozenset[tuple[str, ...]], str]:
    """Its words in rows and in one line; kept, because all applications for a job come with the same posting."""
    words = _words(posting)
    rows = (tuple(words[place : place + _GRAM]) for place in range(len(words) - _GRAM + 1))
    return frozenset(rows), f" {' '.join(words)} "


def _words(text: str) -> list[str]:
    return [word.group().casefold() for word in _WORD.finditer(text)]


def _take_whole_lines(text: str, words: Sequence[re.Match[str]], taken: list[bool], posting: str) -> None:
    """Beside long copies, lines are copies too that stand in the posting and hold two words or more."""
    by_line: dict[int, list[int]] = {}
    for place, word in enumerate(words):
        by_line.setdefault(text.rfind("\n", 0, word.start()), []).append(place)
    for places in by_line.values():
        line = " ".join(words[place].group().casefold() for place in places)
        if len(places) > 1 and f" {line} " in posting:
            for place in places:
                taken[place] = True


def _stretches(text: str, words: Sequence[re.Match[str]], taken: Sequence[bool]) -> list[Span]:
    spans: list[Span] = []
    for place, word in enumerate(words):
        if not taken[place]:
            continue
        follows = place > 0 and taken[place - 1] and spans
        if follows and "\n" not in text[words[place - 1].end() : word.start()]:
            spans[-1] = (spans[-1][0], word.end())
        else:
            spans.append((word.start(), word.end()))
    return spans


def _orders(text: str) -> Iterator[Span]:
    """Sentences that tell a model what to do."""
    for sentence in _SENTENCE.finditer(text):
        if is_order(sentence.group().strip()):
            start = sentence.start() + len(sentence.group()) - len(sentence.group().lstrip())
            yield start, sentence.start() + len(sentence.group().rstrip())


def _is_a_list(text: str) -> bool:
    """True for a resume that lists words and says hardly anything, or says one word over and over."""
    words = text.split()
    items = listed = 0
    for line in text.splitlines():
        count = len(line.split())
        parts = [part for part in _ITEM_ENDS.split(line) if re.search(r"[^\W\d_]", part)]
        if len(parts) >= 4 and count / len(parts) <= _LONGEST_ITEM:
            items, listed = items + len(parts), listed + count
    if items >= _ITEMS and listed > _SHARE * len(words):
        return True
    counted = Counter(word for word in _words(text) if len(word) > 3)
    most = max(counted.values(), default=0)
    return most >= _OFTEN and most > _TOO_OFTEN * len(words)


def flags_of(asides: Sequence[Aside]) -> tuple[str, ...]:
    """What to flag, each once, in a fixed order."""
    return tuple(sorted({aside.reason for aside in asides}))

"""Words of two trades: a python is fed, Python is written; who conducts trains does not conduct choirs.

A passage is about another thing than the requirement when their senses of a word are known and differ; a
requirement that gives no hint means the first sense, the one job texts use.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

Pattern = re.Pattern[str]
Ambiguous = tuple[Pattern, tuple[Pattern, ...]]
"""A word, and the words that go with each of its senses."""


def other_sense(asked: str, said: str) -> bool:
    """True when an ambiguous word the two share is used for another trade in `said` than in `asked`."""
    return any(
        _differs(word, senses, asked, said) for word, senses in _ambiguous_in(asked) if word.search(said)
    )


@lru_cache(maxsize=4096)
def _ambiguous_in(asked: str) -> tuple[Ambiguous, ...]:
    return tuple((word, senses) for word, senses in _table() if word.search(asked))


@cache
def _table() -> tuple[Ambiguous, ...]:
    source = files("plugins.rubric_score").joinpath("senses.txt").read_text("utf-8")
    text = "\n".join(line for line in source.splitlines() if not line.startswith("#"))
    (_, code), *blocks = (block.splitlines() for block in text.strip().split("\n\n"))
    return tuple(
        (_pattern(word), tuple(_pattern(sense.replace("CODE", code)) for sense in senses))
        for word, *senses in blocks
    )


def _pattern(words: str) -> Pattern:
    return re.compile(rf"\b(?:{'|'.join(_unspaced(words))})\b", re.IGNORECASE)


def _unspaced(words: str) -> Iterable[str]:
    return (word.strip() for word in words.split(" | "))


def _differs(word: Pattern, senses: tuple[Pattern, ...], asked: str, said: str) -> bool:
    wanted, found = _senses(word, senses, asked), _senses(word, senses, said)
    if not found:
        return False
    return not wanted & found if wanted else 0 not in found


def _senses(word: Pattern, senses: tuple[Pattern, ...], text: str) -> set[int]:
    """The senses with the most words of theirs beside the word itself."""
    counts = [
        len({match[0].lower() for match in sense.finditer(text) if not word.fullmatch(match[0])})
        for sense in senses
    ]
    most = max(counts)
    return {number for number, count in enumerate(counts) if count == most} if most else set()

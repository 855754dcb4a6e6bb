"""Words in what they share with their other forms: "drove", "driver" and "driving" are one."""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Final

import snowballstemmer

WORD: Final = re.compile(r"[^\W\d_](?:[\w+#]|['’](?=\w))*")
_KEPT: Final = frozenset(
    {"order", "paper", "water", "number", "matter", "letter", "offer", "power", "plaster", "server"}
)
_STEMMER: Final = snowballstemmer.stemmer("english")


def _lists() -> tuple[frozenset[str], dict[str, str]]:
    source = files("plugins.rubric_score").joinpath("words.txt").read_text("utf-8")
    common, _, irregular = source.partition("\n----\n")
    pairs = (line.split(": ") for line in irregular.splitlines())
    empty = (line for line in common.splitlines() if not line.startswith("#"))
    return frozenset(" ".join(empty).split()), {form: word for word, forms in pairs for form in forms.split()}


COMMON, _IRREGULAR = _lists()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of one word by the Snowball English stemmer, irregular forms and doers brought to their verb."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    found: str = _STEMMER.stemWord(_IRREGULAR.get(word, word))
    if len(found) > 5 and found.endswith(("er", "or")) and found not in _KEPT:
        found = found[:-2]
    return found[:-1] if len(found) > 3 and found[-1] in "ei" else found


@lru_cache(maxsize=16384)
def stems(text: str) -> frozenset[str]:
    """The stems of the words that say what a text is about; asked again for every requirement."""
    words = (match[0].lower() for match in WORD.finditer(text))
    return frozenset(stem(word) for word in words if word not in COMMON)


def part_of(wanted: frozenset[str], text: str) -> float:
    """Which share of the wanted stems the text has: 0 to 1."""
    return len(wanted & stems(text)) / len(wanted) if wanted else 0.0


def words_of(listed: str) -> frozenset[str]:
    """The stems of a written list of words."""
    return frozenset(stem(word) for word in listed.split())

"""Finds where a quote stands. What cannot be found word for word was never written and does not count."""

import re
from collections.abc import Sequence
from typing import Final

from core.sdk import Evidence, Source
from plugins.llm_score.instructions import MASK

_AROUND: Final = " \t\r\n\"'“”„‘’«»…•·-–—*"
_LEAST_LETTERS: Final = 2


def located(quote: str, sources: Sequence[Source]) -> Evidence | None:
    """The first place where the quote stands; white space may differ, nothing else. None for an invented one.

    Marks a model likes to put around or leave off a quote are not looked for.
    """
    words = quote.strip(_AROUND).split()
    if MASK in quote or sum(character.isalnum() for word in words for character in word) < _LEAST_LETTERS:
        return None
    spaced = r"\s+".join(map(re.escape, words))
    pattern = re.compile(rf"(?<!\w){spaced}(?!\w)")
    for source in sources:
        if found := pattern.search(source.text):
            return Evidence(source=source.name, quote=found.group(), start=found.start(), end=found.end())
    return None

"""The other spellings of a skill's name that need no line of their own: American ones, and without the hyphen."""

import re
from typing import Final

_AMERICAN: Final = tuple(
    (re.compile(british), other)
    for british, other in (
        (r"is(?=ation|ing\b|ed\b|e\b)", "iz"),
        (r"ys(?=ing\b|ed\b|e\b)", "yz"),
        (r"our(?=\b|ed\b|ing\b|s\b)", "or"),
        (r"ll(?=ing\b|ed\b|er\b)", "l"),
        (r"\b(cent|lit|met|fib|theat|cal)re", r"\1er"),
        (r"callip", "calip"),
        (r"programme\b", "program"),
        (r"mould", "mold"),
        (r"ae(?=[dmst])", "e"),
        (r"gynae", "gyne"),
        (r"oe(?=nol|str)", "e"),
        (r"ogue\b", "og"),
        (r"licence", "license"),
        (r"defence", "defense"),
        (r"\btyre", "tire"),
        (r"jewellery", "jewelry"),
    )
)
"""Patterns of British spelling and what Americans write instead. Where a pattern fits another word as well
("precise"), it makes a spelling nobody uses, which harms nobody."""


def variants(spelling: str) -> frozenset[str]:
    """The same name as an American writes it, with spaces for hyphens, and in one word; without itself."""
    american = spelling
    for british, other in _AMERICAN:
        american = british.sub(other, american)
    written = {spelling, american}
    unhyphened = {one.replace("-", mark) for one in written for mark in (" ", "")}
    return frozenset(written | unhyphened) - {spelling}

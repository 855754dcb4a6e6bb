"""Strict and overlap F1 of spans, as skill extraction is measured on SkillSpan."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

LAYERS: Final = ("skill", "knowledge")
Ends = tuple[int, int]
"""(first word, word after the last)"""
Layered = tuple[Sequence[Ends], Sequence[Ends]]
"""The spans of one sentence: skill layer, knowledge layer."""


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """F1 times 100. `strict` wants both ends right; for `overlap` one shared word is enough."""

    strict: float
    overlap: float


def spans_of(tags: Sequence[str]) -> list[Ends]:
    """The spans of one layer's tags; an "I" that follows nothing begins a span."""
    spans: list[Ends] = []
    begin: int | None = None
    for place, tag in enumerate([*tags, "O"]):
        if begin is not None and tag != "I":
            spans.append((begin, place))
            begin = None
        if begin is None and tag != "O":
            begin = place
    return spans


def score(gold: Iterable[Layered], found: Iterable[Layered]) -> dict[str, Scores]:
    """Scores for each layer and for "both", where the two layers' spans are counted together."""
    pairs = list(zip(gold, found, strict=True))
    counts = {
        name: _counts([(wanted[layer], given[layer]) for wanted, given in pairs])
        for layer, name in enumerate(LAYERS)
    }
    counts["both"] = [sum(values) for values in zip(*counts.values(), strict=True)]
    return {name: _scores(*values) for name, values in counts.items()}


def _counts(pairs: Iterable[tuple[Sequence[Ends], Sequence[Ends]]]) -> list[int]:
    """Gold, found, exactly right, found that touch a gold span, gold that are touched."""
    total = [0, 0, 0, 0, 0]
    for wanted, given in pairs:
        total[0] += len(wanted)
        total[1] += len(given)
        total[2] += len(set(wanted) & set(given))
        total[3] += sum(any(_touch(one, other) for other in wanted) for one in given)
        total[4] += sum(any(_touch(one, other) for other in given) for one in wanted)
    return total


def _touch(one: Ends, other: Ends) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _scores(gold: int, found: int, exact: int, touching: int, touched: int) -> Scores:
    return Scores(
        strict=_f1(exact / max(found, 1), exact / max(gold, 1)),
        overlap=_f1(touching / max(found, 1), touched / max(gold, 1)),
    )


def _f1(precision: float, recall: float) -> float:
    return 200 * precision * recall / (precision + recall) if precision + recall else 0.0

"""What all readings of a whole resume come to, beside what the comparators said of it.

Two logistic regressions say whether the whole requirement, and whether at least part of it, is shown; a third tells
silence from a denial, which earns as little. A further passage can only add to the first two unless it is a denial:
they know the best two readings, how good the comparators' news is, with no weight on either below zero, and how clear
the clearest denial is, which speaks against. Fitted by
`tests/benchmarks/fit_wholes.py` on resumes the reader was not trained on.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from math import log
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from core.sdk.scorer import Extent, Match
from plugins.rubric_score.reader import Reading

WHOLES_FILE: Final = Path(str(files("plugins.rubric_score.reader").joinpath("wholes.json")))
TOLD: Final = (
    "not_met firmly",
    "not_met",
    "not_stated",
    "named",
    "partly",
    "partly firmly",
    "met",
    "met firmly",
)
"""What the comparators said, the worst news first; firmly where a scale, a date, a number or a paper said it."""
KINDS: Final = (
    "years",
    "experience",
    "hard_skill",
    "personal_skill",
    "paper",
    "language",
    "education",
    "other",
)
"""Kinds of requirements, each with a bar of its own."""
_FLOOR: Final = 5
"""Thousandths added to a share and to its contrary before their ratio is taken."""
_LITTLE: Final = -log(9)
"""Below these odds that the whole requirement is shown, little of it is."""
_MOST: Final = -log(3)
"""From these odds on most of it is."""
_STEP: Final = 1_000_000
"""Sums are compared in millionths: what machines add differently does not show."""


class Weights(msgspec.Struct, frozen=True):
    """Of one regression; `told` are the steps from one kind of news to the next better one."""

    readings: tuple[float, ...]
    told: tuple[float, ...]
    kinds: tuple[float, ...]
    denial: float = 0.0


class Wholes(msgspec.Struct, frozen=True):
    """All three."""

    met: Weights
    shown: Weights
    denied: Weights


class Seen(NamedTuple):
    """What is known of a requirement in a text: `told` of TOLD, `kind` of KINDS, and every reading."""

    told: str
    kind: str
    readings: Sequence[Reading]

    def match(self, wholes: Wholes | None = None) -> Match:
        """What the text as a whole comes to, by the stored weights or these."""
        weights = wholes or stored()
        if _sum(weights.met, self, best_of(self)) >= 0:
            return "met"
        if _sum(weights.shown, self, best_of(self)) >= 0:
            return "partly"
        return "not_met" if _sum(weights.denied, self, denials_of(self)) >= 0 else "not_stated"

    def extent(self, wholes: Wholes | None = None) -> Extent:
        """How much is shown of what is partly met: the likelier the whole, the more."""
        weights = wholes or stored()
        odds = _sum(weights.met, self, best_of(self)) / _STEP
        return "most" if odds >= _MOST else "half" if odds >= _LITTLE else "little"


def best_of(seen: Seen) -> tuple[float, ...]:
    """The best two readings as log odds: that all is shown, and that at least part is."""
    return (*_top(seen, lambda r: r.met), *_top(seen, lambda r: r.met + r.partly))


def denials_of(seen: Seen) -> tuple[float, ...]:
    """The clearest denial as log odds."""
    return _top(seen, lambda r: r.not_met)[:1]


def steps_of(told: str) -> tuple[float, ...]:
    """How many steps the news is above the worst: (7,) of 0 and 1."""
    place = TOLD.index(told)
    return tuple(float(place >= step) for step in range(1, len(TOLD)))


def kinds_of(kind: str) -> tuple[float, ...]:
    """(8,) with a 1 at the kind."""
    return tuple(float(kind == one) for one in KINDS)


def denial_in(seen: Seen) -> float:
    """How clear the clearest denial is, as log odds; 0 where none is likelier than not."""
    return max(0.0, *denials_of(seen))


def _sum(weights: Weights, seen: Seen, readings: Sequence[float]) -> int:
    given = (*readings, *steps_of(seen.told), *kinds_of(seen.kind), denial_in(seen))
    wanted = (*weights.readings, *weights.told, *weights.kinds, weights.denial)
    return round(sum(one * weight for one, weight in zip(given, wanted, strict=True)) * _STEP)


def _top(seen: Seen, share: Callable[[Reading], int]) -> tuple[float, float]:
    best, second, *_ = (*sorted(map(share, seen.readings), reverse=True), 0, 0)
    return _odds(best), _odds(second)


def _odds(share: int) -> float:
    return log((share + _FLOOR) / (1000 - share + _FLOOR))


@cache
def stored() -> Wholes:
    """The weights that were fitted."""
    return msgspec.json.decode(WHOLES_FILE.read_bytes(), type=Wholes)

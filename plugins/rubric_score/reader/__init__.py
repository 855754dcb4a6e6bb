"""Reads a requirement and one passage together and says how likely each of the four matches is.

Trained on requirements and passages written for it (`tests/benchmarks/data/reader`), it knows what the comparators
have no words for: how people of a trade tell what they do, and when the requirement's own words are said of
something else. What numbers, dates, levels and papers say is left to the comparators.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple, Protocol

from core.sdk.scorer import Match
from plugins.rubric_score.reader.near import Near

MATCHES: Final[tuple[Match, ...]] = ("met", "partly", "not_stated", "not_met")
"""In the order of a reading."""
WORTH: Final = (1.0, 0.5, 0.1, 0.0)
"""How much of a requirement each match shows, 0 to 1; silence stands above a denial."""


class Reading(NamedTuple):
    """How likely each match is, in thousandths: far coarser than what differs between machines."""

    met: int
    partly: int
    not_stated: int
    not_met: int

    @property
    def shown(self) -> int:
        """How much speaks for it, in thousandths; a part counts half."""
        return self.met + self.partly // 2

    @property
    def worth(self) -> float:
        """How much of the requirement the passage shows on average, 0 to 1."""
        return sum(share * worth for share, worth in zip(self, WORTH, strict=True)) / 1000


class Pair(NamedTuple):
    """A requirement, a passage, and the heading or dated line the passage stands under, if any."""

    asked: str
    said: str
    under: str = ""


class Readings(Protocol):
    """Anything that reads pairs."""

    @property
    def name(self) -> str:
        """Names everything that may give other readings: part of the scorer's version."""
        ...

    @property
    def near(self) -> Near:
        """Tells which passages are worth reading."""
        ...

    def read(self, pairs: Iterable[Pair]) -> dict[Pair, Reading]:
        """A reading for each distinct pair; each depends on its own texts alone."""
        ...


__all__ = ["MATCHES", "WORTH", "Pair", "Reading", "Readings"]

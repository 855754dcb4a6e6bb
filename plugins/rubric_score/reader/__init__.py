"""Reads a requirement and one passage together and says how likely each of the four matches is.

Trained on requirements and passages written for it (`tests/benchmarks/data/reader`), it knows what the comparators
have no words for: how people of a trade tell what they do, and when the requirement's own words are said of
something else. What numbers, dates, levels and papers say is left to the comparators.
"""

from typing import NamedTuple, Protocol


class Reading(NamedTuple):
    """How likely each match is, in thousandths: far coarser than what differs between machines."""

    met: int
    partly: int
    not_stated: int
    not_met: int


Pair = tuple[str, str]
"""(requirement, passage)"""


class Readings(Protocol):
    """Anything that reads pairs: the model, or one that answers from what it has read before."""

    @property
    def name(self) -> str:
        """Names everything that may give other readings: part of the scorer's version."""
        ...

    def read(self, pairs: "list[Pair]") -> dict[Pair, Reading]:
        """A reading for each distinct pair; each depends on its two texts alone."""
        ...


__all__ = ["Pair", "Reading", "Readings"]

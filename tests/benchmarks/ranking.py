"""Measures of rankings: how early what is right comes."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def best_first(scores: NDArray[Any]) -> list[int]:
    """Places by falling score; equal ones in their own order."""
    return [int(place) for place in np.argsort(-scores, kind="stable")]


def average_precision(order: Sequence[int], right: Collection[int]) -> float:
    """The mean, over what is right, of the share that is right down to there."""
    found = [rank for rank, place in enumerate(order, start=1) if place in right]
    return sum(number / rank for number, rank in enumerate(found, start=1)) / len(right)


def r_precision_at(order: Sequence[int], right: Collection[int], upto: int) -> float:
    """Of the first `upto`, the share that is right of what could be (RP@k of Decorte et al. 2023)."""
    return sum(place in right for place in order[:upto]) / min(upto, len(right))


def reciprocal_rank(order: Sequence[int], right: Collection[int]) -> float:
    """One through the rank of the first that is right."""
    return next(1 / rank for rank, place in enumerate(order, start=1) if place in right)

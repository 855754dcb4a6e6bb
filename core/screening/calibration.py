"""What people did with scores like these: shares by range, smoothed so that a higher score never has a lower one.

It looks back and changes no score. With too few decisions there is nothing to say, and nothing is said.
The smoothing is isotonic regression by pooling adjacent violators (Ayer et al. 1955), weighted by decisions.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

LEAST_DECIDED: Final = 100
"""Decided applications with a score; below, the shares would be chance."""
_WIDTH: Final = 10


class Decided(msgspec.Struct, frozen=True):
    """A person's decision and the score they had before them; `qualified` is where they put it."""

    score: int
    qualified: bool


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """Scores from `first` to `last`, inclusive; `smoothed` is a share between 0 and 1."""

    first: int
    last: int
    decided: int
    qualified: int
    smoothed: float


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """The ranges in which anything was decided, lowest first."""

    decided: int
    ranges: tuple[Range, ...]


def calibrate(decisions: Sequence[Decided]) -> Calibration | None:
    """How often people found applications of each range qualified; None below LEAST_DECIDED."""
    if len(decisions) < LEAST_DECIDED:
        return None
    counts: dict[int, list[int]] = {}
    for decision in decisions:
        count = counts.setdefault(_start(decision.score), [0, 0])
        count[0] += 1
        count[1] += decision.qualified
    starts = sorted(counts)
    smoothed = isotonic([(counts[start][1], counts[start][0]) for start in starts])
    return Calibration(
        decided=len(decisions),
        ranges=tuple(
            Range(
                first=start,
                last=_last(start),
                decided=counts[start][0],
                qualified=counts[start][1],
                smoothed=share,
            )
            for start, share in zip(starts, smoothed, strict=True)
        ),
    )


def _start(score: int) -> int:
    """Ranges are ten wide; the last takes 100 in."""
    return min(score, 99) // _WIDTH * _WIDTH


def _last(start: int) -> int:
    return 100 if start == 90 else start + _WIDTH - 1


def isotonic(counts: Sequence[tuple[int, int]]) -> list[float]:
    """Shares that never fall, closest to successes / tries by least squares; each tries is positive."""
    blocks: list[tuple[int, int, int]] = []
    for successes, tries in counts:
        blocks.append((successes, tries, 1))
        # Compared by products of whole numbers, so that no rounding decides what is pooled.
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] >= blocks[-1][0] * blocks[-2][1]:
            last, before = blocks.pop(), blocks.pop()
            blocks.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
    return [successes / tries for successes, tries, size in blocks for _ in range(size)]

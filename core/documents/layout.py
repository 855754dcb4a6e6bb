"""The order people read a page in: columns are found by the white between them (recursive X-Y cut).

After G. Nagy and S. Seth, "Hierarchical representation of optically scanned documents", ICPR 1984.
"""

import statistics
from collections.abc import Sequence
from typing import Final

import msgspec

Box = tuple[float, float, float, float]

_DEPTH: Final = 5
_GUTTER: Final = 1.1
"""Line heights of white that make a gutter between columns."""
_BAND: Final = 0.45
"""Line heights of white that make a cut between blocks."""
_LEAST: Final = 3
"""Runs on each side of a gutter; fewer are a date at the margin, not a column."""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of text as drawn, with its box (left, bottom, right, top)."""

    text: str
    box: Box


def in_reading_order(runs: Sequence[Run]) -> list[Run]:
    """The runs joined to lines, in the order a person reads them."""
    return _cut(list(runs), 0)


def _cut(runs: list[Run], depth: int) -> list[Run]:
    if len(runs) >= 2 * _LEAST and depth < _DEPTH:
        height = max(statistics.median(run.box[3] - run.box[1] for run in runs), 1.0)
        columns = _columns(runs, height)
        if columns:
            left, right = columns
            return _cut(left, depth + 1) + _cut(right, depth + 1)
        blocks = _blocks_above_columns(runs, height)
        if blocks:
            above, below = blocks
            return _cut(above, depth + 1) + _cut(below, depth + 1)
    return _lines(runs)


def _columns(runs: list[Run], height: float) -> tuple[list[Run], list[Run]] | None:
    """The runs left and right of the widest gutter that no run crosses, when both sides stand beside each other."""
    best: tuple[float, float] | None = None
    spans = sorted((run.box[0], run.box[2]) for run in runs)
    reach = spans[0][1]
    for start, end in spans[1:]:
        gap = start - reach
        if gap > _GUTTER * height and (best is None or gap > best[0]):
            best = (gap, (reach + start) / 2)
        reach = max(reach, end)
    if best is None:
        return None
    left = [run for run in runs if run.box[2] <= best[1]]
    right = [run for run in runs if run.box[0] >= best[1]]
    return (left, right) if _beside(left, right, height) else None


def _beside(left: list[Run], right: list[Run], height: float) -> bool:
    if min(len(left), len(right)) < _LEAST:
        return False
    if _is_margin(left, right, height) or _is_margin(right, left, height):
        return False
    low = max(min(run.box[1] for run in side) for side in (left, right))
    high = min(max(run.box[3] for run in side) for side in (left, right))
    shorter = min(
        max(run.box[3] for run in side) - min(run.box[1] for run in side) for side in (left, right)
    )
    return high - low > 0.3 * shorter


def _is_margin(side: list[Run], other: list[Run], height: float) -> bool:
    """True for dates or labels at the margin: short, spread out, each on the line of a run it belongs to."""
    if max(len(run.text) for run in side) > 24:
        return False
    middles = sorted((run.box[1] + run.box[3]) / 2 for run in side)
    spread = [after - before for before, after in zip(middles, middles[1:], strict=False)]
    aligned = sum(
        any(abs((run.box[1] + run.box[3]) / 2 - (o.box[1] + o.box[3]) / 2) < 0.4 * height for o in other)
        for run in side
    )
    lonely = statistics.median(spread) > 2.2 * height if spread else True
    return lonely and aligned >= 0.8 * len(side)


def _blocks_above_columns(runs: list[Run], height: float) -> tuple[list[Run], list[Run]] | None:
    """A cut through white that lets one of the two parts fall into columns."""
    edges = sorted(((run.box[1], run.box[3]) for run in runs), key=lambda edge: -edge[1])
    low = edges[0][0]
    cuts = []
    for bottom, top in edges[1:]:
        if low - top > _BAND * height:
            cuts.append((low - top, (low + top) / 2))
        low = min(low, bottom)
    for _, level in sorted(cuts, reverse=True)[:6]:
        above = [run for run in runs if run.box[1] >= level]
        below = [run for run in runs if run.box[3] <= level]
        if above and below and (_splits(above, height) or _splits(below, height)):
            return above, below
    return None


def _splits(runs: list[Run], height: float) -> bool:
    return len(runs) >= 2 * _LEAST and _columns(runs, height) is not None


def _lines(runs: list[Run]) -> list[Run]:
    ordered = sorted(runs, key=lambda run: (-(run.box[1] + run.box[3]) / 2, run.box[0]))
    lines: list[list[Run]] = []
    for run in ordered:
        if lines and _same_line(lines[-1][0], run):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [_line(sorted(line, key=lambda run: run.box[0])) for line in lines]


def _same_line(first: Run, run: Run) -> bool:
    middle = (run.box[1] + run.box[3]) / 2
    height = max(min(first.box[3] - first.box[1], run.box[3] - run.box[1]), 3.0)
    return abs((first.box[1] + first.box[3]) / 2 - middle) < 0.5 * height


def _line(parts: list[Run]) -> Run:
    boxes = [part.box for part in parts]
    return Run(
        text=" ".join(part.text for part in parts),
        box=(
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        ),
    )

"""The order people read a page in: columns are found by the white between them (recursive X-Y cut).

After G. Nagy and S. Seth, "Hierarchical representation of optically scanned documents", ICPR 1984.
"""

import statistics
from bisect import bisect_left
from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Final

import msgspec

Box = tuple[float, float, float, float]

_DEPTH: Final = 8
_GUTTER: Final = 0.95
"""Line heights of white that make a gutter between columns."""
_BAND: Final = 0.45
"""Line heights of white that make a cut between blocks."""
_LEAST: Final = 3
"""Runs on each side of a gutter; fewer are a date at the margin, not a column."""
_CELL: Final = 30
"""Characters; what stands side by side in shorter pieces, row for row, is a table and read by rows."""
_PROSE: Final = 40
"""Characters; lines of running text in a column are longer than names, places and dates."""
_FEWEST: Final = 4
_BANDS: Final = 9
_MANY: Final = 1500
"""Runs of a page beyond which cuts are no longer compared with each other."""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of text as drawn, with its box (left, bottom, right, top)."""

    text: str
    box: Box


def in_reading_order(runs: Sequence[Run]) -> list[Run]:
    """The runs joined to lines, in the order a person reads them."""
    return _cut(list(runs), 0)


def _cut(runs: list[Run], depth: int) -> list[Run]:
    if len(runs) >= _FEWEST and depth < _DEPTH:
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
    """The runs left and right of the widest gutter no run crosses, when the sides stand beside each other."""
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
    if min(len(left), len(right)) < _LEAST and not _is_prose(left, right):
        return False
    if _is_margin(left, right, height) or _is_margin(right, left, height):
        return False
    if _is_table(left, right, height):
        return False
    low = max(min(run.box[1] for run in side) for side in (left, right))
    high = min(max(run.box[3] for run in side) for side in (left, right))
    shorter = min(max(run.box[3] for run in side) - min(run.box[1] for run in side) for side in (left, right))
    return high - low > 0.3 * shorter


def _is_prose(left: list[Run], right: list[Run]) -> bool:
    """True for two short columns of running text."""
    return all(
        len(side) > 1 and statistics.median(len(run.text) for run in side) >= _PROSE for side in (left, right)
    )


def _is_margin(side: list[Run], other: list[Run], height: float) -> bool:
    """True for dates or labels at the margin: short, spread out, each on the line of a run it belongs to."""
    if max(len(run.text) for run in side) > 24:
        return False
    middles = _middles(side)
    spread = [after - before for before, after in pairwise(middles)]
    lonely = statistics.median(spread) > 2.2 * height if spread else True
    return lonely and _aligned(side, other, height) >= 0.8


def _is_table(left: list[Run], right: list[Run], height: float) -> bool:
    if max(len(run.text) for run in (*left, *right)) > _CELL:
        return False
    return min(_aligned(left, right, height), _aligned(right, left, height)) >= 0.75


def _aligned(side: list[Run], other: list[Run], height: float) -> float:
    """The share of runs that have a run of the other side on their line."""
    levels = _middles(other)
    found = 0
    for middle in _middles(side):
        place = bisect_left(levels, middle - 0.4 * height)
        found += place < len(levels) and levels[place] < middle + 0.4 * height
    return found / len(side)


def _middles(runs: list[Run]) -> list[float]:
    return sorted((run.box[1] + run.box[3]) / 2 for run in runs)


def _blocks_above_columns(runs: list[Run], height: float) -> tuple[list[Run], list[Run]] | None:
    """The first cut through white that frees the largest block that falls into columns."""
    levels = [float("inf"), *_bands(runs, height), float("-inf")]
    pairs = list(combinations(levels, 2)) if len(runs) <= _MANY else []
    best: tuple[int, float] | None = None
    for above, below in pairs:
        block = [run for run in runs if run.box[3] <= above and run.box[1] >= below]
        if (best is None or len(block) > best[0]) and _splits(block, height):
            best = (len(block), below if above == float("inf") else above)
    if best is None or best[0] == len(runs):
        return None
    upper = [run for run in runs if run.box[1] >= best[1]]
    return upper, [run for run in runs if run.box[3] <= best[1]]


def _bands(runs: list[Run], height: float) -> list[float]:
    """The levels of the widest bands of white from edge to edge, from the top down."""
    edges = sorted(((run.box[1], run.box[3]) for run in runs), key=lambda edge: -edge[1])
    low = edges[0][0]
    cuts = []
    for bottom, top in edges[1:]:
        if low - top > _BAND * height:
            cuts.append((low - top, (low + top) / 2))
        low = min(low, bottom)
    return sorted((level for _, level in sorted(cuts, reverse=True)[:_BANDS]), reverse=True)


def _splits(runs: list[Run], height: float) -> bool:
    return len(runs) >= _FEWEST and _columns(runs, height) is not None


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
    height = min(first.box[3] - first.box[1], run.box[3] - run.box[1])
    return min(first.box[3], run.box[3]) - max(first.box[1], run.box[1]) > 0.5 * height


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

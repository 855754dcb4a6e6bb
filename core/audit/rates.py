"""Rates per category and their ratios, in the four-fifths form and in that of NYC Local Law 144."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

import msgspec

from core.audit.exact import fisher, interval

Category = tuple[str, ...]
Case = tuple[Category, bool]
"""The categories of one application in a dimension (an empty one is unknown), and whether it was selected."""

Verdict = Literal[
    "highest",
    "too_few",
    "no_ratio",
    "similar",
    "below_four_fifths",
    "below_maybe_chance",
    "smaller_difference",
]
ALPHA: Final = 0.05


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What may be chosen about a report.

    `min_cell`: categories with fewer applications are counted, but no rate of theirs is shown.
    `exclude_below`: categories with a smaller share are left out of Local Law 144's ratios; 0 keeps all.
    """

    min_cell: int = 10
    exclude_below: float = 0.02


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One category. What is None was not calculated, or is hidden because the category is too small.

    `rate` is selected / count, `ratio` the rate over the highest rate (29 CFR 1607.4 D), `ll144_ratio` the
    same among the categories Local Law 144 lets nobody leave out; `p_value`, `low` and `high` compare with the
    category of the highest rate.
    """

    category: Category
    count: int
    selected: int | None = None
    rate: float | None = None
    ratio: float | None = None
    ll144_ratio: float | None = None
    ll144_excluded: bool = False
    p_value: float | None = None
    low: float | None = None
    high: float | None = None
    verdict: Verdict


class Dimension(msgspec.Struct, frozen=True, kw_only=True):
    """All categories of sex, of race and ethnicity, or of both; `unknown` cases are in none of them."""

    cells: tuple[Cell, ...]
    unknown: int


def compare(cases: Iterable[Case], settings: Settings) -> Dimension:
    """Rates and ratios of every category among the cases."""
    counts: dict[Category, list[int]] = {}
    unknown = 0
    for category, selected in cases:
        if not all(category):
            unknown += 1
            continue
        entry = counts.setdefault(category, [0, 0])
        entry[0] += 1
        entry[1] += selected
    groups = [_Group(category, *counts[category]) for category in sorted(counts)]
    return Dimension(cells=tuple(_cells(groups, settings)), unknown=unknown)


class _Group(msgspec.Struct, frozen=True):
    category: Category
    count: int
    selected: int

    @property
    def rate(self) -> float:
        return self.selected / self.count


def _cells(groups: Sequence[_Group], settings: Settings) -> Iterable[Cell]:
    total = sum(group.count for group in groups)
    excluded = {group.category for group in groups if group.count < settings.exclude_below * total}
    shown = [group for group in groups if group.count >= settings.min_cell]
    top = _highest(shown)
    ll144_top = _highest([group for group in shown if group.category not in excluded])
    for group in groups:
        left_out = group.category in excluded
        if group.count < settings.min_cell or top is None:
            yield Cell(category=group.category, count=group.count, ll144_excluded=left_out, verdict="too_few")
        else:
            yield _cell(group, top, None if left_out else ll144_top, left_out)


def _highest(groups: Sequence[_Group]) -> _Group | None:
    """The group with the highest rate; of equals the largest, which tells most."""
    return max(groups, key=lambda group: (group.rate, group.count), default=None)


def _cell(group: _Group, top: _Group, ll144_top: _Group | None, excluded: bool) -> Cell:
    ratio, p_value, low, high = None, None, None, None
    if top.selected:
        ratio = group.rate / top.rate
        if group is not top:
            numbers = (group.selected, group.count, top.selected, top.count)
            p_value, (low, high) = fisher(*numbers), interval(*numbers)
    return Cell(
        category=group.category,
        count=group.count,
        selected=group.selected,
        rate=group.rate,
        ratio=ratio,
        ll144_ratio=group.rate / ll144_top.rate if ll144_top and ll144_top.selected else None,
        ll144_excluded=excluded,
        p_value=p_value,
        low=low,
        high=high,
        verdict=_verdict(group, top, p_value),
    )


def _verdict(group: _Group, top: _Group, p_value: float | None) -> Verdict:
    """What the guidelines make of it: a rule of thumb, read together with how much chance explains."""
    if not top.selected:
        return "no_ratio"
    if p_value is None:
        return "highest"
    # In whole numbers, so that exactly four fifths is never below four fifths.
    if 5 * group.selected * top.count < 4 * top.selected * group.count:
        return "below_four_fifths" if p_value < ALPHA else "below_maybe_chance"
    return "smaller_difference" if p_value < ALPHA else "similar"

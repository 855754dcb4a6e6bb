"""The same figures as fairlearn's and scipy's, on samples nobody picked."""

from typing import Any

import pytest
from fairlearn.metrics import MetricFrame, selection_rate
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from scipy.stats.contingency import relative_risk

from core.audit.exact import fisher, interval
from core.audit.rates import Settings, compare

EVERYBODY = Settings(min_cell=1, exclude_below=0.0)
GROUPS = st.sampled_from(["a", "b", "c", "d", "e"])
SAMPLES = st.lists(st.tuples(GROUPS, st.booleans()), min_size=1, max_size=300)
TABLES = st.tuples(st.integers(1, 400), st.integers(1, 400)).flatmap(
    lambda n: st.tuples(st.integers(0, n[0]), st.just(n[0]), st.integers(0, n[1]), st.just(n[1]))
)


def frame(groups: list[Any], outcomes: list[bool]) -> Any:
    chosen = [int(outcome) for outcome in outcomes]
    return MetricFrame(
        metrics=selection_rate, y_true=chosen, y_pred=chosen, sensitive_features={"group": groups}
    )


@settings(deadline=None, max_examples=60)
@given(SAMPLES)
def test_rates_and_ratios_are_fairlearns(sample: list[tuple[str, bool]]) -> None:
    theirs = frame([group for group, _ in sample], [outcome for _, outcome in sample])
    ours = compare((((group,), outcome) for group, outcome in sample), EVERYBODY)
    top = theirs.by_group.max()
    for cell in ours.cells:
        rate = theirs.by_group[cell.category[0]]
        assert cell.rate == pytest.approx(rate, abs=1e-6)
        assert cell.ratio == (pytest.approx(rate / top, abs=1e-6) if top else None)
        assert cell.ll144_ratio == cell.ratio
    if top:
        smallest = min(cell.ratio or 0.0 for cell in ours.cells)
        assert smallest == pytest.approx(theirs.ratio(method="between_groups"), abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(SAMPLES)
def test_the_ratios_with_the_two_percent_rule_are_fairlearns_without_the_excluded(
    sample: list[tuple[str, bool]],
) -> None:
    ours = compare(
        (((group,), outcome) for group, outcome in sample), Settings(min_cell=1, exclude_below=0.1)
    )
    kept = {cell.category[0] for cell in ours.cells if not cell.ll144_excluded}
    assert kept == {group for group, _ in sample if 10 * sum(g == group for g, _ in sample) >= len(sample)}
    remaining = [(group, outcome) for group, outcome in sample if group in kept]
    theirs = frame([group for group, _ in remaining], [outcome for _, outcome in remaining])
    for cell in ours.cells:
        if cell.ll144_excluded or not theirs.by_group.max():
            assert cell.ll144_ratio is None
        else:
            expected = theirs.by_group[cell.category[0]] / theirs.by_group.max()
            assert cell.ll144_ratio == pytest.approx(expected, abs=1e-6)


@settings(deadline=None, max_examples=300)
@given(TABLES)
def test_the_exact_test_is_scipys(table: tuple[int, int, int, int]) -> None:
    a, n, b, m = table
    theirs = fisher_exact([[a, n - a], [b, m - b]]).pvalue
    assert fisher(a, n, b, m) == pytest.approx(theirs, rel=1e-7, abs=1e-12)


def test_the_exact_test_holds_for_a_large_employer() -> None:
    theirs = fisher_exact([[20_300, 29_700], [20_900, 29_100]]).pvalue
    assert fisher(20_300, 50_000, 20_900, 50_000) == pytest.approx(theirs, rel=1e-6)


@given(TABLES)
def test_the_interval_is_scipys_where_scipy_has_one(table: tuple[int, int, int, int]) -> None:
    a, n, b, m = table
    low, high = interval(a, n, b, m)
    assert low < high
    assert (low == 0) == (a == 0)
    if 0 < a < n and 0 < b < m:
        theirs = relative_risk(a, n, b, m).confidence_interval(0.95)
        assert (low, high) == pytest.approx((theirs.low, theirs.high), rel=1e-9)

"""Shares by range of scores: never before there are enough, counted exactly, and never falling."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.screening.calibration import LEAST_DECIDED, Decided, calibrate, isotonic

_COUNTS = st.lists(
    st.integers(1, 40).flatmap(lambda tries: st.tuples(st.integers(0, tries), st.just(tries))), max_size=10
)


def test_nothing_is_said_before_there_are_enough() -> None:
    few = [Decided(65, True)] * (LEAST_DECIDED - 1)
    assert calibrate(few) is None
    assert calibrate([*few, Decided(10, False)]) is not None


def test_each_range_counts_its_own_and_a_hundred_belongs_to_the_last() -> None:
    decisions = [Decided(60 + n % 10, n < 31) for n in range(40)] + [Decided(100, True)] * 60
    found = calibrate(decisions)
    assert found is not None
    assert [(r.first, r.last, r.decided, r.qualified) for r in found.ranges] == [
        (60, 69, 40, 31),
        (90, 100, 60, 60),
    ]
    assert found.ranges[0].smoothed == pytest.approx(31 / 40)
    assert found.decided == 100


def test_neighbours_that_contradict_each_other_share_their_decisions() -> None:
    assert isotonic([(1, 10), (8, 10), (4, 10), (9, 10)]) == pytest.approx([0.1, 0.6, 0.6, 0.9])


@given(_COUNTS)
def test_the_shares_never_fall_and_keep_the_sum(counts: list[tuple[int, int]]) -> None:
    found = isotonic(counts)
    assert all(a <= b for a, b in pairwise(found))
    expected = sum(share * tries for share, (_, tries) in zip(found, counts, strict=True))
    assert expected == pytest.approx(sum(successes for successes, _ in counts))


@given(_COUNTS, st.lists(st.floats(0, 1), min_size=10, max_size=10))
def test_no_other_rising_shares_are_closer(counts: list[tuple[int, int]], others: list[float]) -> None:
    def distance(shares: list[float]) -> float:
        return sum(
            tries * (share - successes / tries) ** 2
            for share, (successes, tries) in zip(shares, counts, strict=True)
        )

    assert distance(isotonic(counts)) <= distance(sorted(others)[: len(counts)]) + 1e-9

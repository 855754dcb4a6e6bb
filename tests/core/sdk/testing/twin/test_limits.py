from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.sdk.testing.twin import FixedWindow, TwinClock

START = datetime(2026, 11, 24, 12, 0, 5, tzinfo=UTC)


def test_a_window_starts_at_multiples_of_its_length() -> None:
    clock = TwinClock(START, frozen=True)
    window = FixedWindow(2, 30, clock)
    first = window.take("a")
    assert (first.allowed, first.remaining, first.seconds_left) == (True, 1, 25.0)
    window.take("a")
    assert not window.take("a").allowed
    clock.advance(24.9)
    assert not window.take("a").allowed
    clock.advance(0.2)
    assert window.take("a").remaining == 1


def test_keys_have_budgets_of_their_own() -> None:
    window = FixedWindow(1, 30, TwinClock(START, frozen=True))
    assert window.take("a").allowed
    assert window.take("b").allowed


@given(
    limit=st.integers(1, 5),
    pauses=st.lists(st.floats(0, 40, allow_nan=False), max_size=40),
)
def test_no_window_ever_admits_more_than_its_limit(limit: int, pauses: list[float]) -> None:
    clock = TwinClock(START, frozen=True)
    window = FixedWindow(limit, 30, clock)
    admitted: dict[int, int] = {}
    for pause in pauses:
        clock.advance(pause)
        spent = window.take("a")
        number = int(clock().timestamp() // 30)
        admitted[number] = admitted.get(number, 0) + spent.allowed
        assert 0 < spent.seconds_left <= 30
    assert all(count <= limit for count in admitted.values())


def test_the_clock_runs_and_can_be_pushed_but_a_frozen_one_only_moves_by_hand() -> None:
    running, frozen = TwinClock(START), TwinClock(START, frozen=True)
    assert running() > START
    assert frozen() == frozen() == START
    for clock in (running, frozen):
        clock.advance(3600)
        assert clock() >= START + timedelta(hours=1)

"""A plugin that keeps failing rests, for one tenant at a time, and is tried again by one call."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from core.clock import SteppingClock
from core.registry import Breaker
from core.registry.breaker import FAILURES, REST, TRIAL, Circuit

ACME, BETA = UUID(int=1), UUID(int=2)
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(START)


def failing(breaker: Breaker, times: int = FAILURES) -> None:
    for _ in range(times):
        breaker.record("slow", ACME, failed=True)


def test_fewer_failures_than_the_limit_change_nothing(clock: SteppingClock) -> None:
    breaker = Breaker(clock)
    failing(breaker, FAILURES - 1)
    assert breaker.admits("slow", ACME)
    assert breaker.state("slow", ACME) == "closed"


def test_a_success_forgets_failures(clock: SteppingClock) -> None:
    breaker = Breaker(clock)
    failing(breaker, FAILURES - 1)
    breaker.record("slow", ACME, failed=False)
    failing(breaker, FAILURES - 1)
    assert breaker.admits("slow", ACME)


def test_an_open_circuit_lets_nothing_through_and_says_until_when(clock: SteppingClock) -> None:
    breaker = Breaker(clock)
    failing(breaker)
    assert not breaker.admits("slow", ACME)
    assert breaker.state("slow", ACME) == "open"
    assert breaker.suspended_until("slow", ACME) == START + REST


def test_other_tenants_and_plugins_are_not_touched(clock: SteppingClock) -> None:
    breaker = Breaker(clock)
    failing(breaker)
    assert breaker.admits("slow", BETA)
    assert breaker.admits("other", ACME)


def test_after_the_rest_one_call_decides(clock: SteppingClock) -> None:
    breaker = Breaker(clock)
    failing(breaker)
    clock.advance(REST.total_seconds())
    assert breaker.state("slow", ACME) == "half-open"
    assert [breaker.admits("slow", ACME) for _ in range(3)] == [True, False, False]


def test_the_one_call_failing_opens_it_at_once_succeeding_closes_it(clock: SteppingClock) -> None:
    breaker = Breaker(clock)
    failing(breaker)
    clock.advance(REST.total_seconds())
    assert breaker.admits("slow", ACME)
    breaker.record("slow", ACME, failed=True)
    assert breaker.suspended_until("slow", ACME) == clock() + REST
    clock.advance(REST.total_seconds())
    assert breaker.admits("slow", ACME)
    breaker.record("slow", ACME, failed=False)
    assert breaker.state("slow", ACME) == "closed"


def test_a_trial_nobody_finished_does_not_lock_the_plugin_out(clock: SteppingClock) -> None:
    breaker = Breaker(clock)
    failing(breaker)
    clock.advance(REST.total_seconds())
    assert breaker.admits("slow", ACME)
    clock.advance(TRIAL.total_seconds())
    assert breaker.admits("slow", ACME)


def test_the_state_can_be_shared(clock: SteppingClock) -> None:
    shared: dict[tuple[str, UUID], Circuit] = {}
    failing(Breaker(clock, shared))
    assert not Breaker(clock, shared).admits("slow", ACME)


class BreakerNeverSticks(RuleBasedStateMachine):
    """Whatever happens, waiting long enough lets a call through, and an open circuit lets none."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = SteppingClock(START)
        self.breaker = Breaker(self.clock)

    @rule(failed=st.booleans())
    def outcome(self, failed: bool) -> None:
        self.breaker.record("slow", ACME, failed=failed)

    @rule()
    def ask(self) -> None:
        self.breaker.admits("slow", ACME)

    @rule(seconds=st.floats(0, 2 * REST.total_seconds()))
    def wait(self, seconds: float) -> None:
        self.clock.advance(seconds)

    @rule()
    def long_wait_admits(self) -> None:
        self.clock.advance(REST.total_seconds() + TRIAL.total_seconds())
        assert self.breaker.admits("slow", ACME)

    @invariant()
    def open_means_suspended(self) -> None:
        until = self.breaker.suspended_until("slow", ACME)
        assert (until is not None) == (self.breaker.state("slow", ACME) == "open")
        assert until is None or until > self.clock()


TestBreakerNeverSticks = BreakerNeverSticks.TestCase

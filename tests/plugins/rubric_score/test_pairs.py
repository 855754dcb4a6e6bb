"""Pairs of passages that share their words and differ in what they say: the better one must win."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from core.sdk import Judgement

_RANK = {"not_met": 0, "not_stated": 1, "partly": 2, "met": 3}
_CLASSES_OF_MEANING = {"meaning"}


class Pair(msgspec.Struct, frozen=True):
    kind: str
    demand: str
    better: tuple[str, str]
    worse: tuple[str, str]


class Outcome(msgspec.Struct, frozen=True):
    pair: Pair
    better: Judgement
    worse: Judgement

    @property
    def ordered(self) -> bool:
        return _RANK[self.better.match] > _RANK[self.worse.match]

    @property
    def exact(self) -> int:
        return (self.better.match == self.pair.better[1]) + (self.worse.match == self.pair.worse[1])


def _passage(written: str) -> tuple[str, str]:
    text, _, match = written.rpartition("=>")
    return text.strip().replace("\\n", "\n"), match.strip()


def _pairs() -> list[Pair]:
    lines = (Path(__file__).parent / "pairs.txt").read_text("utf-8").splitlines()
    rows = [[part.strip() for part in line.split("|")] for line in lines if line.strip() and line[0] != "#"]
    return [Pair(kind, demand, _passage(better), _passage(worse)) for kind, demand, better, worse in rows]


@pytest.fixture(scope="module")
def outcomes(judge_each: Callable[..., list[Judgement]]) -> list[Outcome]:
    return [Outcome(pair, *judge_each(pair.demand, pair.better[0], pair.worse[0])) for pair in _pairs()]


def test_there_are_enough_pairs_over_enough_kinds() -> None:
    pairs = _pairs()
    assert len(pairs) >= 60
    assert len({pair.kind for pair in pairs}) >= 12


def test_the_better_passage_wins(outcomes: list[Outcome]) -> None:
    wrong = [f"{o.pair.demand}: {o.better.match} / {o.worse.match}" for o in outcomes if not o.ordered]
    assert len(wrong) <= 0.06 * len(outcomes), wrong


def test_comparisons_of_scales_names_and_denials_are_always_in_order(outcomes: list[Outcome]) -> None:
    kinds = defaultdict(list)
    for outcome in outcomes:
        if outcome.pair.kind not in _CLASSES_OF_MEANING and not outcome.ordered:
            kinds[outcome.pair.kind].append(outcome.pair.demand)
    assert not kinds


def test_the_four_matches_mean_what_they_say(outcomes: list[Outcome]) -> None:
    right = sum(outcome.exact for outcome in outcomes)
    assert right >= 0.94 * 2 * len(outcomes)


def test_only_silence_is_without_a_quote(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        for judgement, (text, _) in (
            (outcome.better, outcome.pair.better),
            (outcome.worse, outcome.pair.worse),
        ):
            assert bool(judgement.evidence) == (judgement.match != "not_stated")
            assert all(text[e.start : e.end] == e.quote for e in judgement.evidence)
            assert judgement.reason

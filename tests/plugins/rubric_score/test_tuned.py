"""The pairs the scorer was tuned on stay in order: 24 classes over many occupations."""

import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from core.screening.matching import Passage, match_passages
from plugins.rubric_score.scorer import RubricScorer

_DATA = Path(__file__).parents[2] / "benchmarks" / "data" / "pairs_tuning.jsonl"
_DAY = date(2026, 11, 25)


@pytest.mark.timeout(600)
def test_the_pairs_it_was_tuned_on_stay_in_order(scorer: RubricScorer) -> None:
    pairs = [json.loads(line) for line in _DATA.read_text("utf-8").splitlines()]
    passages = [
        Passage(requirement=pair["requirement"], evidence=pair[side]["evidence"])
        for pair in pairs
        for side in ("better", "worse")
    ]
    found = match_passages(scorer, passages, _DAY)
    ordered = defaultdict(list)
    for number, pair in enumerate(pairs):
        ordered[pair["class"]].append(found[2 * number].score > found[2 * number + 1].score)
    everything = [right for rights in ordered.values() for right in rights]
    assert sum(everything) >= 0.92 * len(everything)
    assert {kind: sum(rights) for kind, rights in ordered.items() if sum(rights) < 0.7 * len(rights)} == {}

"""A demand beside a passage: what a scorer is handed, and that it is no application."""

from collections.abc import Sequence
from datetime import date

from core.screening.matching import Passage, match_passages
from core.sdk import PASSAGE, Judgement, Material, Rubric


class Recorder:
    """A scorer that keeps what it was given and finds nothing."""

    version = "recorder"

    def __init__(self) -> None:
        self.given: list[Material] = []

    def judge(self, rubric: Rubric, materials: Sequence[Material]) -> Sequence[tuple[Judgement, ...]]:
        self.given += materials
        silent = (
            Judgement(requirement_id=r.id, match="not_stated", reason="", evidence=())
            for r in rubric.requirements
        )
        return [tuple(silent) for _ in materials]


def test_a_scorer_is_told_that_a_passage_stands_alone() -> None:
    scorer = Recorder()
    passage = Passage(requirement="Baking bread", evidence="Shaped sourdough. " * 9)
    (found,) = match_passages(scorer, [passage], date(2026, 11, 1))
    assert found.match == "not_stated"
    assert [source.name for material in scorer.given for source in material.sources] == [PASSAGE]

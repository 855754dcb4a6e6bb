"""What is asked is exactly what could matter: checked against trying every answer to every set of questions."""

from itertools import combinations, product
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.screening import Thresholds, settle
from core.screening.asking import asks, question, to_settle
from core.screening.points import ScoreSheet
from core.sdk.scorer import Category, Judgement, Requirement, Rubric

_ANSWERS = ("met", "partly", "not_met")
_ROWS = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.booleans(),
        st.sampled_from(["hard_skill", "authorization", "education"]),
        st.sampled_from(["met", "partly", "not_met", "not_stated", "not_stated", "not_stated"]),
    ),
    min_size=1,
    max_size=6,
)
_LEVELS = st.tuples(st.integers(1, 99), st.integers(1, 100)).filter(lambda pair: pair[0] < pair[1])


def _rubric(rows: list[Any]) -> Rubric:
    return Rubric(
        requirements=tuple(
            Requirement(id=f"r{n}", text=f"Skill {n}", category=category, must_have=must, weight=weight)
            for n, (weight, must, category, *_) in enumerate(rows)
        )
    )


def _sheet(rubric: Rubric, matches: list[Any], thresholds: Thresholds) -> ScoreSheet:
    judgements = [
        Judgement(requirement_id=r.id, match=match, reason="")
        for r, match in zip(rubric.requirements, matches, strict=True)
    ]
    return settle(rubric, judgements, thresholds, characters=2000)


def _by_trying_everything(rubric: Rubric, matches: list[str], thresholds: Thresholds) -> tuple[str, ...]:
    band = _sheet(rubric, matches, thresholds).band
    unknown = [n for n, match in enumerate(matches) if match == "not_stated"]
    for size in range(1, len(unknown) + 1):
        for places in combinations(unknown, size):
            for answers in product(_ANSWERS, repeat=size):
                tried = list(matches)
                for place, answer in zip(places, answers, strict=True):
                    tried[place] = answer
                if _sheet(rubric, tried, thresholds).band != band:
                    return tuple(f"r{place}" for place in places)
    return ()


@settings(max_examples=1500, deadline=None)
@given(_ROWS, _LEVELS)
def test_it_is_the_smallest_set_and_of_those_the_first(rows: list[Any], levels: tuple[int, int]) -> None:
    rubric, matches = _rubric(rows), [row[3] for row in rows]
    thresholds = Thresholds(pre_qualified=levels[0], qualified=levels[1])
    sheet = _sheet(rubric, matches, thresholds)
    if sheet.score is None:
        assert to_settle(sheet, rubric, thresholds) == ()
        return
    assert to_settle(sheet, rubric, thresholds) == _by_trying_everything(rubric, matches, thresholds)


def test_of_equal_ones_the_first_in_the_rubric_is_asked() -> None:
    rubric = _rubric([(4, False, "hard_skill")] * 5)
    matches = ["met", "not_met", "not_stated", "not_stated", "not_stated"]
    thresholds = Thresholds(pre_qualified=60, qualified=90)
    assert to_settle(_sheet(rubric, matches, thresholds), rubric, thresholds) == ("r2", "r3")


def test_where_a_must_have_is_contradicted_nothing_is_asked() -> None:
    rubric = _rubric([(5, True, "hard_skill"), (5, False, "hard_skill")])
    sheet = _sheet(rubric, ["not_met", "not_stated"], Thresholds())
    assert asks(sheet, rubric, Thresholds()) == ()


@pytest.mark.parametrize("category", get_args(Category))
def test_every_kind_has_words_of_its_own_and_names_what_is_asked(category: Category) -> None:
    requirement = Requirement(id="r1", text="Forklift licence.", category=category, must_have=True)
    asked = question(requirement)
    assert "“Forklift licence”" in asked
    assert asked.rstrip().endswith(("?", "."))
    others = {question(msgspec.structs.replace(requirement, category=c)) for c in get_args(Category)}
    assert len(others) == len(get_args(Category))

"""Trying a rubric moves exactly those whom storing it would move, and nobody a person has put somewhere."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.words import CATEGORIES
from core.screening import Thresholds, settle
from core.screening.reuse import demand
from core.screening.whatif import Adder, Standing, in_short, try_out
from core.sdk.scorer import Judgement, Requirement, Rubric

_MATCHES = ("met", "partly", "not_stated", "not_met")
_EXTENTS = ("little", "half", "most")
_ROWS = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.booleans(),
        st.sampled_from(["hard_skill", "authorization", "experience", "other"]),
        st.sampled_from(_MATCHES),
        st.sampled_from(_EXTENTS),
    ),
    max_size=12,
)


def _rubric(rows: list[Any]) -> Rubric:
    return Rubric(
        requirements=tuple(
            Requirement(id=f"r{n}", text=f"Skill {n}", category=category, must_have=must, weight=weight)
            for n, (weight, must, category, *_) in enumerate(rows)
        )
    )


@given(_ROWS, st.integers(1, 60), st.integers(61, 100), st.integers(0, 300))
def test_score_and_band_are_those_of_the_whole_addition(
    rows: list[Any], pre: int, qualified: int, characters: int
) -> None:
    rubric, thresholds = _rubric(rows), Thresholds(pre_qualified=pre, qualified=qualified)
    judgements = [
        Judgement(requirement_id=r.id, match=row[3], reason="", extent=row[4])
        for r, row in zip(rubric.requirements, rows, strict=True)
    ]
    sheet = settle(rubric, judgements, thresholds, characters=characters)
    matches = {demand(r): in_short(row[3], row[4]) for r, row in zip(rubric.requirements, rows, strict=True)}
    found = Adder(rubric, thresholds).result(matches, characters)
    assert found is not None
    assert (found.score, found.band) == (sheet.score, sheet.band)


_RUBRIC = _rubric([(6, True, "hard_skill"), (4, False, "hard_skill")])
_FIRST, _SECOND = (demand(r) for r in _RUBRIC.requirements)


def _standing(category: str, *, decided: bool = False, **more: Any) -> Standing:
    values: dict[str, Any] = {
        "id": UUID(int=1), "category": category, "decided": decided,
        "band": category, "score": 60, "characters": 2000,
        "matches": {_FIRST: "met", _SECOND: "not_stated"}, **more,
    }  # fmt: skip
    return Standing(**values)


def test_who_would_cross_a_threshold_is_named_with_both_columns_and_scores() -> None:
    tried = try_out(_RUBRIC, Thresholds(pre_qualified=40, qualified=60), [_standing("pre_qualified")])
    (mover,) = tried.movers
    assert (mover.from_category, mover.to_category, mover.to_score) == ("pre_qualified", "qualified", 60)
    assert (tried.before["pre_qualified"], tried.after["qualified"], tried.after["pre_qualified"]) == (
        1,
        1,
        0,
    )


def test_what_a_person_decided_stays_and_is_counted_as_held() -> None:
    tried = try_out(
        _RUBRIC, Thresholds(pre_qualified=40, qualified=60), [_standing("not_qualified", decided=True)]
    )
    assert (tried.movers, tried.held) == ((), 1)
    assert tried.before == tried.after


@pytest.mark.parametrize("more", [{"matches": None}, {"matches": {_FIRST: "met"}}])
def test_who_was_not_judged_on_all_of_it_stays_and_is_counted_as_unknown(more: dict[str, Any]) -> None:
    tried = try_out(_RUBRIC, Thresholds(pre_qualified=40, qualified=60), [_standing("pre_qualified", **more)])
    assert (tried.movers, tried.unknown, tried.after["pre_qualified"]) == ((), 1, 1)


def test_a_resume_nobody_could_read_stays_where_a_person_must_look() -> None:
    unread = _standing("needs_a_look", band="unreadable", score=None, characters=0, matches={})
    assert try_out(_RUBRIC, Thresholds(), [unread]).movers == ()


@given(
    st.lists(
        st.tuples(st.sampled_from(CATEGORIES), st.booleans(), st.sampled_from(_MATCHES), st.sampled_from(_MATCHES)),
        max_size=20,
    ),
    st.integers(1, 60), st.integers(61, 100),
)  # fmt: skip
def test_nobody_is_lost_and_only_the_undecided_move(people: list[Any], pre: int, qualified: int) -> None:
    standings = [
        _standing(category, decided=decided, id=UUID(int=n), matches={_FIRST: first, _SECOND: second})
        for n, (category, decided, first, second) in enumerate(people)
    ]
    tried = try_out(_RUBRIC, Thresholds(pre_qualified=pre, qualified=qualified), standings)
    assert sum(tried.before.values()) == sum(tried.after.values()) == len(people)
    decided = {one.id for one in standings if one.decided}
    assert not decided & {mover.id for mover in tried.movers}

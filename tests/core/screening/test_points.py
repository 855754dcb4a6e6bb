"""The addition: whole points that sum to the score, bands that gates can only lower."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.screening import (
    ScoreSheet,
    Thresholds,
    band_for,
    biggest_gap,
    holding,
    max_points,
    settle,
    strongest,
)
from core.screening.points import points_for
from core.sdk.scorer import Category, Evidence, Extent, Judgement, Match, Requirement, Rubric

_QUOTE = (Evidence(source="resume", quote="x", start=0, end=1),)
_BANDS = ("not_qualified", "pre_qualified", "qualified")
_RANK = {"not_met": 0, "not_stated": 0, "partly": 1, "met": 2}


def _requirement(
    number: int, *, must: bool = True, weight: int = 3, category: Category = "hard_skill"
) -> Requirement:
    return Requirement(
        id=f"r{number}", text=f"Skill {number}", category=category, must_have=must, weight=weight
    )


def _rubric(*requirements: Requirement) -> Rubric:
    return Rubric(requirements=requirements)


def _judged(rubric: Rubric, *matches: Match) -> list[Judgement]:
    return [
        Judgement(requirement_id=r.id, match=m, reason="", evidence=() if m == "not_stated" else _QUOTE)
        for r, m in zip(rubric.requirements, matches, strict=True)
    ]


def _settled(rubric: Rubric, *matches: Match) -> ScoreSheet:
    return settle(rubric, _judged(rubric, *matches), Thresholds(), characters=2000)


_MATCH = st.sampled_from(["met", "partly", "not_stated", "not_met"])
_RUBRICS = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.booleans(),
        st.sampled_from(["hard_skill", "authorization", "experience", "other"]),
        _MATCH,
    ),
    min_size=1,
    max_size=40,
)


def _built(rows: list[tuple[int, bool, Category, Match]]) -> tuple[Rubric, list[Match]]:
    requirements = [
        _requirement(n, must=must, weight=weight, category=category)
        for n, (weight, must, category, _) in enumerate(rows)
    ]
    return _rubric(*requirements), [match for *_, match in rows]


@given(_RUBRICS)
def test_the_most_one_can_get_is_exactly_a_hundred(rows: list[tuple[int, bool, Category, Match]]) -> None:
    rubric, _ = _built(rows)
    points = max_points(rubric)
    assert sum(points.values()) == (100 if any(r.weight for r in rubric.requirements) else 0)
    assert min(points.values()) >= 0
    by_weight = sorted((r.weight, points[r.id]) for r in rubric.requirements)
    assert all(a[1] <= b[1] + 1 for a, b in pairwise(by_weight))


@given(_RUBRICS)
def test_the_score_is_the_sum_of_its_rows(rows: list[tuple[int, bool, Category, Match]]) -> None:
    rubric, matches = _built(rows)
    sheet = _settled(rubric, *matches)
    assert [row.requirement_id for row in sheet.results] == [r.id for r in rubric.requirements]
    assert all(0 <= row.points <= row.max_points for row in sheet.results)
    if sheet.score is not None:
        assert sheet.score == sum(row.points for row in sheet.results) <= 100
        assert sheet.status == "scored"
        assert 0.0 < sheet.confidence <= 1.0


@given(_RUBRICS, st.data())
def test_better_matches_never_lower_score_or_band(
    rows: list[tuple[int, bool, Category, Match]], data: st.DataObject
) -> None:
    rubric, matches = _built(rows)
    place = data.draw(st.integers(0, len(matches) - 1))
    better: list[Match] = [m for m in ("partly", "met") if _RANK[m] > _RANK[matches[place]]]  # type: ignore[misc]
    if not better:
        return
    before = _settled(rubric, *matches)
    after = _settled(rubric, *[better[0] if n == place else m for n, m in enumerate(matches)])
    if before.score is not None:
        assert after.score is not None
        assert after.score >= before.score
        assert _BANDS.index(after.band) >= _BANDS.index(before.band)
        assert after.confidence >= before.confidence


def test_met_gives_all_and_partly_half_rounded_down() -> None:
    rubric = _rubric(*(_requirement(n) for n in range(1, 4)))
    assert max_points(rubric) == {"r1": 34, "r2": 33, "r3": 33}
    sheet = _settled(rubric, "met", "partly", "not_met")
    assert [row.points for row in sheet.results] == [34, 16, 0]
    assert sheet.score == 50


@pytest.mark.parametrize(("extent", "points"), [("little", 11), ("half", 16), ("most", 21)])
def test_what_is_partly_met_earns_by_how_much_of_it_is_shown(extent: Extent, points: int) -> None:
    rubric = _rubric(*(_requirement(n) for n in range(1, 4)))
    partly = Judgement(requirement_id="r2", match="partly", reason="", evidence=_QUOTE, extent=extent)
    first, _, last = _judged(rubric, "met", "partly", "not_met")
    sheet = settle(rubric, [first, partly, last], Thresholds(), characters=2000)
    assert (sheet.results[1].points, sheet.score) == (points, 34 + points)


@pytest.mark.parametrize("match", ["met", "not_stated", "not_met"])
def test_a_degree_of_anything_else_earns_nothing_and_costs_nothing(match: Match) -> None:
    assert points_for(match, 33, "most") == points_for(match, 33, "little") == points_for(match, 33)


def test_a_rubric_of_zero_weights_gives_no_score_instead_of_an_error() -> None:
    assert _settled(_rubric(_requirement(1, weight=0)), "met").status == "not_enough_information"


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (0, "not_qualified"),
        (39, "not_qualified"),
        (40, "pre_qualified"),
        (69, "pre_qualified"),
        (70, "qualified"),
        (100, "qualified"),
    ],
)
def test_bands_begin_at_their_thresholds(score: int, band: str) -> None:
    assert band_for(score, Thresholds()) == band


def test_thresholds_belong_to_the_job() -> None:
    assert band_for(60, Thresholds(pre_qualified=10, qualified=60)) == "qualified"


def test_a_must_have_the_text_contradicts_ends_in_not_qualified() -> None:
    rubric = _rubric(*(_requirement(n) for n in range(10)))
    sheet = _settled(rubric, *["met"] * 9, "not_met")
    assert (sheet.score, sheet.band) == (90, "not_qualified")


def test_a_must_have_nobody_mentions_ends_in_pre_qualified_at_best() -> None:
    rubric = _rubric(*(_requirement(n) for n in range(10)))
    assert _settled(rubric, *["met"] * 9, "not_stated").band == "pre_qualified"


def test_silence_on_a_work_permit_costs_points_but_caps_nothing() -> None:
    rubric = _rubric(*(_requirement(n) for n in range(9)), _requirement(9, category="authorization"))
    assert _settled(rubric, *["met"] * 9, "not_stated").band == "qualified"
    assert _settled(rubric, *["met"] * 9, "not_met").band == "not_qualified"


def test_a_wish_denied_caps_nothing() -> None:
    rubric = _rubric(*(_requirement(n) for n in range(9)), _requirement(9, must=False))
    assert _settled(rubric, *["met"] * 9, "not_met").band == "qualified"


def test_no_text_and_no_statement_give_no_score() -> None:
    rubric = _rubric(*(_requirement(n) for n in range(10)))
    silent = settle(rubric, _judged(rubric, *["not_stated"] * 10), Thresholds(), characters=5000)
    short = settle(rubric, _judged(rubric, *["met"] * 10), Thresholds(), characters=30)
    empty = settle(_rubric(), (), Thresholds(), characters=5000)
    for sheet in (silent, short, empty):
        assert (sheet.status, sheet.score, sheet.band) == (
            "not_enough_information",
            None,
            "not_enough_information",
        )


def test_the_more_is_stated_the_surer_the_score() -> None:
    rubric = _rubric(*(_requirement(n, must=False) for n in range(4)))
    sure = _settled(rubric, "met", "met", "not_met", "partly").confidence
    unsure = _settled(rubric, "met", "met", "not_stated", "not_stated").confidence
    assert sure == 1.0 > unsure
    assert unsure == round(unsure, 2)


def test_the_strongest_reasons_are_what_gave_most() -> None:
    rubric = _rubric(
        _requirement(1, weight=1), _requirement(2, weight=5), _requirement(3, weight=9), _requirement(4)
    )
    sheet = _settled(rubric, "met", "met", "partly", "not_met")
    assert [row.requirement_id for row in strongest(sheet)] == ["r2", "r1"]


def test_the_biggest_gap_is_a_must_before_a_wish() -> None:
    rubric = _rubric(
        _requirement(1, must=False, weight=9), _requirement(2, weight=2), _requirement(3, weight=1)
    )
    gap = biggest_gap(_settled(rubric, "not_met", "not_stated", "met"), rubric)
    assert gap is not None
    assert gap.requirement_id == "r2"


def test_nothing_missing_leaves_no_gap() -> None:
    rubric = _rubric(_requirement(1))
    assert biggest_gap(_settled(rubric, "met"), rubric) is None


@given(_RUBRICS)
def test_what_holds_a_card_back_is_named_exactly_when_points_alone_would_put_it_higher(
    rows: list[tuple[int, bool, Category, Match]],
) -> None:
    rubric, matches = _built(rows)
    sheet = _settled(rubric, *matches)
    if sheet.score is None:
        return
    held = holding(rubric, sheet, Thresholds())
    assert bool(held) == (band_for(sheet.score, Thresholds()) != sheet.band)
    told = {row.requirement_id: row.match for row in sheet.results}
    assert all(told[name] in {"not_met", "not_stated"} for name in held)
    assert {r.must_have for r in rubric.requirements if r.id in held} <= {True}

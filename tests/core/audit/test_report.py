"""What a report says: figures worked out by hand, and what must hold for every sample."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit import RACES, SEXES, Row, Settings, make_report, read_rows, write_rows
from core.audit.rates import Cell, Dimension, compare
from core.audit.words import as_text
from core.domain.words import BANDS, CATEGORIES
from core.errors import Invalid

ROWS = st.builds(
    Row,
    sex=st.sampled_from(["", *SEXES]),
    race_ethnicity=st.sampled_from(["", *RACES]),
    score=st.none() | st.integers(0, 100),
    band=st.sampled_from(["", *BANDS]),
    decision=st.sampled_from(["", *CATEGORIES]),
)
SAMPLES = st.lists(ROWS, max_size=120)
DIMENSIONS = ("sex", "race_ethnicity", "both")


def cells(dimension: Dimension) -> dict[str, Cell]:
    return {" ".join(cell.category): cell for cell in dimension.cells}


def group(sex: str, selected: int, count: int) -> list[tuple[tuple[str, ...], bool]]:
    return [((sex,), place < selected) for place in range(count)]


def test_rates_ratios_and_test_as_worked_out_by_hand() -> None:
    found = cells(compare([*group("female", 12, 40), *group("male", 30, 60)], Settings()))
    female, male = found["female"], found["male"]
    assert (female.count, female.selected, female.rate) == (40, 12, 0.3)
    assert (female.ratio, male.ratio) == (pytest.approx(0.6), 1.0)
    # ln 0.6 ± 1.95996 · √(1/12 − 1/40 + 1/30 − 1/60)
    assert (female.low, female.high) == (pytest.approx(0.3508, abs=5e-5), pytest.approx(1.0263, abs=5e-5))
    # 42 of 100 drawn: the tables no likelier than 12 of 40, summed in whole binomials
    assert female.p_value == pytest.approx(0.06293, abs=5e-6)
    assert (female.verdict, male.verdict) == ("below_maybe_chance", "highest")


def test_a_clear_difference_is_called_one() -> None:
    found = cells(compare([*group("female", 60, 200), *group("male", 150, 300)], Settings()))
    assert found["female"].verdict == "below_four_fifths"


def test_exactly_four_fifths_is_not_below() -> None:
    for third in (3, 7, 11, 30):
        found = cells(compare([*group("a", 8, 10 * third), *group("b", 10, 10 * third)], Settings()))
        assert found["a"].verdict == "similar"


def test_a_difference_within_four_fifths_can_still_be_told_from_chance() -> None:
    found = cells(compare([*group("a", 850, 1000), *group("b", 950, 1000)], Settings()))
    assert (found["a"].verdict, found["a"].ratio) == ("smaller_difference", pytest.approx(0.8947, abs=5e-5))


def test_a_category_under_two_percent_is_listed_with_its_rate_and_no_reference_for_local_law_144() -> None:
    sample = [*group("a", 100, 500), *group("b", 250, 500), *group("tiny", 15, 19)]
    found = cells(compare(sample, Settings()))
    tiny = found["tiny"]
    assert (tiny.ll144_excluded, tiny.ll144_ratio, tiny.rate) == (True, None, pytest.approx(15 / 19))
    assert found["a"].ll144_ratio == pytest.approx(0.4)
    assert found["a"].ratio == pytest.approx(0.2 / (15 / 19))


def test_exactly_two_percent_is_not_under_two_percent() -> None:
    for total in (350, 550, 50, 1150):
        few = total // 50
        found = cells(compare([*group("a", 0, few), *group("b", 9, total - few)], Settings(min_cell=1)))
        assert not found["a"].ll144_excluded


def test_a_small_category_is_counted_and_nothing_else() -> None:
    found = cells(compare([*group("a", 9, 9), *group("b", 5, 50)], Settings(min_cell=10)))
    assert found["a"] == Cell(category=("a",), count=9, verdict="too_few")
    assert found["b"].ratio == 1.0


def test_nobody_selected_leaves_nothing_to_compare() -> None:
    found = cells(compare([*group("a", 0, 20), *group("b", 0, 20)], Settings()))
    assert {cell.verdict for cell in found.values()} == {"no_ratio"}
    assert found["a"].ratio is None


def test_what_counts_as_selected_in_each_measure() -> None:
    rows = [
        Row(sex="female", score=80, band="qualified", decision="not_qualified"),
        Row(sex="female", score=50, band="pre_qualified"),
        Row(sex="female", band="unreadable", decision="qualified"),
        Row(sex="female"),
        Row(score=20, band="not_qualified"),
    ]
    report = make_report(rows, Settings(min_cell=1))
    found = {measure.key: measure for measure in report.measures}
    selected = {key: measure.sex.cells[0].selected for key, measure in found.items()}
    assert selected == {"band_qualified": 1, "band_forward": 2, "decision": 1, "score": 1}
    counted = {key: (measure.assessed, measure.left_out) for key, measure in found.items()}
    assert counted == {"band_qualified": (4, 1), "band_forward": (4, 1), "decision": (5, 0), "score": (3, 2)}
    assert (report.median, found["score"].sex.unknown) == (50.0, 1)


@given(SAMPLES)
def test_everybody_is_counted_once_in_every_dimension(rows: list[Row]) -> None:
    report = make_report(rows)
    for measure in report.measures:
        assert measure.assessed + measure.left_out == len(rows)
        for name in DIMENSIONS:
            dimension: Dimension = getattr(measure, name)
            assert sum(cell.count for cell in dimension.cells) + dimension.unknown == measure.assessed


@given(SAMPLES, st.integers(1, 20))
def test_rates_and_ratios_stay_in_bounds_and_small_cells_stay_dark(rows: list[Row], least: int) -> None:
    for measure in make_report(rows, Settings(min_cell=least)).measures:
        for cell in (cell for name in DIMENSIONS for cell in getattr(measure, name).cells):
            if cell.count < least:
                hidden = (cell.selected, cell.rate, cell.ratio, cell.ll144_ratio, cell.p_value, cell.low)
                assert hidden == (None,) * 6
                continue
            assert cell.rate is not None
            assert 0 <= cell.rate <= 1
            assert cell.ratio is None or 0 <= cell.ratio <= 1
            assert cell.p_value is None or 0 < cell.p_value <= 1
            if cell.ratio is not None and cell.low is not None and cell.high is not None:
                assert cell.low <= cell.ratio <= cell.high
            if cell.ll144_ratio is not None and cell.ratio is not None:
                assert cell.ll144_ratio >= cell.ratio


@given(SAMPLES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(rows: list[Row], random: object) -> None:
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert msgspec.json.encode(make_report(mixed)) == msgspec.json.encode(make_report(rows))


@given(SAMPLES)
def test_an_auditor_finds_the_same_figures_in_the_exported_rows(rows: list[Row]) -> None:
    written = write_rows(rows)
    assert make_report(read_rows(written)) == make_report(rows)
    assert write_rows(read_rows(written)) == written


@given(SAMPLES)
def test_every_report_can_be_said_in_words(rows: list[Row]) -> None:
    assert "None" not in "\n".join(as_text(make_report(rows)))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("sex,score\nfemale,3\n", "lacks the columns race_ethnicity, band, decision"),
        ("sex,race_ethnicity,score,band,decision\nfemale,asian,101,,\n", "Line 2"),
        ("sex,race_ethnicity,score,band,decision\nfemale,asian,7,,\nmale,asian,x,,\n", "Line 3"),
        ("sex,race_ethnicity,score,band,decision\nfemale,asian,7,great,\n", "the band “great”"),
        ("sex,race_ethnicity,score,band,decision\nfemale,asian,7,,hired\n", "the decision “hired”"),
        ("sex,race_ethnicity,score,band,decision\nfemale,asian\nfemale\n", ""),
    ],
)
def test_data_that_cannot_be_used_is_told_by_its_line(data: str, said: str) -> None:
    if not said:
        assert read_rows(data)[1] == Row(sex="female")
        return
    with pytest.raises(Invalid, match=said):
        read_rows(data)

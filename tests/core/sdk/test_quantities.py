import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sdk.text import date_ranges, degrees

NAMES = calendar.month_name[1:]
WAYS = (
    lambda y, m: f"{m:02}/{y}",
    lambda y, m: f"{m}/{y}",
    lambda y, m: f"{m:02}.{y}",
    lambda y, m: f"13.{m:02}.{y}",
    lambda y, m: f"{m:02}/13/{y}",
    lambda y, m: f"{y}-{m:02}",
    lambda y, m: f"{y}/{m:02}",
    lambda y, m: f"{y}-{m:02}-28",
    lambda y, m: f"{NAMES[m - 1]} {y}",
    lambda y, m: f"{NAMES[m - 1][:3]} {y}",
    lambda y, m: f"{NAMES[m - 1][:3]}. {y}",
    lambda y, m: f"{NAMES[m - 1]}, {y}",
    lambda y, m: f"3rd {NAMES[m - 1]} {y}",
    lambda y, m: f"{NAMES[m - 1]} 12, {y}",
)
TODAY = date(2026, 11, 25)
MOMENT = st.tuples(st.integers(1971, 2025), st.integers(1, 12))


@given(st.sampled_from(WAYS), MOMENT, MOMENT, st.sampled_from([" - ", "–", " – ", " to ", " until "]))
def test_however_months_are_written_they_are_read(
    way: object, one: tuple[int, int], other: tuple[int, int], between: str
) -> None:
    first, last = sorted((one, other))
    text = f"Developer, Volt Ltd, {way(*first)}{between}{way(*last)} in Lund"  # type: ignore[operator]
    (span,) = date_ranges(text, TODAY)
    assert span.start == first[0] * 12 + first[1]
    assert span.end == last[0] * 12 + last[1] + 1
    assert text[span.at : span.until] == f"{way(*first)}{between}{way(*last)}"  # type: ignore[operator]


@given(st.sampled_from(WAYS), MOMENT, st.sampled_from(["present", "Now", "today", "current"]))
def test_an_open_end_is_the_day_of_the_application(way: object, first: tuple[int, int], word: str) -> None:
    (span,) = date_ranges(f"{way(*first)} - {word}", TODAY)  # type: ignore[operator]
    assert (span.start, span.end) == (first[0] * 12 + first[1], 2026 * 12 + 11)


@pytest.mark.parametrize(
    "text", ["Tel. 030/2019 - 12", "ISO 2019-20", "1234-5678", "Version 3.2019", "2025 - 2019"]
)
def test_other_numbers_are_no_time(text: str) -> None:
    assert not date_ranges(text, TODAY)


@pytest.mark.parametrize("text", ["Bartender, March 2019 - May 2021", "born 12 March 1979", "MARCH 2020"])
def test_the_month_of_march_is_no_degree_in_architecture(text: str) -> None:
    assert not degrees(text)


@pytest.mark.parametrize("text", ["MArch, Bartlett", "M.Arch 2019"])
def test_a_degree_in_architecture_is_one(text: str) -> None:
    assert [name for name, _, _ in degrees(text)] == ["master"]


@pytest.mark.parametrize(
    "text",
    [
        "I master chocolate work.",
        "Calm as a Zen master.",
        "The Site Master must read under 1.3.",
        "Handed over to the master, who checked it",
        "Master of setting out with total station",
        "carried to the master's hands",
    ],
)
def test_who_masters_a_craft_has_no_degree(text: str) -> None:
    assert degrees(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Master of Science in biology", "master"),
        ("master of arts", "master"),
        ("a master's in law", "master"),
        ("the master’s degree in law", "master"),
        ("Master, HR", "master"),
        ("Master hairdresser, Brno", "vocational"),
        ("Postgraduate diploma in nursing", "postgraduate"),
        ("PGDip Nursing", "postgraduate"),
    ],
)
def test_degrees_are_told_from_the_titles_of_crafts(text: str, name: str) -> None:
    assert [found for found, _, _ in degrees(text)] == [name]

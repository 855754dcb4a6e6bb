import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sdk.text import date_ranges

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

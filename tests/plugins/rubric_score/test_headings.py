"""What a sentence stands under: dated lines, headings, and nothing that is no line above it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.sdk.text import sentences
from plugins.rubric_score.headings import standing_under

_TODAY = date(2026, 11, 25)


def _under(text: str) -> dict[str, str]:
    split = sentences(text)
    return dict(zip((s.text for s in split), standing_under(split, _TODAY), strict=True))


def test_what_was_done_stands_under_its_dated_line_and_that_under_its_heading() -> None:
    under = _under(
        "EXPERIENCE\nShift lead, Delta Foods, Memphis, 5/2022 to now\n• Seventeen people report to me.\n"
        "Order picker, same building, 2019 - 2022\n• Taught sixty new hires.\nSCHOOL\nSouthaven High, graduated."
    )
    assert under["Shift lead, Delta Foods, Memphis, 5/2022 to now"] == "EXPERIENCE"
    assert under["Seventeen people report to me."] == "Shift lead, Delta Foods, Memphis, 5/2022 to now"
    assert under["Taught sixty new hires."] == "Order picker, same building, 2019 - 2022"
    assert under["Southaven High, graduated."] == "SCHOOL"


def test_a_line_of_dates_alone_is_taken_with_the_title_above_it() -> None:
    under = _under("Ward nurse, St. Anna hospital in Linz\n03/2018 - today\n- Six beds, nights.")
    assert under["Six beds, nights."] == "Ward nurse, St. Anna hospital in Linz 03/2018 - today"


def test_the_items_of_a_list_are_no_headings() -> None:
    under = _under("Skills\nPython\nDocker\nWrote the whole billing service by myself.")
    assert under["Python"] == ""
    assert under["Wrote the whole billing service by myself."] == "Docker"
    below = _under("Cook, Linz, 2015 - 2019\nSauces\nPastry\nFried eggs for forty guests every morning.")
    assert below["Sauces"] == "Cook, Linz, 2015 - 2019"


def test_a_sentence_with_dates_tells_by_itself() -> None:
    told = (
        "From 2015 to 2019 I ran the night desk of a hotel with two hundred rooms in Graz, wrote the reports, trained "
        "three porters, and learned to sleep in the afternoon."
    )
    assert _under(f"{told}\nI left it for the sea.")["I left it for the sea."] == ""


@given(
    st.lists(st.sampled_from(["Work", "Cook, 2015 - 2019", "2011 - 2012", "- Fried eggs.", "I sing.", ""]))
)
def test_every_sentence_stands_under_earlier_text_or_none(lines: list[str]) -> None:
    split = sentences("\n".join(lines))
    found = standing_under(split, _TODAY)
    assert len(found) == len(split)
    for place, under in enumerate(found):
        before = " ".join(s.text for s in split[:place])
        assert under in f"{before} "


def test_adding_a_sentence_at_the_end_moves_no_other() -> None:
    text = "WORK\nCook, 2015 - 2019\n- Fried eggs for forty guests."
    before, after = _under(text), _under(f"{text}\n- Baked bread for the whole street.")
    assert {line: after[line] for line in before} == before


def test_the_mark_of_a_school_at_the_start_of_a_line_is_no_bullet() -> None:
    under = _under(
        "WORK\n▪, teaching assistant in the infant class, 2015 - 2018\nRead with four children. ▪ ran the library."
    )
    assert under["▪, teaching assistant in the infant class, 2015 - 2018"] == "WORK"
    assert under["Read with four children."] == "▪, teaching assistant in the infant class, 2015 - 2018"
    assert "▪ ran the library." in under

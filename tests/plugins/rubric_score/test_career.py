"""Years of a trade in a whole resume: the positions of the trade are counted, those of other trades are not."""

from collections.abc import Callable
from datetime import date

import pytest

from core.screening import extract
from core.sdk import Judgement, Material, Source
from plugins.rubric_score.career import Career
from plugins.rubric_score.meaning import Meaning
from plugins.rubric_score.model import Model
from plugins.rubric_score.reader import Pair, Reading
from plugins.rubric_score.reader.model import Reader
from plugins.rubric_score.text import read

Judge = Callable[..., Judgement]

_ASKED = "At least 4 years of experience as an electrician"
_OTHER = """MARA VOSS
EXPERIENCE
Florist, Blumen Anja, Bremen, March 2016 - today
- Bouquets, deliveries, till.
- Wedding tables for up to eighty guests.
Waitress, Café Mitte, Bremen, 2012 - 2016
- Forty tables in summer.
Hobbies: choir, sewing"""
_RESUME = """JOHN ADEYEMI
EXPERIENCE
Electrician, Brandt Elektro, Kassel, March 2019 - today
- Wired forty flats and their meter cabinets.
- Fault finding in old houses.
Baker's assistant, Backhaus Süd, Kassel, 2012 - 2016
- Bread and rolls at night.
Hobbies: choir, sewing"""


def test_positions_of_another_trade_are_no_years_of_it(judge_resume: Judge) -> None:
    found = judge_resume(_ASKED, _OTHER)
    assert found.match == "not_met"
    assert [quote.quote for quote in found.evidence] == ["Florist, Blumen Anja, Bremen, March 2016 - today"]


def test_only_the_positions_of_the_trade_are_counted(judge_resume: Judge) -> None:
    found = judge_resume(_ASKED, _RESUME)
    assert found.match == "met"
    assert found.reason.startswith("7.7 years")
    assert "Electrician" in found.evidence[0].quote


@pytest.mark.parametrize(("began", "match"), [("January 2024", "partly"), ("June 2026", "not_met")])
def test_too_few_years_of_it_are_told_from_half_of_them(judge_resume: Judge, began: str, match: str) -> None:
    assert judge_resume(_ASKED, _RESUME.replace("March 2019", began)).match == match


@pytest.mark.parametrize(
    ("began", "extent"), [("November 2024", "little"), ("December 2023", "half"), ("March 2023", "most")]
)
def test_the_nearer_the_years_come_to_what_is_asked_the_more_they_count(
    judge_resume: Judge, began: str, extent: str
) -> None:
    found = judge_resume(_ASKED, _RESUME.replace("March 2019", began))
    assert (found.match, found.extent) == ("partly", extent)


def test_what_the_text_adds_up_itself_counts(judge_resume: Judge) -> None:
    text = _RESUME.replace("March 2019", "June 2026").replace(
        "Hobbies", "In all I have eleven years of experience as an electrician.\nHobbies"
    )
    assert judge_resume(_ASKED, text).match == "met"


def test_a_text_without_positions_says_nothing_of_years(judge_resume: Judge) -> None:
    text = (
        "SKILLS\nWiring, fuses, meters, switches\nSTRENGTHS\nPunctual, strong, honest\nHOBBIES\nChoir, sewing"
    )
    assert judge_resume(_ASKED, text).match == "not_stated"


@pytest.mark.parametrize(
    "said",
    [
        "▪ is an electrician with eight years of experience.",
        "I am an electrician with eight years of experience.",
        "An electrician with eight years of experience.",
    ],
)
def test_who_introduces_themselves_by_their_trade_is_nobody_else(judge_resume: Judge, said: str) -> None:
    assert judge_resume(_ASKED, _OTHER.replace("EXPERIENCE", said)).match == "met"


@pytest.mark.parametrize("who", ["Reported to", "Shared the van and the work with"])
def test_a_colleague_with_years_of_the_trade_is_somebody_else(judge_resume: Judge, who: str) -> None:
    said = f"{who} an electrician with eight years of experience."
    assert judge_resume(_ASKED, _OTHER.replace("EXPERIENCE", said)).match == "not_met"


def test_a_position_whose_title_names_the_trade_counts_whatever_its_reading() -> None:
    def silence(pair: Pair) -> Reading:
        return Reading(met=0, partly=0, not_stated=1000, not_met=0)

    (asked,) = extract(f"Requirements:\n- {_ASKED}").requirements
    meaning = Meaning(Model().encode, lambda: Reader().near)
    for text, match in ((_RESUME, "met"), (_OTHER, "not_met")):
        source = Source(name="resume", text=text)
        found = read(Material(id="", sources=(source,), as_of=date(2026, 11, 1)))
        assert Career(asked, None, found, meaning).judge(silence).match == match

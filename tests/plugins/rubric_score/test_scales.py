"""What is read off a scale: each language by its own level, degrees by rank, papers by how far they have come."""

from collections.abc import Callable
from datetime import date

import pytest

from core.sdk import Judgement, Material, Requirement, Source
from core.sdk.scorer import Category
from plugins.rubric_score.education import judge_education
from plugins.rubric_score.language import Asked, asked_in, judge_language
from plugins.rubric_score.papers import judge_certificate
from plugins.rubric_score.text import Read, read
from plugins.rubric_score.verdicts import leaves_open

Judge = Callable[..., Judgement]
Comparator = Callable[[Requirement, Read], Judgement | None]


def _requirement(text: str, category: Category) -> Requirement:
    return Requirement(id="r1", text=text, category=category, must_have=True)


def _read(text: str) -> Read:
    return read(Material(id="1", sources=(Source(name="resume", text=text),), as_of=date(2026, 11, 25)))


def _judged(comparator: Comparator, demand: Requirement, said: str) -> Judgement:
    """What a comparator says of a text that bears on the demand."""
    found = comparator(demand, _read(said))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("German at level B1 or better", [(("german",), 3)]),
        ("English at C1 and Portuguese at B2 at least", [(("english",), 5), (("portuguese",), 4)]),
        ("English at B2 or better plus German at C1", [(("english",), 4), (("german",), 5)]),
        ("Spanish or Portuguese native, English B2", [(("spanish", "portuguese"), 7), (("english",), 4)]),
        (
            "Italian, English B2 and German or French B1",
            [(("italian",), 0), (("english",), 4), (("german", "french"), 3)],
        ),
        ("Spanish, French or German at B2", [(("spanish", "french", "german"), 4)]),
        ("English and French, both at business level", [(("english",), 4), (("french",), 4)]),
        ("Fluency in English, French and German", [(("english",), 5), (("french",), 5), (("german",), 5)]),
        ("English (C1), German a plus", [(("english",), 5)]),
        ("English A2, Ukrainian welcome", [(("english",), 2)]),
    ],
)
def test_each_language_asked_keeps_its_own_level(text: str, asked: list[Asked]) -> None:
    assert asked_in(_requirement(text, "language")) == tuple(asked)


@pytest.mark.parametrize(
    ("said", "match"),
    [
        ("Portuguese native, English C1", "met"),
        ("Ukrainian native, Portuguese B2, English B2", "partly"),
        ("English C1, Danish native", "partly"),
        ("English A2, Portuguese A1", "not_met"),
    ],
)
def test_two_languages_are_met_when_both_are(said: str, match: str) -> None:
    demand = _requirement("English at C1 and Portuguese at B2 at least", "language")
    found = _judged(judge_language, demand, said)
    assert found.match == match


def test_a_language_without_a_level_is_left_open_and_one_below_is_not() -> None:
    demand = _requirement("English at C1 level", "language")
    bare, below = (_judged(judge_language, demand, said) for said in ("English, Irish", "English B2, Irish"))
    assert (bare.match, below.match) == ("partly", "partly")
    assert leaves_open(bare)
    assert not leaves_open(below)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Diploma in agriculture", "Diploma in Agriculture, by distance, four of six terms passed"),
        ("Degree in logistics", "Distance degree in logistics, five of six semesters done"),
        ("Degree in journalism", "Degree in journalism, part-time, second of three years"),
        ("Bachelor's degree in nursing", "BSc Nursing, last semester running"),
    ],
)
def test_studies_of_which_a_part_is_done_are_under_way(asked: str, said: str) -> None:
    found = _judged(judge_education, _requirement(asked, "education"), said)
    assert (found.match, found.reason) == ("partly", "The degree is under way.")


def test_a_postgraduate_diploma_stands_above_a_bachelor_and_below_a_master() -> None:
    asked = _requirement("Postgraduate diploma in nursing", "education")
    said = ("BSc Nursing, 2019", "PG Dip Nursing, 2019", "Master of Nursing, 2019")
    matches = [_judged(judge_education, asked, one).match for one in said]
    assert matches == ["not_met", "met", "met"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            "Driving licence of class C",
            "Driving licence class C: theory passed, practical test on 4 December",
        ),
        ("IMDG training certificate", "IMDG basic course booked and paid, 10 to 11 December 2026"),
        ("OCAP certificate", "OCAP: modules one to five of seven finished"),
        ("Qualified Teacher Status (QTS)", "QTS will be recommended in January"),
    ],
)
def test_a_paper_of_which_a_part_is_done_is_under_way(asked: str, said: str) -> None:
    found = _judged(judge_certificate, _requirement(asked, "certification"), said)
    assert (found.match, found.reason) == ("partly", "It is under way.")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Registration with the General Dental Council", "GDC registered, number on request"),
        ("CIP designation", "Chartered Insurance Professional since 2020"),
    ],
)
def test_a_paper_is_known_by_its_initials_whichever_side_writes_it_out(asked: str, said: str) -> None:
    found = _judged(judge_certificate, _requirement(asked, "certification"), said)
    assert found.match == "met"


_LIFE = """Claims clerk, Norde Insurance, Riga, since 2021
- Answers letters of customers every day.
{}
Hobbies: choir, sailing"""


@pytest.mark.parametrize(
    ("asked", "category", "said"),
    [
        ("English at C1 level", "language", "Latvian native, English B2"),
        (
            "Preparation of tax returns for at least 40 companies",
            "experience",
            "- Prepares tax returns for 28 companies.",
        ),
    ],
)
def test_what_a_number_or_a_scale_shows_in_part_sounds_like_all_of_it_to_nobody(
    judge_resume: Judge, asked: str, category: Category, said: str
) -> None:
    assert judge_resume(_requirement(asked, category), _LIFE.format(said)).match == "partly"

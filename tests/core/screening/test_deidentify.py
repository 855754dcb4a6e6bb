"""Who somebody is never reaches a scorer, and what they can do always does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.screening import Identity, deidentify

_CV = """{name}
{street} | {email} | {phone} | https://www.linkedin.com/in/{handle}
Date of birth: {born}
Nationality: {nation}

Profile
{first} is a nurse with eight years in intensive care. {pronoun} leads a team of six at St. Brannoc's ward.

Experience
Staff nurse, Ward 7, Mar 2018 - present
{first}'s handover sheet was adopted by three wards.
Nurse, Holm Clinic, 2014 - 2018

Education
BSc Nursing, {school}, {year}

Languages
English (C1), German (mother tongue)
Reference: {title} {last}
"""
_PEOPLE = [
    ("Anna", "Lee", "she", "Ms", "Irish", "University of Leeds"),
    ("Wojciech", "Łukasiewicz", "He", "Mr.", "Polish", "Jagiellonian University"),
    ("María José", "García-Fernández", "She", "Mrs", "Spanish", "Universidad Autónoma"),
    ("Nguyễn", "Thị Minh", "he", "Mr", "Vietnamese", "Harvard College"),
    ("Seán", "O'Brien", "He", "Mr", "Irish", "Trinity College"),
    ("Oluwaseun", "Adébáyò", "she", "Miss", "Nigerian", "Obafemi Awolowo University"),
    ("Jürgen", "Groß", "He", "Herr", "Austrian", "Technical University of Munich"),
    ("Aisha", "al-Rashid", "she", "Ms", "Jordanian", "American University of Beirut"),
    ("Will", "Young", "He", "Mr", "British", "University of York"),
    ("Ruby", "King", "She", "Mx", "Jamaican", "Howard University"),
    ("Dmitri", "Ivanov", "He", "Mr", "Bulgarian", "Sofia University"),
    ("Priya", "Venkataraman", "She", "Mrs.", "Indian", "Anna University"),
]
_STREETS = ("12 Hill Street, London", "7 Oak Avenue, Springfield 62704", "Lindenstraße 44")


def _document(place: int) -> tuple[str, Identity]:
    first, last, pronoun, title, nation, school = _PEOPLE[place]
    email = f"{first.split()[0].lower()}.{last.lower()}{place}@mail.example.org".replace(" ", "")
    phone = ("+44 7700 900123", "(555) 555-0199", "0171 555 0123")[place % 3]
    text = _CV.format(
        name=f"{first} {last}", first=first, last=last, pronoun=pronoun.capitalize(), title=title, nation=nation,
        school=school, year=1990 + place, email=email, phone=phone, handle=f"{last.lower().replace(' ', '-')}-{place}",
        born=f"{place + 1} May 19{70 + place}", street=_STREETS[place % 3],
    )  # fmt: skip
    return text, Identity(names=(first, last), emails=(email,), phones=(phone,))


@pytest.mark.parametrize("place", range(len(_PEOPLE)), ids=lambda place: _PEOPLE[place][1])
def test_two_people_with_the_same_career_give_the_same_text_to_the_byte(place: int) -> None:
    assert deidentify(*_document(place)).text == deidentify(*_document(0)).text


@pytest.mark.parametrize("place", range(len(_PEOPLE)), ids=lambda place: _PEOPLE[place][1])
def test_nothing_of_the_person_is_left(place: int) -> None:
    first, last, _, title, nation, school = _PEOPLE[place]
    seen = deidentify(*_document(place)).text
    for item in (
        f"{first} ",
        f"{first}'",
        last,
        f"{title} ",
        nation,
        school,
        "@",
        "linkedin",
        "900123",
        "0199",
        f"19{70 + place}",
        f"{1990 + place}",
    ):
        assert item not in seen


def test_what_they_did_stays() -> None:
    seen = deidentify(*_document(1)).text
    for kept in (
        "nurse with eight years in intensive care",
        "Mar 2018 - present",
        "2014 - 2018",
        "BSc Nursing",
        "English (C1), German (mother tongue)",
        "handover sheet was adopted by three wards",
    ):
        assert kept in seen


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Wrote the Ruby on Rails shop and its Java services.", ("Ruby", "Java")),
        ("I will mark papers and may lead the team.", ("Will", "Mark", "May")),
        ("Scrum Master at Volt, 2015 - 2020", ()),
        ("Teacher at a primary school, 2015 - 2019", ()),
        ("Lecturer in nursing at a college since 2012", ()),
        ("Project Management Institute: PMP", ()),
        ("Chartered Institute of Management Accountants (CIMA), member", ()),
        ("Python, SQL, Docker\nKubernetes, Terraform", ()),
        ("Grew sales from 120.000 to 340.000 in 2019/2020", ()),
        ("German: mother tongue", ()),
        ("Midwife on a maternity ward, looked after mothers and babies", ()),
    ],
)
def test_words_that_only_look_personal_stay(text: str, names: tuple[str, ...]) -> None:
    assert deidentify(text, Identity(names=names)).text == text


def test_a_list_of_skills_above_a_university_stays() -> None:
    seen = deidentify("Skills\nPython SQL Docker Kubernetes\nUniversity of Leeds\n", Identity()).text
    assert "Python SQL Docker Kubernetes" in seen
    assert "Leeds" not in seen


def test_a_trade_in_an_address_does_not_blank_the_trade() -> None:
    identity = Identity(emails=("python@example.org", "nurse.kelly@example.org"))
    assert deidentify("Nurse who writes Python.", identity).text == "Nurse who writes Python."


@pytest.mark.parametrize(
    "written",
    ["J. Smith", "SMITH, JOHN", "John Q. Smith", "J O H N  S M I T H", "john smith's", "Jóhn Smith"],
)
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    seen = deidentify(f"Reviewed by {written} in Leeds.", Identity(names=("John", "Smith"))).text.casefold()
    assert "smith" not in seen
    assert "s m i t h" not in seen
    assert "j. " not in seen


@given(
    st.text(max_size=60),
    st.sampled_from(["Anna", "anna@x.org", "+44 7700 900123", "she", "BSc, Leeds University 1999"]),
    st.text(max_size=60),
)
def test_every_kept_stretch_leads_back_to_the_same_words(before: str, planted: str, after: str) -> None:
    original = f"{before} {planted} {after}"
    found = deidentify(original, Identity(names=("Anna",)))
    for here, there, length in found.pieces:
        if found.text[here : here + length] == original[there : there + length]:
            assert found.original(here, here + length) == (there, there + length)
    first, last = found.original(0, len(found.text))
    assert (first, last) == ((0, len(original)) if found.text else (0, 0))


def test_a_quote_with_a_name_in_it_leads_back_to_the_whole_name() -> None:
    original = "Trained by Anna Maria Lee in Leeds."
    found = deidentify(original, Identity(names=("Anna Maria", "Lee")))
    end = found.text.index("▪") + 1
    first, last = found.original(0, end)
    assert original[first:last] == "Trained by Anna Maria Lee"

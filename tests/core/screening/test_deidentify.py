# ruff: noqa: E501 -- what goes and what stays, a row a kind
"""Who somebody is never reaches a scorer, and what they can do always does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.screening import Identity, deidentify, recognised

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


@pytest.mark.parametrize(
    ("names", "text", "seen"),
    [
        (("Java", "King"), "Java King\nJava, Ruby, Python\nJava led the team.", "▪\nJava, Ruby, Python\n▪ led the team."),
        (("Ruby", "Brooks"), "Ruby's wiki. Ruby on Rails and Ruby.", "▪ wiki. Ruby on Rails and Ruby."),
        (("Ruby", "Brooks"), "Skills\nRuby\nJava", "Skills\nRuby\nJava"),
        (("Mark", "Chase"), "I will mark papers; Mark joined Chase Bank.", "I will mark papers; ▪ joined Chase Bank."),
        (("Grace", "May"), "Since May 2020 with grace. I thanked Grace for it.", "Since May 2020 with grace. I thanked ▪ for it."),
        (("May", "Price"), "May was promoted in May 2019 for price lists.", "▪ was promoted in May 2019 for price lists."),
        (("Will", "Young"), "Will be there. Young people. Dear Will,\nWill Young", "Will be there. Young people. Dear ▪,\n▪"),
        (("Art", "Baker"), "Art Director at a baker. Art's studio.", "Art Director at a baker. ▪ studio."),
        (("Joost", "van der Meulen"), "Drove a van der Meulen bought; the bin in Leeds.", "Drove a ▪ bought; the bin in Leeds."),
    ],
)  # fmt: skip
def test_a_name_that_is_a_word_goes_only_where_it_means_the_person(
    names: tuple[str, ...], text: str, seen: str
) -> None:
    assert deidentify(text, Identity(names=names)).text == seen


@pytest.mark.parametrize(
    ("names", "written"),
    [
        (("Юлия", "Иванова"), "Yuliya Ivanova"),
        (("Yulia", "Ivanova"), "Юлия Иванова"),
        (("Giorgos", "Papadopoulos"), "Γιώργος Παπαδόπουλος"),
        (("Muhammad", "al-Rashid"), "محمد الراشد"),
        (("小明", "王"), "王小明先生"),
        (("Jürgen", "Groß"), "Juergen Gross"),
        (("Bjørn", "Kjær"), "Bjoern Kjaer"),
        (("William", "Ashworth"), 'William "Bill" Ashworth'),
        (("Margaret", "Hale"), "Peggy Hale"),
        (("Anne-Marie", "O'Neil"), "ANNEMARIE ONEIL"),
        (("John", "Smith"), "john_smith88"),
        (("John", "Smith"), "CV_JohnSmith"),
        (("John", "Smith"), "johnsmith.dev"),
        (("Jane", "Smith"), "Jane Smith-Okafor"),
        (("Marijke", "in 't Veld"), "M. in 't Veld"),
        (("S", "Subramaniam"), "S. Subramaniam"),
        (("Jane", "Roe"), "J.R."),
        (("Jane", "Roe"), "J. R."),
    ],
)
def test_a_name_is_found_in_other_spellings_scripts_and_forms(names: tuple[str, ...], written: str) -> None:
    text = (
        f"Nurse in Leeds who trained twelve colleagues on three wards.\nThis plan is by {written} and others."
    )
    seen = deidentify(text, Identity(names=names)).text
    assert seen.endswith(("This plan is by ▪ and others.", "This plan is by CV_▪ and others."))


def test_initials_without_full_stops_go_in_brackets_and_on_a_line_of_their_own_only() -> None:
    text = "Nurse\n\nWrote the rota (JR) and the JR reports.\nJR\n"
    seen = "Nurse\n\nWrote the rota (▪) and the JR reports.\n▪\n"
    assert deidentify(text, Identity(names=("Jane Roe",))).text == seen


@pytest.mark.parametrize(
    "line",
    [
        "ul. Długa 14/3, 31-147 Kraków", "Lindenstraße 44, 10969 Berlin", "12 bis rue de la Paix, 75002 Paris", "C/ Mayor 7, 41001 Sevilla",
        "Flat 302, Sai Residency, 14 MG Road, Bengaluru, Karnataka 560038", "1420 N Maple Ave Apt 3, Springfield, IL 62704", "P.O. Box 4471, Nairobi",
        "Marital status: married", "Familienstand: ledig", "Religion Hindu", "D.O.B - 5th March, 1990", "Né le 12/05/1988 à Lyon", "Age: 34",
        "Nationality: Polish", "34 years old", "Pronouns: they/them", "(she/her)", "Photo: me.jpg", "+49 (0)30 5550 123", "jane [at] example [dot] org",
        "GitHub: @jroe84", "PESEL: 90010112345", "www.janeroe.com", "Sex: F", "Born on 12 May 1988 in Leeds", "wa.me/447700900123",
    ],
)  # fmt: skip
def test_a_personal_line_leaves_nothing(line: str) -> None:
    assert deidentify(f"Nurse\n\n{line}\n\nSkills", Identity()).text == "Nurse\n\n▪\n\nSkills"


@pytest.mark.parametrize(
    "line",
    [
        "Turnover of 1 200 000 000 EUR, 2015-2019", "01/2018 - 03/2020 Quay Systems", "ISO 9001:2015, v1.2.3", "Ran 24/7 support for 10,000 users",
        "34 years of experience", "Children aged 5-7", "MS Excel, Ms Office", "Sr. Engineer", "Female surgical ward", "ASP.NET, Node.js, socket.io",
        "Nurse, Holm Clinic, Leeds, 2014 - 2018", "PRINCE2 certificate, 2019", "Sold to 12 Main clients", "Asked @Transactional beans to behave",
        "Pan European logistics", "Drove 44-tonne trucks", "Gender equality officer", "Worked with German engineers in Berlin", "Call centre agent",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_person_stays(line: str) -> None:
    assert (
        deidentify(f"Experience\n{line}\n", Identity(names=("Jane", "Roe"))).text == f"Experience\n{line}\n"
    )


@pytest.mark.parametrize("school", ["University of California, Berkeley", "IIT Madras", "MIT", "Univ. of Delhi", "Politecnico di Milano", "St. Xavier's College"])  # fmt: skip
def test_a_school_goes_with_its_years_and_the_degree_stays(school: str) -> None:
    text = f"Education\nBSc Physics, {school}, Sept 2005 - June 2009\nExperience\nTutor, 2010 - 2012\n"
    assert deidentify(text, Identity()).text == "Education\nBSc Physics, ▪\nExperience\nTutor, 2010 - 2012\n"


@pytest.mark.parametrize(
    "head",
    [
        "Jane Roe\nNurse\njane.roe@x.org", "CURRICULUM VITAE\n\nJANE ROE", "Resume of Roe, Jane\nNurse", "J A N E  R O E\njroe@x.org",
        "Name: Jane Roe\nNurse", "Nurse\n\nContact\nJane Roe\n+44 7700 900123", "Jane Roe, RN, BSN", "JANE\nROE\njane.roe@x.org",
        "Dear team,\nmy name is Jane Roe.",
    ],
)  # fmt: skip
def test_without_an_ats_the_name_is_guessed(head: str) -> None:
    text = f"{head}\n\nProfile\nJane's ward has twelve beds, and Roe keeps its books in order.\n"
    seen = deidentify(text, recognised(text, Identity())).text
    assert "Jane" not in seen
    assert "Roe" not in seen
    assert "ward has twelve beds" in seen


def test_skills_and_titles_at_the_top_are_nobodys_name() -> None:
    text = "Data Analyst\nPower BI, SQL\nQuay Systems\n\nBuilt dashboards for Quay Systems in Power BI.\n"
    assert deidentify(text, recognised(text, Identity())).text == text

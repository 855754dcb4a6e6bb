"""What a sentence asks is told apart thing by thing, also where no lexicon knows the names; offers ask nothing."""

import pytest

from core.screening import extract
from core.sdk.scorer import Requirement


def _asked(*demands: str, heading: str = "Requirements") -> tuple[Requirement, ...]:
    return extract(f"{heading}:\n" + "\n".join(f"- {demand}" for demand in demands)).requirements


@pytest.mark.parametrize(
    ("sentence", "things"),
    [
        (
            "Experience with Terraform Cloud, Crossplane and Backstage",
            ["Terraform Cloud", "Crossplane", "Backstage"],
        ),
        ("LAMP, Drupal, Python, View.js, HubSpot", ["LAMP", "Drupal", "Python", "View.js", "HubSpot"]),
        ("Skill with Toast POS and OpenTable", ["Toast POS", "OpenTable"]),
        ("Cloud platforms (AWS, Azure, GCP)", ["Cloud platforms (AWS, Azure, GCP)"]),
        (
            "Experience with queues such as RabbitMQ, Redis",
            ["Experience with queues such as RabbitMQ, Redis"],
        ),
        (
            "Sound knowledge of payroll law (PAYE, National Insurance, statutory pay)",
            ["Sound knowledge of payroll law (PAYE, National Insurance, statutory pay)"],
        ),
        (
            "Solid PostgreSQL: schema design, indexing and query tuning",
            ["Solid PostgreSQL: schema design, indexing and query tuning"],
        ),
    ],
)
def test_a_list_of_names_is_several_demands_and_an_explanation_is_none(
    sentence: str, things: list[str]
) -> None:
    found = _asked(sentence)
    assert [r.text for r in found] == things
    assert {r.category for r in found} == {"hard_skill"}
    assert all(r.must_have for r in found)


def test_names_joined_by_or_are_one_demand_with_alternatives() -> None:
    (found,) = _asked("Experience with Kafka or Redpanda or Pulsar")
    assert found.category == "hard_skill"
    assert "Redpanda" in found.text
    assert "Kafka" in found.alternatives


@pytest.mark.parametrize(
    "sentence",
    [
        "At least two of: Ansible, Terraform, Puppet",
        "Minimum three of Selenium, Cypress, Playwright and Postman",
        "Coaching in two out of four: swimming, athletics, gymnastics, judo",
    ],
)
def test_some_of_a_list_are_one_demand_that_no_single_one_meets(sentence: str) -> None:
    (found,) = _asked(sentence)
    assert found.text == sentence
    assert found.alternatives == ()


@pytest.mark.parametrize(
    ("sentence", "category"),
    [
        ("Competence in IV therapy and cardiac telemetry", "hard_skill"),
        ("Secure planning and assessment in English and maths", "hard_skill"),
        ("Hands-on skill in running services on AWS", "hard_skill"),
        ("Experience with Drupal", "hard_skill"),
        ("Experience with school plays", "experience"),
        ("Law degree", "education"),
        ("Excellent communication skills", "personal_skill"),
        ("Friendly, patient and reliable", "personal_skill"),
        ("No more than six penalty points", "other"),
        ("A valid Driver CPC card and digital tachograph card", "certification"),
        ("Secret clearance", "authorization"),
        ("Availability for 2nd shift, plus two Saturdays a month", "authorization"),
        ("A sound grasp of drivers' hours and tachograph rules", "hard_skill"),
    ],
)
def test_kinds_follow_what_is_named(sentence: str, category: str) -> None:
    (found,) = _asked(sentence)
    assert found.category == category
    assert found.years is None


def test_a_time_is_no_amount_of_practice() -> None:
    assert [r.years for r in _asked("Reached a quota of $700,000 in one of the last two years")] == [None]
    assert [r.years for r in _asked("Two years of teaching within the last five years")] == [2.0]


def test_a_must_of_unclear_kind_weighs_less_than_a_skill_and_more_than_a_wish() -> None:
    skill, unclear, wish = _asked("Python", "No more than six penalty points", "Kafka is a plus")
    assert (skill.weight, unclear.weight, wish.weight) == (3, 2, 1)
    assert unclear.must_have


@pytest.mark.parametrize(
    "offer",
    [
        "We offer training in Kubernetes and Terraform",
        "You will receive training in SAP and Salesforce",
        "You'll get a certification in AWS paid by us",
        "Training in Python is provided",
        "Opportunity to learn Rust",
        "Our team uses Java and Kotlin",
    ],
)
@pytest.mark.parametrize("heading", ["Requirements", "Nice to have", "Where you will sit"])
def test_what_is_offered_is_not_asked(offer: str, heading: str) -> None:
    assert _asked(offer, heading=heading) == ()
    assert extract(f"{heading}\n\n{offer}.").requirements == ()


@pytest.mark.parametrize(
    "heading",
    ["What we offer", "What we pay", "What you receive", "The offer", "About us", "Equal opportunity"],
)
def test_names_in_offers_and_about_the_employer_ask_nothing(heading: str) -> None:
    assert _asked("Experience with Terraform Cloud, Crossplane and Backstage", heading=heading) == ()


@pytest.mark.parametrize(
    ("heading", "must"),
    [
        ("What we ask", True),
        ("What we require", True),
        ("Required", True),
        ("You must have", True),
        ("It would help if you have", False),
        ("What we would love", False),
        ("We would also like", False),
        ("Additional experience (not required)", False),
    ],
)
def test_headings_say_whether_their_list_is_a_must(heading: str, must: bool) -> None:
    found = extract(f"Acme\n\n{heading}\n- Crossplane and Kubernetes\n- Forklift licence").requirements
    assert [r.must_have for r in found] == [must] * 3


def test_numbered_lines_are_a_list() -> None:
    found = extract(
        "You must have\n1. A full C+E licence\n2. Two years of driving\n3. No more than six points"
    ).requirements
    assert [r.text for r in found] == [
        "A full C+E licence",
        "Two years of driving",
        "No more than six points",
    ]


def test_one_sentence_may_ask_for_several_things_between_semicolons() -> None:
    found = extract(
        "We sell ham. You will need three years of running payroll; the ability to reconcile accounts; "
        "and Excel to the level of lookups. We like dogs."
    ).requirements
    assert [(r.text, r.must_have) for r in found] == [
        ("Three years of running payroll", True),
        ("The ability to reconcile accounts", True),
        ("Excel to the level of lookups", True),
    ]


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Bachelor's degree or GED", [("education", "school", True)]),
        (
            "Bachelor's degree, Master's preferred",
            [("education", "bachelor", True), ("education", "master", False)],
        ),
        (
            "Bachelor's degree in law and 5+ years of experience with litigation",
            [("education", "bachelor", True), ("experience", "", True)],
        ),
    ],
)
def test_degrees_that_are_enough_and_degrees_beside_practice(
    sentence: str, asked: list[tuple[str, str, bool]]
) -> None:
    assert [(r.category, r.level, r.must_have) for r in _asked(sentence)] == asked


def test_a_cue_counts_for_both_halves_of_a_sentence() -> None:
    found = extract("You must have a bachelor's degree and five years of driving.").requirements
    assert [(r.category, r.must_have) for r in found] == [("education", True), ("experience", True)]


def test_where_practice_may_stand_for_a_degree_the_lower_one_counts() -> None:
    found = _asked("Bachelor's degree or equivalent experience", "High school diploma or GED required")
    assert [(r.level, r.alternatives) for r in found] == [("school", ("bachelor", "vocational", "school"))]


def test_two_degrees_without_a_way_around_are_both_asked() -> None:
    found = _asked("Bachelor's degree in chemistry", "Completed apprenticeship as a technician")
    assert [r.level for r in found] == ["bachelor", "vocational"]


def test_one_skill_asked_in_several_ways_is_one_demand_with_the_years() -> None:
    found = _asked(
        "REST APIs",
        "Experience building and maintaining RESTful APIs",
        "3 years of experience with REST APIs",
    )
    assert [(r.category, r.years) for r in found] == [("experience", 3.0)]


def test_a_wish_for_what_is_a_must_elsewhere_is_no_second_demand() -> None:
    found = extract(
        "Requirements\n- Elasticsearch\nNice to have\n- Experience with Elastic Search"
    ).requirements
    assert [(r.text, r.must_have) for r in found] == [("Elasticsearch", True)]


def test_different_demands_about_one_skill_stay_apart() -> None:
    found = _asked(
        "Three years of running payroll for 500 employees",
        "Sound knowledge of payroll law and statutory pay",
        "Ability to reconcile payroll control accounts",
    )
    assert len(found) == 3


@pytest.mark.parametrize("line", ["Nice to have: Datev", "Nice to have: Datev, SAP HR and Excel"])
@pytest.mark.parametrize("before", ["", "\n"])
def test_a_wish_on_its_heading_line_is_a_wish(line: str, before: str) -> None:
    found = extract(f"Requirements:\n- At least 3 years in payroll\n{before}{line}\n").requirements
    wished = [r.text for r in found if not r.must_have]
    assert wished[0] == "Datev"
    assert len(wished) == (3 if "SAP" in line else 1)


def test_a_code_says_the_level_more_exactly_than_the_word_before_it() -> None:
    found = _asked("Very good German (C1), English B2")
    assert [(r.text, r.level) for r in found] == [("German (C1)", "5"), ("English (B2)", "4")]

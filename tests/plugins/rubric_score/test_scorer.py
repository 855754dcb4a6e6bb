"""The same in, the same out: whoever else is on the page, in whatever order; and never a word invented."""

import random
import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.screening import Submission, Thresholds, assess, extract, verify
from core.screening.deidentify import Identity
from core.sdk import Judgement, Material, Requirement, Rubric, Source
from plugins.rubric_score.scorer import RubricScorer

_JOB = """Requirements:
- At least 4 years of experience with Python
- PostgreSQL or MySQL
- Docker
- Experience in leading a team
- Bachelor's degree in computer science
- English at C1 level
- AWS certification
Nice to have:
- Experience with customer complaints
- Willingness to travel
"""
_SENTENCES = (
    "Built billing services in Python for five years.",
    "Developer, Volt, 2018 - 2022",
    "Tuned slow PostgreSQL queries for the shop.",
    "Skills: Python, Docker, Git",
    "I have no experience with Docker.",
    "Led six developers and ran their yearly reviews.",
    "BSc Computer Science",
    "Languages: English (C1), French (A2)",
    "AWS certification exam booked for March.",
    "Answered complaints of hotel guests.",
    "Not willing to travel.",
    "Cooked breakfast for forty guests every morning.",
    "My team used Kubernetes and Terraform.",
    "Wrote the handover sheet that three wards took over.",
    "Planned logistics for 40 trucks and two warehouses.",
)
_TEXTS = st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=12).map("\n".join)


def _material(name: str, text: str) -> Material:
    return Material(id=name, sources=(Source(name="resume", text=text),), as_of=date(2026, 11, 1))


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return extract(_JOB)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_TEXTS, min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_company_and_order_change_nothing(
    scorer: RubricScorer, rubric: Rubric, texts: list[str], shuffle: random.Random
) -> None:
    materials = [_material(str(place), text) for place, text in enumerate(texts)]
    together = dict(zip((m.id for m in materials), scorer.judge(rubric, materials), strict=True))
    shuffle.shuffle(materials)
    apart = {material.id: scorer.judge(rubric, [material])[0] for material in materials}
    assert together == apart


def test_a_fresh_scorer_with_nothing_cached_answers_the_same(scorer: RubricScorer, rubric: Rubric) -> None:
    material = _material("1", "\n".join(_SENTENCES))
    others = [_material(str(n), " ".join(_SENTENCES[n:])) for n in range(2, 9)]
    assert RubricScorer().judge(rubric, [*others, material])[-1] == scorer.judge(rubric, [material])[0]


def test_vectors_do_not_depend_on_their_neighbours_to_the_last_bit(scorer: RubricScorer) -> None:
    from plugins.rubric_score.model import Model

    alone, crowded = Model(), Model()
    one = alone.encode([_SENTENCES[0]])[_SENTENCES[0]]
    many = crowded.encode([*_SENTENCES, *(s * 2 for s in _SENTENCES)])[_SENTENCES[0]]
    assert one.tobytes() == many.tobytes()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=400) | _TEXTS)
def test_whatever_the_text_the_answer_holds(scorer: RubricScorer, rubric: Rubric, text: str) -> None:
    material = _material("1", text)
    (judgements,) = scorer.judge(rubric, [material])
    verify(rubric, material, judgements)


_SUPPORT = (
    "Wrote Python services for nine years.",
    "Ran PostgreSQL for ten tenants.",
    "Packed every service with Docker.",
    "Led a team of eight developers for two years.",
    "MSc Computer Science",
    "English: native",
    "AWS certification, valid until 2028.",
    "Handled complaints of customers every day.",
    "Happy to travel.",
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_TEXTS, st.sampled_from(_SUPPORT))
def test_a_supporting_sentence_never_lowers_the_score(
    scorer: RubricScorer, rubric: Rubric, text: str, support: str
) -> None:
    padding = (
        "\nWorked in several places and kept notes about all of it, as one does,"
        " over many long and quiet days there."
    )
    submissions = [
        Submission(
            id=str(n), texts={"resume": f"{words}\n{padding}"}, identity=Identity(), as_of=date(2026, 11, 1)
        )
        for n, words in enumerate((text, f"{text}\n{support}"))
    ]
    before, after = (found.sheet.score or 0 for found in assess(scorer, rubric, submissions, Thresholds()))
    assert after >= before


def test_every_source_counts_and_is_named(scorer: RubricScorer, rubric: Rubric) -> None:
    material = Material(
        id="1",
        sources=(
            Source(name="cover_letter", text="Led a team of six developers for two years."),
            Source(name="resume", text="Tuned slow PostgreSQL queries for the shop."),
            Source(name="answer:1", text="Do you travel?\nHappy to travel."),
        ),
        as_of=date(2026, 11, 1),
    )
    (judgements,) = scorer.judge(rubric, [material])
    shown = {j.evidence[0].source for j in judgements if j.match in {"met", "partly"}}
    assert shown == {"cover_letter", "resume", "answer:1"}


def test_present_means_the_day_of_the_application(judge: Callable[..., Judgement]) -> None:
    text = "Developer, Volt, Jan 2020 - present\nWrote the tariff service in Python."
    demand = "At least 4 years of experience with Python"
    assert judge(demand, text, date(2021, 6, 1)).match == "not_met"
    assert judge(demand, text, date(2022, 6, 1)).match == "partly"
    assert judge(demand, text, date(2024, 6, 1)).match == "met"


def test_overlapping_posts_count_once(judge: Callable[..., Judgement]) -> None:
    text = "Developer, Volt, Jan 2020 - Dec 2021\nWrote Python.\nDeveloper, Amp, Jan 2020 - Dec 2021\nWrote Python."
    assert judge("At least 4 years of experience with Python", text).match == "partly"


def test_years_in_other_software_are_no_years_in_what_is_asked(judge: Callable[..., Judgement]) -> None:
    asked = "Minimum of 2 years' experience developing software applications in Java"
    other = "2010 - 2015\nFull-stack SharePoint software developer.\nDeveloped web applications in C#."
    assert judge(asked, other).match == "not_stated"
    assert judge(asked, other.replace("C#", "Java")).match == "met"


def test_java_script_in_two_words_is_not_java(judge: Callable[..., Judgement]) -> None:
    text = "Built the ordering front end in Java Script with React for three shops."
    assert judge("Experience with Java", text).match == "not_stated"
    assert judge("Experience with JavaScript", text).match == "met"


def test_an_empty_page_and_an_empty_rubric_are_answered(scorer: RubricScorer, rubric: Rubric) -> None:
    assert list(scorer.judge(rubric, [])) == []
    assert list(scorer.judge(Rubric(requirements=()), [_material("1", "Hello")])) == [()]


def test_the_version_names_code_and_model(scorer: RubricScorer) -> None:
    assert scorer.version.startswith("12+minilm.53aa51172d14")


def test_naming_the_scorer_loads_no_model_library() -> None:
    code = (
        "import sys; from plugins.rubric_score import shortlist_scorers; entry, = shortlist_scorers();"
        "entry.make({}).version;"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


def test_an_old_deed_does_not_hide_a_recent_one(judge: Callable[..., Judgement]) -> None:
    old, recent = "Terraform modules for three clients, 2015 - 2016.", "Terraform for a bank, 2024 - 2026."
    demand = "Hands-on Terraform within the last two years"
    assert judge(demand, old).match == "not_met"
    assert judge(demand, f"{old}\n{recent}").match == "met"
    assert judge(demand, f"{recent}\n{old}").match == "met"


def test_years_that_a_rubric_says_in_words_only_are_compared(judge: Callable[..., Judgement]) -> None:
    asked = Requirement(id="r1", text="At least 5 years of welding", category="experience", must_have=True)
    assert judge(asked, "Welding of tanks for 7 years.").match == "met"
    assert judge(asked, "Welding of tanks for 1 year.").match == "not_met"


def test_a_keyword_row_holds_no_licence(judge: Callable[..., Judgement]) -> None:
    row = "Registered nurse • RN • ACLS • Night shift • IV therapy • Telemetry • Charting • Acute care"
    assert judge("Current ACLS certification", row).match == "not_stated"
    assert (
        judge("Current ACLS certification", "Certifications: ACLS, BLS, PALS, TNCC, CEN, NIHSS").match
        == "met"
    )

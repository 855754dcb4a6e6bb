"""The scorer without a model: words, what is said of them, and no more than they say."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.sdk import Judgement, Requirement
from core.sdk.testing import scorer_kit
from plugins.keyword_score.scorer import KeywordScorer

Judge = Callable[..., Judgement]

_WAREHOUSE = Requirement(
    id="r1", text="Experience in warehouse logistics", category="experience", must_have=True
)
_STUDIES = Requirement(
    id="r1",
    text="Finished studies of chemistry",
    category="education",
    must_have=True,
    alternatives=("chemistry",),
)
SAID = (
    # a skill: shown by a deed, named alone, misspelt, by another name, denied, planned, somebody else's
    ("PostgreSQL", "Tuned slow PostgreSQL queries for the shop.", "met"),
    ("PostgreSQL", "Skills: Git, PostgreSQL, Jira", "partly"),
    ("Kubernetes", "Ran forty services on Kubernets for a bank.", "met"),
    ("JavaScript", "Wrote the shop's front end in Java with two others.", "not_stated"),
    ("SQL", "Tuned slow PostgreSQL queries for the shop.", "met"),
    ("PostgreSQL", "Wrote SQL for the finance team every week.", "not_stated"),
    ("Docker", "I have no experience with Docker.", "not_met"),
    ("Docker", "Eager to learn Docker in the next job.", "not_met"),
    ("Docker", "My colleagues built all images with Docker.", "not_stated"),
    ("Docker", "Not only ran Docker but trained the team in it.", "met"),
    ("Docker", "No Kafka yet; built all images of the shop with Docker.", "met"),
    # one of several, and all of several
    ("Java or Kotlin", "Built the billing service in Kotlin.", "met"),
    # years
    ("At least 4 years of experience with Python", "Built billing services in Python for five years.", "met"),
    ("At least 4 years of experience with Python", "Built services in Python for 2 years.", "partly"),
    ("At least 4 years of experience with Python", "Wrote Python for one year at a bank.", "not_met"),
    ("At least 4 years of experience with Python", "Wrote all billing services in Python.", "partly"),
    ("At least 4 years of experience with Python", "Skills: Python, Git", "not_stated"),
    # a mention is nothing of an experience, a degree or a certificate
    (_WAREHOUSE, "Warehouse, logistics, forklift", "not_stated"),
    (_WAREHOUSE, "Planned the logistics of a warehouse with 40 people.", "met"),
    ("Bachelor's degree in Computer Science", "Interests: computer science, chess", "not_stated"),
    ("Bachelor's degree in Computer Science", "BSc Computer Science, 2017", "met"),
    ("Bachelor's degree in Computer Science", "Master of Science in Computer Science", "met"),
    ("Bachelor's degree in Computer Science", "High school, 2012", "not_met"),
    ("Bachelor's degree in Computer Science", "BSc Computer Science, expected 2027", "partly"),
    # studies of no named height are a university's
    (_STUDIES, "Associate degree in chemistry, 2017", "not_met"),
    (_STUDIES, "BSc Chemistry, 2017", "met"),
    ("AWS certification", "Python, AWS, Docker", "not_stated"),
    ("AWS certification", "AWS certified solutions architect, 2024", "met"),
    ("AWS certification", "My AWS certificate has expired.", "not_met"),
    # languages
    ("German at B2 level", "Languages: German (C1), English (A2)", "met"),
    ("German at B2 level", "Languages: English (C1), German (B1)", "partly"),
    ("German at B2 level", "German: A1", "not_met"),
    ("German at B2 level", "Imported wine for a German company in Porto and its branches.", "not_stated"),
)  # fmt: skip


@pytest.mark.parametrize(("demand", "text", "match"), SAID, ids=[said[1] for said in SAID])
def test_what_is_said_of_the_words_counts(
    judge: Judge, demand: str | Requirement, text: str, match: str
) -> None:
    judgement = judge(demand, text)
    assert judgement.match == match, judgement.reason
    assert bool(judgement.evidence) == (match != "not_stated")
    assert all(text[quote.start : quote.end] == quote.quote for quote in judgement.evidence)


_LINES = [text for _, text, _ in SAID]
_RANK = {"not_stated": 0, "not_met": 0, "partly": 1, "met": 2}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_LINES), max_size=6), st.sampled_from(_LINES), st.sampled_from(SAID))
def test_another_line_never_lowers_a_match(
    judge: Judge, lines: list[str], another: str, case: tuple[str | Requirement, str, str]
) -> None:
    before = judge(case[0], "\n".join(lines)).match
    assert _RANK[judge(case[0], "\n".join([*lines, another])).match] >= _RANK[before]


@pytest.mark.parametrize("check", scorer_kit.CHECKS, ids=lambda check: check.__name__)
def test_it_holds_to_what_every_scorer_must(check: scorer_kit.Check) -> None:
    check(KeywordScorer)


def test_it_loads_no_model() -> None:
    run = (
        "import plugins.keyword_score.scorer, sys; sys.exit('torch' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", run], timeout=60, check=False).returncode == 0

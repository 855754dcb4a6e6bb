"""Words that ask for who somebody is are found, quoted and explained; ordinary words are left alone."""

import json
from pathlib import Path

import pytest

from core.screening.wording import lint, lint_job
from core.sdk.scorer import Requirement

_ORDER = Path(__file__).parents[2] / "benchmarks" / "data" / "order.jsonl"

TELLING = (
    ("age", "Join our young, dynamic team in Berlin.", "young, dynamic team"),
    ("age", "We want young talents with ideas.", "young talents"),
    ("age", "Ideal for a recent graduate.", "recent graduate"),
    ("age", "New grads preferred.", "New grads"),
    ("age", "You are a digital native.", "digital native"),
    ("age", "No more than 5 years of experience.", "No more than 5 years of experience"),
    ("age", "Maximum 8 years of professional experience", "Maximum 8 years of professional experience"),
    ("age", "Applicants aged 25-35 years.", "aged 25-35 years"),
    ("age", "There is an age limit of 40.", "age limit"),
    ("age", "Not older than 35 years of age.", "Not older than 35 years of age"),
    ("age", "Graduated after 2022.", "Graduated after 2022"),
    ("gender", "We need an experienced salesman.", "salesman"),
    ("gender", "Foreman for a building site", "Foreman"),
    ("gender", "Waitress wanted for evenings.", "Waitress"),
    ("gender", "You are a coding ninja.", "ninja"),
    ("gender", "A rockstar developer", "rockstar"),
    ("gender", "We look for an aggressive closer.", "aggressive closer"),
    ("gender", "Female candidates preferred.", "Female candidates"),
    ("gender", "The ideal candidate knows that he must deliver.", "candidate knows that he"),
    ("nationality", "Native English speaker.", "Native English speaker"),
    ("nationality", "German mother tongue", "German mother tongue"),
    ("nationality", "You speak native German and good English.", "native German"),
    ("nationality", "US citizens only.", "US citizens only"),
    ("nationality", "Must be a British national.", "Must be a British national"),
    ("nationality", "You speak English without an accent.", "without an accent"),
    ("religion", "You are a practising Christian.", "practising Christian"),
    ("religion", "Muslim candidates only.", "Muslim candidates"),
    ("disability", "Able-bodied people for our warehouse.", "Able-bodied"),
    ("disability", "You are physically fit and in good health.", "physically fit"),
    ("disability", "A driving licence is required.", "driving licence"),
    ("disability", "Full clean driver's license", "Full clean driver's license"),
    ("disability", "No sick days in the last year.", "No sick days"),
    ("family", "Single candidates preferred.", "Single candidates"),
    ("family", "Please state your marital status.", "marital status"),
    ("family", "You have no family obligations.", "no family obligations"),
    ("photo", "Send your CV with a recent photo.", "CV with a recent photo"),
    ("photo", "Attach a passport photo.", "passport photo"),
    ("photo", "You are good-looking and polite.", "good-looking"),
    ("school", "Degree from a top university.", "Degree from a top university"),
    ("school", "Ivy League education a plus.", "Ivy League"),
    ("school", "MBA from a leading business school.", "MBA from a leading business school"),
    ("address", "You must live within 10 miles of the depot.", "must live within"),
    ("address", "Candidates from postcode M3 come first.", "Candidates from postcode"),
    ("gaps", "There are no unexplained gaps.", "unexplained gaps"),
    ("gaps", "Please explain any gaps in your employment history.", "explain any gaps in your employment history"),
    ("gaps", "You have an uninterrupted career.", "uninterrupted career"),
)  # fmt: skip

INNOCENT = (
    "You work with young children between three and six.",
    "We are a young company with a long plan.",
    "You support young people on their way into work.",
    "You mentor recent graduates in their first year.",
    "At least 5 years of experience with Python.",
    "3-5 years of experience in accounting.",
    "Up to 40 years of company history in one archive.",
    "You must be at least 18 years old to serve alcohol.",
    "Up to 5 years of parental leave are possible.",
    "You teach pupils aged 7 to 11.",
    "Competitive salary and aggressive growth targets.",
    "We offer a competitive package.",
    "You manage cloud-native services and React Native apps.",
    "Experience with native Android development.",
    "Fluent English, at least C1.",
    "Spanish and English, both spoken and written.",
    "You must be authorised to work in the United States.",
    "We cannot sponsor visas for this role.",
    "US citizenship is required by law for the security clearance.",
    "Knowledge of German tax law.",
    "You organise events for a Catholic hospital.",
    "Sunday shifts once a month.",
    "You lift boxes of up to 20 kg several times a day.",
    "Excellent health insurance and dental cover.",
    "You improve the health of our patients.",
    "A driving licence, because you visit customers by van.",
    "Forklift licence is welcome.",
    "You are the single point of contact for suppliers.",
    "Experience with single sign-on and OAuth.",
    "Family-friendly hours and a company nursery.",
    "You care for pregnant patients and newborns.",
    "You upload product photos to the web shop.",
    "Please do not send a photo with your application.",
    "You keep a portfolio of your photo work.",
    "Bachelor's degree in Computer Science or a related field.",
    "Our clients are leading universities and hospitals.",
    "You teach at a primary school in Leeds.",
    "Travel within 50 km of Hamburg, by train.",
    "The office is within walking distance of the station.",
    "We live our values every day.",
    "You close gaps in our test coverage.",
    "Career breaks are welcome, and so are people who return after one.",
    "You find gaps in the market before others do.",
    "We are an equal opportunity employer regardless of age, sex, religion, marital status or disability.",
    "Women and people with disabilities are particularly encouraged to apply.",
    "All applicants are considered without regard to national origin or marital status.",
    "The candidate reports to the head of finance.",
    "The successful candidate will manage his or her own budget.",
    "You have an energetic way of explaining things.",
    "You are a strong negotiator with an eye for detail.",
    "Mature codebase, weekly releases.",
    "You master workmanship standards and good craftsmanship.",
    "Senior engineer with a track record in distributed systems.",
    "You have a good eye for typography and a healthy dose of doubt.",
    "Able to see the big picture.",
    "Master's degree, or the same by experience.",
    "You manage the Foremost account and the Goldman desk.",
    "Dominant design patterns of our code are events and queues.",
)  # fmt: skip


@pytest.mark.parametrize(("trait", "text", "quote"), TELLING, ids=[text for _, text, _ in TELLING])
def test_words_that_ask_for_who_somebody_is_are_quoted(trait: str, text: str, quote: str) -> None:
    found = lint(text)
    assert (found[0].trait, found[0].quote) == (trait, quote)
    for finding in found:
        assert text[finding.start : finding.end] == finding.quote
        assert finding.why.endswith(".")
        assert finding.suggestion


@pytest.mark.parametrize("text", INNOCENT)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert lint(text) == ()


def test_jobs_written_with_care_have_no_findings() -> None:
    jobs = [json.loads(line) for line in _ORDER.read_text("utf-8").splitlines()]
    assert len(jobs) == 12
    found = {job["job"]: [(f.trait, f.quote) for f in lint(job["text"])] for job in jobs}
    assert {name: findings for name, findings in found.items() if findings} == {}


def test_a_licence_is_fine_where_driving_is_a_duty_told_elsewhere() -> None:
    demand = "A full driving licence."
    assert lint(demand)
    assert lint(f"You drive the mobile library through the valleys.\n{demand}") == ()
    assert lint(demand, around="You visit patients at home.") == ()


def test_requirements_are_looked_at_where_their_words_are_not_the_texts() -> None:
    text = "You are a digital native.\nPython."
    own = Requirement(id="r2", text="Native English speaker", category="language", must_have=True)
    copied = Requirement(id="r1", text="digital native", category="other", must_have=True)
    found = lint_job(text, (copied, own))
    assert [(f.requirement_id, f.quote) for f in found] == [
        ("", "digital native"),
        ("r2", "Native English speaker"),
    ]

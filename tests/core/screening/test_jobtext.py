"""A job's text is read as a person reads it: what is a heading, what stands under it, what is not asked."""

import pytest

from core.screening import extract, plain_text
from core.screening.jobtext import segment


def _asked(source: str) -> list[str]:
    return [requirement.text for requirement in extract(source).requirements]


def test_lines_know_where_they_stand() -> None:
    text, lines = segment(
        "<h2>Who you are</h2><ul><li>Fluent&nbsp;French</li><li>A <b>very</b> patient person</li></ul>"
    )
    assert text == "Who you are\nFluent French\nA very patient person"
    assert all(text[line.start : line.end] == line.text for line in lines)
    assert [line.bullet for line in lines] == [False, True, True]


def test_scripts_and_styles_are_not_text() -> None:
    assert plain_text("<style>p {color: red}</style><p>Hello</p><script>let a = 1</script>") == "Hello"


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("What you'll bring", "requirement"),
        ("Minimum qualifications", "requirement"),
        ("Preferred qualifications", "nice_to_have"),
        ("Good to have", "nice_to_have"),
        ("Responsibilities", "duty"),
        ("What we offer", "benefit"),
        ("About us", "company"),
        ("Diversity and inclusion", "equal_opportunity"),
        ("Where you will sit", "unknown"),
    ],
)
@pytest.mark.parametrize(
    "form",
    ["<h3>{}</h3><ul><li>x</li></ul>", "<p><b>{}</b></p><p>x</p>", "**{}**\n- x", "## {}\n\n- x", "{}:\n- x"],
)
def test_headings_name_their_part_however_they_are_written(heading: str, part: str, form: str) -> None:
    _, lines = segment(form.format(heading))
    assert lines[-1].part == part
    assert lines[0].heading


def test_bold_list_items_are_demands_and_not_headings() -> None:
    assert _asked("<h3>Requirements</h3><ul><li><b>Python</b></li><li><b>5 years of SQL</b></li></ul>") == [
        "Python",
        "5 years of SQL",
    ]


def test_plain_lines_that_mention_experience_are_demands_and_not_headings() -> None:
    asked = _asked(
        "Requirements\n3+ years of experience in analytics\nExperience with Tableau\nNice to have\nKnowledge of dbt"
    )
    assert asked == ["3+ years of experience in analytics", "Experience with Tableau", "Knowledge of dbt"]


def test_a_heading_and_its_text_on_one_line() -> None:
    assert _asked(
        "<p><strong>Requirements:</strong> 5 years of experience with Java. Must speak French.</p>"
    ) == [
        "5 years of experience with Java",
        "Must speak French",
    ]


def test_a_small_heading_does_not_end_the_part_it_stands_in() -> None:
    assert _asked("Requirements\nWe are thinking of these tools:\n- Tableau\n- dbt") == ["Tableau", "dbt"]


def test_prose_after_the_list_is_about_the_employer_again() -> None:
    source = "<h3>Requirements</h3><ul><li>SQL</li></ul><p>Applications by 3 May please. We are closed on Mondays.</p>"
    assert _asked(source) == ["SQL"]


def test_a_part_without_a_known_name_still_ends_the_one_before() -> None:
    assert _asked("Requirements\nAdvanced SQL\n\nHours\n38 per week\n\nYou will report to the CFO.") == [
        "Advanced SQL"
    ]


def test_a_text_that_lost_its_line_breaks_gets_them_back() -> None:
    filler = "Our company sells coffee machines to hotels in nine countries. " * 8
    asked = _asked(
        f"{filler}What You Need for this Position - At least 3 years of sales experience - Experience with Salesforce "
        "Strong negotiation skills Nice To Haves - Italian What's In It for You - Company car - Dental"
    )
    assert asked == [
        "At least 3 years of sales experience",
        "Experience with Salesforce",
        "Strong negotiation skills",
        "Italian",
    ]

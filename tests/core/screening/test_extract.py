"""What a job asks is found, typed and tied to its sentence; what it offers or says of itself is not."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.screening import extract, plain_text
from core.sdk.scorer import Requirement

_JOBS = Path(__file__).parent / "jobs"
_FILES = sorted(path for path in _JOBS.iterdir() if path.suffix in {".html", ".txt"})
_EXPECTED = {path: tomllib.loads(path.with_suffix(".toml").read_text("utf-8")) for path in _FILES}
_WANTED = [(path, wanted) for path in _FILES for wanted in _EXPECTED[path]["wanted"]]
_NEVER = [(path, words) for path in _FILES for words in _EXPECTED[path]["never"]]


def _fits(requirement: Requirement, wanted: dict[str, Any]) -> bool:
    given_values = {
        "has": wanted["has"].lower() in requirement.text.lower(),
        "category": requirement.category == wanted["category"],
        "must_have": requirement.must_have == wanted["must_have"],
        "years": requirement.years == wanted.get("years"),
        "level": requirement.level == wanted.get("level", ""),
        "alternatives": not (set(wanted.get("alternatives", ())) - set(requirement.alternatives)),
    }
    return all(given_values.values())


@pytest.mark.parametrize(
    ("path", "wanted"), _WANTED, ids=lambda value: getattr(value, "stem", None) or str(value.get("has"))
)
def test_each_demand_is_found_with_its_kind(path: Path, wanted: dict[str, Any]) -> None:
    found = extract(path.read_text("utf-8")).requirements
    assert any(_fits(requirement, wanted) for requirement in found), [
        (r.text, r.category, r.must_have, r.years, r.level, r.alternatives) for r in found
    ]


@pytest.mark.parametrize(
    ("path", "words"), _NEVER, ids=lambda value: getattr(value, "stem", None) or str(value)
)
def test_offers_and_boilerplate_are_never_demands(path: Path, words: str) -> None:
    found = extract(path.read_text("utf-8")).requirements
    assert not [
        r.text for r in found if words.lower() in r.sentence.lower() or words.lower() in r.text.lower()
    ]


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_spans_and_sentences_stand_in_the_plain_text(path: Path) -> None:
    source = path.read_text("utf-8")
    text = plain_text(source)
    for requirement in extract(source).requirements:
        start, end = requirement.span
        assert 0 <= start < end <= len(text)
        assert requirement.sentence in text
        assert text[start:end].lower() in requirement.sentence.lower()


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_the_same_text_gives_the_same_rubric_with_ids_in_order(path: Path) -> None:
    first, second = (extract(path.read_text("utf-8")) for _ in range(2))
    assert first == second
    assert [r.id for r in first.requirements] == [f"r{n}" for n in range(1, len(first.requirements) + 1)]


@pytest.mark.parametrize("before", ["", "<p>We make pumps in Riga.</p>"])
def test_breaks_lost_inside_one_html_paragraph_are_found_again(before: str) -> None:
    flat = (_JOBS / "sales_scraped.txt").read_text("utf-8").strip()
    whole = extract(flat).requirements
    within = extract(f"{before}<p>{flat}</p>").requirements
    assert len(whole) >= 5
    assert [(r.text, r.must_have, r.weight) for r in within] == [
        (r.text, r.must_have, r.weight) for r in whole
    ]


_FLUENT = ("English (Fluent)", True, "5")


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        (
            "Fluent English, conversational Spanish is a plus",
            [_FLUENT, ("Spanish (conversational)", False, "3")],
        ),
        ("Fluent English, Spanish or French a plus", [_FLUENT, ("Spanish or French (Fluent)", False, "5")]),
        ("Good English, ideally some French", [("English (Good)", True, "4"), ("French", False, "")]),
        ("Fluent in English and German", [_FLUENT, ("German (Fluent)", True, "5")]),
        ("English and German at C1 level", [("English (C1)", True, "5"), ("German (C1)", True, "5")]),
        ("German: fluent, English: basic", [("German (fluent)", True, "5"), ("English (basic)", True, "2")]),
        ("English and Spanish are a plus", [("English", False, ""), ("Spanish", False, "")]),
        ("Very good German, English welcome", [("German (Very good)", True, "5"), ("English", False, "")]),
        ("English, German or French at B2", [("English, German or French at B2", True, "4")]),
        ("Experience with Python, Kubernetes is a plus", [("Python", True, ""), ("Kubernetes", False, "")]),
        ("Docker, Kubernetes and Helm are a plus", [("Docker", False, ""), ("Kubernetes", False, "")]),
        ("Strong Python, ideally with Django", [("Python", True, ""), ("Django", False, "")]),
    ],
)
def test_each_thing_of_a_sentence_has_its_own_level_and_weight(
    sentence: str, asked: list[tuple[str, bool, str]]
) -> None:
    found = extract(f"<h2>Requirements</h2><ul><li>{sentence}</li></ul>").requirements
    assert [(r.text, r.must_have, r.level) for r in found][: len(asked)] == asked


def test_no_description_asks_nothing() -> None:
    assert extract("").requirements == ()
    assert extract("<p>&nbsp;</p>").requirements == ()
    assert extract("We are a bakery in Leeds and love bread. Come and say hello!").requirements == ()


def test_a_demand_said_twice_counts_once() -> None:
    found = extract(
        "Requirements:\n- Experience with Python\n- 3 years of nursing\n- Python experience\n- 3 years of nursing"
    ).requirements
    assert sum("python" in r.text.lower() for r in found) == 1
    assert sum("nursing" in r.text.lower() for r in found) == 1


def test_optional_and_required_are_told_apart_within_one_list() -> None:
    found = extract(
        "Requirements\n- SQL (required)\n- Tableau (nice to have)\n- French is a plus\n"
    ).requirements
    assert {r.text.split()[0]: r.must_have for r in found} == {"SQL": True, "Tableau": False, "French": False}


def test_a_must_weighs_more_than_a_wish() -> None:
    found = extract("Requirements\n- SQL\nNice to have\n- Tableau").requirements
    assert found[0].weight > found[1].weight >= 1


_FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "<ul>",
            "<li>",
            "</li>",
            "<b>",
            "</b>",
            "Requirements",
            "Nice to have:",
            "5+ years",
            "Java or Kotlin",
            "&nbsp;",
            "<!--",
            "<script>",
            "</p>",
            "\n",
            "• ",
            "BSc",
            "English C1",
            ":",
            "(",
            "<",
            "\x00",
            "ﬁ",
            "\u2028",
            "😀",
            "or",
            "-",
        ]
    )
    | st.text(max_size=12),
    max_size=40,
).map(" ".join)


@settings(deadline=None)  # the first text waits for the span model to load
@given(_FRAGMENTS)
def test_any_text_at_all_is_answered_with_spans_that_fit(source: str) -> None:
    text = plain_text(source)
    for requirement in extract(source).requirements:
        start, end = requirement.span
        assert 0 <= start <= end <= len(text)
        assert requirement.weight >= 1
        assert requirement.text


def test_a_letter_whose_capital_is_two_letters_moves_no_span() -> None:
    (requirement,) = extract("Nice to have: ﬁ Requirements").requirements
    text = plain_text("Nice to have: ﬁ Requirements")
    assert requirement.span == (text.index("ﬁ"), len(text))

"""Scores of spans are what SkillSpan's readers expect: counted by hand here."""

from pathlib import Path

import pytest

from core.screening.spans.measure import score, spans_of
from core.screening.spans.words import read_rows


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("OOO", []),
        ("BIO", [(0, 2)]),
        ("BBI", [(0, 1), (1, 3)]),
        ("OII", [(1, 3)]),
        ("BOI", [(0, 1), (2, 3)]),
    ],
)
def test_spans_follow_from_tags(tags: str, spans: list[tuple[int, int]]) -> None:
    assert spans_of(tags) == spans


def test_strict_wants_both_ends_and_overlap_one_word() -> None:
    gold = [([(0, 2), (4, 6)], [(8, 9)])]
    found = [([(0, 2), (5, 7)], [])]
    scores = score(gold, found)
    assert scores["skill"].strict == pytest.approx(50)
    assert scores["skill"].overlap == pytest.approx(100)
    assert scores["knowledge"].strict == 0
    # Both layers together: 1 of 2 found and 1 of 3 asked are exact; 2 of 2 and 2 of 3 touch.
    assert scores["both"].strict == pytest.approx(40)
    assert scores["both"].overlap == pytest.approx(80)


def test_a_span_counts_in_its_own_layer_only() -> None:
    scores = score([([(0, 2)], [])], [([], [(0, 2)])])
    assert scores["both"].strict == scores["both"].overlap == 0


def test_a_line_that_is_no_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "dev.json"
    path.write_text(
        '{"tokens": ["a"], "tags_skill": ["O"], "tags_knowledge": ["O"]}\n{"tokens": 3}\n', "utf-8"
    )
    with pytest.raises(ValueError, match=r"dev\.json:2 is not a SkillSpan row"):
        read_rows(path)

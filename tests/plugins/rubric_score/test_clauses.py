"""Who is told of: the writer, or somebody else."""

import pytest

from plugins.rubric_score.clauses import is_others


@pytest.mark.parametrize(
    ("said", "others"),
    [
        ("I am a nurse with eight years of experience.", False),
        ("I'm an experienced nurse with eight years on the ward.", False),
        ("As a nurse with eight years I know the ward.", False),
        ("A nurse with eight years on the ward.", False),
        ("▪ is a nurse with eight years of experience.", False),
        ("Shared the ward with a nurse with eight years of experience.", True),
        ("Our nurse with eight years of experience did it.", True),
        ("My ▪ is a nurse with eight years of experience.", True),
        ("I cook and ▪ is a nurse with eight years of experience.", True),
    ],
)
def test_who_introduces_themselves_is_the_writer(said: str, others: bool) -> None:
    start = said.index("eight years")
    assert is_others(said, start, start + len("eight years")) is others

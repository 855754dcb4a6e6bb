"""The file of answers: which spellings are understood, and that a fault is told by its line."""

import pytest

from core.audit.answers import Answer, read_answers
from core.errors import Invalid

HEAD = "application_id,sex,race_ethnicity\n"


def test_labels_codes_and_refusals_are_understood() -> None:
    data = (
        "\ufeffApplication ID,Sex,Race/Ethnicity\n1,Female,Hispanic or Latino\n2,m,black_or_african_american\n"
        "3,Non-binary,Decline to answer\n4,,Prefer not to say\n5,MALE,Native Hawaiian or Other Pacific Islander\n"
    )
    answers = read_answers(data.encode())
    assert answers.faults == {}
    assert [(answer.application, answer.sex, answer.race_ethnicity) for answer in answers.found] == [
        ("1", "female", "hispanic_or_latino"),
        ("2", "male", "black_or_african_american"),
        ("3", "non_binary", ""),
        ("4", "", ""),
        ("5", "male", "native_hawaiian_or_pacific_islander"),
    ]


def test_every_faulty_line_is_named() -> None:
    answers = read_answers(
        (HEAD + '1,femal,white\n2,male,martian\n,male,white\n"4\n",male\n1,male,white\n').encode()
    )
    assert set(answers.faults) == {2, 3, 4, 7}
    assert "“femal” is not one of female, male" in answers.faults[2]
    assert "“martian”" in answers.faults[3]
    assert "missing" in answers.faults[4]
    assert "line 2 already" in answers.faults[7]
    assert answers.found[3] == Answer(6, "4", "male", "")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "lacks the columns application_id, sex, race_ethnicity"),
        (b"application_id,sex\n1,male\n", "lacks the columns race_ethnicity"),
        ((HEAD + "1,m\u00e4nnlich,white\n").encode("latin-1"), "no text in UTF-8"),
        (b"x" * 5_000_001, "larger than 5 MB"),
        ((HEAD + '1,f,"white\n' + "2,m,asian\n" * 20_000).encode(), "Line .* cannot be read as CSV"),
    ],
)
def test_a_file_that_is_none_is_told(data: bytes, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        read_answers(data)


def test_a_file_saved_on_an_old_mac_is_read_like_any_other() -> None:
    answers = read_answers((HEAD + "1,f,white\n2,m,asian\n").replace("\n", "\r").encode())
    assert [(answer.line, answer.application) for answer in answers.found] == [(2, "1"), (3, "2")]

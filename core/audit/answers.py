"""The file an admin imports demographics from: which answers it holds, and what is wrong with it."""

from collections.abc import Mapping
from typing import Final

import msgspec

from core.audit.sample import RACES, SEXES
from core.audit.table import read_table
from core.errors import Invalid

COLUMNS: Final = ("application_id", "sex", "race_ethnicity")
_NO_ANSWER: Final = frozenset(
    {"", "unknown", "no_answer", "not_answered", "declined", "decline_to_answer", "decline_to_self_identify",
     "prefer_not_to_say", "i_do_not_wish_to_answer", "i_don_t_wish_to_answer"}
)  # fmt: skip
_OTHER_WORDS: Final = {
    "f": "female",
    "woman": "female",
    "m": "male",
    "man": "male",
    "nonbinary": "non_binary",
    "hispanic": "hispanic_or_latino",
    "latino": "hispanic_or_latino",
    "black": "black_or_african_american",
    "native_hawaiian_or_other_pacific_islander": "native_hawaiian_or_pacific_islander",
    "two_or_more": "two_or_more_races",
}
_MOST_BYTES: Final = 5_000_000


class Answer(msgspec.Struct, frozen=True):
    """What one applicant answered, and the line that says so; empty text is no answer."""

    line: int
    application: str
    sex: str
    race_ethnicity: str


class Answers(msgspec.Struct, frozen=True):
    """All answers of a file, and the faults that were found: line number to sentence."""

    found: tuple[Answer, ...]
    faults: Mapping[int, str]


def read_answers(data: bytes) -> Answers:
    """The answers of a CSV file; raises Invalid when it is none, lists faults line by line otherwise."""
    found: list[Answer] = []
    faults: dict[int, str] = {}
    lines: dict[str, int] = {}
    for line, entry in read_table(_text(data), COLUMNS, _word):
        answer, fault = _answer(line, entry)
        first = lines.setdefault(answer.application, answer.line)
        if not fault and first != answer.line:
            fault = f"The application stands in line {first} already."
        if fault:
            faults[answer.line] = fault
        found.append(answer)
    return Answers(tuple(found), faults)


def _text(data: bytes) -> str:
    if len(data) > _MOST_BYTES:
        raise Invalid("The file is larger than 5 MB.", "Import it in parts: later answers join earlier ones.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("The file is no text in UTF-8.", "Save it as “CSV UTF-8” and try again.") from error


def _answer(line: int, entry: Mapping[str, str | None]) -> tuple[Answer, str]:
    application, *words = ((entry[name] or "").strip() for name in COLUMNS)
    sex, race = (_OTHER_WORDS.get(_word(word), _word(word)) for word in words)
    sex, race = ("" if word in _NO_ANSWER else word for word in (sex, race))
    fault = ""
    if not application:
        fault = "The application's id is missing."
    elif sex not in {"", *SEXES}:
        fault = f"The sex “{words[0][:40]}” is not one of {', '.join(SEXES)} or empty."
    elif race not in {"", *RACES}:
        fault = f"The race or ethnicity “{words[1][:60]}” is not one of {', '.join(RACES)} or empty."
    return Answer(line, application, sex, race), fault


def _word(text: str) -> str:
    """“Hispanic or Latino” and “hispanic_or_latino” are one word."""
    kept = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return "_".join(kept.split())

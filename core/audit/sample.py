"""What is audited: one row per application, without anything that says whose it is."""

import csv
import io
from collections.abc import Iterable
from typing import Final

import msgspec

from core.audit.table import read_table
from core.domain.words import BAND_LABEL, CATEGORY_LABEL
from core.errors import Invalid

SEXES: Final[dict[str, str]] = {"female": "Female", "male": "Male", "non_binary": "Non-binary"}
RACES: Final[dict[str, str]] = {
    "hispanic_or_latino": "Hispanic or Latino",
    "white": "White",
    "black_or_african_american": "Black or African American",
    "native_hawaiian_or_pacific_islander": "Native Hawaiian or Pacific Islander",
    "asian": "Asian",
    "american_indian_or_alaska_native": "American Indian or Alaska Native",
    "two_or_more_races": "Two or more races",
}
"""The categories of the EEO-1 report (Component 1), which 6 RCNY § 5-300 refers to, and what people read."""

COLUMNS: Final = ("row", "sex", "race_ethnicity", "score", "band", "decision")
_TOP: Final = 100


class Row(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One application. Empty text means unknown, not judged yet or not decided by a person.

    `score` is 0 to 100; `decision` is the column a person put the application into.
    """

    sex: str = ""
    race_ethnicity: str = ""
    score: int | None = None
    band: str = ""
    decision: str = ""


def write_rows(rows: Iterable[Row]) -> str:
    """The rows as CSV, sorted by what stands in them, so that their order tells nothing about whose they are."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for number, row in enumerate(sorted(rows, key=_by_content), start=1):
        score = "" if row.score is None else row.score
        writer.writerow((number, row.sex, row.race_ethnicity, score, row.band, row.decision))
    return target.getvalue()


def _by_content(row: Row) -> tuple[str, str, int, str, str]:
    score = -1 if row.score is None else row.score
    return (row.sex, row.race_ethnicity, score, row.band, row.decision)


def read_rows(text: str) -> tuple[Row, ...]:
    """The rows of such a CSV; raises Invalid with the line of the first fault."""
    entries = read_table(text.removeprefix("\ufeff"), COLUMNS[1:])
    return tuple([_row(line, entry) for line, entry in entries])


def _row(line: int, entry: dict[str, str | None]) -> Row:
    sex, race, score, band, decision = ((entry[name] or "").strip() for name in COLUMNS[1:])
    if score and not (score.isascii() and score.isdigit() and int(score) <= _TOP):
        raise _fault(line, f"the score “{score}” is no whole number from 0 to 100")
    if band not in {"", *BAND_LABEL}:
        raise _fault(line, f"the band “{band}” does not exist")
    if decision not in {"", *CATEGORY_LABEL}:
        raise _fault(line, f"the decision “{decision}” does not exist")
    points = int(score) if score else None
    return Row(sex=sex, race_ethnicity=race, score=points, band=band, decision=decision)


def _fault(line: int, what: str) -> Invalid:
    return Invalid(f"Line {line} cannot be used: {what}.", "Correct it, or export the data again.")

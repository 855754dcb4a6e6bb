"""Which facts nobody has stated could change a band, and how to ask for them.

The set is exact: no fewer answers could change the band. Of several sets of that size it is the one whose
requirements come first in the rubric.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from core.domain.words import Band
from core.screening.points import RequirementResult, ScoreSheet, Thresholds, gates_of
from core.sdk.scorer import Category, Requirement, Rubric

_ENDINGS: Final[dict[Category, str]] = {
    "hard_skill": "Where have you used it, and what for?",
    "personal_skill": "Please describe a situation in which you showed it.",
    "experience": "Where have you done this, and for how long?",
    "education": "Which degree or training do you have, and in which field?",
    "language": "How well do you speak and write it?",
    "certification": "Do you hold it, and until when is it valid?",
    "authorization": "Is this so for you?",
    "seniority": "At which level have you worked, and for how long?",
    "other": "Does this apply to you? Please say how.",
}


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """A question about one requirement, ready to be sent."""

    requirement_id: str
    question: str


def question(requirement: Requirement) -> str:
    """The requirement as a question in plain words; it asks for facts, not for a yes."""
    asked = requirement.text.strip().rstrip(".")
    return f"This job asks for “{asked}”. {_ENDINGS[requirement.category]}"


def asks(sheet: ScoreSheet, rubric: Rubric, thresholds: Thresholds) -> tuple[Ask, ...]:
    """The questions worth asking, in the rubric's order; none when no answer could change the band."""
    known = {requirement.id: requirement for requirement in rubric.requirements}
    return tuple(
        Ask(requirement_id=name, question=question(known[name]))
        for name in to_settle(sheet, rubric, thresholds)
    )


def to_settle(sheet: ScoreSheet, rubric: Rubric, thresholds: Thresholds) -> tuple[str, ...]:
    """The smallest set of requirements not stated whose answers could change the band, by id.

    Empty without a score, and when nothing that could be answered would change the band.
    """
    if sheet.score is None:
        return ()
    unknown = [row for row in sheet.results if row.match == "not_stated"]
    must = {requirement.id for requirement in rubric.requirements if requirement.must_have}
    single = _alone(sheet, rubric, thresholds, unknown, must)
    if single is not None:
        return (single,)
    return tuple(row.requirement_id for row in _together(sheet, rubric, thresholds, unknown))


def _alone(
    sheet: ScoreSheet,
    rubric: Rubric,
    thresholds: Thresholds,
    unknown: Sequence[RequirementResult],
    must: set[str],
) -> str | None:
    """The first requirement whose answer changes the band by itself: a "no" to a must-have, or a "yes"."""
    for row in unknown:
        falls = row.requirement_id in must and sheet.band != "not_qualified"
        if falls or _lifts(sheet, rubric, thresholds, [row], unknown):
            return row.requirement_id
    return None


def _lifts(
    sheet: ScoreSheet,
    rubric: Rubric,
    thresholds: Thresholds,
    answered: Sequence[RequirementResult],
    unknown: Sequence[RequirementResult],
) -> bool:
    """Whether the band rises when all of these turn out to be met."""
    wanted = _wanted(sheet.band, thresholds)
    if wanted is None or sheet.cap == "not_qualified":
        return False
    names = {row.requirement_id for row in answered}
    gates = _silent_gates(sheet.band, rubric, unknown)
    reached = (sheet.score or 0) + sum(row.max_points for row in answered)
    return gates <= names and reached >= wanted


def _wanted(band: Band, thresholds: Thresholds) -> int | None:
    """The score the next band begins at."""
    if band == "not_qualified":
        return thresholds.pre_qualified
    return thresholds.qualified if band == "pre_qualified" else None


def _silent_gates(band: Band, rubric: Rubric, unknown: Sequence[RequirementResult]) -> set[str]:
    """Must-haves that have to be stated before the next band is open; only the highest needs them."""
    if band == "not_qualified":
        return set()
    return {row.requirement_id for row in unknown} & gates_of(rubric)


def _together(
    sheet: ScoreSheet, rubric: Rubric, thresholds: Thresholds, unknown: Sequence[RequirementResult]
) -> list[RequirementResult]:
    """The fewest that lift the band only together; those first in the rubric where there is a choice.

    A silent gate never gets here: a "no" to it would change the band alone.
    """
    if not _lifts(sheet, rubric, thresholds, unknown, unknown):
        return []
    missing = (_wanted(sheet.band, thresholds) or 0) - (sheet.score or 0)
    size = next(n for n in range(1, len(unknown) + 1) if _most(unknown, n) >= missing)
    chosen: list[RequirementResult] = []
    for place, row in enumerate(unknown):
        left = size - len(chosen) - 1
        if left >= 0 and row.max_points + _most(unknown[place + 1 :], left) >= missing:
            chosen.append(row)
            missing -= row.max_points
    return chosen


def _most(rows: Sequence[RequirementResult], count: int) -> int:
    """The most points so many of the rows can give; too few rows cannot give any."""
    if len(rows) < count:
        return -1
    return sum(sorted((row.max_points for row in rows), reverse=True)[:count])

"""The few rows of an addition worth saying first."""

from core.screening.points import RequirementResult, ScoreSheet
from core.sdk.scorer import Rubric


def strongest(sheet: ScoreSheet, count: int = 2) -> tuple[RequirementResult, ...]:
    """The rows that gave the most points; partly met ones only after met ones."""
    giving = [row for row in sheet.results if row.points]
    ordered = sorted(giving, key=lambda row: (row.match != "met", -row.points))
    return tuple(ordered[:count])


def biggest_gap(sheet: ScoreSheet, rubric: Rubric) -> RequirementResult | None:
    """The row that cost the most, must-haves and contradictions first."""
    must = {requirement.id for requirement in rubric.requirements if requirement.must_have}
    missing = [row for row in sheet.results if row.points < row.max_points]
    return min(
        missing,
        key=lambda row: (
            row.requirement_id not in must,
            row.match != "not_met",
            row.points - row.max_points,
        ),
        default=None,
    )

"""The few rows of an addition worth saying first."""

from core.screening.points import RequirementResult, ScoreSheet, Thresholds, gates_of
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


def what_would_change(sheet: ScoreSheet, rubric: Rubric, thresholds: Thresholds) -> tuple[str, ...]:
    """The fewest requirements not stated that together would lift the band; empty when none would.

    The gates the next band needs come first; then what gives most points, so that fewest suffice.
    """
    if sheet.score is None or sheet.band == "qualified" or sheet.cap == "not_qualified":
        return ()
    to_the_top = sheet.band == "pre_qualified"
    wanted = thresholds.qualified if to_the_top else thresholds.pre_qualified
    unknown = sorted(
        (row for row in sheet.results if row.match == "not_stated"), key=lambda row: -row.max_points
    )
    gates = gates_of(rubric) if to_the_top else frozenset()
    chosen = [row for row in unknown if row.requirement_id in gates]
    others = [row for row in unknown if row.requirement_id not in gates and row.max_points]
    missing = wanted - sheet.score - sum(row.max_points for row in chosen)
    while missing > 0 and others:
        row = others.pop(0)
        chosen.append(row)
        missing -= row.max_points
    return () if missing > 0 else tuple(row.requirement_id for row in chosen)

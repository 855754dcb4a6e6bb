"""The few rows of an addition worth saying first."""

from core.screening.points import RequirementResult, ScoreSheet, Thresholds, band_for
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
    """The fewest requirements not stated that together would lift the band; empty when none would."""
    if sheet.score is None or sheet.band == "qualified" or sheet.cap == "not_qualified":
        return ()
    must = {requirement.id for requirement in rubric.requirements if requirement.must_have}
    unknown = [row for row in sheet.results if row.match == "not_stated"]
    gates = [row for row in unknown if row.requirement_id in must]
    others = sorted(
        (row for row in unknown if row.requirement_id not in must), key=lambda row: -row.max_points
    )
    for needed in (sorted(gates, key=lambda row: -row.max_points), gates):
        chosen = list(needed) if needed is gates else []
        rest = [] if needed is gates else list(needed)
        rest += others
        while True:
            score = sheet.score + sum(row.max_points for row in chosen)
            left = {row.requirement_id for row in gates} - {row.requirement_id for row in chosen}
            cap = sheet.cap if left and sheet.cap != "qualified" else "qualified"
            if band_for(score, thresholds, cap=cap) != sheet.band:
                return tuple(row.requirement_id for row in chosen)
            if not rest:
                break
            chosen.append(rest.pop(0))
    return ()

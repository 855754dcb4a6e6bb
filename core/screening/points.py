"""How judgements become points, a score, a band: arithmetic a person can check by hand.

Points are whole numbers. The most a requirement can give follows from its weight, and the rubric adds up
to 100, so the score is the sum of the rows in front of the reader. Gates cap the band; they never add.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from core.domain.words import Band
from core.sdk.scorer import Extent, Judgement, Match, Rubric

FULL: Final = 100
ORDER: Final[tuple[Band, ...]] = ("not_qualified", "pre_qualified", "qualified")
"""Bands that have a score, lowest first."""
SHARE: Final[dict[Extent, int]] = {"little": 35, "half": 50, "most": 65}
"""What a requirement that is partly met earns, in hundredths of its points."""
_RARELY_STATED: Final = frozenset({"authorization", "personal_skill", "other"})
POORLY_READABLE: Final = "poorly_readable"
"""The flag of a text that makes no words in parts: points may be missing, so it lowers the confidence."""
LITTLE_TEXT: Final = 120
"""Characters; less than this says nothing about anybody."""
LEAST_STATED: Final = 0.12
"""Share of the points that must have been stated for a score to mean something."""


class Thresholds(msgspec.Struct, frozen=True, kw_only=True):
    """Scores at which the bands begin."""

    pre_qualified: int = 40
    qualified: int = 70


class RequirementResult(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the addition."""

    requirement_id: str
    match: Match
    points: int
    max_points: int
    reason: str
    extent: Extent = "half"


class ScoreSheet(msgspec.Struct, frozen=True, kw_only=True):
    """The whole addition: `score` is the sum of `results[].points`, or None when there is no score."""

    status: str
    score: int | None
    band: Band
    confidence: float
    flags: tuple[str, ...]
    results: tuple[RequirementResult, ...]
    cap: Band = "qualified"


def max_points(rubric: Rubric) -> dict[str, int]:
    """The most each requirement can give; adds up to 100 (largest remainder, ties to the earlier one)."""
    weights = [(r.id, max(r.weight, 0)) for r in rubric.requirements]
    total = sum(weight for _, weight in weights)
    if not total:
        return {name: 0 for name, _ in weights}
    points = {name: weight * FULL // total for name, weight in weights}
    missing = FULL - sum(points.values())
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(weights[place][1] * FULL % total), place))
    for place in by_remainder[:missing]:
        points[weights[place][0]] += 1
    return points


def points_for(match: Match, most: int, extent: Extent = "half") -> int:
    """All of them for met, the share of its extent (rounded down) for partly, none otherwise."""
    if match == "met":
        return most
    return most * SHARE[extent] // 100 if match == "partly" else 0


def band_for(score: int, thresholds: Thresholds, *, cap: Band = "qualified") -> Band:
    """The band of a score, not above the cap that must-haves set."""
    reached = (score >= thresholds.pre_qualified) + (score >= thresholds.qualified)
    return ORDER[min(reached, ORDER.index(cap))]


def cap_of(rubric: Rubric, judgements: Sequence[Judgement]) -> Band:
    """A must-have the text contradicts caps at Not Qualified, one it does not state at Pre-Qualified.

    Silence does not cap where resumes are usually silent: permits, shifts, personal skills.
    """
    must = {requirement.id for requirement in rubric.requirements if requirement.must_have}
    gates = gates_of(rubric)
    matches = {(j.requirement_id, j.match) for j in judgements}
    if any(match == "not_met" and name in must for name, match in matches):
        return "not_qualified"
    silent = any(match == "not_stated" and name in gates for name, match in matches)
    return "pre_qualified" if silent else "qualified"


def gates_of(rubric: Rubric) -> frozenset[str]:
    """The must-haves on which silence caps the band."""
    return frozenset(r.id for r in rubric.requirements if r.must_have and r.category not in _RARELY_STATED)


def holding(rubric: Rubric, sheet: ScoreSheet, thresholds: Thresholds) -> tuple[str, ...]:
    """The must-haves that hold the band below what the points reach; none where the points decide."""
    if sheet.score is None or band_for(sheet.score, thresholds, cap=sheet.cap) == band_for(
        sheet.score, thresholds
    ):
        return ()
    contradicted = sheet.cap == "not_qualified"
    names = {r.id for r in rubric.requirements if r.must_have} if contradicted else gates_of(rubric)
    match = "not_met" if contradicted else "not_stated"
    return tuple(
        row.requirement_id for row in sheet.results if row.match == match and row.requirement_id in names
    )


def settle(
    rubric: Rubric,
    judgements: Sequence[Judgement],
    thresholds: Thresholds,
    *,
    characters: int,
    flags: tuple[str, ...] = (),
) -> ScoreSheet:
    """Add up. `characters` is how much text the scorer saw; with too little there is no score."""
    most = max_points(rubric)
    results = tuple(
        RequirementResult(
            requirement_id=judgement.requirement_id,
            match=judgement.match,
            points=points_for(judgement.match, most[judgement.requirement_id], judgement.extent),
            max_points=most[judgement.requirement_id],
            reason=judgement.reason,
            extent=judgement.extent,
        )
        for judgement in judgements
    )
    stated = sum(row.max_points for row in results if row.match != "not_stated")
    cap = cap_of(rubric, judgements)
    if not results or characters < LITTLE_TEXT or stated < LEAST_STATED * FULL:
        return ScoreSheet(
            status="not_enough_information",
            score=None,
            band="not_enough_information",
            confidence=0.0,
            flags=flags,
            results=results if characters >= LITTLE_TEXT else (),
            cap=cap,
        )
    score = sum(row.points for row in results)
    certain = 0.5 if POORLY_READABLE in flags else 1.0
    return ScoreSheet(
        status="scored",
        score=score,
        band=band_for(score, thresholds, cap=cap),
        confidence=round(certain * min(1.0, 0.3 + 0.7 * stated / FULL), 2),
        flags=flags,
        results=results,
        cap=cap,
    )

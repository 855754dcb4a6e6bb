"""Where two scorers differ on one application. Points play no part: they follow from the matches."""

from typing import Final

import msgspec

from core.screening.points import ORDER, ScoreSheet
from core.sdk.scorer import Match, Rubric

_UNLIKE: Final = 3
"""How far a band with a score is from none: farther than any two bands with one."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A requirement the two judge otherwise: `match` beside `other`."""

    requirement_id: str
    must_have: bool
    match: Match
    other: Match


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """Every other match, how many bands lie between the two, and whether a person should look."""

    differences: tuple[Difference, ...]
    distance: int

    @property
    def disagrees(self) -> bool:
        """Another band, or another match of a must-have."""
        return self.distance > 0 or any(difference.must_have for difference in self.differences)


def compare(rubric: Rubric, shown: ScoreSheet, other: ScoreSheet) -> Disagreement:
    """Set what a second scorer says beside what is shown, both under this rubric."""
    matches = {row.requirement_id: row.match for row in shown.results}
    others = {row.requirement_id: row.match for row in other.results}
    differences = tuple(
        Difference(
            requirement_id=requirement.id,
            must_have=requirement.must_have,
            match=matches[requirement.id],
            other=others[requirement.id],
        )
        for requirement in rubric.requirements
        if requirement.id in matches
        and requirement.id in others
        and matches[requirement.id] != others[requirement.id]
    )
    return Disagreement(differences=differences, distance=_distance(shown.band, other.band))


def _distance(one: str, other: str) -> int:
    if one == other:
        return 0
    if one not in ORDER or other not in ORDER:
        return _UNLIKE
    return abs(ORDER.index(one) - ORDER.index(other))

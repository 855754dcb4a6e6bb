"""What another rubric would do to the people on a board: arithmetic over matches kept, without any text.

It is the same addition as `points.settle`, reduced to score and band so that thousands take milliseconds.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

import msgspec

from core.domain.words import CATEGORIES, Band, category_for
from core.screening.points import (
    LEAST_STATED,
    LITTLE_TEXT,
    ORDER,
    SHARE,
    Thresholds,
    band_for,
    gates_of,
    max_points,
    points_for,
)
from core.screening.reuse import demand
from core.sdk.scorer import Extent, Match, Rubric

_MATCHES: Final[tuple[Match, ...]] = ("met", "partly", "not_stated", "not_met")


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """An application on a job's board with its matches by demand, `in_short`.

    `decided` means that a person put it where it is. `matches` is None when it was never judged by the
    scorer in use.
    """

    id: UUID
    category: str
    decided: bool
    band: str
    score: int | None
    characters: int
    matches: dict[str, str] | None


class Result(msgspec.Struct, frozen=True):
    """A score, or None, and the band it falls in."""

    score: int | None
    band: Band


class Mover(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who would stand in another column; the name is for those who show it."""

    id: UUID
    name: str = ""
    from_category: str
    to_category: str
    from_score: int | None
    to_score: int | None


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """The board before and after, in cards per column.

    `held` would move if a person had not decided; `unknown` cannot be told before they are scored again.
    """

    before: dict[str, int]
    after: dict[str, int]
    movers: tuple[Mover, ...]
    held: int
    unknown: int


class _Row(msgspec.Struct, frozen=True):
    demand: str
    points: dict[str, int]
    most: int
    must: bool
    gate: bool


def in_short(match: Match, extent: Extent) -> str:
    """A match with its extent in a word or two; half goes without saying."""
    return f"{match} {extent}" if match == "partly" and extent != "half" else match


class Adder:
    """Adds up any number of applications under one rubric."""

    def __init__(self, rubric: Rubric, thresholds: Thresholds) -> None:
        most, gates = max_points(rubric), gates_of(rubric)
        self._thresholds = thresholds
        self._rows = [
            _Row(
                demand(requirement),
                _earned(most[requirement.id]),
                most[requirement.id],
                requirement.must_have,
                requirement.id in gates,
            )
            for requirement in rubric.requirements
        ]

    def result(self, matches: Mapping[str, str], characters: int) -> Result | None:
        """Score and band; None when one of the requirements was not judged yet."""
        if characters < LITTLE_TEXT or not self._rows:
            return Result(None, "not_enough_information")
        score, stated, cap = 0, 0, 2
        for row in self._rows:
            match = matches.get(row.demand)
            if match is None:
                return None
            score += row.points[match]
            if match == "not_stated":
                cap = min(cap, 1) if row.gate else cap
            else:
                stated += row.most
                cap = 0 if row.must and match == "not_met" else cap
        if stated < LEAST_STATED * 100:
            return Result(None, "not_enough_information")
        return Result(score, band_for(score, self._thresholds, cap=ORDER[cap]))


def _earned(most: int) -> dict[str, int]:
    return {
        in_short(match, extent): points_for(match, most, extent) for match in _MATCHES for extent in SHARE
    }


def try_out(rubric: Rubric, thresholds: Thresholds, standings: Sequence[Standing]) -> Tried:
    """Where everybody would stand; who was put somewhere by a person stays there."""
    adder = Adder(rubric, thresholds)
    before: dict[str, int] = dict.fromkeys(CATEGORIES, 0)
    after: dict[str, int] = dict.fromkeys(CATEGORIES, 0)
    movers, held, unknown = [], 0, 0
    for one in standings:
        result = _result(adder, one)
        unknown += result is None
        there = one.category if result is None else category_for(result.band)
        here = one.category if one.decided else there
        held += one.decided and there != one.category
        before[one.category] += 1
        after[here] += 1
        if result is not None and here != one.category:
            movers.append(_mover(one, here, result))
    return Tried(before=before, after=after, movers=tuple(movers), held=held, unknown=unknown)


def _result(adder: Adder, one: Standing) -> Result | None:
    if one.band == "unreadable":
        return Result(None, "unreadable")
    return None if one.matches is None else adder.result(one.matches, one.characters)


def _mover(one: Standing, to: str, result: Result) -> Mover:
    return Mover(
        id=one.id,
        from_category=one.category,
        to_category=to,
        from_score=one.score,
        to_score=result.score,
    )

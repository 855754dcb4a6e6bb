"""The report: four measures, each by sex, by race and ethnicity, and by both together."""

from collections.abc import Callable, Sequence
from statistics import median
from typing import Final

import msgspec

from core.audit.rates import Case, Category, Dimension, Settings, compare
from core.audit.sample import Row

_QUALIFIED: Final = frozenset({"qualified"})
_FORWARD: Final = frozenset({"qualified", "pre_qualified"})


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """One way of being selected. `assessed` cases count, `left_out` ones have nothing to be judged by yet."""

    key: str
    assessed: int
    left_out: int
    sex: Dimension
    race_ethnicity: Dimension
    both: Dimension


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All measures over one sample. `median` is that of all scores, also of those in no known category."""

    applications: int
    scored: int
    decided: int
    with_sex: int
    with_race_ethnicity: int
    median: float | None
    settings: Settings
    measures: tuple[Measure, ...]


def make_report(rows: Sequence[Row], settings: Settings | None = None) -> Report:
    """The audit of these applications; the order of the rows does not matter."""
    chosen = settings or Settings()
    scores = [row.score for row in rows if row.score is not None]
    middle = float(median(scores)) if scores else None
    return Report(
        applications=len(rows),
        scored=len(scores),
        decided=sum(bool(row.decision) for row in rows),
        with_sex=sum(bool(row.sex) for row in rows),
        with_race_ethnicity=sum(bool(row.race_ethnicity) for row in rows),
        median=middle,
        settings=chosen,
        measures=tuple(
            _measure(key, rows, judge, chosen)
            for key, judge in (
                ("band_qualified", lambda row: row.band in _QUALIFIED if row.band else None),
                ("band_forward", lambda row: row.band in _FORWARD if row.band else None),
                ("decision", lambda row: row.decision in _QUALIFIED),
                ("score", lambda row: row.score > middle if row.score is not None else None),
            )
        ),
    )


def _measure(
    key: str, rows: Sequence[Row], judge: Callable[[Row], bool | None], settings: Settings
) -> Measure:
    judged = [(row, outcome) for row in rows if (outcome := judge(row)) is not None]

    def dimension(of: Callable[[Row], Category]) -> Dimension:
        cases: list[Case] = [(of(row), outcome) for row, outcome in judged]
        return compare(cases, settings)

    return Measure(
        key=key,
        assessed=len(judged),
        left_out=len(rows) - len(judged),
        sex=dimension(lambda row: (row.sex,)),
        race_ethnicity=dimension(lambda row: (row.race_ethnicity,)),
        both=dimension(lambda row: (row.sex, row.race_ethnicity)),
    )

"""Whole resumes: what the comparators say and every reading are weighed together, and the best passage is quoted.

A passage can only add. Where years of a trade are asked, positions are counted instead.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from core.sdk import Judgement
from core.sdk.scorer import Match
from core.sdk.text import months_within
from plugins.rubric_score.career import judge_career, pairs_of
from plugins.rubric_score.cases import TOLD, Case, pair_of, quoted_in, silent_on, state_of
from plugins.rubric_score.judging import Told
from plugins.rubric_score.nearby import Nearby
from plugins.rubric_score.reader import Pair, Reading
from plugins.rubric_score.reader.weighing import SILENT
from plugins.rubric_score.reader.wholes import KINDS, Seen
from plugins.rubric_score.text import Statement, judged

_FIRST: Final = 3
"""Sentences read at once; the rest only where these do not show the whole requirement."""
_KIND_OF: Final = {
    "seniority": "experience",
    "certification": "paper",
    "authorization": "paper",
}


class Passage(NamedTuple):
    """Statements that were read together, and how."""

    statements: Sequence[Statement]
    reading: Reading


def first_pairs(case: Case, nearby: Nearby) -> Iterator[Pair]:
    """What will be read of a resume in any case."""
    if case.counted:
        yield from pairs_of(case.counted, case.found, nearby.meaning)
        return
    if case.sized:
        yield from nearby.topics(case.sized, case.found)
    yield from (pair_of(case.requirement, passage) for passage in _passages(case, nearby)[: 1 + _FIRST])


def other_pairs(case: Case, nearby: Nearby) -> Iterator[Pair]:
    """What is still to be read: nothing where the first passages show the whole requirement."""
    if case.counted:
        return
    passages = _passages(case, nearby)
    first = _read(case, passages[: 1 + _FIRST], nearby)
    if seen(case, told_of(case, nearby), first).match() != "met":
        yield from (pair_of(case.requirement, passage) for passage in passages[1 + _FIRST :])


def all_pairs(case: Case, nearby: Nearby) -> Iterator[Pair]:
    """Everything that may be read of a resume."""
    yield from first_pairs(case, nearby)
    if not case.counted:
        yield from (pair_of(case.requirement, passage) for passage in _passages(case, nearby))


def settle_resume(case: Case, nearby: Nearby) -> Judgement:
    """The judgement of a whole resume: positions are counted, everything else is weighed."""
    if case.counted:
        within = months_within(case.requirement.text)
        return judge_career(case.counted, within, case.found, nearby.meaning, nearby.of)
    passages, told = _passages(case, nearby), told_of(case, nearby)
    read = _read(case, passages[: 1 + _FIRST], nearby)
    match = seen(case, told, read).match()
    if match != "met":
        read = _read(case, passages, nearby)
        match = seen(case, told, read).match()
    return told.judgement if match == told.judgement.match else _quoting(case, match, read)


def _quoting(case: Case, match: Match, read: Sequence[Passage]) -> Judgement:
    best = max(read, key=lambda passage: _speaks_for(match, passage.reading), default=None)
    return judged(case.requirement.id, match, TOLD[match], *(best.statements if best else ()))


def _speaks_for(match: Match, reading: Reading) -> int:
    return {
        "met": reading.met,
        "partly": reading.met + reading.partly,
        "not_met": reading.not_met,
        "not_stated": 0,
    }[match]


def _passages(case: Case, nearby: Nearby) -> list[Sequence[Statement]]:
    """What the comparators quote, first, and every sentence that may bear on the requirement."""
    quoted = quoted_in(case.told.judgement, case.found)
    others = [[s] for s in nearby.nearest(case.requirement, case.found, whole=True) if s not in quoted]
    return [quoted, *others] if quoted else list(others)


def _read(case: Case, passages: Sequence[Sequence[Statement]], nearby: Nearby) -> list[Passage]:
    return [Passage(p, nearby.of(pair_of(case.requirement, p))) for p in passages]


def seen(case: Case, told: Told, read: Sequence[Passage]) -> Seen:
    """All that is weighed."""
    silent = told.judgement.match == "not_stated"
    state = "not_stated" if silent else state_of(told, quoted_in(told.judgement, case.found))
    return Seen(state, _kind_of(case), [passage.reading for passage in read])


def read_all(case: Case, nearby: Nearby) -> list[Passage]:
    """Every passage, whether or not the first ones show the whole requirement."""
    return _read(case, _passages(case, nearby), nearby)


def told_of(case: Case, nearby: Nearby) -> Told:
    """What the comparators say, a size by what the reader says it is of."""
    size = nearby.size(case)
    return Told(size, firm=True) if size else case.told


def _kind_of(case: Case) -> str:
    category = _KIND_OF.get(case.requirement.category, case.requirement.category)
    if category == "experience" and silent_on(case.requirement) == SILENT[1]:
        return "years"
    return category if category in KINDS else "other"

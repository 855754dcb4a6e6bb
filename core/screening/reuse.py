"""Judgements kept, so that a changed rubric costs what is new in it: the rest is added up again."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from core import __version__
from core.screening.assess import Assessed, Seen, Shown, Submission, add_up
from core.screening.points import Thresholds
from core.sdk.scorer import Evidence, Extent, Judgement, Match, Requirement, Rubric

_MOST: Final = 200
"""Results kept of one application; people try wordings, and go back to what they had."""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """How one requirement was judged, whatever its id, weight and importance."""

    match: Match
    reason: str
    evidence: tuple[Evidence, ...]
    shown: tuple[Shown, ...]
    extent: Extent = "half"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One application's results of one scorer by `demand`; valid while its texts stay the same."""

    seen: Seen
    results: dict[str, Result]


def input_key(submission: Submission) -> str:
    """Changes with anything that went in, and with the code that prepares it."""
    everything = msgspec.json.encode(submission, order="sorted")
    return hashlib.sha256(__version__.encode() + b"\n" + everything).hexdigest()


@lru_cache(maxsize=4096)
def demand(requirement: Requirement) -> str:
    """What is asked, in sixteen hex digits: without the id, and without what only the addition reads."""
    bare = msgspec.structs.replace(requirement, id="", must_have=False, weight=1, span=(0, 0))
    return hashlib.sha256(msgspec.json.encode(bare)).hexdigest()[:16]


def missing(rubric: Rubric, kept: Kept | None) -> tuple[Requirement, ...]:
    """The requirements a scorer must still be asked about; all of them when nothing is kept."""
    if kept is None:
        return rubric.requirements
    if not kept.seen.worth_judging:
        return ()
    return tuple(r for r in rubric.requirements if demand(r) not in kept.results)


def recalled(rubric: Rubric, kept: Kept) -> list[Judgement]:
    """The kept judgements under the rubric's ids, in its order; those missing are left out."""
    found = [(r.id, kept.results.get(demand(r))) for r in rubric.requirements]
    return [
        Judgement(
            requirement_id=name,
            match=result.match,
            reason=result.reason,
            evidence=result.evidence,
            extent=result.extent,
        )
        for name, result in found
        if result is not None
    ]


def added_up(rubric: Rubric, kept: Kept, thresholds: Thresholds) -> Assessed:
    """The score of an application of which nothing is `missing`, without any text at hand."""
    if not kept.seen.worth_judging or not rubric.requirements:
        return add_up(rubric, kept.seen, None, (), thresholds)
    shown = tuple(
        quote if quote.requirement_id == requirement.id else _under(requirement.id, quote)
        for requirement in rubric.requirements
        for quote in kept.results[demand(requirement)].shown
    )
    return add_up(rubric, kept.seen, recalled(rubric, kept), shown, thresholds)


def _under(requirement: str, quote: Shown) -> Shown:
    return msgspec.structs.replace(quote, requirement_id=requirement)


def kept_of(rubric: Rubric, seen: Seen, assessed: Assessed, before: Kept | None) -> Kept:
    """What to keep of an assessment, with what was kept before of the same texts."""
    demands = {r.id: demand(r) for r in rubric.requirements}
    quotes: dict[str, list[Shown]] = {}
    for shown in assessed.shown:
        quotes.setdefault(shown.requirement_id, []).append(shown)
    results = {
        demands[judgement.requirement_id]: Result(
            match=judgement.match,
            reason=judgement.reason,
            evidence=judgement.evidence,
            shown=tuple(quotes.get(judgement.requirement_id, ())),
            extent=judgement.extent,
        )
        for judgement in assessed.judgements
    }
    older = before.results if before is not None else {}
    kept = list({**results, **{name: older[name] for name in older if name not in results}}.items())
    return Kept(seen=seen, results=dict(kept[:_MOST]))


def by_questions(asked: Sequence[tuple[Requirement, ...]]) -> dict[tuple[Requirement, ...], list[int]]:
    """Places of the applications that miss the same requirements, so that one question serves them all."""
    groups: dict[tuple[Requirement, ...], list[int]] = {}
    for place, requirements in enumerate(asked):
        if requirements:
            groups.setdefault(requirements, []).append(place)
    return groups

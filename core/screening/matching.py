"""One demand against one passage, by the same judgement that scores whole applications."""

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import mean
from typing import Final

import msgspec

from core.screening.deidentify import Identity, deidentify
from core.screening.extract import extract
from core.sdk.scorer import PASSAGE, Judgement, Match, Material, Requirement, Rubric, Scorer, Source

RANGE: Final[dict[Match, tuple[float, float]]] = {
    "met": (0.7, 1.0),
    "partly": (0.35, 0.65),
    "not_stated": (0.1, 0.3),
    "not_met": (0.0, 0.05),
}
"""Where a match stands between 0 and 1. Silence stands above a denial, though neither earns a point."""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """What a job asks, and what a text says."""

    requirement: str
    evidence: str


class PassageMatch(msgspec.Struct, frozen=True, kw_only=True):
    """The judgement of a passage.

    `score` stands in the match's range: at its upper end, or where a scorer that weighs says it leans.
    """

    match: Match
    score: float
    reason: str


def typed(demand: str) -> tuple[Requirement, ...]:
    """The requirements one demand consists of: "German and English" is two. Never empty.

    What would merely be welcome is left out unless nothing else is asked.
    """
    found = extract(f"Requirements:\n- {' '.join(demand.split())}").requirements
    asked = tuple(requirement for requirement in found if requirement.must_have) or found
    return asked or (Requirement(id="r1", text=demand, category="other", must_have=True),)


def match_passages(scorer: Scorer, passages: Sequence[Passage], as_of: date) -> list[PassageMatch]:
    """Judge each passage, in order; passages for one demand are judged together."""
    places: dict[str, list[int]] = {}
    for place, passage in enumerate(passages):
        places.setdefault(passage.requirement, []).append(place)
    found: dict[int, PassageMatch] = {}
    for demand, where in places.items():
        rubric = Rubric(requirements=typed(demand))
        raw = any(requirement.category == "authorization" for requirement in rubric.requirements)
        materials = [_material(place, passages[place].evidence, as_of, raw=raw) for place in where]
        answers = scorer.judge(rubric, materials)
        found |= {place: joint(answer) for place, answer in zip(where, answers, strict=True)}
    return [found[place] for place in range(len(passages))]


def _material(place: int, evidence: str, as_of: date, *, raw: bool) -> Material:
    """A passage as a scorer sees it.

    Where the right to work is asked, the passage is taken as it was handed over: citizenship, which applications
    never show to a scorer, may be the very answer.
    """
    text = evidence if raw else deidentify(evidence, Identity(names=())).text
    return Material(id=str(place), sources=(Source(name=PASSAGE, text=text),), as_of=as_of)


def joint(judgements: Sequence[Judgement]) -> PassageMatch:
    """All parts of a demand together: met when all are, partly when some are shown."""
    match = _joined(judgement.match for judgement in judgements)
    reasons = dict.fromkeys(judgement.reason for judgement in judgements)
    low, high = RANGE[match]
    leanings = [judgement.leaning for judgement in judgements if judgement.leaning is not None]
    leaning = mean(leanings) if leanings else 1.0
    return PassageMatch(match=match, score=round(low + (high - low) * leaning, 4), reason=" ".join(reasons))


def _joined(matches: Iterable[Match]) -> Match:
    found = set(matches)
    if len(found) == 1:
        return found.pop()
    if found & {"met", "partly"}:
        return "partly"
    return "not_met"

"""Each requirement by what fits its kind: names, scales, years, and likeness of meaning in a passage by itself."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from core.sdk import Judgement, Requirement
from plugins.rubric_score.amounts import asks_amount, by_words, judge_amount
from plugins.rubric_score.availability import judge_availability
from plugins.rubric_score.demands import Demand, together
from plugins.rubric_score.driving import judge_driving
from plugins.rubric_score.education import judge_education
from plugins.rubric_score.language import judge_language
from plugins.rubric_score.likeness import compared_texts, judge_meaning
from plugins.rubric_score.meaning import Meaning
from plugins.rubric_score.papers import asks_for_paper, is_graded_paper, judge_certificate
from plugins.rubric_score.permits import judge_permit
from plugins.rubric_score.recency import recent_part, too_long_ago
from plugins.rubric_score.seniority import judge_seniority
from plugins.rubric_score.skills import judge_skills, judge_words
from plugins.rubric_score.text import Read, judged
from plugins.rubric_score.titles.wording import title_of, trade_of
from plugins.rubric_score.verdicts import leaves_open
from plugins.rubric_score.years import judge_years, positions, without_amounts

LADDERS: Final[dict[str, Callable[[Requirement, Read], Judgement | None]]] = {
    "education": judge_education,
    "language": judge_language,
    "certification": judge_certificate,
}
"""Kinds judged by their scale alone: likeness of meaning says nothing about a degree."""


class Told(NamedTuple):
    """A judgement, and whether it was read off a scale, date, paper or number rather than found in words.

    Not firm is also what a scale leaves open: a language of which no level is told.
    """

    judgement: Judgement
    firm: bool


def judge_demand(demand: Demand, found: Read, meaning: Meaning) -> Told:
    """What the comparators say of one demand; where something recent is asked, of the recent part of the text."""
    recent = recent_part(demand.requirement, found)
    if recent is None:
        return _whole(demand, found, meaning)
    now = _whole(demand, recent, meaning)
    if now.judgement.match in {"met", "partly"}:
        return now
    ever = _whole(demand, found, meaning)
    return Told(too_long_ago(demand.requirement, found, ever.judgement), firm=True)


def _whole(demand: Demand, found: Read, meaning: Meaning) -> Told:
    told = [_one(part, found, meaning) for part in demand.parts]
    if not demand.several:
        return told[0]
    judgements = [one.judgement for one in told]
    return Told(together(demand.requirement, demand.needed, judgements), firm=all(one.firm for one in told))


def _one(requirement: Requirement, found: Read, meaning: Meaning) -> Told:
    if scaled := _by_scale(requirement, found, meaning):
        return Told(scaled, firm=not leaves_open(scaled))
    if requirement.category in LADDERS:
        return Told(_silence(requirement), firm=False)
    said = _by_words(requirement, found)
    if said is None and found.is_passage:
        said = judge_meaning(requirement, found, meaning)
    return Told(said or _silence(requirement), firm=False)


def _silence(requirement: Requirement) -> Judgement:
    return judged(requirement.id, "not_stated", "The text does not say.")


def _by_scale(requirement: Requirement, found: Read, meaning: Meaning) -> Judgement | None:
    if said := _by_permission(requirement, found):
        return said
    if asks_for_size(requirement) and (
        said := judge_availability(requirement, found)
        or judge_amount(requirement, found, by_words(requirement, meaning.similar))
    ):
        return said
    if rank := judge_seniority(requirement, found, meaning.similar):
        return rank
    if requirement.years and requirement.category not in LADDERS:
        return judge_years(requirement, found, meaning.similar) or _without_years(requirement, found)
    return _by_paper(requirement, found)


def _by_permission(requirement: Requirement, found: Read) -> Judgement | None:
    return judge_driving(requirement, found) or judge_permit(requirement, found)


def _by_paper(requirement: Requirement, found: Read) -> Judgement | None:
    ladder = LADDERS.get(requirement.category)
    if ladder:
        return (judge_certificate if is_graded_paper(requirement) else ladder)(requirement, found)
    if said := judge_availability(requirement, found):
        return said
    return judge_certificate(requirement, found) if asks_for_paper(requirement) else None


def _by_words(requirement: Requirement, found: Read) -> Judgement | None:
    return judge_skills(requirement, found) or judge_words(requirement, found)


def _without_years(requirement: Requirement, found: Read) -> Judgement | None:
    """The subject is shown but no amount of time: half of it is known."""
    by_name = judge_skills(requirement, found)
    if by_name is None or by_name.match in {"not_met", "not_stated"}:
        return by_name
    return Judgement(
        requirement_id=requirement.id,
        match="partly",
        reason="It is there; how many years, the text does not say.",
        evidence=by_name.evidence,
    )


def to_compare(demands: Sequence[Demand], reads: Sequence[Read]) -> set[str]:
    """Every text whose meaning may be asked for, so that a page is one run of the model."""
    texts = {demand.requirement.text for demand in demands}
    parts = [part for demand in demands for part in demand.parts]
    for part in parts:
        subject = without_amounts(part.text)
        texts |= {*compared_texts(part), subject, trade_of(subject)}
    for found in reads:
        texts |= {statement.text for statement in found.statements}
        if found.is_passage:
            texts |= {s.text[start:end] for s in found.statements for start, end in s.places()}
        elif any(part.years for part in parts):
            texts |= {title_of(position.dated.text, found.as_of) for position in positions(found)}
    return texts - {""}


def asks_for_size(requirement: Requirement) -> bool:
    """True when a number of people, sites or money decides."""
    return not requirement.years and requirement.category not in LADDERS and asks_amount(requirement)

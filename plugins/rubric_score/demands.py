"""Requirements made of several: "any two of A, B, C", and "A and B", where each is judged by itself."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from core.sdk import Judgement, Requirement
from core.sdk.scorer import Match
from core.sdk.text import (
    any_n_of,
    default_lexicon,
    degrees,
    lengths_of_time,
    months_within,
    without_recency,
    year_amounts,
)
from plugins.rubric_score.words import stems

_AND: Final = re.compile(r"\s+(?:and|&|plus|as well as|together with|along with)\s+|\s+\+\s+", re.IGNORECASE)
_ONE_THING: Final = re.compile(
    r"\b(?:health and safety|research and development|r ?& ?d|written and (?:spoken|oral|verbal)|spoken and written"
    r"|oral and written|verbal and written|terms and conditions|food and beverage|profit and loss|p ?& ?l"
    r"|goods in and out"
    r"|hiring and firing|front and back|supply and demand|pros and cons|trial and error|track and trace"
    r"|wear and tear|nuts and bolts|mergers and acquisitions|m ?& ?a|up and running|day and night"
    r"|learning and development"
    r"|diversity and inclusion|sales and marketing|business and administration|fruit and veg\w*|arts? and crafts?"
    r"|quality and safety|heating and (?:ventilation|cooling)|plan and organi[sz]e|information and communication"
    r"|media and communications?|recruitment and selection|design and technology|time and attendance)\b",
    re.IGNORECASE,
)
_NOT_JOINT: Final = frozenset({"education", "personal_skill", "language"})


class Demand(msgspec.Struct, frozen=True, kw_only=True):
    """A requirement with the parts it is judged by and how many of them it takes; parts[0] is it when it is one."""

    requirement: Requirement
    parts: tuple[Requirement, ...]
    needed: int = 1
    several: bool = False


def demand_of(requirement: Requirement) -> Demand:
    """Take a requirement apart, its words about how recent it must be left out."""
    asked = _timeless(_with_years(requirement))
    parts, needed = _parts(asked)
    if not parts:
        return Demand(requirement=requirement, parts=(asked,))
    return Demand(requirement=requirement, parts=parts, needed=needed, several=True)


def _with_years(requirement: Requirement) -> Requirement:
    """Rubrics that people write by hand say the years in words only."""
    if requirement.years is not None or requirement.category in {"education", "language", "certification"}:
        return requirement
    amounts = lengths_of_time(requirement.text)
    if not amounts or requirement.category not in {"experience", "hard_skill", "seniority"}:
        return requirement
    return msgspec.structs.replace(requirement, years=amounts[0][0])


def _timeless(requirement: Requirement) -> Requirement:
    if months_within(requirement.text) is None:
        return requirement
    years = requirement.years if lengths_of_time(requirement.text) else None
    return msgspec.structs.replace(requirement, text=without_recency(requirement.text), years=years)


def _parts(requirement: Requirement) -> tuple[tuple[Requirement, ...], int]:
    group = any_n_of(requirement.text)
    if group:
        graded = requirement.category == "language"
        told = (group.told(option) if graded else option for option in group.options)
        return tuple(_part(requirement, text, number) for number, text in enumerate(told)), group.needed
    if either := _degree_or_experience(requirement):
        return either, 1
    if requirement.years and (both := _degree_and_years(requirement)):
        return both, len(both)
    if requirement.alternatives or requirement.years or requirement.category in _NOT_JOINT:
        return (), 0
    if choices := _choices(requirement.text):
        return tuple(_part(requirement, text, number) for number, text in enumerate(choices)), 1
    conjuncts = _conjuncts(requirement.text)
    return tuple(_part(requirement, text, number) for number, text in enumerate(conjuncts)), len(conjuncts)


_OR_EXPERIENCE: Final = re.compile(
    r",?\s+or (?:an? )?(?:(?:equivalent|comparable|similar|relevant|corresponding|several years of)\s+)*"
    r"(?:(?:work|working|professional|practical|job)\s+)*experience\b(?P<about>[^,;()]*)",
    re.IGNORECASE,
)


def _degree_or_experience(requirement: Requirement) -> tuple[Requirement, ...]:
    """ "A degree or equivalent experience in logistics": either will do."""
    found = _OR_EXPERIENCE.search(requirement.text)
    degree = requirement.text[: found.start()] if found else ""
    if found is None or requirement.category != "education" or not degrees(degree):
        return ()
    about = found["about"].strip()
    field = about if stems(about) else re.sub(r"(?i)^.*?\b(?:in|of)\b", "in", degree)
    schooled = _part(requirement, f"{degree} {about}".strip(), 0)
    practised = msgspec.structs.replace(
        _part(requirement, f"Experience {field}".strip(), 1), category="experience", level=""
    )
    return schooled, practised


def _degree_and_years(requirement: Requirement) -> tuple[Requirement, ...]:
    """ "A degree in engineering and 3 years in automotive" is a degree and an experience."""
    pieces = _AND.split(requirement.text, maxsplit=1)
    if len(pieces) != 2 or not any(degrees(piece) for piece in pieces):
        return ()
    kinds = [("experience" if year_amounts(piece) else "education") for piece in pieces]
    if set(kinds) != {"experience", "education"}:
        return ()
    return tuple(
        msgspec.structs.replace(
            _part(requirement, piece, number),
            category=kind,
            years=requirement.years if kind == "experience" else None,
        )
        for number, (piece, kind) in enumerate(zip(pieces, kinds, strict=True))
    )


def _part(requirement: Requirement, text: str, number: int) -> Requirement:
    return msgspec.structs.replace(requirement, text=text, id=f"{requirement.id}.{number}", alternatives=())


def _choices(text: str) -> list[str]:
    """The ways an "or" leaves open, where each says something by itself."""
    if re.search(r"\band\b|[:(]|\beither\b", text, re.IGNORECASE) or default_lexicon().find(text)[1:]:
        return []
    pieces = [piece.strip(" ,") for piece in re.split(r",?\s+or\s+", text)]
    said = len(pieces) == 2 and all(len(stems(piece)) > 1 for piece in pieces)
    return pieces if said and not _NOT_A_CHOICE.match(pieces[1]) else []


_NOT_A_CHOICE: Final = re.compile(
    r"(?:above|higher|more|better|similar|equivalent|comparable|related|later|newer|so|less|longer|over|other)\b",
    re.IGNORECASE,
)


def _conjuncts(text: str) -> list[str]:
    if _ONE_THING.search(text) or re.search(r"\bor\b|\bbetween\b|[:(]", text, re.IGNORECASE):
        return []
    pieces = [piece.strip(" ,") for piece in _AND.split(text)]
    if len(pieces) != 2 or not all(stems(piece) for piece in pieces):
        return []
    first, *rest = pieces
    listed = [item.strip() for item in first.split(",") if item.strip()]
    return [*listed, *rest] if len(listed) <= _MOST else pieces


_MOST: Final = 4


def together(requirement: Requirement, needed: int, judgements: Sequence[Judgement]) -> Judgement:
    """The parts' judgements as one: how many are met decides, and a denial counts only when too few are."""
    matches = [judgement.match for judgement in judgements]
    met = matches.count("met")
    whole = needed == len(matches)
    match = _joint(matches, met) if whole else _counted(matches, met, needed)
    bearing = [j for j in judgements if j.match in _BEARING[match]]
    quotes = tuple(dict.fromkeys(quote for j in bearing for quote in j.evidence))[:3]
    return Judgement(
        requirement_id=requirement.id,
        match=match if quotes or match == "not_stated" else "not_stated",
        reason=_reason(match, met, needed, whole=whole),
        evidence=quotes if match != "not_stated" else (),
    )


_BEARING: Final[dict[Match, frozenset[Match]]] = {
    "met": frozenset({"met"}),
    "partly": frozenset({"met", "partly"}),
    "not_met": frozenset({"met", "partly", "not_met"}),
    "not_stated": frozenset(),
}


def _joint(matches: Sequence[Match], met: int) -> Match:
    if met == len(matches):
        return "met"
    if met or "partly" in matches:
        return "partly"
    return "not_met" if "not_met" in matches else "not_stated"


def _counted(matches: Sequence[Match], met: int, needed: int) -> Match:
    if met >= needed:
        return "met"
    if met * 2 >= needed:
        return "partly"
    if needed == 1 and "partly" in matches:
        return "partly"
    if "not_met" in matches or met:
        return "not_met"
    return "partly" if "partly" in matches else "not_stated"


def _reason(match: Match, met: int, needed: int, *, whole: bool) -> str:
    if match == "not_stated":
        return "The text does not say."
    if whole:
        return {
            "met": "All of it is shown.",
            "partly": "Part of it is shown.",
            "not_met": "The text says otherwise.",
        }[match]
    return f"{met} of {needed} asked."

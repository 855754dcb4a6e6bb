"""Ranks: trainee, plain, senior, lead, manager, director, partner; and numbered bands."""

import re
from typing import Final

from core.sdk import Judgement, Requirement
from core.sdk.scorer import Match
from plugins.rubric_score.text import Read, Statement, judged
from plugins.rubric_score.words import stems, words_of
from plugins.rubric_score.years import Similar

_LADDER: Final = (
    (
        0,
        r"trainee|intern(?:ship)?|apprentice|working student|student|graduate|junior|commis|entry[- ]level"
        r"|probationary"
        r"|assistant|aide|helper|placement|pupil|articled clerk|newly qualified|first-year",
    ),
    (2, r"senior|sr\.?|sous|advanced practitioner|experienced|specialist|charge|journeyman"),
    (
        3,
        r"(?:team |tech(?:nical)? |shift |squad |group |crew |site |section |floor )?lead(?:er)?(?! (?:time"
        r"|generation|s\b))"
        r"|principal|staff (?:engineer|developer|designer)|supervisor|foreman|forewoman|forem[ae]n|head (?:chef"
        r"|cook|waiter"
        r"|nurse|baker|gardener|teller)|chef de cuisine|charge nurse|sister|coordinator|deputy(?: \w+){0,2}"
        r"|assistant manager"
        r"|vice[- ]head|associate director|superintendent|master(?= (?:electrician|plumber|carpenter|baker))"
        r"|chief steward"
        r"|purser|ward manager|captain|sergeant|architect(?= level)",
    ),
    (
        4,
        r"manager|head of|department head|head(?:teacher|master|mistress)|controller|matron|manageress|chief engineer"
        r"|superintendent|commander|general secretary|head(?=,? (?:of|at)\b)",
    ),
    (
        5,
        r"director|vice[- ]president|v\.?p\.?(?=[\s,])|executive(?= (?:board|chef|director))|dean|regional head"
        r"|country head",
    ),
    (
        6,
        r"partner(?= (?:in|at|level)|,|$)|c[efotim]o\b|chief \w+ officer|managing director|president|owner|founder"
        r"|board member|general manager",
    ),
)
_RANKS: Final = tuple((rank, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for rank, words in _LADDER)
_NOT_A_RANK: Final = re.compile(
    r"\bsenior (?:citizens?|stakeholders?|management|managers|leadership|executives?|clients?|people|residents?"
    r"|living|care)"
    r"|\bmanager of managers|\b(?:to|can|will|and) lead\b|\blead (?:and|the|a|an|our|by|people|teams?|workshops?)\b"
    r"|\bhead office\b|\bstudents?\b(?= (?:with|of|in|aged|from)| of)|\bgraduate degree|\bpost-?graduate"
    r"|\bundergraduate"
    r"|\b(?:under|to|with|by|for) (?:the|a|an|our|their) (?:\w+ ){0,2}?(?:manager|director|head)\b"
    r"|\bspecialist knowledge"
    r"|\bpassword manager|\bpackage manager|\bassistant to\b",
    re.IGNORECASE,
)
_ASSISTANT_TO: Final = re.compile(r"\b(?:assistant|secretary|deputy|pa|aide) (?:to|for|of) ", re.IGNORECASE)
_UNDER: Final = re.compile(
    r"\b(?:report(?:ing|ed|s)? (?:directly )?to|under|assist(?:ing|ed|s)?|support(?:ing|ed|s)?(?: by)?|mentored by"
    r"|supervised by|trained by|coached by|answer(?:ing|ed|s)? to|appraised by|managed by|led by|next step"
    r"|on behalf of"
    r"|helped|helping|worked (?:for|with|alongside)|working (?:for|with|alongside)|stand(?:ing)?[- ]in for"
    r"|covered for"
    r"|covering for|hope to|aim(?:ing)? (?:for|to)|aspiring|future|promoted from|before that|previously|formerly|then"
    r"|shadow(?:ed|ing)|next to|alongside|together with|joined from|not)\s+(?:[\w'’-]+\s+){0,4}?$",
    re.IGNORECASE,
)
_BAND: Final = re.compile(r"\b(?:band|grade|level|tier|E|L|IC)\s?(\d)(?:\s?[a-d])?\b", re.IGNORECASE)
_ASKS: Final = re.compile(
    r"\b(?:level|grade|or above|or higher|position|role|capacity|seniority|rank)\b|\bas an?\b|\bas\b"
    r"|\bexperience\b|^.{0,60}$",
    re.IGNORECASE,
)
_GENERIC: Final = words_of(
    "level grade band role position company firm team above higher better capacity rank mid sized mid-sized "
    "large small big four regional senior lead principal head chief manager director deputy partner officer"
    " person or as "
    "leader supervisor foreman assistant junior"
)
_ALIKE: Final = 0.5
_PLAIN: Final = 1


def asked_rank(requirement: Requirement) -> int | None:
    """The rank a requirement is about; None when it is about none, or about time or size."""
    if requirement.years or requirement.category in {
        "education",
        "certification",
        "language",
        "authorization",
    }:
        return None
    text = _NOT_A_RANK.sub(" ", requirement.text)
    ranks = [rank for rank, words in _RANKS if words.search(text)]
    if not ranks or max(ranks) < 2 or len(text.split()) > _LONGEST or not _ASKS.search(text):
        return None
    return _chosen(text, ranks)


_LONGEST: Final = 9


def _chosen(text: str, ranks: list[int]) -> int:
    """Of "deputy headteacher or headteacher" the lower one is enough; else the title's own rank."""
    real = [rank for rank in ranks if rank >= 2]
    return min(real) if re.search(r"\bor\b(?! (?:above|higher))|/", text, re.IGNORECASE) else max(real)


def judge_seniority(requirement: Requirement, read: Read, similar: Similar) -> Judgement | None:
    """The highest rank held in the requirement's line of work against the asked one; None when none is told."""
    asked = asked_rank(requirement)
    if asked is None:
        return None
    best: tuple[int, Statement] | None = None
    for statement in read.statements:
        rank = _held(requirement, statement, similar)
        if rank is not None and (best is None or rank > best[0]):
            best = (rank, statement)
    if best is None:
        return None
    match, reason = _match(asked, best[0])
    return judged(requirement.id, match, reason, best[1])


def _match(asked: int, have: int) -> tuple[Match, str]:
    if have >= asked:
        return "met", "The rank is there."
    if have >= 2 or asked - have == 1:
        return "partly", "A lower rank than asked."
    return "not_met", "A much lower rank than asked."


def _held(requirement: Requirement, statement: Statement, similar: Similar) -> int | None:
    """The rank a statement gives its writer in this line of work; plain when only the work is named."""
    asked_band, band = _BAND.search(requirement.text), _BAND.search(statement.text)
    if asked_band and band and not _UNDER.search(statement.text[: band.start()]):
        return (
            6
            if int(band[1]) >= int(asked_band[1])
            else _PLAIN
            if int(band[1]) < int(asked_band[1]) - 1
            else 2
        )
    ranks = _own_ranks(statement)
    if not _same_work(requirement, statement, similar, ranked=bool(ranks)):
        return None
    if not ranks:
        return _PLAIN if statement.deed or _TITLE.match(statement.text) else None
    return max(ranks) if max(ranks) >= 2 else min(ranks)


_TITLE: Final = re.compile(r"^[A-Z][^.;]{2,80}$")


def _own_ranks(statement: Statement) -> list[int]:
    """The ranks a statement gives its writer; an assistant to a director is an assistant."""
    text = statement.text
    helper = _ASSISTANT_TO.search(text)
    found = [0] if helper else []
    for rank, words in _RANKS:
        found += [
            rank
            for match in words.finditer(text)
            if not _is_anothers(statement, match.start(), match.end(), rank)
            and not (helper and match.start() >= helper.start())
        ]
    return found


def _is_anothers(statement: Statement, start: int, end: int, rank: int) -> bool:
    text = statement.text
    if _UNDER.search(text[:start]) or _ASSISTANT_TO.search(text[max(0, start - 22) : start + 1]):
        return True
    if rank == 0 and re.match(r"(?i)[\s-]manager", text[end:]):
        return True
    return statement.is_others(start, end) or statement.denies(start, end) or statement.intends(start, end)


def _same_work(requirement: Requirement, statement: Statement, similar: Similar, *, ranked: bool) -> bool:
    work = stems(requirement.text) - _GENERIC
    if not work:
        return ranked
    if work & stems(statement.text):
        return True
    return similar(requirement.text, statement.text) >= _ALIKE

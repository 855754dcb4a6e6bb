"""Degrees: how high, in what field, finished or not."""

import re
from typing import Final

from core.sdk import Judgement, Requirement
from core.sdk.text import DEGREES, degrees
from plugins.rubric_score.clauses import Place
from plugins.rubric_score.cues import PARTWAY, UNDER_WAY
from plugins.rubric_score.deeds import is_keyword_row
from plugins.rubric_score.studies import families_of, fields_of, own_field, same_field
from plugins.rubric_score.text import Read, Statement
from plugins.rubric_score.verdicts import Verdict, best_news, lacking
from plugins.rubric_score.words import stems

_ABANDONED: Final = re.compile(
    r"\b(?:not (?:completed|finished|pursued)|dropped out|discontinued|without (?:(?:an?|the) )?(?:degree"
    r"|diploma)|I left the|unfinished"
    r"|did not finish|no degree|incomplete|left before|broke off|broken off|abandoned|quit after"
    r"|left (?:\w+ )?school (?:\w+ ){0,3}after year|missing|never (?:finished|begun"
    r"|started|completed))\b",
    re.IGNORECASE,
)
_OPEN_FIELD: Final = re.compile(
    r"\b(?:any (?:field|discipline|subject)|related|similar|comparable|relevant|equivalent)\b", re.IGNORECASE
)
_TASTER: Final = re.compile(
    r"\b(?:taster|introductory|short course|summer school|open day|evening class|crash course|preparatory)\b",
    re.IGNORECASE,
)
_NO_FIELD: Final = re.compile(
    r"(?i)\b(?:higher|further|level of|formal) education\b|^education|\b(?:university|college|high school|equivalent"
    r"|completed|finished|good|first|honou?rs|recogni[sz]ed|accredited|any|or above|or higher|or better"
    r"|at least|minimum)\b"
)
_BACHELOR: Final = DEGREES["bachelor"]


def judge_education(requirement: Requirement, read: Read) -> Judgement | None:
    """The best degree of the text against the asked one, with its field."""
    asked = DEGREES.get(requirement.level) or min(
        (DEGREES[name] for name, _, _ in degrees(requirement.text)), default=_BACHELOR
    )
    lines = zip(read.statements, [*read.statements[1:], None], strict=True) if read.statements else ()
    return best_news(
        requirement.id,
        (
            (_verdict(requirement, asked, DEGREES[name], statement, (start, end), following), statement)
            for statement, following in lines
            if not is_keyword_row(statement.text)
            for name, start, end in degrees(statement.text)
            if not statement.is_others(start, end)
        ),
    )


def _verdict(
    requirement: Requirement,
    asked: int,
    have: int,
    statement: Statement,
    place: Place,
    following: Statement | None,
) -> Verdict:
    start, end = place
    here = statement.around(start, end)
    if statement.denies(start, end) or statement.intends(start, end):
        return (0, "not_met", "The text says there is none.")
    before, after = _SENTENCE.split(statement.text[:start])[-1], _SENTENCE.split(statement.text[start:])[0]
    if _ABANDONED.search(before + after):
        return (1, "not_met", "The studies were not finished.")
    if have < asked or _TASTER.search(here):
        return (2 + have, "not_met", "A lower degree than asked.")
    if any(cue.search(said) for cue in (UNDER_WAY, PARTWAY) for said in (after, here)) or _IN_YEAR.search(
        statement.text
    ):
        return (20 + have, "partly", "The degree is under way.")
    return _by_field(requirement, have, statement, start, end, following)


_IN_YEAR: Final = re.compile(
    r"\b(?:first|second|third|fourth|fifth|final|last|\d(?:st|nd|rd|th)) (?:year|semester)\b|\bthesis (?:due|to be)\b"
    r"|\bsemester \d|\bgraduating in\b|\bhalf-?way through\b"
    r"|\bviva (?:on|in|set)\b|\bthesis (?:pending|under way|handed in)|\bdefen[cs]e (?:on|in|scheduled)\b",
    re.IGNORECASE,
)


def _by_field(
    requirement: Requirement,
    have: int,
    statement: Statement,
    start: int,
    end: int,
    following: Statement | None,
) -> Verdict:
    wanted = _NO_FIELD.sub(" ", requirement.text)
    fields = fields_of(wanted)
    about = _in_what(statement, start, end, following)
    if not fields:
        return _by_words(wanted, have, statement, end)
    if about is None:
        return (25 + have, "partly", lacking("The degree", "a field"))
    if same_field(fields, about):
        return (40 + have, "met", "The degree is there.")
    if _OPEN_FIELD.search(requirement.text) and families_of(fields) & families_of(about):
        return (38 + have, "met", "The degree, in a related field.")
    return (15 + have, "not_met", "The degree, in another field than asked.")


def _by_words(wanted: str, have: int, statement: Statement, end: int) -> Verdict:
    """Fields nobody listed: "food technology" is compared by its words."""
    phrase = _FIELD_ASKED.search(wanted)
    asked = stems(phrase["field"]) if phrase else frozenset()
    own = own_field(statement.text, end)
    if asked <= stems(statement.text[: end + len(own)]):
        return (40 + have, "met", "The degree is there.")
    if len(asked & stems(own)) * 2 > len(asked):
        return (38 + have, "met", "The degree is there.")
    if _UNKNOWN_FIELD.match(own) or fields_of(own) or re.match(r"\s+[A-Z]", own):
        return (15 + have, "not_met", "The degree, in another field than asked.")
    return (25 + have, "partly", lacking("The degree", "a field"))


_FIELD_ASKED: Final = re.compile(
    r"\b(?:in|of) (?:an? )?(?!relevant|related|any\b)(?P<field>[^,;()]+)", re.IGNORECASE
)


def _in_what(
    statement: Statement, start: int, end: int, following: Statement | None
) -> frozenset[str] | None:
    """The fields of a degree; None when nothing near it says one, an empty set for one we do not know."""
    after = own_field(statement.text, end)
    if found := fields_of(statement.text[start:end] + after):
        return found | _major(statement.text)
    before = statement.text[:start]
    if nearest := fields_of(_PHRASE.split(before)[-1]):
        return nearest | _major(statement.text)
    if _UNKNOWN_FIELD.match(after) or _SUBJECT_BEFORE.search(before):
        return _major(statement.text)
    around = fields_of(before) or fields_of(_BESIDES.sub(" ", statement.text))
    return around or (fields_of(following.text) if following else frozenset()) or None


def _major(text: str) -> frozenset[str]:
    found = _MAJOR.search(text)
    return fields_of(found[0]) if found else frozenset()


_MAJOR: Final = re.compile(
    r"[\w ]{3,30} major\b|\b(?:major(?:ing|ed)?|speciali[sz](?:ation|ing|ed)|concentration|focus) (?:in"
    r"|on) [\w ]{3,40}",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[;]|\.\s")
_UNKNOWN_FIELD: Final = re.compile(r"['’]?s?(?: degree)? (?:in|of) ")
_SUBJECT_BEFORE: Final = re.compile(
    r"(?:^|[;.,(]\s*)(?!(?:an?|my|university|college|completed|first|full|the|finished|honou?rs|master'?s?"
    r"|bachelor'?s?)\b)"
    r"[^\W\d_]{4,} $",
    re.IGNORECASE,
)
_BESIDES: Final = re.compile(
    r"\b(?:module|minor|thesis|course|seminar|elective)s? (?:in|on|about) [\w ]+", re.IGNORECASE
)
_PHRASE: Final = re.compile(r"[;.,(]\s*")

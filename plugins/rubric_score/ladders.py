"""Things with a scale: degrees, language levels, certificates."""

import re
from typing import Final

from rapidfuzz import fuzz

from core.sdk import Judgement, Requirement
from core.sdk.text import DEGREES, cefr_levels, degrees, languages
from plugins.rubric_score.studies import families_of, fields_of, own_field
from plugins.rubric_score.text import Read, Statement, judged

_UNDER_WAY: Final = re.compile(
    r"\b(?:in progress|ongoing|currently (?:studying|pursuing|enrolled|completing)|pursuing|"
    r"expected|candidate for|student"
    r"|exam (?:is )?(?:booked|scheduled)|sitting (?:the|my)|application (?:sent|submitted)|"
    r"awaiting (?:results|registration)"
    r"|part[- ]qualified|to be completed|anticipated)\b",
    re.IGNORECASE,
)
_LAPSED: Final = re.compile(
    r"\b(?:expired|lapsed|no longer valid|not renewed|revoked|until 20[01]\d|out of date)\b", re.I
)
_ABANDONED: Final = re.compile(
    r"\b(?:not completed|dropped out|discontinued|without (?:a )?degree|unfinished|did not finish|"
    r"no degree|incomplete)\b",
    re.I,
)
_OPEN_FIELD: Final = re.compile(
    r"\b(?:any (?:field|discipline|subject)|related|similar|comparable|relevant|equivalent)\b", re.I
)


def judge_education(requirement: Requirement, read: Read) -> Judgement | None:
    """The highest degree of the text against the asked one, with its field."""
    asked = DEGREES.get(requirement.level) or min(
        (DEGREES[name] for name, _, _ in degrees(requirement.text)), default=4
    )
    fields = fields_of(
        re.sub(r"(?i)\b(?:higher|further|level of|formal) education\b|^education", "", requirement.text)
    )
    best: tuple[int, str, str, Statement] | None = None
    for place, statement in enumerate(read.statements):
        for name, start, end in degrees(statement.text):
            if statement.is_about_others(start):
                continue
            if statement.before_denied(start) or statement.intends(start, end):
                best = best or (0, "not_met", "The text says there is none.", statement)
                continue
            following = next(iter(read.statements[place + 1 : place + 2]), None)
            about = _in_what(statement, start, end, following)
            verdict = _degree(DEGREES[name], asked, fields, requirement, statement, about)
            if best is None or verdict[0] > best[0]:
                best = (*verdict, statement)
    return judged(requirement.id, best[1], best[2], best[3]) if best else None  # type: ignore[arg-type]


def _in_what(
    statement: Statement, start: int, end: int, following: Statement | None
) -> frozenset[str] | None:
    """The fields of a degree; None when nothing near it says one, an empty set for one we do not know."""
    after = own_field(statement.text, end)
    if found := fields_of(statement.text[start:end] + after):
        return found
    before = fields_of(_PHRASE.split(statement.text[:start])[-1])
    if before or _UNKNOWN_FIELD.match(after):
        return before
    around = fields_of(statement.text) or (fields_of(following.text) if following else frozenset())
    return around or None


_UNKNOWN_FIELD: Final = re.compile(r"['’]?s?(?: degree)? (?:in|of) ")
_PHRASE: Final = re.compile(r"[;.,(]\s*")


def _degree(
    have: int,
    asked: int,
    fields: frozenset[str],
    requirement: Requirement,
    statement: Statement,
    about: frozenset[str] | None,
) -> tuple[int, str, str]:
    if _ABANDONED.search(statement.text):
        return (1, "not_met", "The studies were not finished.")
    if have < asked:
        return (2 + have, "not_met", "A lower degree than asked.")
    if _UNDER_WAY.search(statement.text):
        return (20 + have, "partly", "The degree is under way.")
    if fields and about is None:
        return (25 + have, "partly", "The degree, without a field.")
    if fields and about is not None and not fields & about:
        if _OPEN_FIELD.search(requirement.text) and families_of(fields) & families_of(about):
            return (38 + have, "met", "The degree, in a related field.")
        return (15 + have, "not_met", "The degree, in another field than asked.")
    return (40 + have, "met", "The degree is there.")


def judge_language(requirement: Requirement, read: Read) -> Judgement | None:
    """The level of each accepted language against the asked one."""
    wanted = requirement.alternatives or tuple(name for name, _, _ in languages(requirement.text))
    level = (
        int(requirement.level)
        if requirement.level.isdigit()
        else max((found for found, _, _ in cefr_levels(requirement.text)), default=0)
    )
    best: tuple[int, str, str, Statement] | None = None
    for statement in read.statements:
        for name, start, end in languages(statement.text):
            if name not in wanted or statement.is_about_others(start):
                continue
            verdict = _level(statement, name, start, end, level)
            if verdict and (best is None or verdict[0] > best[0]):
                best = (*verdict, statement)
    return judged(requirement.id, best[1], best[2], best[3]) if best else None  # type: ignore[arg-type]


def _level(statement: Statement, name: str, start: int, end: int, asked: int) -> tuple[int, str, str] | None:
    title = name.title()
    if statement.denies(start, end):
        return (1, "not_met", f"The text says there is no {title}.")
    if statement.intends(start, end):
        return (2, "not_met", f"{title} is a plan so far.")
    have = _nearest(statement.text, start, end)
    if have is None:
        speaks = (
            re.search(r"\blanguages?\b|\bspeak|\bspoken\b", statement.text, re.I) or len(statement.text) < 60
        )
        if not speaks:
            return None
        return (4, "met", f"{title} is named.") if not asked else (3, "partly", f"{title}, without a level.")
    if have >= asked:
        return (10 + have, "met", f"{title} at the level asked.")
    if have == asked - 1:
        return (5, "partly", f"{title}, one level below.")
    return (2, "not_met", f"{title}, below the level asked.")


_COLON: Final = re.compile(r"\s*[:(–—=/-]?\s*(?:level\s*)?\(?\s*$", re.IGNORECASE)
_OF: Final = re.compile(r"\s+(?:(?:in|knowledge of|command of|level(?: of)?|skills in)\s+)?$", re.IGNORECASE)


def _nearest(text: str, start: int, end: int) -> int | None:
    """The level that belongs to this language: right after it, right before it, or said of a row of languages."""
    named = languages(text)
    limit = min((s for _, s, _ in named if s >= end), default=len(text))
    levels = cefr_levels(text)
    after = [(level, s) for level, s, _ in levels if end <= s < limit and s - end < 40]
    before = [(level, e) for level, _, e in levels if e <= start]
    if after and _COLON.fullmatch(text, end, after[0][1]):
        return after[0][0]
    if before and _OF.fullmatch(text, before[-1][1], start):
        return before[-1][0]
    if after and ("," not in text[end : after[0][1]] or len(named) == 1):
        return after[0][0]
    return _of_a_row(text, named, before, start)


def _of_a_row(
    text: str, named: list[tuple[str, int, int]], before: list[tuple[int, int]], start: int
) -> int | None:
    """ "Fluent in English, German and French": the level goes for each of them."""
    if not before:
        return None
    level, since = before[-1]
    between = text[since:start]
    for _, first, last in named:
        if since <= first and last <= start:
            between = between.replace(text[first:last], " ")
    return level if re.fullmatch(r"(?:[\s,&]|\band\b|\bin\b)*", between) else None


_NOISE: Final = re.compile(
    r"\b(?:certificat(?:e|ion|ions)|certified|certificates|licen[cs]e[ds]?|valid|current|active|"
    r"required|preferred|must|have|hold"
    r"|holds|a|an|the|as|in|of|or|and|to|with|for|your|equivalent|recognised|recognized|registration|registered)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[A-Za-z][\w+#-]*")


def judge_certificate(requirement: Requirement, read: Read) -> Judgement | None:
    """Whether the certificate asked for is held, under way, lapsed or only planned."""
    options = [
        part for part in re.split(r"\bor\b|/|;|\(|\)", requirement.text) if _NOISE.sub("", part).strip(" ,.")
    ]
    best: tuple[int, str, str, Statement] | None = None
    for option in options or [requirement.text]:
        words = [word.lower() for word in _WORD.findall(_NOISE.sub(" ", _spelt_short(option)))]
        for statement in read.statements:
            if words and _names(words, statement.text) and not statement.is_about_others():
                verdict = _held(statement)
                if best is None or verdict[0] > best[0]:
                    best = (*verdict, statement)
    return judged(requirement.id, best[1], best[2], best[3]) if best else None  # type: ignore[arg-type]


def _names(words: list[str], text: str) -> bool:
    there = [word.lower() for word in _WORD.findall(_spelt_short(text))]
    hits = sum(
        any(word == other or (len(word) > 4 and fuzz.ratio(word, other) >= 86) for other in there)
        for word in words
    )
    return hits == len(words) or (len(words) >= 3 and hits >= 0.67 * len(words))


_SPELT_OUT: Final = (
    (re.compile(r"\bregistered nurse\b(?=[^.;]{0,20}\b(?:licen[cs]\w+|regist\w+))", re.IGNORECASE), "RN"),
    (re.compile(r"\bbasic life support\b", re.IGNORECASE), "BLS"),
    (re.compile(r"\badvanced (?:cardiac|cardiovascular) life support\b", re.IGNORECASE), "ACLS"),
    (re.compile(r"\bcommercial driver'?s licen[cs]e\b", re.IGNORECASE), "CDL"),
    (re.compile(r"\bcertified public accountant\b", re.IGNORECASE), "CPA"),
)
"""Names of certificates that ads and resumes shorten as they please; the title of a nurse alone is not a licence."""


def _spelt_short(text: str) -> str:
    for whole, short in _SPELT_OUT:
        text = whole.sub(short, text)
    return text


def _held(statement: Statement) -> tuple[int, str, str]:
    if statement.denies():
        return (1, "not_met", "The text says it is not held.")
    if _LAPSED.search(statement.text):
        return (2, "not_met", "It has lapsed.")
    if _UNDER_WAY.search(statement.text):
        return (5, "partly", "It is under way.")
    if statement.intends():
        return (3, "not_met", "It is a plan so far.")
    return (9, "met", "It is held.")

"""Languages and their levels."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec

from core.sdk import Judgement, Requirement
from core.sdk.text import cefr_levels, languages
from plugins.rubric_score.demands import together
from plugins.rubric_score.text import Read, Statement, judged
from plugins.rubric_score.verdicts import Verdict, best_news, lacking


class Asked(NamedTuple):
    """Languages of which one is enough, and the level asked, 0 for any."""

    names: tuple[str, ...]
    level: int


def judge_language(requirement: Requirement, read: Read) -> Judgement | None:
    """The level of each language against the asked one; of those an "or" joins the best counts."""
    asked = asked_in(requirement)
    told = [_of_one(requirement.id, one, read) for one in asked]
    if len(told) < 2:
        return told[0] if told else None
    silent = judged(requirement.id, "not_stated", "")
    joint = together(requirement, len(told), [one or silent for one in told])
    reasons = " ".join(one.reason for one in told if one)
    return msgspec.structs.replace(joint, reason=reasons) if reasons else None


def _of_one(requirement_id: str, asked: Asked, read: Read) -> Judgement | None:
    told = (
        (_level(statement, name, start, end, asked.level), statement)
        for statement in read.statements
        for name, start, end in (*languages(statement.text), *_by_exam(statement.text))
        if name in asked.names and not statement.is_others(start, end)
    )
    return best_news(requirement_id, ((verdict, statement) for verdict, statement in told if verdict))


@lru_cache(maxsize=1024)
def asked_in(requirement: Requirement) -> tuple[Asked, ...]:
    """The languages asked, each with a level of its own; one level for all where no more is told."""
    text = _WELCOME.sub(" ", requirement.text)
    named = languages(text) or languages(requirement.text)
    groups: list[list[tuple[str, int, int]]] = []
    for place, name in enumerate(named):
        if place and _is_choice(text, named, place):
            groups[-1].append(name)
        else:
            groups.append([name])
    levels = [_level_of(text, group) for group in groups]
    told = [level for level, _, _ in cefr_levels(text)]
    level = int(requirement.level) if requirement.level.isdigit() else max(told, default=0)
    if len(groups) < 2:
        names = requirement.alternatives or tuple(name for name, _, _ in named)
        return (Asked(names, level),) if names else ()
    for_all = level if len(set(told)) < 2 else 0
    return tuple(
        Asked(tuple(name for name, _, _ in group), own or for_all)
        for group, own in zip(groups, levels, strict=True)
    )


def _level_of(text: str, group: Sequence[tuple[str, int, int]]) -> int:
    """The level told of the last of them that has one: "German or French B1"."""
    found = (_nearest(text, start, end) for _, start, end in reversed(group))
    return next((level for level in found if level), 0)


def _is_choice(text: str, named: Sequence[tuple[str, int, int]], place: int) -> bool:
    """Whether an "or" joins a language to the one before; a comma joins like the word that comes next."""
    gaps = [text[end:start] for (_, _, end), (_, start, _) in pairwise(named[place - 1 :])]
    joins = (found[0].lower() for gap in gaps if (found := _JOIN.search(gap)))
    return next(joins, "") in {"or", "/"}


_JOIN: Final = re.compile(
    r"\bor\b(?! (?:better|higher|above|more|equivalent|so)\b)|\b(?:and|plus)\b|[/&+;]", re.IGNORECASE
)
_WELCOME: Final = re.compile(
    r"[;,(.]?\s*(?:\b(?:ideally|preferably)\b[^;.]*|[^;,.(]*\b(?:(?:an?|of) (?:plus|asset|advantage|bonus)|welcome"
    r"|desirable|nice to have|helpful|preferred)\b)",
    re.IGNORECASE,
)
"""What would merely be welcome: "Ewe of advantage"."""


def _level(statement: Statement, name: str, start: int, end: int, asked: int) -> Verdict | None:
    title = name.title()
    if statement.denies(start, end):
        return (1, "not_met", f"The text says there is no {title}.")
    if statement.intends(start, end):
        return (2, "not_met", f"{title} is a plan so far.")
    have = _nearest(statement.text, start, end) or _shown_by_use(statement, start, end)
    if have is None:
        speaks = (
            re.search(r"\blanguages?\b|\bspeak|\bspoken\b", statement.text, re.I) or len(statement.text) < 60
        )
        if not speaks:
            return None
        return (4, "met", f"{title} is named.") if not asked else (3, "partly", lacking(title, "a level"))
    if have >= asked:
        return (10 + have, "met", f"{title} at the level asked.")
    if have == asked - 1:
        return (5, "partly", f"{title}, one level below.")
    return (2, "not_met", f"{title}, below the level asked.")


_EXAMS: Final = {
    "german": r"Goethe[- ]Zertifikat|TestDaF|DSH",
    "french": r"DELF|DALF|TCF",
    "spanish": r"DELE|SIELE",
    "italian": r"CILS|CELI|PLIDA",
    "english": r"IELTS|TOEFL|TOEIC|Cambridge (?:First|Advanced|Proficiency)|FCE|CAE|CPE",
    "japanese": r"JLPT",
    "mandarin": r"HSK",
    "chinese": r"HSK",
    "korean": r"TOPIK",
    "dutch": r"NT2",
    "portuguese": r"CELPE|CAPLE",
}
_EXAM: Final = tuple((name, re.compile(rf"\b(?:{words})\b")) for name, words in _EXAMS.items())


def _by_exam(text: str) -> list[tuple[str, int, int]]:
    """Languages told by the name of their examination, where the language itself is not named."""
    named = {name for name, _, _ in languages(text)}
    return [
        (name, found.start(), found.start())
        for name, pattern in _EXAM
        for found in pattern.finditer(text)
        if name not in named
    ]


_COLON: Final = re.compile(r"\s*[:(–—=/-]?\s*(?:level\s*)?\(?\s*$", re.IGNORECASE)
_OF: Final = re.compile(
    r"\s+(?:(?:is|are|in|knowledge of|command of|level(?: of)?|skills in)\s+)?$", re.IGNORECASE
)


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
    if after and ("," not in text[end : after[0][1]] or len(named) == 1 or _alone(text, named, after[0][1])):
        return after[0][0]
    return _of_a_row(text, named, before, start)


def _alone(text: str, named: list[tuple[str, int, int]], at: int) -> bool:
    """True when a level stands between its own commas, with no other language there."""
    first = text.rfind(",", 0, at) + 1
    last = text.find(",", at) if "," in text[at:] else len(text)
    return not any(first <= start < last for _, start, _ in named)


_USED: Final = re.compile(
    r"\b(?:negotiat\w+|minutes?|minute[ds]?|handovers?|call|chat\w*|interview\w*|interpret\w*|guests|soothed"
    r"|translat\w+"
    r"|moderat\w+|court|drafts?|drafted|present(?:ed|ing|ations?)?|meetings|phon(?:e|ed|ing)|calls|customers?"
    r"|clients?|hotline"
    r"|stud(?:ied|y) in"
    r"|work(?:ed|ing)? in|lived in|taught in|thesis|wrote|write|correspondence|e-?mails?|contracts|reports"
    r"|lectures|patients"
    r"|every day|daily|working language)\b",
    re.IGNORECASE,
)
_WORKING: Final = 4
"""B2: who phones customers and writes contracts in a language has a working level of it."""


def _shown_by_use(statement: Statement, start: int, end: int) -> int | None:
    """The level that use at work shows: "I phone hauliers in it every day"."""
    within = re.search(r"\bin (?:it|this language)\b", statement.text) or re.search(
        r"\bin $", statement.text[:start]
    )
    return _WORKING if within and _USED.search(statement.text) else None


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
    return level if re.fullmatch(r"(?:[\s,&]|\band\b|\bin\b|\bboth\b|\bof\b)*", between) else None

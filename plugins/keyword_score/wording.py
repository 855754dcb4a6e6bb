"""How a sentence says what it names: as something done, as a mere word, as a plan, or as a denial."""

import re
from typing import Final

_DENIED: Final = re.compile(
    r"\b(?:no|not|never|without|lack(?:s|ed|ing)?|none|neither|nor|cannot|can['’]t|don['’]t|didn['’]t|haven['’]t"
    r"|hasn['’]t|isn['’]t|won['’]t|unfamiliar with|new to me|expired|lapsed|revoked)\b",
    re.IGNORECASE,
)
_NOT_DENIED: Final = re.compile(
    r"\bnot only\b|\bno (?:fewer|less|problem|gaps?|restrictions?|sponsorship)\b|\bnot (?:just|merely)\b"
    r"|\bwithout (?:supervision|errors?|incidents?|restrictions?|sponsorship|interruption)\b",
    re.IGNORECASE,
)
_PLANNED: Final = re.compile(
    r"\b(?:plan(?:s|ning)? (?:to|on)|(?:want|hope|wish|intend|aim)(?:s|ing)? to|would (?:like|love) to"
    r"|(?:eager|keen|willing|ready|happy) to (?:learn|train|study|acquire|obtain|get)|interested in learning"
    r"|(?:currently|now|still) learning|looking forward to)\b",
    re.IGNORECASE,
)
_OTHERS: Final = re.compile(
    r"^\W*(?:my (?:team|colleagues?|manager|boss|brother|sister|wife|husband|supervisor)"
    r"|(?:our|an?|the) (?:vendor|supplier|agency|contractor|consultant|partner|other team)s?)\b",
    re.IGNORECASE,
)
_DONE: Final = re.compile(
    r"\b(?:led|built|wrote|ran|made|kept|taught|held|won|cut|grew|drove|met|sold|set|took|gave|brought|oversaw|chose"
    r"|drew|sent|dealt|bought|found|spoke|read|spent|rebuilt|written|done|responsible for|in charge of|using"
    r"|[a-z]{3,}ed|[a-z]{3,}ing (?:a|an|the|our|all|up to|over|more than|\d))\b"
    r"|^\W*(?:design|build|lead|manage|run|write|own|develop|maintain|create|teach|sell|plan|coordinate|handle"
    r"|operate|drive|prepare|test|deliver|train|supervise|administer|assist|review)s?\b",
    re.IGNORECASE,
)
_SEEMS_DONE: Final = re.compile(
    r"\b(?:advanced|related|distributed|applied|skilled|certified|detailed|qualified|limited|experienced|motivated"
    r"|dedicated|embedded|need(?:ed)?|speed|interested|licen[cs]ed|registered|organi[sz]ed|based|attached|learned)\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[;:]|,?\s+\b(?:but|however|although|though|while|whereas)\b", re.IGNORECASE)
_LIST_MARKS: Final = re.compile(r"[,|•/·]")
_LEAST_WORDS: Final = 4
"""A deed takes a doer's verb, its object and what it was for; three words are a title or an entry of a list."""


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of the sentence that says something of `text[start:end]`, up to the next "but" or semicolon."""
    first = max((found.end() for found in _CLAUSE.finditer(text, 0, start)), default=0)
    last = next((found.start() for found in _CLAUSE.finditer(text, end)), len(text))
    return first, last


def denies(text: str, start: int, end: int) -> bool:
    """Whether the sentence says no to what stands there."""
    first, last = clause_around(text, start, end)
    clause = _NOT_DENIED.sub(" ", text[first:last])
    return bool(_DENIED.search(clause))


def plans(text: str, start: int, end: int) -> bool:
    """Whether the sentence only means to do or learn what stands there."""
    return bool(_PLANNED.search(text, *clause_around(text, start, end)))


def of_others(text: str) -> bool:
    """Whether the sentence tells what somebody else did."""
    return bool(_OTHERS.search(text))


def tells_a_deed(text: str) -> bool:
    """Whether the sentence tells of something done, rather than listing, titling or claiming."""
    words = text.split()
    if len(words) < _LEAST_WORDS or len(_LIST_MARKS.findall(text)) * 2 >= len(words):
        return False
    return bool(_DONE.search(_SEEMS_DONE.sub(" ", text)))

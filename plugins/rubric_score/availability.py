"""What somebody may and will do: permits, travel, shifts, relocation, licences to drive."""

import re
from typing import Final

from core.sdk import Judgement, Requirement
from plugins.rubric_score.text import Read, Statement, judged

_TOPICS: Final = {
    "permit": r"right to work|work(?:ing)? (?:permit|authori[sz]ation|visa)|authori[sz](?:ed|ation) to work|"
    r"eligib\w+ to work"
    r"|\bvisa\b|sponsorship|citizen\w*|permanent residen\w+|settled status|green card",
    "travel": r"\btravel(?:l?ing|s)?\b",
    "relocate": r"\brelocat\w+",
    "nights": r"night (?:shifts?|duty|work)|nights\b",
    "weekends": r"\bweekends?\b",
    "shifts": r"\bshift(?:s| work| pattern| system)\b|rotating",
    "on call": r"\bon[- ]call\b",
    "on site": r"\bon[- ]?site\b|in the office|office days",
    "drive": r"driv(?:ing|er'?s?) licen[cs]e|\blicen[cs]e (?:class )?[BC]E?\b",
    "clearance": r"security clearance|\bcleared\b|background check|dbs\b",
}
_TOPIC: Final = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _TOPICS.items()}
_REFUSES: Final = re.compile(
    r"\b(?:cannot|can't|can not|unable|not (?:willing|able|available|possible|open|eligible|"
    r"authori[sz]ed|keen)|unwilling|no\b(?! problem)"
    r"|never|without|won't|will not|do not|don't|rather not|prefer not|would need|will need|"
    r"needs?\b|requires?\b|expired|lost)",
    re.IGNORECASE,
)
_NEEDS_NOTHING: Final = re.compile(
    r"\b(?:no|not|without|don't|do not|never)\b[^.;,]{0,20}\b(?:need|require|sponsorship|visa|"
    r"restriction|limit|problem)",
    re.IGNORECASE,
)
_LIMITED: Final = re.compile(
    r"\b(?:only|except|at most|up to one|occasional(?:ly)?|sometimes|limited|rarely|"
    r"once a (?:month|quarter|year)|if necessary"
    r"|pending|applied for|in progress)\b",
    re.IGNORECASE,
)
_PERCENT: Final = re.compile(r"(\d{1,3})\s?(?:%|percent|per cent)")


def judge_availability(requirement: Requirement, read: Read) -> Judgement | None:
    """What the text says on the topic of the requirement; None for topics unknown here."""
    topics = [pattern for pattern in _TOPIC.values() if pattern.search(requirement.text)]
    if not topics:
        return None
    best: tuple[int, str, str, Statement] | None = None
    for statement in read.statements:
        for topic in topics:
            match = topic.search(statement.text)
            if match is None or statement.is_about_others():
                continue
            verdict = _says(requirement, statement, match)
            if best is None or verdict[0] > best[0]:
                best = (*verdict, statement)
    if best is None:
        return judged(requirement.id, "not_stated", "The text does not say.")
    return judged(requirement.id, best[1], best[2], best[3])  # type: ignore[arg-type]  # our own words


def _says(requirement: Requirement, statement: Statement, match: re.Match[str]) -> tuple[int, str, str]:
    clause = statement.clause(match.start(), match.end())
    free = _NEEDS_NOTHING.search(clause) and _TOPIC["permit"].search(clause)
    if _REFUSES.search(clause) and not free:
        return (1, "not_met", "The text rules it out.")
    asked, offered = _percent(requirement.text), _percent(clause)
    if asked and offered and offered < asked:
        part = offered * 2 >= asked
        return (
            (3, "partly", "Less than asked.") if part else (2, "not_met", "Less than half of what is asked.")
        )
    if _LIMITED.search(clause):
        return (4, "partly", "With restrictions.")
    return (9, "met", "The text says so.")


def _percent(text: str) -> int:
    return max((int(found) for found in _PERCENT.findall(text)), default=0)

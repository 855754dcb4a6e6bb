"""Driving licences: which class, full or provisional, clean or taken away."""

import re
from typing import Final

from core.sdk import Judgement, Requirement
from core.sdk.text import number_of
from plugins.rubric_score.papers import standing
from plugins.rubric_score.text import Read, Statement
from plugins.rubric_score.verdicts import Verdict, best_of_each, lacking

_LICENCE: Final = re.compile(
    r"\b(?:driv(?:ing|er'?s?) licen[cs]e|(?:car|motorcycle|motorbike|moped|lorry|truck|bus|coach|HGV|LGV|PCV"
    r"|PSV|UK|EU|full"
    r"|provisional|clean|manual) (?:\w+ )?(?:driving )?licen[cs]e|licen[cs]e (?:class|category|cat\.?) |"
    r"(?:class|category|cat\.?) (?:\w{1,3}) licen[cs]e|\b(?:AM|A[12]?|B|BE|C1?E?|D1?E?|CE) licen[cs]e|HGV|LGV"
    r"|PCV|CDL)",
    re.IGNORECASE,
)
_ABOUT_DRIVING: Final = re.compile(r"\blicen[cs]e\b|\bHGV\b|\bLGV\b|\bPCV\b|\bCDL\b|\bdriv", re.IGNORECASE)
_CODE: Final = re.compile(
    r"\b(?:class|category|cat\.?|categories|licen[cs]e|code)\s?\(?(?:class\s|category\s)?"
    r"(?P<after>AM|A[12]?|BE|B96|B\+E|B|C1?\s?\+?\s?E|C1?|D1?\s?\+?\s?E|D1?|[123])\b(?! \d)"
    r"|\b(?P<before>AM|A[12]?|BE|B|C1?\+?E|CE|C1?|D1?E?)\s(?:driving )?licen[cs]e",
)
_WORDS: Final = (
    (re.compile(r"\b(?:HGV|LGV) class 1|class 1\b|\bartic\w*|\bclass one\b", re.IGNORECASE), "CE"),
    (re.compile(r"\b(?:HGV|LGV) class 2|class 2\b|\brigid\w*", re.IGNORECASE), "C"),
    (re.compile(r"\bmotor(?:cycle|bike)\b", re.IGNORECASE), "A"),
    (re.compile(r"\bmoped\b|\bscooter\b", re.IGNORECASE), "AM"),
    (re.compile(r"\bPCV\b|\bPSV\b|\b(?:bus|coach) licen[cs]e", re.IGNORECASE), "D"),
    (re.compile(r"\bcar licen[cs]e|\bfull (?:clean )?(?:UK )?(?:driving )?licen[cs]e", re.IGNORECASE), "B"),
)
_INCLUDES: Final = {
    "CE": {"CE", "C", "C1E", "C1", "BE", "B", "AM"},
    "C": {"C", "C1", "B", "AM"},
    "C1E": {"C1E", "C1", "BE", "B", "AM"},
    "C1": {"C1", "B", "AM"},
    "DE": {"DE", "D", "D1", "BE", "B", "AM"},
    "D": {"D", "D1", "B", "AM"},
    "D1": {"D1", "B", "AM"},
    "BE": {"BE", "B", "AM"},
    "B": {"B", "AM"},
    "A": {"A", "A2", "A1", "AM"},
    "A2": {"A2", "A1", "AM"},
    "A1": {"A1", "AM"},
    "AM": {"AM"},
}
"""What each class lets one drive besides: Directive 2006/126/EC, articles 4 and 6."""
_PROVISIONAL: Final = re.compile(r"\bprovisional\b|\blearner'?s?\b", re.IGNORECASE)
_CLEAN: Final = re.compile(r"\b(?:clean|no points|zero points|point-free|without points)\b", re.IGNORECASE)
_POINTS: Final = re.compile(
    r"\b(\d{1,2}|one|two|three|four|five|six|nine|twelve|zero|no) (?:penalty )?points\b", re.IGNORECASE
)


def judge_driving(requirement: Requirement, read: Read) -> Judgement | None:
    """The classes held against the one asked; None when no driving licence is asked or told of."""
    if not _LICENCE.search(requirement.text) or requirement.years:
        return None
    asked = classes_in(requirement.text) or {"B"}
    limit = _points(requirement.text)
    return best_of_each(requirement.id, read, lambda statement: _verdict(statement, asked, limit, read))


def _verdict(statement: Statement, asked: set[str], limit: int | None, read: Read) -> Verdict | None:
    found = _LICENCE.search(statement.text) or _CODE.search(statement.text)
    if found is None or not _ABOUT_DRIVING.search(statement.text):
        return None
    place = (found.start(), found.end())
    if statement.is_others(*place):
        return None
    held = classes_in(statement.text)
    status = standing(statement, *place, read.as_of)
    if status[1] == "not_met":
        return status if not held or asked & _all(held) or asked == {"B"} else (1, *status[1:])
    if held and not asked & _all(held):
        return (3, "not_met", "A licence of another class.")
    if status[1] == "partly" or _PROVISIONAL.search(statement.text):
        return status if status[1] == "partly" else (2, "not_met", "A provisional licence only.")
    if not held and asked != {"B"}:
        return (4, "partly", lacking("A licence", "the class asked"))
    points = _points(statement.text)
    if limit is not None and points is not None and points > limit:
        return (3, "not_met", "More points than allowed.")
    return status


def _points(text: str) -> int | None:
    found = _POINTS.search(text)
    if found:
        return int(number_of(found[1]) or 0)
    return 0 if _CLEAN.search(text) else None


def classes_in(text: str) -> set[str]:
    """The classes of licence a text names, in the European letters."""
    codes = (match["after"] or match["before"] for match in _CODE.finditer(text))
    found = {re.sub(r"[\s+]", "", code) for code in codes} & _INCLUDES.keys()
    return found | {
        name for words, name in _WORDS if words.search(text) and not (found and name in {"A", "AM", "B"})
    }


def _all(held: set[str]) -> set[str]:
    return set().union(*(_INCLUDES[name] for name in held))

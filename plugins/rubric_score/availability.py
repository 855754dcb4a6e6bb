"""What somebody will and can do: shifts, weekends, travel, relocation, hours, days on site, the first day."""

import re
from datetime import date
from typing import Final

from core.sdk import Judgement, Requirement
from core.sdk.text import number_of
from plugins.rubric_score.moments import moments
from plugins.rubric_score.text import Read, Statement, judged
from plugins.rubric_score.verdicts import Verdict, best_of_each

_TOPICS: Final = {
    "travel": r"\btravel(?:l?ing|s|led)?\b|\bon the road\b|\bbusiness trips?\b",
    "relocate": r"\brelocat\w+|\bmov(?:e|ed|ing) (?:to|away|house|back)\b",
    "nights": r"\bnights?\b|\bovernight\b",
    "weekends": r"\bweekends?\b|\bsaturdays?\b|\bsundays?\b",
    "evenings": r"\bevenings?\b|\blate shifts?\b|\bto midnight\b",
    "mornings": r"\b(?:early )?mornings?\b|\bearly shifts?\b|\bearly starts?\b|\b[3-6] ?a\.?m\b",
    "shifts": r"\bshifts?(?: work| pattern| system)?\b|\brotating\b",
    "holidays": r"\b(?:public|bank) holidays?\b",
    "overtime": r"\bovertime\b",
    "on call": r"\bon[- ]call\b|\bstandby\b",
    "on site": r"\bon[- ]?site\b|\bin the office\b|\boffice days?\b|\bpresence\b|\bat the office\b|\bin person\b",
    "remote": r"\bremote(?:ly)?\b|\bfrom home\b|\bhome office\b",
    "clearance": r"\bsecurity clearance\b|\bcleared\b|\bbackground check|\bdbs\b|\bcriminal record\b"
    r"|\bconvictions?\b",
}
_TOPIC: Final = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _TOPICS.items()}
_REFUSES: Final = re.compile(
    r"\b(?:cannot|can't|can not|unable|not (?:willing|able|available|possible|open|eligible|keen|an option"
    r"|at all|work)"
    r"|unwilling|never|won't|will not|do not|don't|rather not|prefer not|ruled out|rule out|impossible"
    r"|out of the question"
    r"|excluded|exclude|no (?!problem|issue|objection|fixed|family|notice|restriction|matter)|not\b|without"
    r"|nothing|neither|nor"
    r"|except|refuse|excused|is out\b)\b",
    re.IGNORECASE,
)
_GLAD: Final = re.compile(
    r"\b(?:no problem|no issue|no objection|not a problem|no restrictions?|don't mind|do not mind|never minded"
    r"|never a problem"
    r"|never missed|not afraid|without (?:a )?problem|no trouble|no difficulty)\b",
    re.IGNORECASE,
)
_ONLY_OTHER: Final = re.compile(
    r"\b(?:days?|weekdays?|mornings?|early shifts?|office hours|daytime|day shifts?|home|remote"
    r"|evenings?) only\b"
    r"|\bonly (?:in the |on |during |from )?(?:days?|weekdays?|mornings?|the day|daytime|home"
    r"|office hours|evenings?)\b"
    r"|\bmonday to friday\b",
    re.IGNORECASE,
)
_LIMITED: Final = re.compile(
    r"\b(?:only|at most|up to (?:one|two|once)|occasional(?:ly)?|sometimes|limited|rarely|once a (?:month"
    r"|quarter|year)"
    r"|if necessary|now and then|every other|every second|one weekend|in exceptional cases|from time to time"
    r"|within|with notice)\b",
    re.IGNORECASE,
)
_ABROAD: Final = re.compile(
    r"\b(?:abroad|international(?:ly)?|overseas|worldwide|foreign countr\w+)\b", re.IGNORECASE
)
_AT_HOME: Final = re.compile(
    r"\b(?:within|only in|inside|nothing abroad|no passport|domestic(?:ally)?)\b", re.IGNORECASE
)
_WILLING: Final = re.compile(
    r"\b(?:will\w*|readiness|ready|prepared|able|availab\w+|flexib\w+|duty|required|work\w*|must|possible"
    r"|shifts?|travel|presence|on"
    r"|free|open)\b",
    re.IGNORECASE,
)


def judge_availability(requirement: Requirement, read: Read) -> Judgement | None:
    """What the text says on the topic of the requirement; None for topics unknown here."""
    if requirement.years or requirement.category in {"education", "language", "certification"}:
        return None
    if said := best_of_each(requirement.id, read, lambda s: _in_numbers(requirement, s, read.as_of)):
        return said
    topics = [name for name, pattern in _TOPIC.items() if pattern.search(requirement.text)]
    if not topics or (requirement.category != "authorization" and not _WILLING.search(requirement.text)):
        return None
    topics = [name for name in topics if name != "shifts"] or topics
    said = best_of_each(requirement.id, read, lambda s: _on_topics(requirement, s, topics))
    if said is None and requirement.category == "authorization":
        return judged(requirement.id, "not_stated", "The text does not say.")
    return said


def _in_numbers(requirement: Requirement, statement: Statement, as_of: date) -> Verdict | None:
    """Dates, hours and days, where both sides name some."""
    if record := _record(requirement, statement):
        return record
    return (
        _starts(requirement, statement, as_of)
        or _hours(requirement, statement)
        or _days(requirement, statement)
    )


_CLEAN: Final = re.compile(
    r"\bno (?:\w+ )?(?:convictions?|cautions?|criminal record|entries|record)\b|\bclean (?:\w+ ){0,2}?record\b"
    r"|\bcame back clean\b"
    r"|\bnever (?:been )?convicted\b|\bclear(?:ed)?\b",
    re.IGNORECASE,
)
_CONVICTED: Final = re.compile(
    r"\b(?:convictions?|convicted|cautions?|offen[cs]es?|criminal record|entries)\b", re.IGNORECASE
)


_ASKS_RECORD: Final = re.compile(
    r"\b(?:criminal|police) record|\bconvictions?\b|\bclean record", re.IGNORECASE
)


def _record(requirement: Requirement, statement: Statement) -> Verdict | None:
    if not _ASKS_RECORD.search(requirement.text):
        return None
    if _CLEAN.search(statement.text):
        return (9, "met", "The text says so.")
    return (1, "not_met", "The text says otherwise.") if _CONVICTED.search(statement.text) else None


def _on_topics(requirement: Requirement, statement: Statement, topics: list[str]) -> Verdict | None:
    """The best news on any of the topics: who asks for "weekend or evening work" takes either."""
    verdicts = [
        _says(requirement, statement, found.start(), found.end())
        for name in topics
        for found in _TOPIC[name].finditer(statement.text)
        if not statement.is_others(found.start(), found.end())
    ]
    ruled_out = _rules_out(statement, topics)
    return max(filter(None, (*verdicts, ruled_out)), key=lambda verdict: verdict[0], default=None)


def _rules_out(statement: Statement, topics: list[str]) -> Verdict | None:
    found = _ONLY_OTHER.search(statement.text)
    if found is None or any(_TOPIC[name].search(found[0]) for name in topics):
        return None
    if {"nights", "weekends", "evenings"} & set(topics):
        return (1, "not_met", "The text offers other times only.")
    return None


def _says(requirement: Requirement, statement: Statement, start: int, end: int) -> Verdict:
    own = statement.around(start, end)
    if not _GLAD.search(own) and (_REFUSES.search(own) or statement.denies(start, end)):
        return (1, "not_met", "The text rules it out.")
    if _ABROAD.search(requirement.text) and _AT_HOME.search(statement.text) and not _ABROAD.search(own):
        return (1, "not_met", "The text rules it out.")
    asked, offered = _percent(requirement.text), _percent(own)
    if asked and offered and offered < asked:
        half = offered * 2 >= asked
        return (
            (3, "partly", "Less than asked.") if half else (2, "not_met", "Less than half of what is asked.")
        )
    if _LIMITED.search(own) and not _GLAD.search(own):
        return (4, "partly", "With restrictions.")
    return (9, "met", "The text says so.")


def _percent(text: str) -> int:
    return max((int(found) for found in re.findall(r"(\d{1,3})\s?(?:%|percent|per cent)", text)), default=0)


_START: Final = re.compile(
    r"\b(?:immediate(?:ly)?|at once|right away|asap|as soon as possible|start(?:ing)?(?: date)?|available from"
    r"|availability from"
    r"|free from|can (?:start|begin)|join(?:ing)?|notice(?: period)?)\b",
    re.IGNORECASE,
)
_AT_ONCE: Final = re.compile(
    r"\b(?:immediate(?:ly)?|at once|right away|asap|as soon as possible|straight away|from now|any day"
    r"|no notice|tomorrow"
    r"|available now)\b",
    re.IGNORECASE,
)
_NOTICE: Final = re.compile(
    r"\b(?P<n>\d{1,2}|one|two|three|four|five|six)(?:[\s-]+)(?P<unit>months?|weeks?)['’]?s?[\s-]+notice"
    r"|\bnotice(?: period)?(?: is|:| of)? (?P<n2>\d{1,2}|one|two|three|four|five|six) (?P<unit2>months?|weeks?)"
    r"|\b(?:with)?in (?P<n3>\d{1,2}|one|two|three|four|five|six) (?P<unit3>months?|weeks?)",
    re.IGNORECASE,
)
_ASKS_START: Final = re.compile(
    r"\b(?:immediate start|start(?:ing)? (?:immediately|date|on|from|in|by|within|at once|as soon)"
    r"|available (?:from|immediately|as of"
    r"|by|now|at once)|availability (?:from|as of)|can start|able to start|notice period|earliest start)\b",
    re.IGNORECASE,
)


def _starts(requirement: Requirement, statement: Statement, as_of: date) -> Verdict | None:
    if not _ASKS_START.search(requirement.text) or not _START.search(statement.text):
        return None
    asked, offered = _first_month(requirement.text, as_of), _first_month(statement.text, as_of)
    if asked is None or offered is None:
        return None
    if offered <= asked:
        return (9, "met", "In time.")
    return (
        (4, "partly", "A month later than asked.")
        if offered - asked <= 1
        else (2, "not_met", "Later than asked.")
    )


def _first_month(text: str, as_of: date) -> float | None:
    """The month since year 0 in which somebody can or shall begin."""
    today = as_of.year * 12 + as_of.month + as_of.day / 31
    if named := moments(text):
        return named[0].month + (named[0].day - 1) / 31 - _part_of_month(text, named[0].start)
    if notice := _NOTICE.search(text):
        number = number_of(notice["n"] or notice["n2"] or notice["n3"]) or 1
        unit = (notice["unit"] or notice["unit2"] or notice["unit3"]).lower()
        return today + number * (1 if unit.startswith("month") else 0.23)
    return today if _AT_ONCE.search(text) and not _REFUSES.search(text.replace("no notice", "")) else None


def _part_of_month(text: str, at: int) -> float:
    before = text[max(0, at - 8) : at].lower()
    return -0.5 if "mid" in before else -0.9 if "end" in before or "late" in before else 0.0


_HOURS: Final = re.compile(
    r"\b(\d{2})\s?(?:-\s?\d{2}\s?)?(?:h\b|hrs?\b|hours?)(?:[\s-]+(?:a|per"
    r"|each)[\s-]+week|[\s-]+week)?",
    re.I,
)
_FULL: Final = re.compile(r"\bfull[- ]?time\b", re.IGNORECASE)
_PART: Final = re.compile(r"\bpart[- ]?time\b", re.IGNORECASE)
_A_WEEK: Final = re.compile(r"hours? (?:a|per|each) week|hours? week", re.IGNORECASE)
_FULL_WEEK: Final = 38


def _hours(requirement: Requirement, statement: Statement) -> Verdict | None:
    asked, offered = _week(requirement.text), _week(statement.text)
    if asked is None or offered is None or statement.is_others(0, len(statement.text)):
        return None
    if offered >= asked or (asked >= _FULL_WEEK and offered >= _FULL_WEEK - 3):
        return (9, "met", "The hours asked.")
    half = offered * 2 >= asked
    return (
        (4, "partly", "Fewer hours than asked.") if half else (2, "not_met", "Less than half of the hours.")
    )


def _week(text: str) -> float | None:
    if not (_FULL.search(text) or _PART.search(text) or _A_WEEK.search(text)):
        return None
    if found := _HOURS.search(text):
        return float(found[1])
    return 40.0 if _FULL.search(text) else 20.0 if _PART.search(text) else None


_DAYS: Final = re.compile(
    r"\b(?P<n>one|two|three|four|five|[1-5])(?:[\s-]+(?:full\s)?)days?(?:\s+(?:a|per|each|in the)\s*week"
    r"|\s+on[- ]site|\s+in the"
    r" office|\s+weekly)|\b(?P<all>monday to friday|every (?:working )?day|each (?:working )?day|daily"
    r"|full[- ]time on site)\b"
    r"|\b(?P<none>fully remote|only (?:remote|from home)|remote only|from home only|100 ?% remote)\b",
    re.IGNORECASE,
)


def _days(requirement: Requirement, statement: Statement) -> Verdict | None:
    if not _TOPIC["on site"].search(requirement.text):
        return None
    asked, offered = _days_in(requirement.text), _days_in(statement.text)
    about = _TOPIC["on site"].search(statement.text) or _TOPIC["remote"].search(statement.text)
    if asked is None or offered is None or not about:
        return None
    if offered >= asked:
        return (9, "met", "The days asked.")
    half = offered * 2 >= asked
    return (4, "partly", "Fewer days than asked.") if half else (2, "not_met", "Far fewer days than asked.")


def _days_in(text: str) -> int | None:
    found = _DAYS.search(text)
    if found is None:
        return None
    if found["all"]:
        return 5
    return 0 if found["none"] else int(number_of(found["n"]) or 0)

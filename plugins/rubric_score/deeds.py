"""Sentences that show a skill without naming it: who led nine fitters has led people."""

import re
from typing import Final

from core.sdk.text.lexicon import Found

_COUNT: Final = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)"
_CROWD: Final = (
    r"(?:team|group|crew|shift|department|staff|people|employees|colleagues|developers|engineers|"
    r"nurses|teachers|fitters|drivers"
    r"|pickers|workers|consultants|agents|analysts|designers|apprentices|trainees|reps|assistants|"
    r"technicians|accountants)"
)
_LED: Final = (
    r"(?:led|lead|leading|managed|managing|supervised|supervising|headed|heading|oversaw|"
    r"overseeing|line[- ]managed)"
)
_DEEDS: Final = {
    "people management": rf"\b{_LED}\s+(?:(?:a|an|the|my|our|up)\s+)?(?:[\w-]+\s+){{0,3}}?"
    rf"(?:of\s+)?(?:{_COUNT}\s+(?:[\w-]+\s+)?)?{_CROWD}\b"
    rf"|\bresponsible for (?:a team|{_COUNT} (?:people|employees|staff))\b|\b{_COUNT} direct reports\b",
    "mentoring": rf"\b(?:mentored|coached|trained|inducted|onboarded)\s+(?:[\w-]+\s+){{0,3}}?"
    rf"(?:{_CROWD}|colleagues|juniors|students|hires)\b",
    "presentations": r"\bpresented\b.{0,40}\b(?:board|clients?|customers?|management|conference|stakeholders|"
    r"audience|results|findings)\b",
    "negotiation": r"\b(?:negotiated|renegotiated|bargained)\b|\bagreed (?:terms|prices|discounts) with\b",
    "month-end close": r"\bclos(?:ed|ing) the (?:books|accounts|month)\b|\bmonthly (?:accounts|closing)\b",
    "inventory management": r"\b(?:counted|kept|tracked|reconciled|controlled)\b.{0,30}\b(?:stock|inventory|shelves)\b",
    "complaint handling": r"\b(?:handled|answered|resolved|settled|calmed)\b.{0,30}\b(?:complaints?|claims|upset|"
    r"angry)\b",
    "classroom management": r"\b(?:class|group|form) of \d+\b.{0,40}\b(?:calm\w*|quiet\w*|working|on task|focus\w*|"
    r"behaviou?r)\b",
    "budgeting": r"\b(?:held|kept|managed|planned|owned)\b.{0,25}\bbudgets?\b",
    "recruiting": r"\b(?:hired|recruited|interviewed)\b.{0,30}\b(?:candidates|people|staff|applicants|"
    r"developers|nurses|engineers)\b",
    "project management": r"\b(?:planned and ran|ran|led|delivered|managed)\b.{0,30}\b(?:project|programme|rollout|"
    r"migration)s?\b",
}
_PATTERNS: Final = tuple((skill, re.compile(pattern, re.IGNORECASE)) for skill, pattern in _DEEDS.items())


def shown_by_deeds(text: str) -> tuple[Found, ...]:
    """The skills a sentence shows by what it tells, each with where it does."""
    return tuple(
        Found(skill=skill, start=match.start(), end=match.end())
        for skill, pattern in _PATTERNS
        for match in pattern.finditer(text)
    )

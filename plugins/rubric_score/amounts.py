"""Sizes other than time: people led, money answered for, things handled."""

import re
from typing import Final

from core.sdk import Judgement, Requirement
from plugins.rubric_score.text import Read, Statement, judged
from plugins.rubric_score.years import Similar

_NUMBER: Final = (
    r"(?P<number>\d{1,3}(?:[,. ]\d{3})+|\d+(?:[.,]\d+)?)\s*"
    r"(?P<scale>k\b|m\b|thousand|million|mio\b|bn\b|billion)?"
)
_UNITS: Final = {
    "people": r"\+?\s*(?:-|–|\s)*(?:\w+\s)?(?:people|persons?|employees|staff|members|reports|engineers|"
    r"developers|nurses|teachers"
    r"|colleagues|pupils|students|agents|workers|drivers|fitters)\b",
    "money": r"\+?\s*(?:euros?|eur\b|€|usd\b|dollars?|pounds|gbp\b|chf\b|zł|zloty)",
    "sites": r"\+?\s*(?:\w+\s)?(?:sites?|stores?|branches|locations|warehouses|countries|beds|accounts|"
    r"customers|clients)\b",
}
_AMOUNT: Final = {name: re.compile(_NUMBER + unit, re.IGNORECASE) for name, unit in _UNITS.items()}
_MONEY_FIRST: Final = re.compile(r"(?:[€$£]|eur|usd|gbp)\s?" + _NUMBER, re.IGNORECASE)
_SCALES: Final = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "mio": 1e6, "bn": 1e9, "billion": 1e9}
_ASKS: Final = re.compile(
    r"\b(?:at least|minimum(?: of)?|more than|over|or more|up to)\b|\d\s*\+", re.IGNORECASE
)
_ABOUT: Final = 0.45


def asks_amount(requirement: Requirement) -> bool:
    """True for "a team of at least ten people" and the like."""
    return bool(_ASKS.search(requirement.text)) and bool(_amounts(requirement.text))


def judge_amount(requirement: Requirement, read: Read, similar: Similar) -> Judgement | None:
    """The asked size against the largest one the text gives of the same kind; None when it gives none."""
    (unit, asked), *_ = _amounts(requirement.text).items()
    best: tuple[float, Statement] | None = None
    for statement in read.statements:
        have = _amounts(statement.text).get(unit)
        if have is None or statement.is_about_others() or statement.denies() or statement.intends():
            continue
        if similar(requirement.text, statement.text) >= _ABOUT and (best is None or have > best[0]):
            best = (have, statement)
    if best is None:
        return None
    match = "met" if best[0] >= asked else "partly" if best[0] * 2 >= asked else "not_met"
    return judged(requirement.id, match, f"{best[0]:,.0f} of {asked:,.0f} asked.", best[1])  # type: ignore[arg-type]


_WORDS: Final = {
    word: str(number)
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}
_WORD: Final = re.compile(r"\b(?:" + "|".join(_WORDS) + r")\b", re.IGNORECASE)


def _amounts(text: str) -> dict[str, float]:
    """The largest amount of each kind; only kinds are compared, currencies are not converted."""
    text = _WORD.sub(lambda match: _WORDS[match[0].lower()], text)
    found: dict[str, float] = {}
    for kind, pattern in _AMOUNT.items():
        values = [_value(match) for match in pattern.finditer(text)]
        if kind == "money":
            values += [_value(match) for match in _MONEY_FIRST.finditer(text)]
        if values:
            found[kind] = max(values)
    return found


def _value(match: re.Match[str]) -> float:
    digits = match["number"]
    if re.fullmatch(r"\d{1,3}(?:[,. ]\d{3})+", digits):
        digits = re.sub(r"\D", "", digits)
    return float(digits.replace(",", ".")) * _SCALES.get((match["scale"] or "").lower(), 1.0)

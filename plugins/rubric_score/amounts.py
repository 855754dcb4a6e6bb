"""Sizes other than time: people led, money answered for, things handled, kilos lifted, words a minute."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import msgspec

from core.sdk import Judgement, Requirement
from core.sdk.scorer import Match
from plugins.rubric_score.clauses import Place
from plugins.rubric_score.text import Read, Statement, judged
from plugins.rubric_score.words import stem, stems, words_of
from plugins.rubric_score.years import Similar

_TEENS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_SPELT = {word: number for number, word in enumerate(_TEENS.split())}
_SPELT |= {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
}
_SPELT |= {
    "a hundred": 100,
    "two hundred": 200,
    "three hundred": 300,
    "five hundred": 500,
    "dozen": 12,
    "a dozen": 12,
}
_SPELT |= {"a thousand": 1000, "half a million": 500_000, "a million": 1_000_000}
_NUMBER: Final = re.compile(
    r"(?<![\w.,/-])(?P<cash>[€$£]\s?|(?:eur|usd|gbp|chf)\s)?(?P<number>\d{1,3}(?:[, ]\d{3})+|\d+(?:[.,]\d+)?|"
    + "|".join(sorted(_SPELT, key=len, reverse=True))
    + r")(?![\d/])(?:\s?(?P<scale>k|m|thousand|million|mio|mn|bn|billion|hundred)\b)?\+?"
    r"(?P<after>(?:[\s-]+(?:of\s+)?[^\W\d_][\w'’/-]*){0,4})",
    re.IGNORECASE,
)
_SCALES: Final = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "mio": 1e6, "mn": 1e6, "bn": 1e9, "billion": 1e9,
    "hundred": 1e2,
}  # fmt: skip
_KINDS: Final[dict[str, frozenset[str]]] = {
    kind: words_of(words)
    for kind, words in {
        "people": "people persons employees staff members reports engineers developers nurses teachers"
        " colleagues agents "
        "workers drivers fitters cooks men women heads assistants technicians sellers pickers consultants"
        " carers operators "
        "apprentices recruits subordinates bricklayers welders analysts designers cleaners waiters guards"
        " volunteers crew "
        "fte ftes team inspectors trainees clerks",
        "pupils": "pupils students children kids learners participants",
        "money": "euro euros eur usd dollar dollars pound pounds gbp chf zloty francs crowns",
        "clients": "clients customers accounts families cases patients residents caseload users guests members"
        " tenants "
        "households mandates",
        "weight": "kg kilo kilos kilogram kilograms",
        "speed": "wpm",
        "distance": "km kilometre kilometres kilometer kilometers miles",
        "audience": "subscribers readers followers listeners viewers visitors",
        "homes": "units flats apartments homes houses properties rooms",
        "covers": "covers meals dishes guests",
        "sites": "sites stores branches locations warehouses countries shops plants offices",
        "beds": "beds",
        "share": "percent",
    }.items()
}
_ASKS: Final = re.compile(
    r"\b(?:at least|minimum(?: of)?|min\.?|more than|over|above|or more|or larger|up to|no (?:more|fewer"
    r"|less) than|at most"
    r"|maximum)\b|\d\s*\+|\b\d[\d,. ]*(?:k|m)?\s*(?:wpm|kg|beds|covers|employees|people|users|units|euros?|%|percent)"
    r"|\bof \d+ (?!years|months)\w+",
    re.IGNORECASE,
)
_CEILING: Final = re.compile(
    r"\b(?:no more than|at most|maximum|max\.?|not more than|fewer than|below)\b", re.IGNORECASE
)
_TIME: Final = words_of("year month week day hour minute second yrs hrs o'clock pm am h")
_ABOUT: Final = 0.45
_NEAR: Final = 0.3


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """A number with the stems of the words behind it; `kinds` are the kinds of thing it may count."""

    value: float
    words: frozenset[str]
    kinds: frozenset[str]
    start: int
    end: int

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.start, self.end


Counts = Callable[[Amount, Amount, Statement], bool]
"""Whether a number that a statement gives is one of what is asked: (asked, have, statement)."""


def asks_amount(requirement: Requirement) -> bool:
    """True for "a team of at least ten people" and the like."""
    return asks_size(requirement.text)


def asks_size(text: str) -> bool:
    """True where a number of something other than years is asked."""
    return bool(_ASKS.search(text)) and bool(amounts_in(text))


def without_sizes(text: str) -> str:
    """What is asked apart from how much of it: "Led a team" of "Led a team of ten or more"."""
    for amount in reversed(amounts_in(text)):
        text = f"{_BEFORE.sub(' ', text[: amount.start])} {_AFTER.sub(' ', text[amount.end :])}"
    text = _MORE.sub(" ", text)
    return _HANGING.sub("", " ".join(text.split()).strip(" ,;:-"))


_BEFORE: Final = re.compile(
    r"\s*\b(?:a minimum of|at least|minimum(?: of)?|min\.?|more than|over|above|up to|at most|maximum|about|around|some"
    r"|no (?:more|fewer|less) than)?\s*[€$£]?\s*$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"^\s*(?:\+|%|percent\b)?\s*(?:(?:euros?|dollars?|pounds?|francs?)\b)?", re.IGNORECASE
)
_MORE: Final = re.compile(r"\b(?:or|and) (?:more|larger|above|over|bigger|higher|upwards)\b", re.IGNORECASE)
_HANGING: Final = re.compile(r"(?:\s+(?:of|with|for|to|over|in))+$", re.IGNORECASE)


def judge_amount(requirement: Requirement, read: Read, counts: Counts) -> Judgement | None:
    """The asked size against the best one the text gives of the same thing; None when it gives none."""
    asked, *more = amounts_in(requirement.text)
    first = _judge(requirement, asked, read, counts)
    second = _judge(requirement, more[0], read, counts) if more and not more[0].kinds & asked.kinds else None
    found = [one for one in (first, second) if one]
    return min(found, key=lambda one: _BETTER[one.match], default=None)


_BETTER: Final[dict[Match, int]] = {"met": 2, "partly": 1, "not_met": 0}


def _judge(requirement: Requirement, asked: Amount, read: Read, counts: Counts) -> Judgement | None:
    ceiling = bool(_CEILING.search(requirement.text))
    best: tuple[float, Statement] | None = None
    for statement in read.statements:
        for have in amounts_in(statement.text):
            if not counts(asked, have, statement):
                continue
            better = best is None or (have.value < best[0] if ceiling else have.value > best[0])
            best = (have.value, statement) if better else best
    if best is None:
        return None
    match = _ceiling_match(best[0], asked.value) if ceiling else _match(best[0], asked.value)
    return judged(requirement.id, match, f"{best[0]:,.0f} of {asked.value:,.0f} asked.", best[1])


def _match(have: float, asked: float) -> Match:
    return "met" if have >= asked else "partly" if have * 2 >= asked else "not_met"


def _ceiling_match(have: float, most: float) -> Match:
    return "met" if have <= most else "not_met"


def by_words(requirement: Requirement, similar: Similar) -> Counts:
    """A number counts where words, kind or likeness say that it is of the same thing, and where it is one's own."""

    def counts(asked: Amount, have: Amount, statement: Statement) -> bool:
        own_words = asked.words & have.words
        if _SPEAKS_FOR_ITSELF & asked.kinds & have.kinds:
            return not (statement.is_others(*have.place) or statement.intends(*have.place))
        if not (own_words or asked.kinds & have.kinds) or not _is_own(have, statement):
            return False
        if own_words - _PLAIN or (
            asked.kinds & have.kinds and stems(requirement.text) & stems(statement.text) - asked.words
        ):
            return True
        return similar(requirement.text, statement.text) >= (_NEAR if own_words else _ABOUT)

    return counts


def by_topic(is_about: Callable[[Statement], bool]) -> Counts:
    """A number counts in a statement that is about what is asked, if it can be of the same kind."""

    def counts(asked: Amount, have: Amount, statement: Statement) -> bool:
        alike = bool(asked.words & have.words or asked.kinds & have.kinds)
        measured = _MEASURED & (asked.kinds | have.kinds)
        return (alike or not measured) and _is_own(have, statement) and is_about(statement)

    return counts


def _is_own(have: Amount, statement: Statement) -> bool:
    place = have.place
    return not (statement.is_others(*place) or statement.denies(*place) or statement.intends(*place))


_MEASURED: Final = frozenset({"money", "share", "speed", "distance", "weight"})
"""Kinds that are never told by counting something else."""
_SPEAKS_FOR_ITSELF: Final = frozenset(
    {"weight", "speed", "covers", "pupils", "beds", "distance", "audience", "homes"}
)
_PLAIN: Final = words_of("people person team staff customer client site member")


@lru_cache(maxsize=8192)
def amounts_in(text: str) -> tuple[Amount, ...]:
    """Every number that counts something other than time, in order; currencies are not converted."""
    found = []
    for match in _NUMBER.finditer(text):
        behind = re.findall(r"[^\W\d_][\w'’]*", match["after"] or "")[:3]
        words = frozenset(stem(word) for word in behind)
        percent = text[match.end("number") : match.end("number") + 2].strip().startswith("%")
        first = next(iter(behind), "")
        if (
            (stem(first) in _TIME and not percent)
            or _is_year(match["number"])
            or not (words or match["cash"] or percent)
        ):
            continue
        kinds = {kind for kind, known in _KINDS.items() if words & known}
        kinds |= {"money"} if match["cash"] else set()
        kinds |= {"speed"} if _A_MINUTE.match(match["after"] or "") else set()
        kinds |= {"people"} if _REPORTING.search(match["after"] or "") else set()
        kinds |= {"share"} if percent else set()
        span = (match.start(), match.end("scale") if match["scale"] else match.end("number"))
        found.append(
            Amount(value=_value(match), words=words, kinds=frozenset(kinds), start=span[0], end=span[1])
        )
    return tuple(found)


_A_MINUTE: Final = re.compile(r"\s*words? (?:per|a) minute", re.IGNORECASE)
_REPORTING: Final = re.compile(r"\b(?:reporting|under me|reported)\b", re.IGNORECASE)


def _is_year(digits: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", digits))


def _value(match: re.Match[str]) -> float:
    digits = match["number"].lower()
    scale = _SCALES.get((match["scale"] or "").lower(), 1.0)
    if digits in _SPELT:
        return _SPELT[digits] * scale
    if re.fullmatch(r"\d{1,3}(?:[, ]\d{3})+", digits):
        digits = re.sub(r"\D", "", digits)
    return float(digits.replace(",", ".")) * scale

"""Experience in years: from statements, and from the dates of positions that are about the subject."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import msgspec

from core.sdk import Judgement, Requirement
from core.sdk.scorer import Extent
from core.sdk.text import (
    Span,
    date_ranges,
    default_lexicon,
    months_between,
    number_of,
    without_recency,
    year_amounts,
)
from plugins.rubric_score.headings import stands_alone
from plugins.rubric_score.skills import is_product, shows_any
from plugins.rubric_score.text import Read, Statement, judged
from plugins.rubric_score.words import part_of, stems

Similar = Callable[[str, str], float]
"""(requirement, sentence) to a similarity between -1 and 1."""

_ABOUT: Final = 0.5
_EDUCATION: Final = re.compile(
    r"\b(?:university|college|school|bachelor|master|b\.?sc|m\.?sc|degree|diploma|student|thesis|education|abitur)\b",
    re.I,
)
_GENERAL: Final = re.compile(
    r"\b(?:professional|work(?:ing)?|relevant|industry|practical|overall|similar (?:role|position))\s+experience\b",
    re.I,
)


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of working life with the statements that tell about it."""

    span: Span
    statements: tuple[Statement, ...]
    dated: Statement
    rivals: tuple[Span, ...]


def judge_years(requirement: Requirement, read: Read, similar: Similar) -> Judgement | None:
    """Compare the asked years with the years the text shows; None when it shows none."""
    asked = requirement.years or 0.0
    said = stated(requirement, read, similar)
    fitting = [(p, seen) for p in positions(read) if (seen := witness(requirement, p, similar))]
    shown = tuple(statement for position, seen in fitting for statement in (position.dated, seen))
    months = months_between([position.span for position, _ in fitting])
    if said is not None and said[0] * 12 >= months:
        return compare(requirement, said[0], (said[1],), said=True)
    if months:
        enough = months / 12 >= asked / 2
        if not enough and _career(read) >= asked * 6 and not _all_by_title(shown):
            return said and compare(requirement, said[0], (said[1],), said=True)
        return compare(requirement, months / 12, shown, said=False)
    return None


def _all_by_title(shown: tuple[Statement, ...]) -> bool:
    """True when the dated lines themselves name the subject, so that other positions are other work."""
    return all(dated is witness for dated, witness in zip(shown[::2], shown[1::2], strict=True))


def compare(
    requirement: Requirement, have: float, statements: Sequence[Statement], *, said: bool
) -> Judgement:
    """The years there are against the years asked; `said` where the text itself adds them up."""
    asked = requirement.years or 0.0
    about = f"{have:.1f}".rstrip("0").rstrip(".")
    source = "stated" if said else "from the dates of positions"
    reason = f"{about} years ({source}), {asked:g} asked."
    match = "met" if have + 0.05 >= asked else "partly" if have >= asked / 2 else "not_met"
    judgement = judged(requirement.id, match, reason, *statements)  # type: ignore[arg-type]  # our own words
    return msgspec.structs.replace(judgement, extent=_extent(have, asked))


def _extent(have: float, asked: float) -> Extent:
    """Of at least half of the years and not all: by thirds. Of more or less it does not matter."""
    return "little" if have < asked * 2 / 3 else "half" if have < asked * 5 / 6 else "most"


def without_amounts(text: str) -> str:
    """What is asked apart from how many years of it: "Experience in roofing" of "3 years' experience in roofing"."""
    whole, text = text, without_recency(text)
    for _, start, end in reversed(year_amounts(text)):
        text = text[:start] + " " + text[end:]
    return " ".join(_LEFT_OVER.sub(" ", f" {text} ").split()).strip(" .,;:+-'’") or whole


_LEFT_OVER: Final = re.compile(
    r"\b(?:at least|(?:a )?minimum(?: of)?|more than|or more|no less than)\s+(?=of\b|[^\w\s])"
    r"|^\s*(?:(?:you have|we expect|with|at least|(?:a )?minimum(?: of)?|min\.|more than|over|or more|of|['’]"
    r"|s\b|\+)\s*)+",
    re.IGNORECASE,
)


def subject_of(requirement: Requirement) -> str:
    """What the years are about: the requirement without amounts and filler."""
    text = requirement.text
    for _, start, end in reversed(year_amounts(text)):
        text = text[:start] + " " + text[end:]
    text = re.sub(
        r"\b(?:at least|minimum(?: of)?|more than|over|of|experience|proven|in|with|as an?|\+|plus)\b",
        " ",
        text,
        flags=re.I,
    )
    return " ".join(text.split()).strip(" .,;:+-") or requirement.text


def _names(requirement: Requirement) -> frozenset[str]:
    lexicon = default_lexicon()
    named = requirement.alternatives or tuple(found.skill for found in lexicon.find(requirement.text))
    return frozenset(named)


def _about(
    statement: Statement, subject: str, names: frozenset[str], similar: Similar, least: float = _ABOUT
) -> bool:
    if shows_any(names, statement):
        return True
    if names and all(is_product(name) for name in names):
        return False
    return part_of(stems(subject), statement.text) >= _HALF or similar(subject, statement.text) >= least


_HALF: Final = 0.5
_LESS: Final = re.compile(r"\b(?:less than|under|almost|nearly|not quite|up to|only)\s+$", re.IGNORECASE)
_CLAUSE: Final = re.compile(
    r"[,;:–—]|\b(?:and|then|of which|including|but|with|plus|before|after|followed by)\b"
    r"(?= (?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d|then|that)\b)"
)


def stated(requirement: Requirement, read: Read, similar: Similar) -> tuple[float, Statement] | None:
    """The most years a sentence says itself of what is asked."""
    subject, names = subject_of(requirement), _names(requirement)
    best: tuple[float, Statement] | None = None
    for statement in read.statements:
        if not year_amounts(statement.text) or _AGES.search(statement.text):
            continue
        if not _about(statement, subject, names, similar):
            continue
        amount = _amount_in(statement, subject, names)
        if amount is not None and (best is None or amount > best[0]):
            best = (amount, statement)
    return best


def _amount_in(statement: Statement, subject: str, names: frozenset[str]) -> float | None:
    """The years a sentence gives its subject; of several the one in the clause that tells most of the subject."""
    amounts = _amounts(statement)
    if not amounts:
        return None
    told: dict[int, list[float]] = {}
    for amount, start in amounts:
        first, last = _clause_at(statement.text, start)
        told.setdefault(_tells(statement, first, last, subject, names), []).append(amount)
    most = max(told)
    return max(told[most])


def _amounts(statement: Statement) -> list[tuple[float, int]]:
    """(years, where) of one's own time in a sentence; "five as sous chef" after "one year as commis" counts too."""
    full = year_amounts(statement.text)
    spans = [(start, end) for _, start, end in full]
    short = [
        (float(number_of(match[0]) or 0), match.start(), match.end())
        for match in _ELLIPSIS.finditer(statement.text)
        if not any(start < match.end() and match.start() < end for start, end in spans)
        and match.start() > spans[0][0]
    ]
    return [
        (_said(statement, amount, start, end), start)
        for amount, start, end in (*full, *short)
        if not statement.is_others(start, end) and not statement.intends(start, end)
    ]


def _said(statement: Statement, amount: float, start: int, end: int) -> float:
    if statement.denies(start, end):
        return 0.0
    return amount - _LESS_BY * bool(_LESS.search(statement.text, 0, start))


_ELLIPSIS: Final = re.compile(
    r"\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"(?=\s+(?:of (?:them|those|these|which)|as|at|in (?!\d)|on|with|chairside|for)\b|\s*$)",
    re.IGNORECASE,
)
_LESS_BY: Final = 0.1
_AGES: Final = re.compile(r"\b(?:aged|ages|old|warranty|contract of|plan|since \d|history)\b", re.IGNORECASE)


def _clause_at(text: str, at: int) -> tuple[int, int]:
    """The clause a number stands in, with the one before it when it says nothing by itself (", 5 years,")."""
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    clauses = [clause for clause in pairwise(cuts) if clause[0] < clause[1]]
    here = next(number for number, (_, last) in enumerate(clauses) if at < last or last == len(text))
    first = here
    while first and not _OWN_WORDS.search(_NO_TOPIC.sub(" ", text[clauses[first][0] : clauses[here][1]])):
        first -= 1
    return clauses[first][0], clauses[here][1]


_OWN_WORDS: Final = re.compile(r"[^\W\d_]{3,}")
_NO_TOPIC: Final = re.compile(
    r"\b(?:and|a|half|years?|yrs?|months?|for|over|about|more|than|the|in|all|total|of|them|which|that|those"
    r"|these|so|far"
    r"|now|altogether|almost|nearly|at|least|some|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty|full|there)\b",
    re.IGNORECASE,
)


def _tells(statement: Statement, first: int, last: int, subject: str, names: frozenset[str]) -> int:
    lexicon = default_lexicon()
    here = [found for found in statement.skills if first <= found.start < last]
    named = len(names) if any(names & lexicon.broader(found.skill) for found in here) else 0
    return named + len(stems(subject) & stems(statement.text[first:last]))


def witness(requirement: Requirement, position: Position, similar: Similar) -> Statement | None:
    """The statement that shows a position was in what is asked; its dated line where any work will do."""
    subject, names = subject_of(requirement), _names(requirement)
    shows = (s for s in position.statements if _shows(s, position, subject, names, similar))
    return next(shows, position.dated if _GENERAL.search(requirement.text) and not names else None)


def _shows(
    statement: Statement, position: Position, subject: str, names: frozenset[str], similar: Similar
) -> bool:
    if not _about(statement, subject, names, similar):
        return False
    start, end = statement.place_of(stems(subject)) if stems(subject) else (0, len(statement.text))
    if statement.denies(start, end) or statement.is_others(start, end):
        return False
    return statement is not position.dated or _is_of_span(statement, position, subject, names)


def _is_of_span(statement: Statement, position: Position, subject: str, names: frozenset[str]) -> bool:
    """Of several stretches of time in one sentence, the one whose own words are about the subject."""
    told = _told_by_span(statement, position.rivals)
    if len(told) == 1:
        return True
    about = [_tells(statement, first, last, subject, names) for first, last in told]
    mine = next(n for n, span in enumerate(position.rivals) if span == position.span)
    if about[mine] or not any(about):
        return True
    first, last = told[mine]
    return not any(word[0].islower() for word in _OTHER_WORK.findall(statement.text[first:last]))


_OTHER_WORK: Final = re.compile(
    r"\b(?!(?:then|afterwards?|later|next|before|previously|first|from|since|to|until|at|in|for|with|and|the|a"
    r"|an|by|on|now"
    r"|again|there|of|that|followed|moved|i|was|also|same|post|role)\b)[^\W\d_]{3,}"
)


def _told_by_span(statement: Statement, spans: tuple[Span, ...]) -> list[tuple[int, int]]:
    ordered = sorted(spans, key=lambda span: span.at)
    begins = [0, *(span.until for span in ordered[:-1])]
    told = {span: (begin, span.until) for begin, span in zip(begins, ordered, strict=True)}
    return [told[span] for span in spans]


def _career(read: Read) -> int:
    return months_between([position.span for position in positions(read)])


@lru_cache(maxsize=256)
def positions(read: Read) -> tuple[Position, ...]:
    """Positions from lines with dates; a position reaches to the next dated line of its source.

    Kept, because every requirement of years asks for them.
    """
    dated = [
        (place, spans)
        for place, statement in enumerate(read.statements)
        if (spans := date_ranges(statement.text, read.as_of))
    ]
    found = []
    for number, (place, spans) in enumerate(dated):
        end = dated[number + 1][0] if number + 1 < len(dated) else min(place + 14, len(read.statements))
        last = (
            end - 1
            if number + 1 < len(dated) and stands_alone(read.statements[end].text, read.as_of)
            else end
        )
        around = read.statements[max(0, place - 1) : max(last, place + 1)]
        here = read.statements[place]
        if not stands_alone(here.text, read.as_of):
            around = read.statements[place : max(last, place + 1)]
        block = tuple(s for s in around if s.source == here.source)[:16]
        if _EDUCATION.search(here.text) or (place and _EDUCATION.search(read.statements[place - 1].text)):
            continue
        for span in spans:
            found.append(Position(span=span, statements=block, dated=here, rivals=tuple(spans)))
    return tuple(found)

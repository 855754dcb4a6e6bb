"""Sentences of the same meaning: what reads alike is weighed with who did it and whether it is denied or planned."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from rapidfuzz import fuzz

from core.sdk import Judgement, Requirement
from core.sdk.scorer import Match
from plugins.rubric_score.clauses import Place
from plugins.rubric_score.deeds import asks_for_deeds
from plugins.rubric_score.meaning import Meaning
from plugins.rubric_score.papers import asks_for_paper, standing
from plugins.rubric_score.senses import other_sense
from plugins.rubric_score.skills import names_of, names_only_products, shows_any
from plugins.rubric_score.text import Read, Statement, judged
from plugins.rubric_score.words import stems
from plugins.rubric_score.years import subject_of

_MET: Final = 0.56
_PARTLY: Final = 0.45
_FEW_WORDS: Final = 2


Weighed = tuple[int, float, Match, str, Statement]
"""(rank, likeness, match, reason, statement)"""


def judge_meaning(requirement: Requirement, found: Read, meaning: Meaning) -> Judgement:
    """Every part of a sentence close in meaning is weighed and the best news counts: more never hurts."""
    best: Weighed | None = None
    for statement in filter(may_bear_on(requirement), found.statements):
        weighed = _weighed(requirement, statement, found, meaning)
        if weighed and (best is None or weighed[:2] > best[:2]):
            best = weighed
    if best is None:
        return judged(requirement.id, "not_stated", "The text does not say.")
    return judged(requirement.id, best[2], best[3], best[4])


def compared_texts(requirement: Requirement) -> tuple[str, ...]:
    """What of the requirement is compared with sentences: all of it, and its subject."""
    return tuple(dict.fromkeys((requirement.text, subject_of(requirement))))


def _weighed(requirement: Requirement, statement: Statement, found: Read, meaning: Meaning) -> Weighed | None:
    """The best news of one sentence; a denial in the requirement's own words is not outweighed by likeness."""
    news: list[Weighed] = []
    for start, end in statement.places():
        text = statement.text[start:end]
        likeness = max(meaning.similar(asked, text) for asked in compared_texts(requirement))
        if likeness >= _PARTLY and (
            one := _weigh(requirement, statement, (start, end), likeness, found.as_of)
        ):
            news.append(one)
    denials = [one for one in news if one[0] == 1]
    if denials and _denied_in_words(requirement, statement):
        return max(denials, key=lambda one: one[:2])
    return max(news, key=lambda one: one[:2], default=None)


def may_bear_on(requirement: Requirement) -> Callable[[Statement], bool]:
    """Rules out statements that are not about the requirement however alike they read."""
    names = proper_names(requirement)
    products = names_of(requirement) if names_only_products(requirement) else ()

    def may(statement: Statement) -> bool:
        if len(statement.text.split()) <= _FEW_WORDS:
            return False
        if statement.lacks_paper(requirement.text) or (names and not _mentions(names, statement.text)):
            return False
        return not products or shows_any(products, statement)

    return may


def proper_names(requirement: Requirement) -> frozenset[str]:
    """Products and methods the requirement names: what does not mention one is not about it."""
    words = re.findall(r"[^\W_][\w.+#-]*", requirement.text)
    later = words if len(words) == 1 else words[1:]
    found = (word for word in later if word[0].isupper() or any(c.isupper() for c in word[1:]))
    return frozenset(word.strip(".").lower() for word in found) - _NOT_NAMES


_NOT_NAMES: Final = frozenset(
    {"i", "it", "ii", "uk", "us", "usa", "eu", "english", "german", "the", "a", "or", "and"}
    | {"bachelor", "master", "degree"}
)
_SPELT_ALIKE: Final = 88


def _mentions(names: frozenset[str], text: str) -> bool:
    words = [word.lower() for word in re.findall(r"[^\W_][\w+#-]*", text)]
    return any(
        name in words or (len(name) > 4 and any(fuzz.ratio(name, word) >= _SPELT_ALIKE for word in words))
        for name in names
    )


def _weigh(
    requirement: Requirement, statement: Statement, place: Place, likeness: float, as_of: date
) -> Weighed | None:
    sure = likeness >= _MET
    start, end = _where(requirement, statement, place)
    if not statement.is_own(start, end) or other_sense(requirement.text, statement.text):
        return None
    if asks_for_paper(requirement):
        rank, match, reason = standing(statement, start, end, as_of)
        return (rank, likeness, match, reason, statement) if sure else None
    if statement.denies(start, end):
        return (1, likeness, "not_met", "The text says otherwise.", statement) if sure else None
    if statement.intends(start, end):
        return (2, likeness, "not_met", "A plan, not something done.", statement)
    if sure and statement.deed and not requirement.years:
        return (9, likeness, "met", "The text says so in other words.", statement)
    if not statement.deed and asks_for_deeds(requirement.category, requirement.text):
        return None
    if not statement.deed and requirement.category == "other":
        return None
    return (5, likeness, "partly", "The text says something close to it.", statement)


def _denied_in_words(requirement: Requirement, statement: Statement) -> bool:
    wanted = stems(requirement.text)
    shared = wanted & stems(statement.text)
    return len(shared) * 2 >= len(wanted) and statement.denies(*statement.place_of(shared))


def _where(requirement: Requirement, statement: Statement, place: Place) -> Place:
    """The requirement's own words within the place where it names some, else the place."""
    text = statement.text[place[0] : place[1]]
    wanted = stems(requirement.text) & stems(text)
    if not wanted:
        return place
    start, end = statement.place_of(wanted)
    return (start, end) if place[0] <= start and end <= place[1] else place

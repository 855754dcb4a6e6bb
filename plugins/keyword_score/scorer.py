"""Judges each requirement by the words a text has of it, and by scales where words have an order."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from core.sdk import Evidence, Judgement, Material, Requirement, Rubric
from core.sdk.scorer import Match
from core.sdk.text import Sentence, sentences, year_amounts
from plugins.keyword_score.naming import Wanted, ways_of, where_named
from plugins.keyword_score.scales import degree_found, language_found
from plugins.keyword_score.verdict import SILENT, Verdict
from plugins.keyword_score.wording import denies, of_others, plans, tells_a_deed

VERSION: Final = "2"
_SKILLS: Final = frozenset({"hard_skill", "personal_skill"})
_PAPER: Final = re.compile(
    r"\b(?:certif\w+|licen[cs]e[ds]?|registered|registration|accredited|diploma|19\d\d|20\d\d)\b",
    re.IGNORECASE,
)
"""What stands beside a certificate's name when it is held: the word for such a paper, or its year."""
_ASKS_DEEDS: Final = re.compile(r"\b(?:experience|track record|hands-on|proven)\b", re.IGNORECASE)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence and the source it stands in."""

    source: str
    sentence: Sentence


class KeywordScorer:
    """See the package's docstring; implements `core.sdk.Scorer`."""

    @property
    def version(self) -> str:
        """The code's version: there is nothing else it depends on."""
        return VERSION

    def judge(self, rubric: Rubric, materials: Sequence[Material]) -> Sequence[tuple[Judgement, ...]]:
        """See `core.sdk.Scorer.judge`."""
        return [
            tuple(_judged(requirement, lines) for requirement in rubric.requirements)
            for lines in (list(_lines(material)) for material in materials)
        ]


def _lines(material: Material) -> Iterator[Line]:
    for source in material.sources:
        for sentence in sentences(source.text):
            if not of_others(sentence.text):
                yield Line(source=source.name, sentence=sentence)


def _judged(requirement: Requirement, lines: Sequence[Line]) -> Judgement:
    """The best news of all sentences, so that more text never takes anything away."""
    verdicts = (_one_way(requirement, way, lines) for way in ways_of(requirement) or ((),))
    verdict, shown = max(verdicts, key=lambda found: found[0].rank, default=(SILENT, ()))
    return Judgement(
        requirement_id=requirement.id,
        match=verdict.match,
        reason=verdict.reason,
        evidence=tuple(dict.fromkeys(_quote(line) for line in shown))
        if verdict.match != "not_stated"
        else (),
    )


def _one_way(
    requirement: Requirement, way: Sequence[Wanted], lines: Sequence[Line]
) -> tuple[Verdict, tuple[Line, ...]]:
    scale = _SCALES.get(requirement.category)
    if scale:
        return _best((scale(requirement, line.sentence.text), line) for line in lines)
    if requirement.category in _SKILLS and not requirement.years:
        counts = not _ASKS_DEEDS.search(requirement.text)
        return _all_of([_best((_of_skill(one, line, mention=counts), line) for line in lines) for one in way])
    return _best((_in_one_sentence(requirement, way, line), line) for line in lines)


def _best(found: Iterator[tuple[Verdict, Line]]) -> tuple[Verdict, tuple[Line, ...]]:
    best: tuple[Verdict, tuple[Line, ...]] = (SILENT, ())
    for verdict, line in found:
        if verdict.rank > best[0].rank:
            best = (verdict, (line,))
    return best


def _all_of(parts: Sequence[tuple[Verdict, tuple[Line, ...]]]) -> tuple[Verdict, tuple[Line, ...]]:
    """A joint demand is met when each part is, shown in part when only some are."""
    if len(parts) <= 1:
        return parts[0] if parts else (SILENT, ())
    good = [part for part in parts if part[0].match in {"met", "partly"}]
    shown = tuple(line for part in good for line in part[1])[:3]
    if not good:
        return max(parts, key=lambda part: part[0].rank)
    if len(good) == len(parts):
        weakest = min(good, key=lambda part: part[0].rank)[0]
        return weakest, shown
    return Verdict(rank=4, match="partly", reason="Only a part of it is named."), shown


def _of_skill(wanted: Wanted, line: Line, *, mention: bool) -> Verdict:
    """What a sentence says of a skill; a mere `mention` counts unless something done is asked."""
    text = line.sentence.text
    place = where_named(wanted, text)
    if place is None:
        return SILENT
    if refused := _refused(text, *place):
        return refused
    if tells_a_deed(text):
        return Verdict(rank=9, match="met", reason=f"“{text[slice(*place)]}” stands in something done.")
    return Verdict(
        rank=5, match="partly", reason=f"“{text[slice(*place)]}” is named, with nothing behind it."
    )


def _in_one_sentence(requirement: Requirement, way: Sequence[Wanted], line: Line) -> Verdict:
    """Experience and all that is worded as a deed: every word in one sentence that tells of something done."""
    text = line.sentence.text
    places = [where_named(wanted, text) for wanted in way]
    named = [place for place in places if place]
    if not named or len(named) < len(places):
        return SILENT
    if refused := _refused(text, named[0][0], named[0][1]):
        return refused
    if requirement.years:
        return _years(requirement.years, text)
    if requirement.category == "authorization" or tells_a_deed(text):
        return Verdict(rank=9, match="met", reason="Its words stand together in one sentence.")
    return SILENT


def _certificate(requirement: Requirement, text: str) -> Verdict:
    """A certificate's name counts where something is said of it, not in a list of words."""
    for way in ways_of(requirement):
        places = [where_named(wanted, text) for wanted in way]
        named = [place for place in places if place]
        if named and len(named) == len(places):
            if refused := _refused(text, *named[0]):
                return refused
            if _PAPER.search(text) or tells_a_deed(text):
                return Verdict(rank=9, match="met", reason="It is named as held.")
    return SILENT


def _refused(text: str, start: int, end: int) -> Verdict | None:
    if denies(text, start, end):
        return Verdict(rank=1, match="not_met", reason="The text says otherwise.")
    if plans(text, start, end):
        return Verdict(rank=2, match="not_met", reason="A plan, not something done.")
    return None


def _years(asked: float, text: str) -> Verdict:
    stated = [amount for amount, _, _ in year_amounts(text)]
    if not stated:
        reason = "It was done; how many years, this sentence does not say."
        return Verdict(rank=5, match="partly", reason=reason) if tells_a_deed(text) else SILENT
    have = max(stated)
    match: Match = "met" if have >= asked else "partly" if have >= asked / 2 else "not_met"
    rank = {"met": 9, "partly": 6, "not_met": 3}[match]
    return Verdict(rank=rank, match=match, reason=f"{have:g} years stated, {asked:g} asked.")


def _quote(line: Line) -> Evidence:
    found = line.sentence
    return Evidence(source=line.source, quote=found.text, start=found.start, end=found.end)


_SCALES: Final[dict[str, Callable[[Requirement, str], Verdict]]] = {
    "education": degree_found,
    "language": language_found,
    "certification": _certificate,
}

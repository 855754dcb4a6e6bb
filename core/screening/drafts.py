"""Turns a sentence that asks into what it asks for: each thing by itself, choices together."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from core.screening.choosing import askable, groups
from core.screening.demands import Said
from core.screening.kinds import MUST_CUE, asked_years, asks_for_studies, category_of, without_tail
from core.screening.naming import Named
from core.screening.wishes import NICE_CUE, asked_level, choices, is_wish
from core.sdk.scorer import Category
from core.sdk.text import DEGREES, any_n_of, cefr_levels, default_lexicon, degrees, languages, months_within

_LONGEST: Final = 200
_IDEALLY: Final = re.compile(r",\s*(?:ideally|preferably)\b", re.IGNORECASE)
_LEAD_IN: Final = re.compile(
    r"^(?:and\b|(?:you(?:'ll| will)?(?: also)? (?:have|bring|need|are|must have|should have)|we (?:expect|require|need"
    r"|ask for|are looking for|'re looking for)(?: someone with| somebody with)?|must have"
    r"|candidates? (?:must|should) have|(?:a |an )?(?:proven|solid|strong|good|excellent"
    r"|demonstrated|deep|sound|very good|hands-on) (?:track record of |understanding of |command of )?"
    r"|the ideal candidate has|you hold|you know|you speak))\s+",
    re.IGNORECASE,
)
_QUOTA: Final = re.compile(
    r"\b(?:two|three|four|five|[2-5])\b(?! (?:years|months|weeks|days))(?: [a-z]+){0,3}?(?: of| from)\b",
    re.IGNORECASE,
)
"""How "two subjects out of" and "three trades from" begin."""
_JOINT: Final = re.compile(r"\s*(?:[,;+]|\b(?:and|with|plus)\b)\s+", re.IGNORECASE)


class Draft(msgspec.Struct, kw_only=True):
    """A requirement before it has a number and a weight; offsets count in the job's plain text.

    `names` are the skills it is about, by the lexicon's names or, for new ones, their own words in lower case.
    """

    text: str
    category: Category
    must: bool
    start: int
    end: int
    sentence: str
    years: float | None = None
    level: str = ""
    alternatives: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()


def drafts_of(said: Said) -> Iterator[Draft]:
    """One draft per thing that is asked: a list of skills is several, a choice of skills is one."""
    insisted = said.part != "nice_to_have" and bool(said.part != "unknown" or MUST_CUE.search(said.text))
    for part in _parts(said):
        for draft in _of_part(part, insisted=insisted):
            draft.sentence = said.text
            yield draft


def _parts(said: Said) -> list[Said]:
    """ "A degree and five years of practice" are two demands."""
    for joint in _JOINT.finditer(said.text):
        parts = [said.within(0, joint.start()), said.within(joint.end(), len(said.text))]
        studied = [asks_for_studies(part.text) for part in parts]
        timed = [bool(asked_years(part.text)) for part in parts]
        if sorted(studied) == [False, True] and timed == studied[::-1]:
            return parts
    return [said]


def _of_part(said: Said, *, insisted: bool) -> Iterator[Draft]:
    main = _IDEALLY.split(said.text, maxsplit=1)[0]
    whole = _typed(said, must=insisted and not NICE_CUE.search(main))
    if whole.category != "education" and _some_of(said.text):
        yield whole
    elif whole.category == "language":
        yield from _by_language(whole, said, insisted=insisted)
    elif whole.category == "education":
        yield from _by_degree(whole, said, insisted=insisted)
    elif whole.category in {"hard_skill", "experience", "other"}:
        yield from _by_skill(whole, said, insisted=insisted)
    else:
        yield whole


def _some_of(sentence: str) -> bool:
    """Some of a list are enough, but more than one, or all of it counts within a time: the scorer reads the whole."""
    return bool(any_n_of(sentence) or months_within(sentence) or _QUOTA.search(sentence))


def _typed(said: Said, *, must: bool) -> Draft:
    sentence = said.text
    text = (without_tail(_LEAD_IN.sub("", sentence)).strip(" .;,:–-") or sentence)[:_LONGEST]
    start = said.at + max(sentence.find(text), 0)
    end = start + len(text)  # before its first letter becomes a capital, which may be two: "ﬁ"
    named = default_lexicon().find(text)
    text = text if named and not named[0].start else text[0].upper() + text[1:]
    years = asked_years(sentence)
    category = category_of(sentence, years, said.spans)
    return Draft(
        text=text,
        category=category,
        must=must,
        start=start,
        end=end,
        sentence=sentence,
        years=None if category == "authorization" else years,
        names=_keys(said.things),
    )


def _keys(things: Sequence[Named]) -> frozenset[str]:
    return frozenset(thing.name if thing.known else thing.name.lower() for thing in things)


def _by_skill(whole: Draft, said: Said, *, insisted: bool) -> Iterator[Draft]:
    found = groups(said.text, askable(said.text, said.things))
    if whole.category in {"hard_skill", "experience"} and len(found) > 1:
        for group in found:
            must = insisted and not is_wish(said.text, group[0].start, group[-1].end)
            yield _of_group(group, whole, said, must=must)
        return
    if len(found) == 1 and len(found[0]) > 1:
        whole.alternatives = _alternatives(found[0], whole.years)
    yield whole


def _of_group(group: Sequence[Named], whole: Draft, said: Said, *, must: bool) -> Draft:
    text = " or ".join(dict.fromkeys(said.text[thing.start : thing.end] for thing in group))
    if whole.years is not None:
        text = f"{_amount(whole.years)} of experience with {text}"
    return Draft(
        text=text,
        category="experience" if whole.years is not None else "hard_skill",
        must=must,
        start=said.at + group[0].start,
        end=said.at + group[-1].end,
        sentence=said.text,
        years=whole.years,
        alternatives=_alternatives(group, whole.years),
        names=_keys(group),
    )


def _alternatives(group: Sequence[Named], years: float | None) -> tuple[str, ...]:
    """What meets the demand: known skills, and new ones where their words alone are looked for."""
    known = tuple(dict.fromkeys(thing.name for thing in group if thing.known))
    if known or years is not None or len(group) == 1:
        return known
    return tuple(dict.fromkeys(thing.name for thing in group))


def _amount(years: float) -> str:
    return f"{years:g} year" + ("" if years == 1 else "s")


def _by_degree(whole: Draft, said: Said, *, insisted: bool) -> Iterator[Draft]:
    """Of several degrees the lowest is enough; one that is merely welcome is a wish of its own."""
    found = sorted(degrees(said.text), key=lambda degree: degree[1])
    wished = [degree for degree in found if is_wish(said.text, degree[1], degree[2])]
    asked = [degree for degree in found if degree not in wished]
    cut = min((start for _, start, _ in wished), default=0)
    if not (insisted and wished and asked) or any(end > cut for _, _, end in asked):
        whole.level, whole.alternatives = _levels(found)
        yield whole
        return
    for part, own, must in (
        (said.within(0, cut), asked, True),
        (said.within(cut, len(said.text)), wished, False),
    ):
        draft = _typed(part, must=must)
        draft.category = "education"
        draft.level, draft.alternatives = _levels(own)
        yield draft


def _levels(found: Sequence[tuple[str, int, int]]) -> tuple[str, tuple[str, ...]]:
    """The lowest degree, and all of them when there is a choice."""
    ordered = sorted({name for name, _, _ in found}, key=lambda name: -DEGREES[name])
    return ordered[-1], tuple(ordered) if len(ordered) > 1 else ()


def _by_language(whole: Draft, said: Said, *, insisted: bool) -> Iterator[Draft]:
    """One requirement per language or choice of languages, each with its own level, insisted on or welcome."""
    sentence = said.text
    named = languages(sentence)
    levels = cefr_levels(sentence)
    for group in choices(sentence, named):
        start, end = group[0][1], group[-1][2]
        must = insisted and not is_wish(sentence, start, end)
        level = asked_level(start, end, sentence, named, levels, alone=insisted and not must)
        alone = {name for name, _, _ in named} == {name for name, _, _ in group}
        label = sentence[start:end] if len(group) > 1 else group[0][0].title()
        yield Draft(
            text=whole.text if alone else f"{label} ({sentence[level[1] : level[2]]})" if level else label,
            category="language",
            must=must,
            start=whole.start if alone else said.at + start,
            end=whole.end if alone else said.at + end,
            sentence=sentence,
            level=str(level[0]) if level else "",
            alternatives=tuple(dict.fromkeys(name for name, _, _ in group)),
        )

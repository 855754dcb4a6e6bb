"""Finds the requirements of a job in its text, each tied to the sentence it comes from."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import msgspec
from rapidfuzz import fuzz

from core.screening.jobtext import Line, Part, segment
from core.screening.wishes import NICE_CUE, asked_level, choices, is_wish
from core.sdk.scorer import Category, Requirement, Rubric
from core.sdk.text import (
    any_n_of,
    cefr_levels,
    default_lexicon,
    degrees,
    languages,
    lengths_of_time,
    months_within,
    sentences,
)
from core.sdk.text.lexicon import Found

_MUST: Final = 3
_NICE: Final = 1
_SOFT: Final = 1
_MOST: Final = 40
_IDEALLY: Final = re.compile(r",\s*(?:ideally|preferably)\b", re.IGNORECASE)
_MUST_CUE: Final = re.compile(
    r"\b(?:must|required|requires?|essential|mandatory|need(?:ed)?|minimum|at least|necessary|you have|you bring"
    r"|proven|demonstrat\w+|solid|strong|proficien\w+|fluent|knowledge of|experience (?:with|in|of|as)"
    r"|experienced? (?:with|in)|familiar\w* with|ability to|able to|degree|certif\w+|licen[cs]e\w*)\b",
    re.IGNORECASE,
)
_DEMANDS: Final = re.compile(
    r"\b(?:must|required|essential|mandatory|you (?:have|need|bring)|applicants?|candidates?)\b",
    re.IGNORECASE,
)
_SOFT_SKILL: Final = re.compile(
    r"\b(?:communicat\w+|team[- ]?player|team[- ]?work\w*|work(?:ing)? in (?:a )?teams?|"
    r"self[- ]?(?:starter|motivated|driven"
    r"|reliant)|proactive|problem[- ]solv\w+|analytical|organi[sz](?:ed|ation skills|ational skills)|time management"
    r"|attention to detail|detail[- ]oriented|reliab\w+|flexib\w+|empath\w+|patien(?:t|ce)\b(?!s)|"
    r"creativ\w+|curious|curiosity"
    r"|interpersonal|friendly|positive attitude|hands[- ]on|structured (?:way|approach|manner|"
    r"work\w*)|independent\w*|conscientious|resilien\w+"
    r"|willing\w* to learn|eager to learn|calm|under pressure|ownership|motivated|enthusias\w+|passion\w*)\b",
    re.IGNORECASE,
)
_CERTIFICATE: Final = re.compile(
    r"\b(?:certif\w+|licen[cs](?:e|ed|ure)|registration|registered (?:nurse|with)|chartered|"
    r"accredit\w+|qualified (?:teacher"
    r"|accountant)|QTS|RN|NMC|ACLS|BLS|PALS|CPA|CMA|CIMA|ACCA|PMP|PRINCE2|CISSP|CCNA|ITIL|CKA|IPAF|first[- ]aid"
    r"|forklift (?:licen[cs]e|certificate)|bilanzbuchhalter)\b",
    re.IGNORECASE,
)
_AUTHORIZATION: Final = re.compile(
    r"\b(?:right to work|work(?:ing)? (?:permit|authori[sz]ation|visa|rights)|authori[sz](?:ed|ation) to work|"
    r"permission to work|permitted to work|sponsorship|citizens?(?:hip)?\b(?! (?:service|advice|science))|nationals only|"
    r"(?:EU|UK|US) nationals?|passport|permanent residen\w+|settled status|green card|stamp 4|residence permit|"
    r"eligible to work|security clearance"
    r"|background check|dbs check|driving licen[cs]e|driver'?s licen[cs]e|willing\w* to (?:travel|"
    r"relocate|work)|weekend"
    r"|night shifts?|shift work|on[- ]?site(?! [A-Z]| (?:health|fitness|gym|clinic|parking))|"
    r"on call|on-call|travel(?:ling)? (?:up to|\d))",
    re.IGNORECASE,
)
_BOILERPLATE: Final = re.compile(
    r"equal opportunit|regardless of|all qualified applicants|we (?:offer|provide|are|believe|"
    r"value|have|pay)\b|our (?:team|company"
    r"|mission|culture|office|clients|customers)\b|salary|pension|holiday|vacation|paid (?:time|"
    r"leave)|health insurance|dental"
    r"|accommodation|background (?:investigation|check)|verify identity|federal law|"
    r"please (?:apply|contact)|essential functions"
    r"|dental|vision|401k|\bpto\b|discount|copyright|all rights reserved|click|links?\b|"
    r"this position\?|citizens only|resume\b"
    r"|gym|apply (?:now|today|with)|send (?:us )?your|\bcv\b|looking forward|founded in|benefits",
    re.IGNORECASE,
)
_NEVER: Final = re.compile(
    r"^(?:they|this company|the company|our)\b|equal opportunit|regardless of|apply (?:now|today|"
    r"directly)|send (?:us )?your|accommodation|federal law|verify identity"
    r"|listed (?:below|above)|other duties|right to work\s*$|click here|our (?:company|mission|"
    r"clients|team)\b|we (?:offer|provide|believe)\b",
    re.IGNORECASE,
)
_ONE_OF: Final = re.compile(r"\b(?:one|any|either)(?: or more)? of\b|\beither\b", re.IGNORECASE)
_LEAD_IN: Final = re.compile(
    r"^(?:you(?:'ll| will)? (?:have|bring|need|are|must have|should have)|we (?:expect|require|need|are looking for"
    r"|'re looking for)|must have|candidates? (?:must|should) have|(?:a |an )?(?:proven|solid|strong|good|excellent"
    r"|demonstrated|deep|sound|very good|hands-on) (?:track record of |understanding of |command of )?"
    r"|the ideal candidate has|you hold|you know|you speak)\s+",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"\s*(?:\((?:required|must[- ]have|essential|a plus|nice to have|preferred|desirable)\)|"
    r",?\s+(?:is|are|would be)?\s*"
    r"(?:a (?:strong |big |definite )?(?:plus|bonus|must)|an advantage|required|essential|"
    r"mandatory|preferred|desirable"
    r"|nice to have|welcome|beneficial))\s*\.?$",
    re.IGNORECASE,
)


class _Draft(msgspec.Struct, kw_only=True):
    text: str
    category: Category
    must: bool
    start: int
    end: int
    sentence: str
    years: float | None = None
    level: str = ""
    alternatives: tuple[str, ...] = ()


def extract(source: str) -> Rubric:
    """The requirements of a job text (HTML or plain), in reading order, near-duplicates merged.

    Spans are character offsets into `plain_text(source)`. A text without requirements gives an empty
    rubric. The same text gives the same rubric.
    """
    text, lines = segment(source)
    drafts = [draft for line in lines for draft in _of_line(line)]
    if not any(draft.must for draft in drafts):
        for draft in drafts:
            draft.must = draft.must or not NICE_CUE.search(draft.sentence)
    kept = _merge(drafts)[:_MOST]
    assert all(text[draft.start : draft.end] for draft in kept), "spans lie in the text"
    return Rubric(requirements=tuple(_requirement(place, draft) for place, draft in enumerate(kept, start=1)))


def _requirement(place: int, draft: _Draft) -> Requirement:
    weight = (_SOFT if draft.category == "personal_skill" else _MUST) if draft.must else _NICE
    return Requirement(
        id=f"r{place}",
        text=draft.text,
        category=draft.category,
        must_have=draft.must and draft.category != "personal_skill",
        weight=weight,
        span=(draft.start, draft.end),
        sentence=draft.sentence,
        years=draft.years,
        level=draft.level,
        alternatives=draft.alternatives,
    )


def _of_line(line: Line) -> Iterator[_Draft]:
    if line.heading or line.part in {"benefit", "company", "equal_opportunity"}:
        return
    for sentence in sentences(line.text):
        if _asks(sentence.text, line):
            yield from _split(sentence.text, line.start + sentence.start, line.part)


def _asks(sentence: str, line: Line) -> bool:
    if len(sentence) < 3 or len(sentence) > 400:
        return False
    if line.flattened and (_BOILERPLATE.search(sentence) or not _plausible(sentence)):
        return False
    if line.part in {"requirement", "nice_to_have"}:
        return not _NEVER.search(sentence) and (line.bullet or _names_something(sentence))
    if _BOILERPLATE.search(sentence):
        return False
    if line.part == "duty":
        return bool(re.search(r"\b(?:must|required|essential|years)\b", sentence, re.IGNORECASE))
    if _kind(sentence) == "other":
        return bool(_DEMANDS.search(sentence))
    return bool(_MUST_CUE.search(sentence) or NICE_CUE.search(sentence))


def _kind(sentence: str) -> Category:
    return _category(sentence, next((years for years, _, _ in lengths_of_time(sentence)), None))


def _names_something(sentence: str) -> bool:
    """Prose under a heading is a demand only when it asks for something of a known kind, or in so many words."""
    cue = _DEMANDS.search(sentence) or _MUST_CUE.search(sentence) or NICE_CUE.search(sentence)
    return _kind(sentence) != "other" or bool(cue)


def _plausible(sentence: str) -> bool:
    """Names something checkable: in a text without structure the heading above proves little."""
    skilled = len(default_lexicon().find(sentence)) > 0 and len(sentence) < 220
    return (
        skilled
        or bool(languages(sentence))
        or any(
            cue.search(sentence) for cue in (_MUST_CUE, NICE_CUE, _SOFT_SKILL, _CERTIFICATE, _AUTHORIZATION)
        )
    )


def _split(sentence: str, at: int, part: Part) -> Iterator[_Draft]:
    """One draft per thing that is asked: a list of skills is several, a choice of skills is one."""
    main = _IDEALLY.split(sentence, maxsplit=1)[0]
    insisted = part != "nice_to_have" and bool(part != "unknown" or _MUST_CUE.search(sentence))
    whole = _typed(sentence, at, insisted and not NICE_CUE.search(main))
    if any_n_of(sentence) or months_within(sentence):
        yield whole
        return
    found = default_lexicon().find(sentence)
    if whole.category in {"education", "certification", "language", "authorization"}:
        yield from _by_language(whole, sentence, at, insisted) if whole.category == "language" else (whole,)
        return
    groups = _groups(sentence, found)
    if whole.category in {"hard_skill", "experience"} and len(groups) > 1:
        for group in groups:
            draft = _of_skills(group, whole, sentence, at)
            draft.must = insisted and not is_wish(sentence, group[0].start, group[-1].end)
            yield draft
        return
    if len(groups) == 1 and len(groups[0]) > 1:
        whole.alternatives = tuple(dict.fromkeys(skill.skill for skill in groups[0]))
    yield whole


def _typed(sentence: str, at: int, must: bool) -> _Draft:
    text = _TAIL.sub("", _LEAD_IN.sub("", sentence)).strip(" .;,:–-") or sentence
    begin = sentence.find(text)
    start = at + max(begin, 0)
    named = default_lexicon().find(text)
    text = text if named and not named[0].start else text[0].upper() + text[1:]
    draft = _Draft(
        text=text[:200],
        category="other",
        must=must,
        start=start,
        end=start + len(text),
        sentence=sentence,
    )
    amounts = lengths_of_time(sentence)
    draft.years = amounts[0][0] if amounts else None
    draft.category = _category(sentence, draft.years)
    if draft.category == "education":
        draft.level = min(degrees(sentence), key=lambda found: _rank(found[0]))[0]
    return draft


def _rank(degree: str) -> int:
    from core.sdk.text import DEGREES

    return DEGREES[degree]


def _category(sentence: str, years: float | None) -> Category:
    if _AUTHORIZATION.search(sentence):
        return "authorization"
    if (
        degrees(sentence)
        and not years
        and re.search(
            r"degree|bachelor|master|diplom|ph\.?d|apprenticeship|vocational|b\.?sc|m\.?sc|education|stud|"
            r"school|\bHND\b|MBA|doctor|[ao][- ]levels?\b|gcse|abitur|matura|\bged\b|LL\.?[BM]\b|M\.?Pharm"
            r"|journeyman",
            sentence,
            re.IGNORECASE,
        )
    ):
        return "education"
    if languages(sentence) and (
        _ONLY_LANGUAGES.fullmatch(re.sub(r"[A-Za-z]+", _blank_language, _TAIL.sub("", sentence)))
        or cefr_levels(sentence)
        or re.search(r"\b(?:language|speak|spoken|written|skills)\b", sentence, re.I)
    ):
        return "language"
    if _CERTIFICATE.search(sentence) and not years:
        return "certification"
    if years is not None:
        return "experience"
    if default_lexicon().find(sentence):
        soft = _SOFT_SKILL.search(sentence) and len(default_lexicon().find(sentence)) == 1
        return "personal_skill" if soft and not _MUST_CUE.search(sentence) else "hard_skill"
    if _SOFT_SKILL.search(sentence):
        return "personal_skill"
    if re.search(r"\bexperience\b|\bbackground in\b|\btrack record\b", sentence, re.IGNORECASE):
        return "experience"
    return (
        "hard_skill"
        if re.search(r"\b(?:knowledge|familiar|proficien|skills? in|understanding)\b", sentence, re.I)
        else "other"
    )


_ONLY_LANGUAGES: Final = re.compile(r"\W*(?:(?:and|or|some|any|of)\W*)*", re.IGNORECASE)


def _blank_language(word: re.Match[str]) -> str:
    return "" if languages(word[0]) else word[0]


def _by_language(whole: _Draft, sentence: str, at: int, insisted: bool) -> Iterator[_Draft]:
    """One requirement per language or choice of languages, each with its own level, insisted on or welcome."""
    named = languages(sentence)
    levels = cefr_levels(sentence)
    for group in choices(sentence, named):
        start, end = group[0][1], group[-1][2]
        must = insisted and not is_wish(sentence, start, end)
        level = asked_level(start, end, sentence, named, levels, alone=insisted and not must)
        alone = {name for name, _, _ in named} == {name for name, _, _ in group}
        label = sentence[start:end] if len(group) > 1 else group[0][0].title()
        yield _Draft(
            text=whole.text if alone else f"{label} ({sentence[level[1] : level[2]]})" if level else label,
            category="language",
            must=must,
            start=whole.start if alone else at + start,
            end=whole.end if alone else at + end,
            sentence=sentence,
            level=str(level[0]) if level else "",
            alternatives=tuple(dict.fromkeys(name for name, _, _ in group)),
        )


def _groups(sentence: str, found: list[Found]) -> list[list[Found]]:
    """Skills joined by "or" or "/" are one choice; commas follow what their list ends with."""
    if not found:
        return []
    listed = re.search(
        r"\bor\b(?! (?:above|higher|more|later|newer|equivalent|similar|related|better))", sentence, re.I
    ) and not re.search(r"\band\b|&", sentence[found[0].start : found[-1].end])
    groups = [[found[0]]]
    for before, after in pairwise(found):
        between = sentence[before.end : after.start]
        offered = _ONE_OF.search(sentence, 0, before.start) and not re.search(r"\band\b", between, re.I)
        choice = (
            offered
            or re.search(r"\bor\b|/|\be\.?g\.?|such as|like", between, re.IGNORECASE)
            or (listed and re.fullmatch(r"\s*,\s*", between))
        )
        if choice or (before.end <= sentence.find("(", before.end) < after.start):
            groups[-1].append(after)
        else:
            groups.append([after])
    return groups


def _of_skills(group: list[Found], whole: _Draft, sentence: str, at: int) -> _Draft:
    names = [sentence[skill.start : skill.end] for skill in group]
    text = " or ".join(dict.fromkeys(names))
    years = whole.years
    if years is not None:
        text = f"{_amount(years)} of experience with {text}"
    return _Draft(
        text=text,
        category="experience" if years is not None else "hard_skill",
        must=whole.must,
        start=at + group[0].start,
        end=at + group[-1].end,
        sentence=sentence,
        years=years,
        alternatives=tuple(dict.fromkeys(skill.skill for skill in group)),
    )


def _amount(years: float) -> str:
    return f"{years:g} year" + ("" if years == 1 else "s")


def _merge(drafts: list[_Draft]) -> list[_Draft]:
    kept: list[_Draft] = []
    for draft in drafts:
        same = next((other for other in kept if _same(draft, other)), None)
        if same is None:
            kept.append(draft)
        else:
            same.must = same.must or draft.must
            same.years = max(filter(None, (same.years, draft.years)), default=None)
    return kept


def _same(one: _Draft, other: _Draft) -> bool:
    if one.category != other.category:
        return False
    if one.category == "hard_skill" and one.alternatives and one.alternatives == other.alternatives:
        return True
    return fuzz.token_set_ratio(one.text.lower(), other.text.lower()) >= 94 and one.years in {
        None,
        other.years,
    }

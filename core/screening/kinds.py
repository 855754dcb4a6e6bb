"""Tells what kind of thing a sentence asks for."""

import re
from collections.abc import Sequence
from typing import Final

from core.screening.spans import Span
from core.sdk.scorer import Category
from core.sdk.text import cefr_levels, default_lexicon, degrees, languages, lengths_of_time

MUST_CUE: Final = re.compile(
    r"\b(?:must|required|requires?|essential|mandatory|need(?:ed)?|minimum|at least|necessary|you have|you bring"
    r"|proven|demonstrat\w+|solid|strong|proficien\w+|fluent|knowledge of|experience (?:with|in|of|as)"
    r"|experienced? (?:with|in)|familiar\w* with|ability to|able to|degree|certif\w+|licen[cs]e\w*)\b",
    re.IGNORECASE,
)
SOFT_SKILL: Final = re.compile(
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
CERTIFICATE: Final = re.compile(
    r"\b(?:certif\w+|licen[cs](?:e|ed|ure)|registration|registered (?:nurse|with)|chartered|"
    r"accredit\w+|qualified (?:teacher"
    r"|accountant)|QTS|RN|NMC|ACLS|BLS|PALS|CPA|CMA|CIMA|ACCA|PMP|PRINCE2|CISSP|CCNA|ITIL|CKA|IPAF|first[- ]aid"
    r"|forklift (?:licen[cs]e|certificate)|bilanzbuchhalter|AAT|CIPP|CIPD|WSET|CSCS|CPC"
    r"|qualification(?! (?:method|process|of))|(?:provider|driver|tachograph|white|yellow|food handler) cards?"
    r"|(?:EWP|forklift|crane|rigging) tickets?|notary commission)\b",
    re.IGNORECASE,
)
AUTHORIZATION: Final = re.compile(
    r"\b(?:right to work|work(?:ing)? (?:permit|authori[sz]ation|visa|rights)|authori[sz](?:ed|ation) to work|"
    r"permission to work|permitted to work|sponsorship|citizens?(?:hip)?\b(?! (?:service|advice|science))|"
    r"nationals only|(?:EU|UK|US) nationals?|passport|permanent residen\w+|settled status|green card|stamp 4|"
    r"residence permit|eligible to work|(?:security|secret|sc|dv) clearance"
    r"|background check|dbs check|driving licen[cs]e|driver'?s licen[cs]e|willing\w* to (?:travel|"
    r"relocate|work)|weekend"
    r"|night shifts?|shift work|on[- ]?site(?! [A-Z]| (?:health|fitness|gym|clinic|parking))|"
    r"on call|on-call|travel(?:ling)? (?:up to|\d)|availab(?:le|ility) (?:for|on|from)\b|readiness (?:for|to)\b|"
    r"free to start\b)",
    re.IGNORECASE,
)
_STUDIES: Final = re.compile(
    r"degree|bachelor|master|diplom|ph\.?d|apprenticeship|vocational|b\.?sc|m\.?sc|education|stud|"
    r"school|\bHND\b|MBA|doctor|[ao][- ]levels?\b|gcse|abitur|matura|\bged\b|LL\.?[BM]\b|M\.?Pharm"
    r"|journeyman",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"\s*(?:\((?:required|must[- ]have|essential|a plus|nice to have|preferred|desirable)\)|"
    r",?\s+(?:is|are|would be)?\s*(?:welcome,?\s+(?:but\s+)?not\s+required|"
    r"(?:a (?:strong |big |definite )?(?:plus|bonus|must)|an advantage|(?<!not )required|essential|"
    r"mandatory|preferred|desirable"
    r"|nice to have|welcome|beneficial)))\s*\.?$",
    re.IGNORECASE,
)
_DEGREE: Final = re.compile(r"\b(?:degree|doctorate|studies|LLB)\b", re.IGNORECASE)
"""Studies without a level we know; a word of theirs in a resume does not show them as it shows a skill."""
_LATELY: Final = re.compile(r"\b(?:last|past|previous)\s+\Z", re.IGNORECASE)
_PRACTICE: Final = re.compile(r"\bexperience\b|\bbackground in\b|\btrack record\b", re.IGNORECASE)
_KNOWING: Final = re.compile(
    r"\b(?:knowledge|familiar|proficien|skills? in|understanding|grasp of|command of)\b", re.IGNORECASE
)
_SPEAKING: Final = re.compile(r"\b(?:language|speak|spoken|written|skills)\b", re.IGNORECASE)
_ONLY_LANGUAGES: Final = re.compile(r"\W*(?:(?:and|or|some|any|of)\W*)*", re.IGNORECASE)


def without_tail(sentence: str) -> str:
    """The sentence without what it says of its own weight: "(required)", "is a plus"."""
    return _TAIL.sub("", sentence)


def category_of(sentence: str, years: float | None, spans: Sequence[Span]) -> Category:
    """What the sentence asks for; `spans` are what the span model sees in it."""
    if AUTHORIZATION.search(sentence):
        return "authorization"
    if asks_for_studies(sentence) and not years:
        return "education"
    if _asks_for_language(sentence):
        return "language"
    if CERTIFICATE.search(sentence) and not years and not _DEGREE.search(sentence):
        return "certification"
    return "experience" if years is not None else _skill_or_other(sentence, spans)


def asked_years(sentence: str) -> float | None:
    """The years of practice the sentence asks for; "in the last two years" is a time and no amount."""
    amounts = (
        years for years, start, _ in lengths_of_time(sentence) if not _LATELY.search(sentence, 0, start)
    )
    return next(amounts, None)


def asks_for_studies(sentence: str) -> bool:
    """True when a degree is named as one, not in passing."""
    return bool(degrees(sentence) and _STUDIES.search(sentence))


def _asks_for_language(sentence: str) -> bool:
    return bool(languages(sentence)) and bool(
        _ONLY_LANGUAGES.fullmatch(re.sub(r"[A-Za-z]+", _blank_language, without_tail(sentence)))
        or cefr_levels(sentence)
        or _SPEAKING.search(sentence)
    )


def _blank_language(word: re.Match[str]) -> str:
    return "" if languages(word[0]) else word[0]


def _skill_or_other(sentence: str, spans: Sequence[Span]) -> Category:
    soft = [match.span() for match in SOFT_SKILL.finditer(sentence)]
    known = [(found.start, found.end) for found in default_lexicon().find(sentence)]
    taught = [(span.start, span.end) for span in spans if span.kind == "knowledge"]
    if known:
        alone = len(known) == 1 and _apart(known, soft) == []
        return "personal_skill" if alone and not MUST_CUE.search(sentence) else "hard_skill"
    if soft and not _apart(taught, soft):
        return "personal_skill"
    if _PRACTICE.search(sentence):
        return "experience"
    taught = [] if _DEGREE.search(sentence) else taught
    return "hard_skill" if taught or _KNOWING.search(sentence) else "other"


def _apart(places: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places that touch none of the others: "hands-on" in "hands-on welding" does not make it soft."""
    return [one for one in places if not any(one[0] < end and start < one[1] for start, end in others)]

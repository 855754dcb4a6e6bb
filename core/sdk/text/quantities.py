"""Numbers, dates, degrees and language levels as resumes and job texts write them."""

import re
from datetime import date
from typing import Final

import msgspec


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of time in whole months since year 0; `end` is exclusive."""

    start: int
    end: int
    at: int
    until: int


_NUMBERS: Final = {
    word: number
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
            "thirteen",
            "fourteen",
            "fifteen",
        ]
    )
} | {"twenty": 20, "a": 1, "an": 1}
_YEARS: Final = re.compile(
    r"(?P<least>\d{1,2}(?:[.,]\d)?|\b(?:" + "|".join(_NUMBERS) + r")\b)(?P<more>\s+and\s+a\s+half)?"
    r"(?:\s*(?:-|–|to)\s*(?P<most>\d{1,2}))?\s*(?:\+|plus|or more)?\s*[-\s]?(?P<unit>years?|yrs?|"
    r"months?)\b(?P<half>\s+and\s+a\s+half)?",
    re.IGNORECASE,
)
_HALF: Final = re.compile(r"\bhalf\s+$", re.IGNORECASE)
_PER: Final = re.compile(
    r"(?<![^\W\d_])(?!(?:for|of|about|over|than|least|nearly|almost|half|within|after|before|in|and|or|under|only|just"
    r"|by|spent|worked|taught|served|did|was|been|practi[sc]ed|took|with|have|has|had|as|minimum|full|during)\s)"
    r"[^\W\d_][\w'’-]*\s+$",
    re.IGNORECASE,
)
"""A noun before "a year" makes it a rate: "5,000 births a year"."""


def year_amounts(text: str) -> list[tuple[float, int, int]]:
    """(years, start, end) for each stated amount; of a range ("3-5 years") the lower end."""
    found = []
    for match in _YEARS.finditer(text):
        least = match["least"].lower().replace(",", ".")
        if least in {"a", "an"} and _PER.search(text, 0, match.start()):
            continue
        amount = float(_NUMBERS[least]) if least in _NUMBERS else float(least)
        if match["unit"].lower().startswith("month"):
            amount /= 12
        amount += 0.5 if match["half"] or match["more"] else 0.0
        amount *= 0.5 if _HALF.search(text, 0, match.start()) else 1.0
        if amount <= 50 and not re.match(r"\s*(?:old|of age)\b", text[match.end() :], re.IGNORECASE):
            found.append((round(amount, 2), match.start(), match.end()))
    return found


def number_of(word: str) -> float | None:
    """The number a figure or a word of one stands for: "12", "twelve"."""
    lowered = word.lower()
    return float(_NUMBERS[lowered]) if lowered in _NUMBERS else float(word) if word.isdigit() else None


MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])"
_MOMENT: Final = (
    r"(?:(?P<{0}iso>(?:19|20)\d\d[-/.](?:0[1-9]|1[0-2]))(?!\d)(?:[-/.]\d\d)?"
    rf"|(?:(?:{_DAY}(?:st|nd|rd|th)?\.?\s+)?(?P<{{0}}month>"
    + "|".join(sorted(MONTHS, key=len, reverse=True))
    + rf")(?:\s+{_DAY}(?:st|nd|rd|th)?(?=,?\s))?[.,]{{{{0,2}}}}\s*"
    rf"|(?:{_DAY}\s?[./\-]\s?)?(?P<{{0}}number>1[0-2]|0?[1-9])\s?[/.\-]\s?(?:{_DAY}/)?)?"
    r"(?P<{0}year>(?:19|20)\d\d))"
)
_RANGE: Final = re.compile(
    r"(?<![\d/])"
    + _MOMENT.format("from_")
    + r"\s*(?:-|–|—|to|until|till|through|\u2192)\s*(?:"
    + _MOMENT.format("to_")
    + r"|(?P<now>present|now|today|current(?:ly)?|ongoing|date|heute|aujourd'hui|actualidad))",
    re.IGNORECASE,
)
_SINCE: Final = re.compile(
    r"\b(?:since|from)\s+" + _MOMENT.format("from_") + r"(?!\s*(?:-|–|to|until))", re.I
)


def date_ranges(text: str, as_of: date) -> list[Span]:
    """Every stretch of time the text names, "present" meaning `as_of`; year-only ends count in full years."""
    today = as_of.year * 12 + as_of.month
    found = []
    for match in _RANGE.finditer(text):
        start = _month(match, "from_", 1)
        end = today if match["now"] else _month(match, "to_", 12 if _has_month(match, "from_") else 1)
        if _has_month(match, "to_") and not match["now"]:
            end += 1
        if start < end <= today + 12:
            found.append(Span(start=start, end=min(end, today), at=match.start(), until=match.end()))
    for match in _SINCE.finditer(text):
        start = _month(match, "from_", 1)
        if start < today:
            found.append(Span(start=start, end=today, at=match.start(), until=match.end()))
    return [span for span in found if span.start < span.end]


def _has_month(match: re.Match[str], side: str) -> bool:
    return bool(match[side + "month"] or match[side + "number"] or match[side + "iso"])


def _month(match: re.Match[str], side: str, default: int) -> int:
    if match[side + "iso"]:
        year, month = re.split(r"[-/.]", match[side + "iso"])
        return int(year) * 12 + int(month)
    month = default
    if match[side + "month"]:
        month = MONTHS[match[side + "month"].lower().rstrip(".")]
    elif match[side + "number"]:
        month = int(match[side + "number"])
    return int(match[side + "year"]) * 12 + month


def months_between(spans: list[Span]) -> int:
    """Months covered by the spans, overlaps counted once."""
    total, reach = 0, -1
    for span in sorted(spans, key=lambda span: span.start):
        start = max(span.start, reach)
        if span.end > start:
            total += span.end - start
            reach = span.end
    return total


DEGREES: Final = {
    name: rank
    for rank, name in enumerate(
        (
            "lower_school",
            "school",
            "vocational",
            "associate",
            "bachelor",
            "postgraduate",
            "master",
            "doctorate",
        ),
        start=1,
    )
}
"""The ladder of formal education, lowest first; a diploma stands with a completed vocational training."""
_OF: Final = (
    r"(?:science|arts|business|engineering|laws?|education|public|philosophy|social|fine|music|nursing|medicine"
    r"|technology|architecture|commerce|research|economics)"
)
_BESIDE: Final = (
    r"(?:in|of|degrees?|thesis|studies|students?|program(?:me)?s?|levels?|or|and|from|at|with|by|on|is|preferred"
    r"|required|completed|finished)"
)
_STUDIED: Final = (
    r"(?!\s+(?:data|plan|schedule)\b)"
    rf"(?!\s+of\s+(?!{_OF}\b)(?-i:[a-z]))"
    rf"(?!\s+(?!{_BESIDE}\b)(?-i:[a-z]))"
)
"""After "master" a degree is meant, and no craft or skill: "master of setting out", "master tailor", "I master"."""
_DEGREE_WORDS: Final = (
    (
        "doctorate",
        r"\bph\.?\s?d\b|\bdoctor(?:ate|al)\b|\bdr\.?\s(?:rer|phil|ing)\b|\bmd\b(?=[,\s]|$)|\bDClin\w*\b|\bD\.?Phil\b"
        r"|\bEd\.?D\b|\bpromotion zum\b",
    ),
    (
        "master",
        r"(?<!scrum )(?<!web)(?<!head)(?<!\bzen )(?<!\bI )(?<!\bto )(?<!\bthe )"
        rf"\bmaster(?:['’]?s\b|\b(?!['’]s)){_STUDIED}"
        rf"|(?<=\bthe )master['’]?s\b{_STUDIED}"
        r"|\bm\.?\s?sc\b|\bm\.?\s?eng\b|\bmba\b|\bm\.?\s?tech\b|\bM\.?A\.?(?=[\s,]|$)|\bM\.?S\.?(?=\s+(?:in"
        r"|degree)\b)|\bdiplom\b"
        r"|\bmagister\b|\bLL\.?M\b|\bM\.?Pharm\b|(?-i:\bM\.?Arch\b)|\bM\.?Phil\b|\bM\.?Res\b|\bMPH\b|\bMSW\b"
        r"|\bM\.?Ed\b|\bMFA\b|\bMPA\b"
        r"|\bstate exam(?:ination)?\b|\bpostgraduate degree\b",
    ),
    (
        "postgraduate",
        r"\b(?:post-?graduate|graduate) (?:diploma|certificate)\b|\bhigher diploma \(postgraduate\)|\bPG ?Dip\b"
        r"|\bPG ?Cert\b",
    ),
    (
        "bachelor",
        r"\bbachelor(?:'?s)?\b|\bb\.?\s?sc\b|\bb\.?\s?eng\b|\bb\.?\s?tech\b|\bbs[nc]\b|\bbba\b|\bB\.?A\.?(?=[\s,]|$)"
        r"|\bB\.?S\.?(?=\s+(?:in|degree)\b)|\blicenciatura\b|\bb\.?\s?ed\b|\bb\.?\s?com\b|\bLL\.?B\b|\bBFA\b"
        r"|\bB\.?Arch\b|\bBDS\b"
        r"|\bMBBS\b|\bMBChB\b|\bB\.?Pharm\b|\bBVSc\b|\b(?:university|college) studies\b|\bstudies in\b"
        r"|\bgraduated in\b"
        r"|\bhigher education (?=in|degree)|\bgraduate (?:in|of|degree)\b|\bacademic (?:degree|education)\b"
        r"|\buniversity education\b",
    ),
    (
        "associate",
        r"\bassociate(?:'?s)?(?:\s+degree|\s+of|\s+in)\b|\bfoundation degree\b|\bhnd\b"
        r"|\bhigher national diploma\b",
    ),
    (
        "vocational",
        r"\bapprenticeship\b|\bvocational\b|\bausbildung\b|\btrade school\b|\bnvq\b|\bcity\s*&\s*guilds\b|\bBTEC\b"
        r"|\bmaster (?:craftsman|(?-i:[a-z]{3,}(?:er|or|ian|smith|wright)))\b|\bmaster['’]s (?:certificate|letter)\b"
        r"|\bdiploma\b(?! in (?:business )?coaching)|\btrained as an?\b|\bjourneyman\b|\btrade certificate\b",
    ),
    (
        "school",
        r"\bhigh[- ]school\b|\bsecondary school\b|\bged\b|\ba[- ]levels?\b|\babitur\b|\bmatura\b|\bbaccalaur[eé]at\b"
        r"|\bleaving certificate\b|\bcertificate (?:i|ii|iii|iv|[1-4])\b|\bsixth form\b",
    ),
    (
        "lower_school",
        r"\bgcses?\b|\bo[- ]levels?\b|\brealschule\b|\bhauptschul\w+|\bmiddle school\b"
        r"|\blower secondary\b",
    ),
    ("bachelor", r"\bdegree\b(?! (?:of|to which)\b)"),
)
_DEGREE: Final = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _DEGREE_WORDS)
_SAME: Final = 22
"""Characters after a degree's own name within which the word "degree" means the same one."""


def degrees(text: str) -> list[tuple[str, int, int]]:
    """(name in DEGREES, start, end) for every degree the text names, highest first."""
    found: list[tuple[str, int, int]] = []
    for name, pattern in _DEGREE:
        for match in pattern.finditer(text):
            word = match.group()
            if len(word.rstrip(".")) <= 3 and word.islower():
                continue
            if any(start < match.end() and match.start() < end for _, start, end in found):
                continue
            if word.lower() == "degree" and any(-1 <= match.start() - end <= _SAME for _, _, end in found):
                continue
            found.append((name, match.start(), match.end()))
    return sorted(found, key=lambda degree: (-DEGREES[degree[0]], degree[1]))


LEVELS: Final = {"a1": 1, "a2": 2, "b1": 3, "b2": 4, "c1": 5, "c2": 6, "native": 7}
_LEVEL_WORDS: Final = (
    (
        7,
        r"\bnative(?! (?:app|mobile|cloud))\b|\bmother tongue\b|\bbilingual\b|\bfirst language\b|\bsince birth\b"
        r"|\bat home and at school\b|\b(?:raised|grew up|brought up) (?:speaking|with|in)\b(?= [A-Z]\w+(?:ish"
        r"|an|ch|ese|ic)\b)"
        r"|\bfrom (?:birth|childhood)\b|-speaking (?:home|family|household|parents)\b|\bsince the cradle\b",
    ),
    (6, r"\bC2\b|\bmastery\b|\bnear-native\b|\bHSK ?6\b"),
    (
        5,
        r"\bC1\b|\bproficient\b|"
        r"(?<!elementary )(?<!working )(?<!native )(?<!bilingual )\bproficiency\b|(?<!not )\bfluent(?:ly)?\b|"
        r"\bfluency\b|\bexcellent\b|\bfull professional\b|\bbusiness[- ]fluent\b|\bvery good\b|\b(?:JLPT )?N1\b"
        r"|\bHSK ?5\b"
        r"|\bnegotiation[- ]level\b",
    ),
    (
        4,
        r"\bB2\b|\bupper[- ]intermediate\b|\bprofessional\b|\bworking (?:proficiency|knowledge|"
        r"level)\b|\bgood\b|\badvanced\b|\bbusiness (?:level|english|german|french|spanish)\b|\b(?:JLPT )?N2\b"
        r"|\bHSK ?4\b"
        r"|\bcomfortable\b|\bconfident\b",
    ),
    (
        3,
        r"\bB1\b|\bintermediate\b|\bconversation(?:al|s)?\b|\blimited working\b|\b(?:JLPT )?N3\b|\bHSK ?3\b"
        r"|\beveryday\b",
    ),
    (
        2,
        r"\bA2\b|\belementary\b|\bbasics?\b|\bpre-intermediate\b|\bschool (?=[A-Z])|\b(?:JLPT )?N4\b|\bHSK ?2\b"
        r"|\brusty\b"
        r"|\bholiday\b(?= [A-Z])|\bsimple (?:sentences|orders|conversations)\b",
    ),
    (
        1,
        r"\bA1\b|\bbeginner(?:['’]?s)?\b|\bstarter\b|\ba few (?:\w+ )?(?:words|phrases|sentences)\b"
        r"|\b(?:JLPT )?N5\b|\bHSK ?1\b"
        r"|\bfirst (?:\w+ )?lessons\b|\bgreetings\b|\bhardly any\b",
    ),
)
_LEVEL: Final = tuple((level, re.compile(pattern, re.IGNORECASE)) for level, pattern in _LEVEL_WORDS)


def cefr_levels(text: str) -> list[tuple[int, int, int]]:
    """(level 1-7, start, end) for every level named; words are read as CEFR bands, native as 7.

    A word beside a code adds nothing and is left out.

    Bands: Council of Europe, Common European Framework of Reference for Languages (2001).
    """
    every = [
        (level, m.start(), m.end())
        for level, pattern in _LEVEL
        for m in pattern.finditer(text)
        if not _NOT_REACHED.search(text[: m.start()]) and not _FAR.match(text, m.end())
    ]
    found = [entry for entry in every if not any(_within(entry, other) for other in every)]
    codes = [entry for entry in found if entry[2] - entry[1] == 2]
    return sorted(
        (entry for entry in found if entry in codes or not any(_beside(text, entry, code) for code in codes)),
        key=lambda entry: entry[1],
    )


_NOT_REACHED: Final = re.compile(
    r"\b(?:not|no|never|far from|short of|towards|aiming (?:at|for)|below)\s+(?:yet\s+|quite\s+|really\s+"
    r"|at\s+)?(?:an?\s+)?$",
    re.IGNORECASE,
)
_FAR: Final = re.compile(r"\s+(?:is |still )?(?:far (?:away|off)|the aim|planned|to come)\b", re.IGNORECASE)


def _within(word: tuple[int, int, int], longer: tuple[int, int, int]) -> bool:
    """True for the "good" of "very good"."""
    return longer[1] <= word[1] and word[2] <= longer[2] and longer[1:] != word[1:]


def _beside(text: str, word: tuple[int, int, int], code: tuple[int, int, int]) -> bool:
    between = text[min(word[2], code[2]) : max(word[1], code[1])]
    return len(between) <= _NEAR and not languages(between)


_NEAR: Final = 15
"""Characters within which a code says better what a word says: "fluent (C1)"."""
_LANGUAGES: Final = [
    "english",
    "german",
    "french",
    "spanish",
    "italian",
    "portuguese",
    "dutch",
    "polish",
    "russian",
    "ukrainian",
    "czech",
    "slovak",
    "hungarian",
    "romanian",
    "bulgarian",
    "greek",
    "turkish",
    "arabic",
    "hebrew",
    "hindi",
    "urdu",
    "bengali",
    "punjabi",
    "tamil",
    "telugu",
    "mandarin",
    "cantonese",
    "chinese",
    "japanese",
    "korean",
    "vietnamese",
    "thai",
    "indonesian",
    "malay",
    "tagalog",
    "swedish",
    "norwegian",
    "danish",
    "finnish",
    "estonian",
    "latvian",
    "lithuanian",
    "croatian",
    "serbian",
    "slovenian",
    "swahili",
    "persian",
    "farsi",
    "kazakh",
    "georgian",
    "armenian",
    "catalan",
]
_LANGUAGE: Final = re.compile(r"\b(" + "|".join(_LANGUAGES) + r")\b", re.IGNORECASE)


def languages(text: str) -> list[tuple[str, int, int]]:
    """(language in lower case, start, end) for every human language named."""
    return [(m.group().lower(), m.start(), m.end()) for m in _LANGUAGE.finditer(text)]

"""Human languages and their levels as resumes and job texts write them."""

import re
from typing import Final

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

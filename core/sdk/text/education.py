"""Degrees and their ladder as resumes and job texts write them."""

import re
from typing import Final

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

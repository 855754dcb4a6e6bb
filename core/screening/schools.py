"""Finds where somebody studied and when they graduated: it tells origin and age, and nothing of skill."""

import re
from typing import Final

_KIND_OF_SCHOOL: Final = (
    r"(?:University|College|Institute|Polytechnic|Academy|School|(?:Universit[äaéàé]t?e?|"
    r"Universidade?|Uniwersytet|Politechnika"
    r"|Hochschule|École|Escuela)(?:[ \t]+(?:(?:de|del|di|der|degli|für|zu|la|of)[ \t]+)*[A-ZÀ-ÖØ-Ž]\w+){0,4})"
)
_SCHOOL: Final = re.compile(
    r"\b(?P<before>(?:[A-ZÀ-ÖØ-Ž][\w.&'’-]*[ \t]+){0,4})" + "(?P<kind>" + _KIND_OF_SCHOOL + r")\b"
    r"(?P<of>[ \t]+(?:of|for)[ \t]+(?:[A-Z][\w.&'’-]*[ \t]?){1,3}(?:[ \t]?and[ \t]+[A-Z]\w+)?)?"
)
_ANY_SCHOOL: Final = frozenset(
    [
        "primary",
        "secondary",
        "high",
        "middle",
        "elementary",
        "nursery",
        "grammar",
        "business",
        "medical",
        "law",
        "special",
        "public",
        "private",
        "state",
        "the",
        "a",
        "technical",
        "vocational",
        "night",
        "summer",
        "nursing",
        "training",
        "community",
        "sixth",
        "form",
        "senior",
        "junior",
        "old",
        "my",
        "our",
        "at",
        "in",
        "and",
        "of",
        "year",
        "years",
        "teacher",
        "experienced",
    ]
)
_TAUGHT_AT: Final = re.compile(
    r"[ \t]+(?:(?:Primary|Secondary|High|Middle|Elementary|Nursery|Grammar|Special|Medical|"
    r"Business|Law|Nursing|Technical"
    r"|Vocational)[ \t]+)+(?:School|College|Academy)$"
)
_BODY: Final = re.compile(
    r"Chartered|Management|Accountant|Engineers|Personnel|Professional|Standards|Project|Certified"
)
_YEAR: Final = re.compile(r"\b(?:19[5-9]\d|20[0-4]\d)\b")
_DEGREE: Final = re.compile(
    r"\b(?:bachelor|master(?:'?s| of| in| degree)|b\.?\s?sc|m\.?\s?sc|mba|ph\.?d|diploma|degree|"
    r"graduat\w+|class of|abitur"
    r"|a-levels|gcse)\b",
    re.IGNORECASE,
)
_SCHOOLING: Final = re.compile(
    r"\b(?:school|university|college|institute|polytechnic|academy)\b", re.IGNORECASE
)
_POST: Final = re.compile(
    r"\b(?:teach\w*|lecturer|professor|tutor|assistant|coach|administrator|nurse|manager|engineer|"
    r"developer|librarian|trainer"
    r"|head|officer|coordinator|technician|research\w*|present|since)\b",
    re.IGNORECASE,
)
_SECTION: Final = re.compile(
    r"^\W*(?:(education|academic|qualifications|studies|training and education)"
    r"|(experience|employment|work|professional|career|projects|skills|languages|certific|summary|profile|about))\b",
    re.IGNORECASE,
)


def schools(text: str) -> list[tuple[int, int]]:
    """Schools by name; "primary school" says what somebody did, not where, and professional bodies stay."""
    spans = []
    for match in _SCHOOL.finditer(text):
        named = [word for word in match["before"].split() if word.lower() not in _ANY_SCHOOL]
        if (named or match["of"] or " " in match["kind"]) and not _BODY.search(match[0]):
            kind = _TAUGHT_AT.search(match[0])
            spans.append((match.start(), match.start() + kind.start() if kind else match.end()))
    return spans


def graduation_years(text: str) -> list[tuple[int, int]]:
    spans, position = [], 0
    section = ""
    for line in text.split("\n"):
        heading = _SECTION.match(line) if len(line.split()) <= 5 else None
        if heading:
            section = "studies" if heading.group(1) else "work"
        if section == "studies" or _tells_of_studies(line, section):
            spans += [(position + m.start(), position + m.end()) for m in _YEAR.finditer(line)]
        position += len(line) + 1
    return spans


def _tells_of_studies(line: str, section: str) -> bool:
    """Who works at a school did not graduate there: the years of posts stay."""
    if len(line) >= 160:
        return False
    if _DEGREE.search(line):
        return True
    return not section and bool(_SCHOOLING.search(line)) and not _POST.search(line)

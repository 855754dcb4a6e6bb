"""Finds when somebody studied: it tells their age, and nothing of skill."""

import re
from collections.abc import Sequence
from typing import Final

from core.screening.deidentify.page import Page
from core.screening.deidentify.spans import Span

_MONTH: Final = (
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|ene|abr|ago|dic|févr|avr|juin|juil|août|déc|sty|lut|kwi|maj|cze|lip|sie|wrz|paź|lis|gru)[^\W\d_]*\.?"
    r"|(?:spring|summer|fall|autumn|winter)|\d{1,2}[./\-]\d{1,2}(?=[./\-])|\d{1,2}(?=[./\-])|q[1-4])"
)
_YEAR: Final = r"(?:19[5-9]\d|20[0-4]\d)"
_WHEN: Final = rf"(?:\b{_MONTH}[ ,./\-]{{0,3}})?\b{_YEAR}(?:[./\-](?:0?[1-9]|1[0-2])(?:[./\-]\d{{1,2}})?)?\b"
_DATES: Final = re.compile(
    rf"(?:(?:from|since|expected|anticipated|class of|graduated(?: in)?|in|until|till)[ ]+)?{_WHEN}"
    rf"(?:[ ]*(?:[\-–—/]|to|until|till|bis|do|a|à|al)[ ]*(?:{_WHEN}|['’]?\d{{2}}\b|present|now|current(?:ly)?|today|ongoing|heute|expected))?"
    rf"(?:[ ]*\((?:expected|anticipated)\))?|(?:class of[ ]+)?['’]\d{{2}}\b(?:[ ]?[\-–][ ]?['’]\d{{2}}\b)?",
    re.IGNORECASE,
)
_DEGREE: Final = re.compile(
    r"\b(?:bachelor(?:'?s)?|master(?:'?s| of| in| degree)|b\.?\s?sc|m\.?\s?sc|b\.?\s?a\.?(?= (?:in|of|hons|\())|m\.?\s?a\.?(?= (?:in|of|\())|b\.?\s?eng|m\.?\s?eng|b\.?\s?tech|m\.?\s?tech|b\.?com|m\.?com|bca|mca"
    r"|mba|ph\.?\s?d|doctorate|diploma|diplom|degree|graduat\w+|class of|abitur|matura|baccalaureate|baccalauréat|bachillerato|licence|licenciatura|magister|inżynier|licencjat"
    r"|a-levels?|gcses?|high school|hsc|ssc|10th|12th)\b",
    re.IGNORECASE,
)
_SCHOOLING: Final = re.compile(
    r"\b(?:school|university|college|institute|polytechnic|academy|universit\w+|hochschule|politechnika|uniwersytet)\b",
    re.IGNORECASE,
)
_POST: Final = re.compile(
    r"\b(?:teach\w*|lecturer|professor|tutor|assistant|coach|administrator|nurse|manager|engineer|developer|librarian|trainer"
    r"|head|officer|coordinator|technician|research\w*|present|since|worked|experience|programme|program|scheme)\b",
    re.IGNORECASE,
)
_CERTIFIED: Final = re.compile(r"\b(?:certifi\w+|licen[cs]ed?|registration|registered)\b", re.IGNORECASE)


_FIGURES: Final = re.compile(r"(?:19[5-9]|20[0-4])\d|['’]\d\d")


def graduation_years(page: Page, studies: Sequence[str]) -> list[Span]:
    """Dates of studies; who works at a school did not graduate there, and dates of certificates stay."""
    found = []
    for number, (line, section) in enumerate(zip(page.lines, studies, strict=True)):
        if not line.has_digit or not _FIGURES.search(line.text):
            continue
        before = page.lines[number - 1].text if number else ""
        after = page.lines[number + 1].text if number + 1 < len(page.lines) else ""
        if _of_studies(line.text, section, before, after):
            found += [Span(line.start + m.start(), line.start + m.end()) for m in _DATES.finditer(line.text)]
    return found


def _of_studies(line: str, section: str, before: str, after: str) -> bool:
    if section == "studies":
        return not _CERTIFIED.search(line) or bool(_DEGREE.search(line) or _SCHOOLING.search(line))
    if len(line) >= 160:
        return False
    if _DEGREE.search(line):
        return not _POST.search(_DEGREE.sub("", line)) or bool(re.search(r"(?i)\bclass of\b|graduated", line))
    if not section and _SCHOOLING.search(line):
        return not _POST.search(line)
    bare = not re.search(r"[^\W\d_]{3}", _DATES.sub("", line))
    beside = _DEGREE.search(before) or _DEGREE.search(after)
    return bare and bool(_DATES.search(line)) and bool(beside) and not _POST.search(before + after)

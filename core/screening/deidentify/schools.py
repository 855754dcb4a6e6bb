"""Finds where somebody studied: it tells origin and means, and nothing of skill."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from core.screening.deidentify.occupations import tells_of_work
from core.screening.deidentify.page import CAPITAL, Page, between, triggers
from core.screening.deidentify.places import is_place, looks_like_place
from core.screening.deidentify.spans import Span

_WORD: Final = rf"{CAPITAL}[\w.&'’-]*"
_SMALL: Final = r"(?:de|los|las|del|della|di|der|degli|dei|das|da|do|dos|des|du|für|fur|zu|la|le|les|lo|of|and|et|e|y|und|van|von|im\.|w|we|at|in|for|the|d['’]|l['’])"
_KIND: Final = (
    r"(?:University|Univ\.|College|Institute|Polytechnic|Academy|School|Conservatory|Seminary|Faculty"
    r"|(?:[\w-]*[Uu]niversit(?:y|ät|aet|é|à|a|ate|atea|eit|et|etet)|Universidade?|Universitas|Uniwersytet|Univerzita|Univerzitet|Univerzum|Egyetem|Üniversitesi|Yliopisto|Politechnika|Politecnico|Politécnica"
    r"|[\w-]*[Hh]ochschule|[\w-]*[Gg]ymnasium|[\w-]*[Rr]ealschule|[Bb]erufsschule|École|Ecole|Lycée|Liceum|Liceo|Escuela|Escola|Scuola|Instituto|Istituto|Institut|Akademia|Szkoła|Technikum|Facultad|Colegio"
    r"|[\w-]*[Hh]ögskola|[\w-]*[Hh]ogeschool|[\w-]*[Uu]niversiteit|Vidyalaya|Vidyapeeth|Vishwavidyalaya|Mahavidyalaya|Πανεπιστήμιο|Университет|университет|институт)"
    rf"(?:[ \t]+(?:{_SMALL}[ \t]+)*(?:{_WORD}|\d{{1,2}})){{0,6}})"
)
_SCHOOL: Final = re.compile(
    rf"(?<![\w-])(?P<before>(?:(?:{_WORD}|\d{{1,3}}(?:st|nd|rd|th)?|[IVX]+|de|la|of|del)[ \t]+){{0,6}})(?P<kind>{_KIND})(?![\w])"
    rf"(?P<of>(?:[ \t]+(?:of|for|de|del|at|in)[ \t]+(?:the[ \t]+)?(?:{_WORD}[ \t]?){{1,4}}(?:(?:,[ \t]{CAPITAL}\w+)?[ \t]?(?:and|&)[ \t]+{_WORD}(?:[ \t]{_WORD})?)?)*)"
    rf"(?P<place>[ \t]+{CAPITAL}\w+(?=[ \t]*(?:[,|\n(–]|$)))?"
)
_BARE: Final = re.compile(
    r"\b(?:MIT|UCLA|UCL|UCSD|UCSB|NYU|USC|LSE|KCL|CMU|EPFL|ETH(?:[ \t]Z[uü]rich)?|KTH|TUM|LMU|RWTH|KIT|TU[ \t][A-ZÄÖÜ]\w+|FU[ \t]Berlin|HU[ \t]Berlin|KU[ \t]Leuven|NTNU|NUS|NTU|HKUST|KAIST|POSTECH|SNU"
    r"|UNAM|ITAM|USP|UFRJ|UAM|AGH|SGH|UJ|UW|PWr|INSEAD|HEC(?:[ \t]Paris)?|ESSEC|ESCP|ESADE|Bocconi|WHU|IE Business School|(?:IIT|IIM|NIT|IIIT|BITS)(?:[ \t-]+[A-Z][a-z]+)?|VIT|AIIMS|JNU|DU"
    r"|Harvard|Stanford|Yale|Princeton|Caltech|Berkeley|Georgia Tech|Virginia Tech|Texas A&M|Penn State|Dartmouth|Cornell|Brown|Duke|Columbia|Oxford|Cambridge|Imperial|Sorbonne|Heriot-Watt|McGill|Sciences Po|Tsinghua|Peking"
    r"|Eton|Harrow)\b"
)
_BARE_ANYWHERE: Final = re.compile(
    r"\b(?:Harvard|Stanford|Princeton|Caltech|UCLA|INSEAD|EPFL|RWTH(?:[ \t]Aachen)?|ETH[ \t]Z[uü]rich|Sciences Po|IIT[ \t-]+[A-Z][a-z]+|IIM[ \t-]+[A-Z][a-z]+)\b"
)
_HAN: Final = re.compile(r"[一-鿿]{2,}(?:大学|大學|学院|學院|中学|中學|高校)|[가-힣]{2,}(?:대학교|고등학교)")
_ANY_SCHOOL: Final = frozenset(
    "primary secondary high middle elementary nursery grammar business medical law special public private state the a an technical"
    " vocational night summer nursing training community sixth form senior junior old my our at in and of year years teacher"
    " experienced driving language dance music ski cooking sunday comprehensive boarding international local graduate"
    " faculty head lecturer professor deputy assistant teaching substitute supply de la del i".split()
)
_TAUGHT_AT: Final = re.compile(
    r"[ \t]+(?:(?:Primary|Secondary|High|Middle|Elementary|Nursery|Grammar|Special|Medical|Business|Law|Nursing|Technical"
    r"|Vocational)[ \t]+)+(?:School|College|Academy)$"
)
_BODY: Final = re.compile(
    r"Chartered|Management|Accountant|Engineers|Personnel|Professional|Standards|Project|Certified|Royal College of|Data Science Academy|Trailhead"
)
_FIELD: Final = re.compile(
    r"\b(?:\w+(?:ology|ics|istry|graphy|onomy|nomics|ineering|ogy|osophy)|sciences?|studies|arts?|engineering|business|administration|management|law|medicine|nursing|education|history|literature"
    r"|languages?|psychology|accounting|finance|marketing|design|computing|informatics|informatik|mathematics|music|social|work|communications?|general|information|technology|systems"
    r"|english|german|honou?rs|hons|first class|distinction|gpa|cgpa|grade|merit|cum laude|thesis|minor|major|module|course)\b",
    re.IGNORECASE,
)


_KINDS: Final = re.compile(
    r"universi|univ\.|college|institut|istitut|polyt|politec|academy|school|conservator|seminary|faculty|egyetem|üniversites|yliopisto|hochschule|gymnasium|schule|école"
    r"|ecole|lyc[ée]e|lice|escuela|escola|scuola|akademia|szkoła|technikum|facultad|colegio|högskola|hogeschool|vidya|politechnika|uniwers|univerz"
    r"|πανεπ|универ|институт",
    re.IGNORECASE,
)
_BARES: Final = triggers("harvard stanford princeton caltech ucla insead epfl rwth eth sciences iit iim")


def schools(page: Page, studies: Sequence[str]) -> list[Span]:
    """Schools by name; "primary school" says what somebody did, not where, and professional bodies stay."""
    found = [
        span for match in page.find(_SCHOOL, lambda line: _KINDS.search(line.text)) if (span := _named(match))
    ]
    found += [Span(*match.span()) for match in page.find_with(_BARE_ANYWHERE, _BARES)]
    if not page.text.isascii():
        found += [Span(*match.span()) for match in _HAN.finditer(page.text)]
    return found + list(_in_studies(page, studies, found))


def _named(match: re.Match[str]) -> Span | None:
    words = match["before"].split()
    named = [word for word in words if word.lower() not in _ANY_SCHOOL]
    if not (named or match["of"] or " " in match["kind"]) or _BODY.search(match[0]):
        return None
    start = match.start()
    for word in words:
        if not re.match(
            r"(?i)(?:the|at|in|and|of|a|an|my|our|teacher|experienced|lecturer|professor)$", word
        ):
            break
        start = match.string.index(word, start) + len(word) + 1
    kind = _TAUGHT_AT.search(match[0])
    end = match.start() + kind.start() if kind else match.end()
    return Span(start, start + len(match.string[start:end].rstrip())) if end > start else None


_SEPARATOR: Final = re.compile(r"[,|•·;\t()]|[ ][\-–—][ ]|[ ]{2,}|[–—]")


def _in_studies(page: Page, studies: Sequence[str], named: list[Span]) -> Iterator[Span]:
    """Under "Education": what stands with a school between separators, and the place after it."""
    for line, section in zip(page.lines, studies, strict=True):
        here = [span for span in named if line.start <= span.start < line.end]
        if section == "studies" or here:
            yield from _rest_of_entry(line.text, line.start, here, studying=section == "studies")


def _rest_of_entry(line: str, position: int, here: list[Span], *, studying: bool) -> Iterator[Span]:
    bare = [Span(position + m.start(), position + m.end()) for m in _BARE.finditer(line)] if studying else []
    yield from bare
    spans, after_school = [*here, *bare], False
    for at, raw in between(_SEPARATOR, line):
        if piece := raw.strip(" .:*-"):
            start = position + at + raw.index(piece)
            school = any(span.start < start + len(piece) and span.end > start for span in spans)
            where = after_school and _is_where(piece)
            if where or (school and studying and _only_a_school(piece)):
                yield Span(start, start + len(piece))
            after_school = school or where


def _only_a_school(piece: str) -> bool:
    return (
        not re.search(
            r"(?i)\b(?:bachelor|master|b\.?sc|m\.?sc|ba|ma|phd|mba|diploma|degree|b\.?a\.?|graduated|studied|certificate|from|in)\b",
            piece,
        )
        and len(piece.split()) <= 12
    )


def _is_where(piece: str) -> bool:
    if is_place(piece) or re.fullmatch(r"[A-Z]{2}", piece):
        return True
    short = len(piece.split()) <= 3 and looks_like_place(piece) and not any(c.isdigit() for c in piece)
    return short and not _FIELD.search(piece) and not tells_of_work(piece)

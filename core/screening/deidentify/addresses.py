"""Finds where somebody lives: streets as they are written in many countries, and what goes on around them."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from core.screening.deidentify.occupations import tells_of_work
from core.screening.deidentify.page import CAPITAL, Line, Page, between
from core.screening.deidentify.places import POSTCODE, is_place, looks_like_place
from core.screening.deidentify.spans import Span

_NAME: Final = rf"{CAPITAL}[\w.'’-]*"
_NO: Final = r"\d{1,5}(?:[ ]?[a-zA-Z](?!\w))?(?:[ ]?[/-][ ]?\d{1,4}\w?)*"
_STREETS: Final = (
    rf"(?:No\.?[ ]?|\#)?{_NO},?[ ]+(?:(?:{_NAME}|\d{{1,3}}(?:st|nd|rd|th)|of|the|de|la)[ ]+){{1,4}}"
    r"(?:Street|St|Avenue|Ave|Av|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Terrace|Square|Sq|Close"
    r"|Crescent|Cres|Parkway|Pkwy|Highway|Hwy|Grove|Gardens?|Mews|Row|Walk|Hill|Park|Quay|Circle|Cir|Trail|Trl|Loop|View"
    r"|Marg|Nagar|Colony|Layout|Chowk|Bazaar|Cross|Main|Parade|Rise|Esplanade|Embankment|Wharf|Green|Vale|Mount)\b\.?"
    r"(?:[ ](?:North|South|East|West|[NSEW]{1,2}|NE|NW|SE|SW)\b\.?)?",
    rf"{CAPITAL}[\w-]*(?:straße|strasse|straat|str\.|gasse|weg|platz|allee|ring|damm|ufer|chaussee|laan|plein|gracht|kade|singel|dijk"
    rf"|gatan|vägen|gata|veien|vei|gate|vej|gade|stræde|allé|katu|tie|utca|tere)[ ]+{_NO}\b",
    rf"(?:{_NAME}[ -])+(?:Straße|Strasse|Str\.|Allee|Platz|Weg|Gasse|Ring|Damm|Ufer|utca|út|tér|Sokak|Sok\.|Caddesi|Cad\.|Mah\.|ulica|cesta|náměstí)"
    rf"[ ]+(?:No[.:]?[ ]?)?{_NO}\b",
    rf"(?:Am|An der|An den|Auf der|Auf dem|Im|In der|Zum|Zur|Unter den|Hinter der|Vor dem|Alte|Alter|Neue|Neuer)[ ]{CAPITAL}[\w-]+[ ]\d{{1,4}}[a-z]?\b",
    rf"(?:ul|al|os|pl)\.[ ]?(?:{_NAME}[ ]?|\d{{1,2}}[ ])+\d+\w?(?:[ ]?[/m][ ]?\.?[ ]?\d+)?|ulica[ ](?:{_NAME}[ ])+\d+\w?(?:/\d+)?",
    r"\d{1,4}(?:[ ]?(?:bis|ter|quater))?,?[ ](?:rue|avenue|av\.|boulevard|bd\.?|place|chemin|impasse|allée|quai|cours|route|passage|square|faubourg)"
    rf"[ ](?:(?:de|du|des|la|le|les|l['’]|d['’]|{_NAME})[ ]?){{1,6}}",
    rf"(?:Calle|C/|C\.|Avenida|Avda\.?|Av\.|Plaza|Pza\.?|Paseo|Pº|Camino|Carrera|Cra\.?|Carretera|Ronda|Rambla|Via|Viale|Piazza|Corso|Largo|Vicolo"
    r"|Rua|R\.|Travessa|Praça|Alameda|Estrada|Strada|Str\.|Bulevardul|Calea|Rue|Jalan|Jl\.|Jln\.?|Lorong|Οδός|ул\.|улица|проспект|пр\.)"
    rf"[ ]?(?:(?:de|del|la|las|los|el|da|do|dos|das|di|della|dei|san|santa|[^\W\d_][\w.'’-]*)[ ]){{0,5}}(?:[^\W\d_][\w.'’-]*),?[ ](?:n[º°.o]{{0,2}}[ ]?|No\.?[ ]?|д\.[ ]?|\#[ ]?|nr\.?[ ]?)?{_NO}(?:[ ]?[-#][ ]?\d+)*\b",
    rf"{CAPITAL}[\w-]+[ ]\d{{1,4}}/\d{{1,3}}\w?,[ ]\d{{3}}[ ]?\d{{2}}[ ]{_NAME}",
    rf"(?:Flat|Apt|Apartment|Unit|House|Plot|Door|Room|Rm|H\.?[ ]?No|D\.?[ ]?No|S\.?[ ]?No|Block|Blk|Tower|Sector|Phase)\.?[ ]?(?:No\.?[ ]?)?[:#-]?[ ]?[A-Z]?[-/]?\d[\w/-]*,[ ]?{_NAME}",
    rf"{_NO}[ ](?:Moo|Mu|Soi)[ ]?\d{{1,3}},?(?:[ ]{_NAME})+",
    rf"\d{{1,4}}(?:-\d{{1,4}}){{1,2}},?[ ]{_NAME}(?:-(?:ku|cho|shi|dong|gu|ro|gil|machi|chome))?",
    rf"{_NAME}-(?:ro|gil|daero|dong|gu|ku|cho|shi)(?:[ ]\d[\d-]*)?,[ ]?{_NAME}",
    r"\d{1,4}[ ]" + rf"{_NAME}-(?:ro|gil|daero)",
    r"P\.?[ ]?O\.?[ ]?Box[ ]\d+|(?:pin|zip|postal)(?:[ ]?code)?[ :.-]{1,3}\d{3}[ ]?\d{2,3}|CEP[ :]?\d{5}-?\d{3}|〒\d{3}-\d{4}[^\n]*",
    r"[一-鿿]{2,}(?:省|市|区|县)[一-鿿\d]*(?:路|街|号|镇|村|室|楼)[一-鿿\d]*",
)
_STREET: Final = re.compile("|".join(rf"(?<![\w-])(?:{street})" for street in _STREETS))
_HOUSE: Final = re.compile(
    rf"\d[\w/-]*,?[ ](?:{CAPITAL}|\d|rue|av|bo|bd|pl|ch|im|al|qu|co|ro|pa|sq|fa|of|the)|{CAPITAL}[\w.'’-]*,?[ ](?:n[º°.o]|No|д\.|\#|nr)?[ .]{{0,2}}\d|[Bb]ox|{CAPITAL}[\w]*-\w|〒|№|[ºª#]"
)
_UNIT: Final = re.compile(
    r"(?:\b(?:Flat|Apt|Apartment|Unit|Suite|Ste|House|Plot|Door|Room|Floor|Block|Tower|Building|Bldg|H\.?[ ]?No|No|"
    r"D\.?[ ]?No)\.?[ ]?(?:No\.?)?[ ]?[#:]?[ ]?[\w/-]{1,7}|\#\d+\w?),?[ ]?(?:[A-Z][\w'’.-]*[ ](?:House|Court|Residency|Apartments|Towers?|Heights|Mansions?),?[ ])?$"
)
_ON: Final = re.compile(
    r"(?:[ ]?[,/–-][ ]?|[ ])(?:(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|Fl|Bldg|Wohnung|Whg|m|lok|piso|esc|puerta|dpto|Depto|appt|bât|1er|\d{1,2}(?:st|nd|rd|th))"
    r"\.?[ ]?#?[ ]?[\w-]{0,6}|#[ ]?\w+|\d{1,2}[ºª°][ ]?[A-Z]?\b)"
)


def streets(page: Page) -> list[Span]:
    """Streets with their numbers, with what belongs to the address before and after them on the line."""
    return [_whole(page.text, *match.span()) for match in page.find(_STREET, _may_be_street)]


_HAN_PLACE: Final = re.compile(r"[省市区县路街号]")


def _may_be_street(line: Line) -> bool:
    return (line.has_digit and bool(_HOUSE.search(line.text))) or bool(_HAN_PLACE.search(line.text))


def _whole(text: str, start: int, end: int) -> Span:
    line_start = text.rfind("\n", 0, start) + 1
    before = _UNIT.search(text[line_start:start])
    if before:
        start = line_start + before.start()
    line_end = (text + "\n").index("\n", end)
    while (more := _ON.match(text, end, line_end)) and more.end() > end:
        end = more.end()
    return Span(start, _further(text, end, line_end))


_STEP: Final = re.compile(r"[ ]?(?:,|[ ][\-–•·])[ ]?|[ ]+")
_PART: Final = re.compile(
    r"[^,|•·;()\n–\t]+?(?=[ ]*(?:[,|•·;()\n–\t]|[ ]-[ ]|[.][ ]|[.]?$)|[ ]+[a-z]{3,}[ ])"
)


def _further(text: str, end: int, line_end: int) -> int:
    """Where the address ends: postcodes, towns and countries go on after commas."""
    while step := _STEP.match(text, end, line_end):
        part = _PART.match(text, step.end(), line_end)
        if not part:
            break
        words = part[0].strip()
        coded = POSTCODE.search(words)
        comma = "," in step[0] or bool(coded) or is_place(words)
        if not comma or not looks_like_place(words) or tells_of_work(words) or len(words.split()) > 6:
            break
        end = part.end()
    return end


def around(page: Page, spans: Sequence[Span], names: Sequence[Span]) -> Iterator[Span]:
    """Towns, countries and further lines of an address beside contacts and streets.

    A line that has contacts on it, or stands in one block with them or with the name at the top, says where
    and not what.
    """
    text, lines = page.text, page.lines
    hit = _lines_with(lines, spans)
    top = _lines_with(lines, [span for span in names if page.text.count("\n", 0, span.start) < 4])
    for number, line in enumerate(lines):
        near = [
            hit[n] or top[n] for n in range(max(0, number - 2), min(len(lines), number + 3)) if n != number
        ]
        if line.end - line.start <= 160 and (hit[number] or top[number] or any(near)):
            yield from _segments(text, line.start, line.end, [*spans, *names], beside=hit[number])


def _lines_with(lines: Sequence[Line], spans: Sequence[Span]) -> list[bool]:
    found, ordered, at = [], sorted(spans), 0
    for line in lines:
        start, end = line.start, line.end
        while at < len(ordered) and ordered[at].end <= start:
            at += 1
        found.append(at < len(ordered) and ordered[at].start < end)
    return found


_SEPARATOR: Final = re.compile(r"[|•·;●▪◦\t]|[ ]{2,}|[ ][\-–—][ ]|\(|\)")


def _segments(text: str, start: int, end: int, spans: Sequence[Span], *, beside: bool) -> Iterator[Span]:
    """What of a line between contacts is a place."""
    blanked = list(text[start:end])
    for span in spans:
        for place in range(max(span.start, start), min(span.end, end)):
            blanked[place - start] = "|"
    for at, piece in between(_SEPARATOR, "".join(blanked)):
        words = piece.strip(" ,.:")
        if words and _is_where(words, beside=beside):
            first = start + at + piece.index(words)
            yield Span(first, first + len(words))


_BARE_SITE: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}(?:/\S*)?")


def _is_where(words: str, *, beside: bool) -> bool:
    if is_place(words) or (beside and _BARE_SITE.fullmatch(words)):
        return True
    if len(words.split()) > 8 or tells_of_work(words) or not looks_like_place(words):
        return False
    if POSTCODE.search(words) and re.search(r"[^\W\d_]{3}", words):
        return not re.search(r"\b(?:19|20)\d\d\b", words) or "," in words
    if POSTCODE.fullmatch(words):
        return beside or not re.fullmatch(r"(?:19|20)\d\d", words)
    return _ends_in_place(words) or (
        beside and "," not in words and len(words.split()) <= 3 and words[0].isupper() and not words.isupper()
    )


def _ends_in_place(words: str) -> bool:
    """A small town beside a country, state or large town: "Otley, West Yorkshire, UK"."""
    parts = [part.strip() for part in words.split(",")]
    known = is_place(parts[-1]) or bool(re.fullmatch(r"[A-Z]{2}(?:[ ]\d{5})?", parts[-1]))
    return len(parts) > 1 and known

"""Finds how to reach somebody: addresses of mail and pages, telephone numbers, handles, numbers of papers."""

import re
from collections.abc import Iterator
from typing import Final

from core.screening.deidentify.page import Line, Page, triggers
from core.screening.deidentify.spans import Span

_EMAIL: Final = re.compile(
    r"[\w.+'%-]+(?:\s?@\s?|\s?[(\[{]\s?at\s?[)\]}]\s?|\s+at\s+(?=[\w-]+\s+dot\s+\w))[\w-]+"
    r"(?:\.[\w-]{2,}|\s?[(\[{]\s?dot\s?[)\]}]\s?[\w-]{2,}|\s+dot\s+[\w-]{2,})+",
    re.IGNORECASE,
)
_SITES: Final = (
    "linkedin|github|gitlab|bitbucket|facebook|fb|twitter|x|instagram|medium|behance|dribbble|stackoverflow|kaggle"
    "|xing|orcid|researchgate|indeed|youtube|tiktok|t|wa|vk|about|angel|wellfound|calendly|linktr|codepen|leetcode"
    "|hackerrank|quora|reddit|pinterest|vimeo|soundcloud|flickr|substack|notion|goodreads"
)
_HOSTS: Final = (
    r"github\.io|gitlab\.io|wordpress\.com|blogspot\.com|vercel\.app|netlify\.app|herokuapp\.com|wixsite\.com"
    r"|tumblr\.com|substack\.com|carrd\.co|weebly\.com|medium\.com|bandcamp\.com|pages\.dev|web\.app"
)
_URL: Final = re.compile(
    rf"(?:https?://|www\.)[^\s|,;<>)\]]+|\b(?:[a-z0-9-]+\.)*(?:{_SITES})\.(?:com|org|net|io|me|co|ru|ee|de)/[^\s|,;<>)\]]+"
    rf"|\b[\w-]+\.(?:{_HOSTS})\b[^\s|,;<>)\]]*|\b(?:in|pub|u)/[a-z0-9][\w%.-]*[-\d][\w%.-]*",
    re.IGNORECASE,
)
_HANDLE: Final = re.compile(
    r"\b(?:skype|telegram|twitter|instagram|github|gitlab|discord|whatsapp|wechat|weixin|facebook|linked ?in|medium"
    r"|kaggle|behance|dribbble|xing|line id|slack|signal)(?:[ \t]+(?:id|handle|user|username|name))?[ \t]*[:\-–]?[ \t]*"
    r"(?:@[\w.\-#]{2,}|(?<=[:\-– \t])/[\w.\-#]{2,}|(?<=[:\-–] )[a-z][\w.\-#]*[\d_.\-#/][\w.\-#/]*|(?<=: )[a-z][a-z0-9]{3,}(?=[ \t]*(?:$|[|•·,;]))"
    r"|live:[\w.:\-]+)|(?<![\w.@/])@[a-z_][\w.\-]{2,}",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_HANDLES: Final = re.compile(
    r"@(?:media|import|include|mixin|keyframes|property|override|param|angular|types|test|[A-Z])"
)
_NUMBER: Final = r"[+(]{0,2}\d(?:[ \t().\-/–]{0,3}\d){5,16}"
_EXTENSION: Final = r"(?:[ \t]*(?:ext|extn|x|extension|durchwahl|int)\.?[ \t]*\d{1,5})?"
_PHONE: Final = re.compile(
    rf"(?<![\w.,])(?:\+|\(\+|00)[ \t]?\(?\d(?:[ \t().\-/–]{{0,3}}\d){{6,14}}(?!\w){_EXTENSION}"
    r"|\b(?:tele)?(?:phone|tel|telephone|telefono|telefon|teléfono|tél|téléphone|mobile|mobil|móvil|cell|cellphone|mob|handy|whatsapp|ph|fax"
    rf"|viber|call|gsm|kom|phone no|contact no|contact number)\b[\s.:#\-–]{{0,4}}(?:\([a-z]{{1,6}}\)[ \t:]*)?{_NUMBER}(?!\w){_EXTENSION}"
    rf"|(?<!\w)[mtp][.:][ \t]*{_NUMBER}(?!\w)"
    rf"|(?<![\w.])\(?\d{{3}}\)?[ \t]?[-. ]?\d{{3}}[-. ]\d{{4}}(?![\w-]){_EXTENSION}"
    r"|(?<![\w.,/€$£-])\(?0\d{1,5}\)?(?:[ \t/.\-]{1,3}\d{2,8}){1,5}(?![\w%]|[.,]\d)"
    r"|(?<![\w.,€$£-])(?:[6-9]\d{4}[ \-]\d{5}|[4-9]\d{2}[ \-]\d{3}[ \-]\d{3}|[6-9]\d{9}|0\d{9,10}|[6-9]\d{2}[ ]\d{2}[ ]\d{2}[ ]\d{2})"
    r"(?![\w%-]|[.,]\d|[ ]?(?:€|EUR|USD|PLN|zł|GBP))",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"\b(?:0?[1-9]|[12]\d|3[01])[./\-](?:0?[1-9]|1[0-2])[./\-](?:19|20)?\d\d\b|\b(?:0?[1-9]|1[0-2])[./\- ](?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d[ \t]*[\-–/][ \t]*(?:19|20)?\d\d\b"
)
_PAPERS: Final = re.compile(
    r"\b(?:ssn|social security(?: number)?|pesel|nip|aadhaa?r|pan|national id|id card|nric|cnic|dni|nie|nif|cpf|rg|curp"
    r"|passport|ni number|national insurance(?: number)?|driv(?:er'?s|ing) licen[cs]e(?= (?:no|number)))"
    r"(?:[ \t]*(?:no|number|nr|card))?\.?[ \t]*[:#\-–]?[ \t]*(?=[\w\-/]*\d)[\w\-/]{5,20}(?:[ \-]\d{2,4}){0,3}\b|\b\d{3}-\d{2}-\d{4}\b",
    re.IGNORECASE,
)


_PAPER_WORDS: Final = triggers(
    "ssn social pesel nip aadhaar aadhar pan national id nric cnic dni nie nif cpf rg curp passport ni driving drivers driver"
)
_SITE_WORDS: Final = triggers(
    "skype telegram twitter instagram github gitlab discord whatsapp wechat weixin facebook linkedin linked medium kaggle"
    " behance dribbble xing line slack signal"
)


def contacts(page: Page) -> list[Span]:
    """Mail, pages, handles, telephone numbers and numbers of papers."""
    found = [Span(*m.span()) for m in page.find(_EMAIL, _has_mail)]
    found += [Span(m.start(), m.start() + len(m[0].rstrip(".,:"))) for m in page.find(_URL, _has_link)]
    found += [Span(*m.span()) for m in page.find(_HANDLE, _has_handle) if not _NOT_HANDLES.search(m[0])]
    found += [Span(*m.span()) for m in page.find(_PAPERS, _has_paper)]
    return found + list(_phones(page))


def _has_mail(line: Line) -> bool:
    return "@" in line.text or ("at" in line.words and ("dot" in line.words or "." in line.text))


def _has_link(line: Line) -> bool:
    return "/" in line.text or "www" in line.words or bool(re.search(r"\.(?:io|com|app|co|dev)\b", line.text))


def _has_handle(line: Line) -> bool:
    return "@" in line.text or not line.words.isdisjoint(_SITE_WORDS)


def _has_paper(line: Line) -> bool:
    return line.has_digit and (not line.words.isdisjoint(_PAPER_WORDS) or line.has_number)


def _phones(page: Page) -> Iterator[Span]:
    for match in page.find(_PHONE, lambda line: line.has_digit and line.has_number):
        digits = sum(character.isdigit() for character in match[0])
        if 7 <= digits <= 17 and (match[0][:1] == "+" or not _DATE.search(match[0])):
            yield Span(*match.span())


def emails(page: Page) -> list[str]:
    """The addresses of mail in the text, in order, as they are written."""
    return [match[0] for match in page.find(_EMAIL, _has_mail)]


def slugs(page: Page) -> list[str]:
    """The addresses of pages and the handles in the text, in order."""
    return [
        *(match[0] for match in page.find(_URL, _has_link)),
        *(match[0] for match in page.find(_HANDLE, _has_handle)),
    ]


def known(text: str, values: tuple[str, ...]) -> list[Span]:
    """Wherever one of these values stands, in whatever case."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text
    return [
        Span(match.start(), match.end())
        for value in values
        if len(value.strip()) > 3
        for match in re.finditer(re.escape(value.strip().lower()), lowered)
    ]


def handle(email: str) -> str:
    """What stands before the @ when it is nobody's trade: jsmith84, not python or nurse."""
    local = email.partition("@")[0]
    return local if len(local) >= 5 and re.search(r"[\d._]", local) else ""


def digits(text: str, phone: str) -> list[Span]:
    """A telephone number wherever its last digits stand, however they are grouped."""
    last = re.sub(r"\D", "", phone)[-9:]
    if len(last) < 6:
        return []
    pattern = r"(?:\+?[\d(][\d \t().\-/–]*)?" + r"[ \t().\-/–]*".join(last)
    return [Span(match.start(), match.end()) for match in re.finditer(pattern, text)]

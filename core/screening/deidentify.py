"""Takes out of a text who wrote it, before any scorer sees it.

Names, contacts, links, addresses, birth dates, graduation years, pronouns and titles become nothing or a
neutral mark, the same one for everybody. The offsets of what stays lead back to the original.
"""

import re
import unicodedata
from typing import Final

import msgspec

from core.screening.schools import graduation_years, schools
from core.sdk.text import default_lexicon

MARK: Final = "▪"


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """What the ATS knows of the person, to be taken out wherever it stands."""

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


class Deidentified(msgspec.Struct, frozen=True, kw_only=True):
    """The text without the person. `pieces` are (start here, start there, length) of what was kept."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of this text stands in the original; marks belong to what they replaced."""
        if end <= start:
            return self._first(start), self._first(start)
        return self._first(start), self._last(end)

    def _first(self, offset: int) -> int:
        best = 0
        for here, there, length in self.pieces:
            if here > offset:
                break
            best = there + min(offset - here, length)
        return best

    def _last(self, offset: int) -> int:
        """The end in the original of a stretch that ends at this offset."""
        best = 0
        for place, (here, there, length) in enumerate(self.pieces):
            if here >= offset:
                break
            following = self.pieces[place + 1][0] if place + 1 < len(self.pieces) else len(self.text)
            best = there + (length if following <= offset else offset - here)
        return best


_EMAIL: Final = re.compile(
    r"[\w.+'%-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\w-]{2,})+", re.IGNORECASE
)
_URL: Final = re.compile(
    r"(?:https?://|www\.)\S+|\b(?:[a-z0-9-]+\.)*(?:linkedin|github|gitlab|bitbucket|facebook|twitter|instagram|medium"
    r"|behance|dribbble|stackoverflow|kaggle|xing|orcid|researchgate)\.(?:com|org|net|io)/\S+"
    r"|\b[\w-]+\.(?:github\.io|wordpress\.com|vercel\.app|netlify\.app)\S*",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(
    r"(?<![\w.])(?:\+|00)\d[\d\s().\-/]{7,17}\d\b"
    r"|\b(?:phone|tel|telephone|mobile|cell|mob|whatsapp)\b[\s.:#]{0,4}\(?\+?\d[\d\s().\-/]{6,17}\d"
    r"|\(\d{3}\)\s?\d{3}[-\s]\d{4}|\b\d{3}[-.]\d{3}[-.]\d{4}\b|\b0\d{2,4}[\s/-]\d{3,4}[\s-]?\d{3,6}\b",
    re.IGNORECASE,
)
_BIRTH: Final = re.compile(
    r"\b(?:d\.?o\.?b\.?|date\s+of\s+birth|birth\s*date|born(?:\s+on)?|"
    r"birthday)\b\W{0,4}[\w\s./,\-]{0,20}?(?:19|20)\d\d"
    r"|\baged?\W{0,3}\d{2}\b|\b\d{2}[\s-]*(?:years?|yrs?)[\s-]*old\b",
    re.IGNORECASE,
)
_PERSONAL: Final = re.compile(
    r"^\W*(?:gender|sex|marital\s+status|nationality|citizenship|religion|race|ethnicity|place\s+of\s+birth|passport"
    r"|children|height|weight|pronouns?|(?:home |current |permanent )?address|residence)\b\W*[:\-–].*$",
    re.IGNORECASE | re.MULTILINE,
)
_PRONOUN: Final = re.compile(
    r"\b(?:he|she|him|her|his|hers|himself|herself)(?:/(?:him|her|his|hers))*\b", re.IGNORECASE
)
_TITLE: Final = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Mx|Herr|Frau)\b\.?(?=\s+[^\W\d])|(?:Miss|Sir|Madam)\b(?=\s+[^\W\d_a-z]))"
)
_GROUP: Final = re.compile(
    r"\b(?:(?:mother|father|parent|mum|dad)\s+(?:of|to)\s+\w+|husband|wife|(?:maternity|paternity|"
    r"parental)\s+leave|sorority"
    r"|fraternity|married|divorced|widowed)\b",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(
    r"\b\d{1,5}[A-Za-z]?\s+(?:[A-Z][\w.'’-]*\s+){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr"
    r"|Court|Way|Place|Terrace|Square|Close|Crescent)\b\.?(?:,?\s+[A-Z][\w .'-]{1,24}){0,2}(?:,?\s+\d{4,6})?"
    r"|\b[A-Z]\w+(?:straße|strasse|str\.|gasse|weg|platz)\s+\d+\w?\b"
)
_WORDS_TOO: Final = frozenset(
    [
        "will",
        "mark",
        "grace",
        "hope",
        "faith",
        "joy",
        "may",
        "june",
        "april",
        "august",
        "art",
        "bill",
        "frank",
        "rob",
        "rich",
        "grant",
        "chase",
        "chance",
        "dean",
        "max",
        "ray",
        "jack",
        "drew",
        "pat",
        "sue",
        "dawn",
        "eve",
        "ivy",
        "rose",
        "lily",
        "daisy",
        "iris",
        "ruby",
        "pearl",
        "jade",
        "amber",
        "summer",
        "autumn",
        "angel",
        "christian",
        "jordan",
        "austin",
        "hunter",
        "cooper",
        "mason",
        "carter",
        "baker",
        "cook",
        "king",
        "young",
        "long",
        "short",
        "brown",
        "white",
        "black",
        "green",
        "gray",
        "stone",
        "wood",
        "field",
        "hill",
        "rivers",
        "brooks",
        "banks",
        "park",
        "lane",
        "price",
        "wise",
        "sharp",
        "bright",
        "love",
        "best",
        "day",
        "page",
        "bell",
        "ball",
        "ford",
        "case",
        "cole",
        "wells",
        "woods",
        "snow",
        "frost",
        "bush",
        "glass",
        "major",
        "sterling",
        "java",
        "go",
    ]
)


def deidentify(text: str, identity: Identity) -> Deidentified:
    """The text without the person; the same for any two people whose texts differ only in who they are."""
    spans = [(m.start(), m.end()) for pattern in _ALWAYS for m in pattern.finditer(text)]
    spans += schools(text)
    spans += _names(text, identity)
    spans += _known(text, (*identity.emails, *map(_handle, identity.emails), *identity.links))
    spans += [span for phone in identity.phones for span in _digits(text, phone)]
    spans += graduation_years(text)
    return _without(text, spans)


_ALWAYS: Final = (_EMAIL, _URL, _PHONE, _BIRTH, _PERSONAL, _PRONOUN, _TITLE, _GROUP, _ADDRESS)


def _fold(text: str) -> str:
    """Lower case without marks, one character for one, so that offsets stay."""
    folded = []
    for character in text:
        plain = unicodedata.normalize("NFKD", _PLAIN.get(character, character))
        base = "".join(c for c in plain if not unicodedata.combining(c)).lower()
        folded.append(base if len(base) == 1 else character.lower()[:1] or character)
    return "".join(folded)


_PLAIN: Final = {
    "ł": "l",
    "Ł": "L",
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "ı": "i",
    "ß": "s",
    "æ": "a",
    "Æ": "A",
}


def _names(text: str, identity: Identity) -> list[tuple[int, int]]:
    parts = {
        part for name in identity.names for part in re.split(r"[\s,.\-'’]+", _fold(name)) if len(part) > 1
    }
    if not parts:
        return []
    folded = _fold(text)
    sure: list[tuple[int, int]] = []
    doubtful: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\W\d_]+", folded):
        word = match.group()
        known = word in parts or (word.endswith("s") and word[:-1] in parts and len(word) > 4)
        if known:
            _sort(text, match.start(), match.end(), sure, doubtful)
    spans = sure + [span for span in doubtful if _beside(span, sure + doubtful, folded, parts)]
    initials = {part[0] for name in identity.names for part in re.findall(r"\w+", _fold(name))}
    return [_with_initials(text, folded, span, initials) for span in spans] + _spaced(folded, identity)


def _sort(
    text: str, start: int, end: int, sure: list[tuple[int, int]], doubtful: list[tuple[int, int]]
) -> None:
    """A name that is also a word counts with a capital; one that is also a skill only beside another name."""
    word = text[start:end]
    if default_lexicon().find(word.capitalize()):
        doubtful.append((start, end))
    elif word.lower() not in _WORDS_TOO or word[0].isupper():
        sure.append((start, end))


_ACTS: Final = re.compile(
    r"['’]s\b|\s+(?:is|was|has|had|leads|led|works|worked|brings|joined|holds|manages|runs)\b"
)


def _beside(span: tuple[int, int], others: list[tuple[int, int]], text: str, parts: set[str]) -> bool:
    first, last = span
    if _ACTS.match(text, last):
        return True
    line = text[text.rfind("\n", 0, first) + 1 : (text + "\n").index("\n", last)]
    heading = all(word in parts for word in re.findall(r"[^\W\d_]+", line))
    return heading or any(
        0 < start - last <= 3 or 0 < first - end <= 3 for start, end in others if (start, end) != span
    )


def _with_initials(text: str, folded: str, span: tuple[int, int], initials: set[str]) -> tuple[int, int]:
    """The name with the initials around it and the ending of its genitive."""
    start, end = span
    while (before := re.search(r"(?<!\w)(\w)([.'’]?)[ \t]{0,2}$", folded[max(0, start - 5) : start])) and (
        before[2] or before[1] in initials
    ):
        start -= len(before[0])
    after = re.match(r"(?:['’]s|['’](?=\s)|[ \t](\w)\.(?=\s|$|,))", folded[end : end + 4] + " ")
    if after and (after[1] is None or after[1] in initials or text[end + 1].isupper()):
        end = min(end + len(after[0]), len(text))
    return start, end


def _spaced(folded: str, identity: Identity) -> list[tuple[int, int]]:
    """Names written with a space between their letters, as headings do."""
    spans = []
    for name in identity.names:
        letters = [re.escape(letter) for letter in _fold(name) if letter.isalpha()]
        if len(letters) >= 4:
            pattern = r"(?<!\w)" + r"[\s.]{1,3}".join(letters) + r"(?!\w)"
            spans += [(m.start(), m.end()) for m in re.finditer(pattern, folded)]
    return spans


def _known(text: str, values: tuple[str, ...]) -> list[tuple[int, int]]:
    lowered = text.lower()
    return [
        (m.start(), m.end())
        for value in values
        if len(value.strip()) > 3
        for m in re.finditer(re.escape(value.strip().lower()), lowered)
    ]


def _handle(email: str) -> str:
    """What stands before the @ when it is nobody's trade: jsmith84, not python or nurse."""
    local = email.partition("@")[0]
    return local if len(local) >= 5 and re.search(r"[\d._]", local) else ""


def _digits(text: str, phone: str) -> list[tuple[int, int]]:
    digits = re.sub(r"\D", "", phone)[-9:]
    if len(digits) < 6:
        return []
    return [
        (m.start(), m.end()) for m in re.finditer(r"\+?\d*[\s().\-/]*" + r"[\s().\-/]*".join(digits), text)
    ]


def _without(text: str, spans: list[tuple[int, int]]) -> Deidentified:
    merged: list[list[int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and text[merged[-1][1] : start].strip(" .,|·•-–/()\t") == "" and start - merged[-1][1] < 6:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    parts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    here = there = 0
    for start, end in [*merged, [len(text), len(text)]]:
        kept = text[there:start]
        if kept:
            pieces.append((here, there, len(kept)))
            parts.append(kept)
            here += len(kept)
        if start < end:
            pieces.append((here, start, end - start))
            parts.append(MARK)
            here += len(MARK)
        there = end
    return Deidentified(text="".join(parts), pieces=tuple(pieces))

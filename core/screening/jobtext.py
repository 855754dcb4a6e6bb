"""A job's HTML as plain text with parts: what is asked, done, offered, and who the company is."""

import re
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from core.screening.jobhtml import DEMAND, Raw, shown_lines
from core.sdk.text import default_lexicon, languages

Part = Literal["requirement", "nice_to_have", "duty", "benefit", "company", "equal_opportunity", "unknown"]

_PARTS: Final[tuple[tuple[Part, str], ...]] = (
    (
        "equal_opportunity",
        r"equal opportunit|diversity|inclusion|discriminat|our commitment to|accommodation",
    ),
    (
        "nice_to_have",
        r"nice[- ]to[- ]have|good to have|preferred|desirable|desired|bonus|\bplus(?:es)?\b|advantage|"
        r"ideally|beneficial"
        r"|would be great|optional|not required|would (?:help|also like|love)|we(?:'d| would) (?:also )?(?:like|love)",
    ),
    (
        "benefit",
        r"we offer|what's in it|what is in it|benefit|perks|why (?:join|work|us|you)|compensation|"
        r"salary|our offer|in return"
        r"|what you(?:'ll| will)? (?:get|receive)|what we (?:give|pay)|the offer\b|pay and\b|we provide|you get|rewards"
        r"|package",
    ),
    (
        "requirement",
        r"requirement|qualification|what you(?:'ll| will)? (?:bring|need)|you bring|must[- ]have|"
        r"who you are|about you"
        r"|your profile|your skills|skills|experience|what we(?:'re| are)? ?(?:looking for|"
        r"want|need|value|require|ask|expect)|\brequired\b|we (?:require|ask)"
        r"|you (?:must |should |will )?(?:have|need)\b"
        r"|ideal candidate"
        r"|we expect|education|languages|certifications|tools|tech(?:nology)? stack|your background|"
        r"minimum|essential|what makes you|looking for|knowledge|competenc",
    ),
    (
        "duty",
        r"responsibilit|what you(?:'ll| will) (?!get|bring|need|have|receive|find|love)|what you do\b"
        r"|your (?:role|tasks|duties|mission|day)|"
        r"the role|role overview"
        r"|key (?:duties|tasks|accountabilit)|day[- ]to[- ]day|job description|about the (?:job|role|"
        r"position)|in this role|your (?:work|week)\b"
        r"|duties|tasks|you will\s*:?$|the job",
    ),
    (
        "company",
        r"about us|who we are|about (?:the )?company|our (?:company|team|story|mission|culture|"
        r"values)|about [A-Z]|the (?:team|firm|company|school)\b"
        r"|how to apply|application process|contact",
    ),
)
_HEADING_PART: Final = tuple((part, re.compile(pattern, re.IGNORECASE)) for part, pattern in _PARTS)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the plain text: `text == source[start:end]`, with the part it stands in."""

    text: str
    start: int
    end: int
    heading: bool
    bullet: bool
    part: Part
    flattened: bool = False


_MARK: Final = re.compile(r"^(?:[\-–—•●▪◦‣·*○■□✓>]+|\(?\d{1,2}[.)])\s+")


def _raw_lines(source: str) -> list[Raw]:
    if re.search(r"<[a-zA-Z/!]", source):
        lines = [_unmarked(line) for line in shown_lines(source)]
    else:
        lines = list(_plain_lines(source.splitlines()))
    whole = [part for line in lines for part in (_rebroken(line) if _is_flat(line) else [line])]
    return [raw for line in whole for raw in _led(line)]


def _rebroken(line: Raw) -> Iterator[Raw]:
    for part in _plain_lines(_broken(line.text)):
        yield Raw(part.text, heading=part.heading, bullet=part.bullet, flattened=True)


def _plain_lines(lines: list[str]) -> Iterator[Raw]:
    texts = ["", *(" ".join(line.split()) for line in lines), ""]
    for before, text, after in zip(texts, texts[1:], texts[2:], strict=False):
        if text:
            line = _plain(text)
            stands_out = not before and after and not line.bullet and _stands_out(text)
            yield Raw(line.text, heading=line.heading or bool(stands_out), bullet=line.bullet)


def _stands_out(text: str) -> bool:
    """A few words after a blank line that ask for nothing open a part, even one we have no name for."""
    few = len(text.split()) <= 5 and text[-1].isalnum()
    return few and not (
        _is_led(text) or DEMAND.search(text) or default_lexicon().find(text) or languages(text)
    )


_LEAD: Final = re.compile(r"([^:]{3,60}):\s+(?=\S)")
_ITEM_WORDS: Final = 8


def _is_led(text: str) -> bool:
    lead = _LEAD.match(text)
    return bool(lead and _is_title(lead[1]))


def _led(line: Raw) -> list[Raw]:
    """ "Requirements: five years of ..." is a heading and what stands under it; a few words are an item."""
    lead = _LEAD.match(line.text)
    if line.bullet or line.heading or lead is None or not _is_title(lead[1]):
        return [line]
    rest = line.text[lead.end() :]
    item = len(rest.split()) <= _ITEM_WORDS and not rest.endswith(".")
    heading = Raw(f"{lead[1]}:", heading=True, flattened=line.flattened)
    return [heading, Raw(rest, bullet=item, flattened=line.flattened)]


_CONNECTING: Final = (
    r"and|or|not|for|of|the|in|to|this|you|we|with|it|is|be|as|on|have|haves|need|needed|required|will"
)
_INLINE: Final = re.compile(
    r"(?<![\w'’&/-])((?:[A-Z0-9][\w'’&/-]*)(?:\s+(?:[A-Z][\w'’&/-]*|\(?(?i:"
    + _CONNECTING
    + r")\b\)?)){0,7})\s*(:|\s[-–•*])\s"
)
_BARE: Final = re.compile(
    r"(?<![\w'’-])((?:What\s+You(?:'|’)?(?:ll|\s+Will)?\s+(?:Be\s+Doing|Do|Bring|Need)|What\s+We\s+(?:Offer|Expect)"
    r"|What(?:'|’)?s\s+In\s+It\s+[Ff]or\s+You|Who\s+You\s+Are|Nice\s+[Tt]o\s+Haves?|Your\s+Profile"
    r"|(?:Minimum|Basic|Required|Preferred|Desired|Key)\s+(?:Skills|Qualifications|Requirements|"
    r"Experience|Responsibilities)"
    r"|Top\s+Reasons\s+[Tt]o\s+(?:Work|Join)\s+(?:[Ww]ith|"
    r"[Ff]or)?\s*[Uu]s)(?:\s+for\s+[Tt]his\s+(?:Position|Role|Job))?)\s"
)
_TITLE: Final = re.compile(
    r"(?:must|nice|good)[- ](?:to[- ])?haves?|requirements?|(?:required |preferred |desired |"
    r"your )?(?:qualifications?|skills)"
    r"|(?:key )?responsibilities|duties|tasks|benefits|perks|about us|your (?:profile|role|tasks)|"
    r"we offer|what we offer",
    re.IGNORECASE,
)
_TITLE_WORDS: Final = frozenset(
    [
        "required",
        "requirements",
        "requirement",
        "key",
        "core",
        "technical",
        "essential",
        "desired",
        "desirable",
        "preferred",
        "minimum",
        "basic",
        "your",
        "the",
        "professional",
        "personal",
        "soft",
        "hard",
        "other",
        "additional",
        "work",
        "job",
        "role",
        "position",
        "and",
        "or",
        "not",
        "for",
        "of",
        "in",
        "this",
        "qualifications",
        "qualification",
        "skills",
        "skill",
        "experience",
        "education",
        "knowledge",
        "abilities",
        "competencies",
        "competences",
        "background",
        "profile",
        "responsibilities",
        "duties",
        "tasks",
        "benefits",
        "perks",
        "compensation",
        "package",
        "salary",
        "bonus",
        "optional",
        "diversity",
        "inclusion",
        "mandatory",
        "training",
        "must",
        "have",
        "haves",
        "nice",
        "good",
        "to",
        "contact",
        "languages",
        "certifications",
        "tools",
    ]
)
_OPENING: Final = re.compile(
    r"(?:what (?:you|we|makes|is|the|'?s)|who (?:you|we)|why |how to|about (?:us|you|the|our|\w+$)|"
    r"we (?:offer|expect|are looking|would|ask)|(?:it|this) would help|the (?:offer|firm|company|school)\b|pay and "
    r"|our (?:offer|company|team|story|mission|culture|values|commitment|school)|you(?:'ll|"
    r" will| must| should)?(?: also)? (?:bring|have|are|get|need)\W*$"
    r"|your (?:profile|role|tasks|mission|day|skills|background|qualifications|work|week)\W*$|in this role|key "
    r"|day[- ]to[- ]day"
    r"|equal opportunit|the (?:role|job|team|ideal)|ideal candidate|nice[- ]to|good to|"
    r"responsibilit|requirements|perks|benefits)",
    re.IGNORECASE,
)
_INLINE_BULLET: Final = re.compile(r"\s+(?:[•●▪◦‣·○■□✓*]|-(?=\s+[A-Z]))\s+")
_RUN_ON: Final = re.compile(
    r"(?<=[A-Za-z0-9)])\s+(?=(?:Our\s+(?:company|team)\s|We\s+(?:are|have|offer)\s|"
    r"Experience[d]?\s+(?:with|in|as|working|developing|building|of)|Expert\s+in|"
    r"Proficien\w+\s+(?:in|with)"
    r"|Hands[- ]on\s|Must\s|Should\s|Ability\s+to|Able\s+to|Knowledge\s+of|Familiar(?:ity)?\s+with|Understanding\s+of"
    r"|(?:Good|Strong|Excellent|Solid|Effective|Demonstrated|Proven|Working|Deep|Basic)\s+[a-z]|Have\s+(?:a\s+)?[a-z]"
    r"|(?:Bachelor|Master|Associate)(?:'|’)?s?\s|Minimum\s+(?:of\s+)?\d|At\s+least\s+\w|"
    r"High\s+school\s|\d{1,2}\+\s+years"
    r"|(?:Relevant|Valid|Proactive|Certified|Willing(?:ness)?)\s+[a-zA-Z]|Proof\s+of\s))"
)
_STOP: Final = re.compile(r"(?<=[a-z]{3}[.!?])\s+(?=[A-Z])")


_FLAT: Final = 600
"""Characters; no employer writes a paragraph this long, but scraped and pasted texts lose their line breaks."""


def _is_flat(line: Raw) -> bool:
    return len(line.text) >= _FLAT and not line.heading


def _broken(source: str) -> list[str]:
    """The lines of a text whose breaks were lost, by its headings, bullets and sentences."""

    def before(match: re.Match[str]) -> str:
        words = match[1].split()
        if match[2] != ":":
            return f"\n{match[1]}:\n" if _TITLE.fullmatch(match[1]) else match[0]
        titles = [
            (skipped, " ".join(words[skipped:]))
            for skipped in range(len(words))
            if words[skipped][0].isupper()
        ]
        known = [found for found in titles if _heading_part(found[1]) != "unknown"]
        skipped, title = next(
            (found for found in known if _is_title(found[1])), known[0] if known else (0, "")
        )
        return f"{' '.join(words[:skipped])}\n{title}:\n" if title else match[0]

    text = _BARE.sub(r"\n\1:\n", _INLINE.sub(before, source))
    return _STOP.sub("\n", _RUN_ON.sub("\n", _INLINE_BULLET.sub("\n- ", text))).splitlines()


def _unmarked(line: Raw) -> Raw:
    mark = _MARK.match(line.text)
    return Raw(line.text[mark.end() :], bullet=True) if mark else line


def _plain(text: str) -> Raw:
    marked = re.match(r"#{1,6}\s+(.+)$|\*\*(.+)\*\*:?$", text)
    if marked:
        return Raw(marked[1] or marked[2], heading=True)
    mark = _MARK.match(text)
    if mark:
        return Raw(text[mark.end() :], bullet=True)
    short = len(text) < 60 and not text.endswith((".", ",", ";"))
    return Raw(text, heading=short and (text.endswith(":") or (_is_title(text) and not _is_led(text))))


def _is_title(text: str) -> bool:
    """True for a line that names a part; "Experience with Docker" names a demand instead."""
    if DEMAND.search(text) and not _TITLE.fullmatch(text):
        return False
    words = re.findall(r"[\w'’-]+", text.lower())
    named = bool(words) and all(word in _TITLE_WORDS for word in words)
    return (named or bool(_OPENING.match(text))) and _heading_part(text) != "unknown"


def _heading_part(text: str) -> Part:
    for part, pattern in _HEADING_PART:
        if pattern.search(text):
            return part
    return "unknown"


def segment(source: str) -> tuple[str, list[Line]]:
    """The plain text and its lines; every line after a heading belongs to the heading's part.

    Prose after a list of demands belongs to no part: it is usually about the employer again.
    """
    position, lines = 0, []
    current: Part = "unknown"
    listed = False
    for raw in _raw_lines(source):
        opening = raw.text.endswith(":") and len(raw.text) < 120 and not raw.bullet
        heading = raw.heading or opening
        if heading:
            named = _heading_part(raw.text)
            current = current if named == "unknown" and opening else named
        listed = raw.bullet or (listed and not heading)
        after = listed and not raw.bullet and current in {"requirement", "nice_to_have"}
        lines.append(
            Line(
                text=raw.text,
                start=position,
                end=position + len(raw.text),
                heading=heading or raw.text.endswith(":"),
                bullet=raw.bullet,
                part="unknown" if after else current,
                flattened=raw.flattened,
            )
        )
        position += len(raw.text) + 1
    return "\n".join(line.text for line in lines), lines


def plain_text(source: str) -> str:
    """The job's text as a person reads it."""
    return segment(source)[0]

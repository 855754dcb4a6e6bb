"""A material as sentences, each with what kind of statement it is."""

import re
from datetime import date
from typing import Final

import msgspec

from core.sdk import Evidence, Judgement, Material
from core.sdk.scorer import Match
from core.sdk.text import Sentence, default_lexicon, sentences
from core.sdk.text.lexicon import Found

_NEGATION: Final = re.compile(
    r"\b(?:no|not|never|without|lack(?:s|ing)?|none|nor|neither|unfamiliar|cannot|can't|don't|doesn't|didn't|haven't|hasn't"
    r"|isn't|won't|zero|little to no|limited or no|yet to)\b",
    re.IGNORECASE,
)
_DOUBLE: Final = re.compile(r"\bnot only\b|\bno(?:t)? (?:problem|stranger|doubt|longer than)\b|\bwithout (?:supervision|incident|errors?)\b|\bno fewer\b|\bnot afraid\b", re.I)
_INTENTION: Final = re.compile(
    r"\b(?:plan(?:s|ning)? to|want(?:s|ing)? to|hope(?:s)? to|hoping to|would (?:like|love) to|intend(?:s|ing)? to|aim(?:s|ing)? to"
    r"|eager to learn|keen to learn|willing to learn|interested in learning|looking forward to learning|aspir\w+ to"
    r"|(?:currently |now )?learning|beginning to learn|started learning|familiari[sz]ing myself|next (?:year|step)"
    r"|considering|goal is)\b",
    re.IGNORECASE,
)
_OTHERS: Final = re.compile(
    r"\b(?:my (?:team|colleagues?|manager|boss|wife|husband|brother|sister)|our (?:vendor|supplier|agency|contractor|consultants?)"
    r"|the (?:vendor|agency|contractor|consultants?|other team)|colleagues?|a colleague|external (?:partner|agency|team))\b"
    r"[^.;]{0,40}\b(?:used|built|handled|did|does|wrote|ran|managed|set up|maintained|implemented|operated|was responsible|took care)\b",
    re.IGNORECASE,
)
_DEED: Final = re.compile(
    r"\b(?:led|built|wrote|ran|made|kept|taught|held|won|cut|grew|drove|met|sold|set up|took|gave|brought|oversaw|began|chose"
    r"|using|responsible for|in charge of|day-to-day|daily|hands-on|experienced? (?:in|with)|years?|for (?:a|the|our)"
    r"|[a-z]{3,}ed|[a-z]{4,}ing)\b",
    re.IGNORECASE,
)
_LIST_HEAD: Final = re.compile(
    r"^\W*(?:(?:technical |core |key |hard |soft |other |it )?(?:skills?|competenc\w+|technologies|tools?|tech stack|stack|languages"
    r"|frameworks?|databases?|platforms?|software|keywords?|expertise|proficienc\w+|programming))\b.{0,20}:",
    re.IGNORECASE,
)


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of a source with the skills it names."""

    source: str
    sentence: Sentence
    skills: tuple[Found, ...]
    deed: bool

    @property
    def text(self) -> str:
        return self.sentence.text

    def quote(self) -> Evidence:
        """The sentence as evidence."""
        return Evidence(
            source=self.source,
            quote=self.sentence.text,
            start=self.sentence.start,
            end=self.sentence.end,
        )

    def denies(self, start: int = 0, end: int | None = None) -> bool:
        """True when the clause around the place says no."""
        clause = _clause(self.text, start, len(self.text) if end is None else end)
        return bool(_NEGATION.search(clause)) and not _DOUBLE.search(clause)

    def intends(self, start: int = 0, end: int | None = None) -> bool:
        """True when the clause around the place tells of plans, not of what is."""
        return bool(_INTENTION.search(_clause(self.text, start, len(self.text) if end is None else end)))

    def is_about_others(self) -> bool:
        """True when somebody else did it."""
        return bool(_OTHERS.search(self.text))


_BREAK: Final = re.compile(r"[;:]|,?\s+\b(?:but|however|although|though|while|whereas)\b|\.\s")


def _clause(text: str, start: int, end: int) -> str:
    first = max((m.end() for m in _BREAK.finditer(text, 0, start)), default=0)
    last = next((m.start() for m in _BREAK.finditer(text, end)), len(text))
    return text[first:last]


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """A material read once for all requirements."""

    statements: tuple[Statement, ...]
    as_of: date


def read(material: Material) -> Read:
    """Split every source of the material."""
    lexicon = default_lexicon()
    found = []
    for source in material.sources:
        for sentence in sentences(source.text):
            found.append(
                Statement(
                    source=source.name,
                    sentence=sentence,
                    skills=tuple(lexicon.find(sentence.text)),
                    deed=_is_deed(sentence.text),
                )
            )
    return Read(statements=tuple(found), as_of=material.as_of)


def _is_deed(text: str) -> bool:
    """A statement of something done or had, not a bare list of words."""
    words = text.split()
    if len(words) < 4 or _LIST_HEAD.match(text):
        return False
    commas = text.count(",") + text.count("|") + text.count("•") + text.count("/")
    if commas * 2.2 >= len(words):
        return False
    return bool(_DEED.search(text))


def judged(
    requirement_id: str, match: Match, reason: str, *statements: Statement
) -> Judgement:
    """A judgement with the statements it rests on, at most three."""
    quotes = tuple(dict.fromkeys(statement.quote() for statement in statements))[:3]
    return Judgement(
        requirement_id=requirement_id,
        match=match if quotes or match == "not_stated" else "not_stated",
        reason=reason,
        evidence=() if match == "not_stated" else quotes,
    )

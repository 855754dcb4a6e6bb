"""A material as sentences, each with what kind of statement it is."""

import re
from datetime import date
from itertools import pairwise
from typing import Final

import msgspec

from core.sdk import Evidence, Judgement, Material
from core.sdk.scorer import Match
from core.sdk.text import Sentence, default_lexicon, sentences
from core.sdk.text.lexicon import Found
from plugins.rubric_score.cues import DOUBLE, INTENTION, NEGATION, OTHERS, PAST
from plugins.rubric_score.deeds import shown_by_deeds

_OWN_TURN: Final = re.compile(
    r"[,;]?\s+(?:(?:and|while|whereas|but|so|where|which|for which|after which)\s+)?(?=I\b(?!['’]?\s*(?:T|I)\b))"
)
_TRUSTED: Final = re.compile(
    r"\b(?:asked|let|trusted|entrusted|promoted|assigned|chose|named|appointed|praised|tasked|put) me\b",
    re.IGNORECASE,
)
_PAPER: Final = re.compile(
    r"\b(?:licen[cs]es?|certif\w+|degrees?|diplomas?|registration|qualifications?|exams?|visas?|permits?)\b",
    re.IGNORECASE,
)
_EMPTY_WORDS: Final = frozenset(
    {"yet", "so", "far", "ever", "them", "it", "these", "there", "though", "myself"}
)
_SEEKING: Final = re.compile(
    r"(?:^\W*(?:I(?:['’]?m| am)\s+)?|[,–—-]\s*|\b(?:I['’]?m|am|and|currently|now|actively|graduate|student|nurse)\s+"
    r"|(?:er|or|ist)\s+)"
    r"(?:currently |now |actively )*(?:looking (?:for|to)|searching for|seeking|in search of|applying for"
    r"|interested in|objective:?)\b[^.;,]{0,60}?\b(?:jobs?|positions?|roles?|posts?|opportunit\w+|employment"
    r"|internship|work|career|challenges?|compan\w+|team)\b[^.;,]*",
    re.IGNORECASE,
)
"""What somebody wants to be hired for: an objective, however many skills it names."""
_DEED: Final = re.compile(
    r"\b(?:" + PAST + r"|using|responsible for|in charge of|day-to-day|daily|hands-on|years?"
    r"|for (?:a|the|our)|[a-z]{4,}ing)\b"
    r"|^\W*(?:design|build|lead|manage|run|write|own|develop|maintain|create|teach|sell|plan|"
    r"coordinate|handle|care|support"
    r"|operate|drive|prepare|test|deliver|train|use|speak|work|keep|organi[sz]e|supervise|"
    r"administer|assist|review)s?\b",
    re.IGNORECASE,
)
_LIST_HEAD: Final = re.compile(
    r"^\W*(?:(?:technical |core |key |hard |soft |other |it )?(?:skills?|competenc\w+|"
    r"technologies|tools?|tech stack|stack|languages"
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
        """True when the clause around the place says no.

        A "no" after the next comma that names something of its own ("nursing, no gaps") is said of that.
        """
        until = len(self.text) if end is None else end
        first, last = _clause(self.text, start, until)
        if DOUBLE.search(self.text, first, last):
            return False
        return any(
            found.start() < until or not _names_another(self.text[until:last], found.start() - until)
            for found in NEGATION.finditer(self.text, first, last)
        )

    def intends(self, start: int = 0, end: int | None = None) -> bool:
        """True when the clause around the place tells of plans or of the job looked for, not of what is."""
        until = len(self.text) if end is None else end
        first, last = _clause(self.text, start, until)
        if INTENTION.search(self.text, first, last):
            return True
        sought = _SEEKING.search(self.text, first, last)
        if sought is None:
            return False
        return sought.start() <= start < sought.end() if end is not None else not sought.start()

    def lacks_paper(self, asked: str) -> bool:
        """True when what is denied is a licence, degree or the like, and none is asked: "no nursing licence"."""
        return not _PAPER.search(asked) and any(
            _PAPER.search(self.text, found.end(), found.end() + 40) for found in NEGATION.finditer(self.text)
        )

    def clause(self, start: int, end: int) -> str:
        """The part of the sentence around the place, as far as the next "but" or semicolon."""
        first, last = _clause(self.text, start, end)
        return self.text[first:last]

    def before_denied(self, start: int) -> bool:
        """True when "no" stands right before the place."""
        return bool(NEGATION.search(self.text, max(0, start - 22), start))

    def is_about_others(self, start: int | None = None) -> bool:
        """True when somebody else did it, or has what stands at `start`; "and I ..." begins one's own part."""
        if not OTHERS.search(self.text) or _TRUSTED.search(self.text):
            return False
        turns = [0, *(turn.end() for turn in _OWN_TURN.finditer(self.text)), len(self.text)]
        parts = [(first, last) for first, last in pairwise(turns) if first < last]
        theirs = [part for part in parts if OTHERS.search(self.text[part[0] : part[1]])]
        if start is None:
            return len(theirs) == len(parts)
        return any(first <= start < last for first, last in theirs)


_BREAK: Final = re.compile(r"[;:]|,?\s+\b(?:but|however|although|though|while|whereas)\b|\.\s")


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    first = max((m.end() for m in _BREAK.finditer(text, 0, start)), default=0)
    last = next((m.start() for m in _BREAK.finditer(text, end)), len(text))
    return first, last


def _names_another(after: str, at: int) -> bool:
    """Whether a "no" at this place after something stands beyond a comma and denies something of its own."""
    if "," not in after[:at]:
        return False
    denied = NEGATION.sub(" ", after[at:], count=1).split(",", maxsplit=1)[0]
    return bool(set(re.findall(r"[^\W\d_]{2,}", denied.lower())) - _EMPTY_WORDS)


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
                    skills=(*lexicon.find(sentence.text), *shown_by_deeds(sentence.text)),
                    deed=_is_deed(sentence.text),
                )
            )
    return Read(statements=tuple(found), as_of=material.as_of)


_LABEL: Final = re.compile(r"^\W*[\w &/,()’'–+-]{2,45}:\s*")
_SEEMING: Final = re.compile(
    r"\b(?:engineering|marketing|accounting|programming|computing|operating|testing|learning|"
    r"nursing|manufacturing|networking"
    r"|consulting|banking|embedded|advanced|related|distributed|applied|skilled|certified|"
    r"detailed|qualified|limited|experienced"
    r"|motivated|dedicated|including|something|during|following|outstanding|interested|need|speed|"
    r"object[- ]oriented)\b",
    re.IGNORECASE,
)
_SLIGHT: Final = re.compile(
    r"\b(?:learn(?:ed|t)|studied|basics? (?:of|in|knowledge|understanding)|famili?ar with|"
    r"introduction to|exposure to|some (?:knowledge"
    r"|experience)|beginner|novice|attended|took a course|self-taught|good at|strong in|passionate about)\b",
    re.IGNORECASE,
)


def _is_deed(text: str) -> bool:
    """A statement of something done or had, not a list of words, a title or a claim."""
    text = _LABEL.sub("", text)
    words = text.split()
    if len(words) < _LEAST_WORDS or _LIST_HEAD.match(text) or _SLIGHT.search(text):
        return False
    commas = text.count(",") + text.count("|") + text.count("•") + text.count("/")
    if commas * 2.2 >= len(words):
        return False
    return bool(_DEED.search(_SEEMING.sub(" ", text)))


_LEAST_WORDS: Final = 3


def judged(requirement_id: str, match: Match, reason: str, *statements: Statement) -> Judgement:
    """A judgement with the statements it rests on, at most three."""
    quotes = tuple(dict.fromkeys(statement.quote() for statement in statements))[:3]
    return Judgement(
        requirement_id=requirement_id,
        match=match if quotes or match == "not_stated" else "not_stated",
        reason=reason,
        evidence=() if match == "not_stated" else quotes,
    )


_COMMON: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "with",
        "as",
        "by",
        "from",
        "your",
        "our",
        "you",
        "we",
        "is",
        "are",
        "be",
        "have",
        "has",
        "must",
        "should",
        "least",
        "minimum",
        "more",
        "than",
        "over",
        "plus",
        "years",
        "year",
        "months",
        "experience",
        "experienced",
        "proven",
        "strong",
        "solid",
        "good",
        "excellent",
        "knowledge",
        "skills",
        "skill",
        "ability",
        "able",
        "understanding",
        "demonstrated",
        "working",
        "familiarity",
        "familiar",
        "proficiency",
        "proficient",
        "required",
        "preferred",
        "relevant",
        "similar",
        "using",
        "use",
        "work",
        "professional",
        "practical",
        "hands-on",
        "deep",
        "sound",
        "very",
        "well",
        "within",
        "this",
        "that",
        "other",
        "any",
    ]
)


def stems(text: str) -> frozenset[str]:
    """What the words of a text have in common with their other forms: the first six letters."""
    words = (word.lower() for word in re.findall(r"[^\W\d_][\w+#-]*", text))
    return frozenset(word[:6].rstrip("s") if len(word) > 3 else word for word in words if word not in _COMMON)

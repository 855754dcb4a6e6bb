"""A material as sentences, each with what kind of statement it is."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec

from core.sdk import PASSAGE, Evidence, Judgement, Material
from core.sdk.scorer import Match
from core.sdk.text import Sentence, default_lexicon, sentences
from core.sdk.text.lexicon import Found
from plugins.rubric_score.clauses import (
    Place,
    is_denied,
    is_others,
    is_planned,
    is_sought,
    part_at,
    parts_of,
    stretch,
)
from plugins.rubric_score.cues import NEGATION
from plugins.rubric_score.deeds import is_deed, shown_by_deeds
from plugins.rubric_score.headings import standing_under
from plugins.rubric_score.words import WORD, stems

_PAPER: Final = re.compile(
    r"\b(?:licen[cs]es?|certif\w+|degrees?|diplomas?|registration|qualifications?|exams?|visas?|permits?)\b",
    re.IGNORECASE,
)
_SPOKEN: Final = 3
"""Words a part needs to be compared by itself."""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of a source with the skills it names.

    `whole` is all of it where a semicolon cut it in two, `under` the heading or dated line it stands under.
    """

    source: str
    sentence: Sentence
    skills: tuple[Found, ...]
    deed: bool
    whole: str = ""
    under: str = ""

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

    def denies(self, start: int, end: int) -> bool:
        """True when what stands at the place is denied."""
        return is_denied(self.text, start, end)

    def intends(self, start: int, end: int) -> bool:
        """True when the place is told of as a plan or as the job looked for."""
        return is_planned(self.text, start, end)

    def is_own(self, start: int, end: int) -> bool:
        """True unless somebody else did it, or the place only tells of the job looked for."""
        return not is_others(self.text, start, end) and not is_sought(self.text, start, end)

    def is_others(self, start: int, end: int) -> bool:
        """True when somebody else did what stands at the place."""
        return is_others(self.text, start, end)

    def lacks_paper(self, asked: str) -> bool:
        """True when what is denied is a licence, degree or the like, and none is asked: "no nursing licence"."""
        return not _PAPER.search(asked) and any(
            _PAPER.search(self.text, found.end(), found.end() + 40) for found in NEGATION.finditer(self.text)
        )

    def around(self, start: int, end: int) -> str:
        """The parts of the sentence the place stands in."""
        first, last = stretch(self.text, start, end)
        return self.text[first:last]

    def places(self) -> tuple[Place, ...]:
        """The parts of the sentence that say something by themselves, with all of it first."""
        whole = (0, len(self.text))
        parts = parts_of(self.text)
        spoken = [part for part in parts if len(self.text[part[0] : part[1]].split()) >= _SPOKEN]
        return (whole, *spoken) if len(parts) > 1 else (whole,)

    def place_of(self, wanted: frozenset[str]) -> Place:
        """Where the words with these stems stand closest together; the whole sentence when none does."""
        spots = [
            (match.start(), match.end()) for match in WORD.finditer(self.text) if stems(match[0]) & wanted
        ]
        if not spots:
            return 0, len(self.text)
        by_part: dict[int, list[Place]] = {}
        for spot in spots:
            by_part.setdefault(part_at(self.text, spot[0]), []).append(spot)
        held = {
            number: frozenset().union(*(stems(self.text[a:b]) for a, b in there))
            for number, there in by_part.items()
        }
        best = max(by_part, key=lambda number: (len(held[number] & wanted), -number))
        if held[best] >= wanted or len(by_part) == 1:
            return by_part[best][0][0], by_part[best][-1][1]
        return spots[0][0], spots[-1][1]


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """A material read once for all requirements."""

    statements: tuple[Statement, ...]
    as_of: date

    @property
    def is_passage(self) -> bool:
        """True for a passage judged by itself, which is no application."""
        return bool(self.statements) and all(s.source == PASSAGE for s in self.statements)


def read(material: Material) -> Read:
    """Split every source of the material."""
    lexicon = default_lexicon()
    found = []
    for source in material.sources:
        split = sentences(source.text)
        unders, wholes = standing_under(split, material.as_of), _wholes(split, source.text)
        for sentence, under, whole in zip(split, unders, wholes, strict=True):
            found.append(
                Statement(
                    source=source.name,
                    sentence=sentence,
                    skills=(*lexicon.find(sentence.text), *shown_by_deeds(sentence.text)),
                    deed=is_deed(sentence.text),
                    whole=whole,
                    under=under,
                )
            )
    return Read(statements=tuple(found), as_of=material.as_of)


def _wholes(split: Sequence[Sentence], text: str) -> list[str]:
    """For each sentence the text from the first to the last of the parts that semicolons cut it into."""
    wholes: list[str] = []
    first = 0
    for place, sentence in enumerate(split):
        if sentence.text.endswith(";") and place + 1 < len(split) and split[place + 1].line == sentence.line:
            continue
        wholes += [text[split[first].start : sentence.end]] * (place + 1 - first)
        first = place + 1
    return wholes


def judged(requirement_id: str, match: Match, reason: str, *statements: Statement) -> Judgement:
    """A judgement with the statements it rests on, at most three."""
    quotes = tuple(dict.fromkeys(statement.quote() for statement in statements))[:3]
    return Judgement(
        requirement_id=requirement_id,
        match=match if quotes or match == "not_stated" else "not_stated",
        reason=reason,
        evidence=() if match == "not_stated" else quotes,
    )

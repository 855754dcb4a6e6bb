"""Which sentences of a job's text ask for something, and not offer it, describe the employer or state the law."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from core.screening.jobtext import Line, Part
from core.screening.kinds import AUTHORIZATION, CERTIFICATE, MUST_CUE, SOFT_SKILL, asked_years, category_of
from core.screening.naming import Named, named
from core.screening.spans import Span
from core.screening.wishes import NICE_CUE
from core.sdk.scorer import Category
from core.sdk.text import default_lexicon, languages, sentences

_DEMANDS: Final = re.compile(
    r"\b(?:must|required|essential|mandatory|you (?:have|need|bring)|applicants?|candidates?)\b",
    re.IGNORECASE,
)
_IN_DUTIES: Final = re.compile(r"\b(?:must|required|essential|years)\b", re.IGNORECASE)
_LEADS: Final = re.compile(
    r"^(?:you(?:'ll| will)?(?: also)? (?:need|have|bring)\b(?! the (?:chance|opportunity))"
    r"|we(?:'re| are)? (?:ask(?:ing)? for|require|expect|need|look(?:ing)? for)\b"
    r"|the (?:ideal|right|successful) (?:candidate|person|applicant) (?:has|have|will have|brings|must have)\b)",
    re.IGNORECASE,
)
_OFFERS: Final = (
    r"\bwe(?:'ll| will)? (?:offer|provide|believe)\b|(?:^|[.;,:–-]\s*)we(?:'ll| will)? (?:give|train|teach|support"
    r"|reimburse|sponsor|cover)\b"
    r"|\byou(?:'ll| will) (?:receive|get|enjoy|be (?:offered|given|trained|paid|part|joining|eligible))\b"
    r"|^you (?:receive|get|enjoy)\b"
    r"|\b(?:training|coaching|mentoring)\b[^.;]{0,40}? (?:is|are|will be) (?:provided|given|paid)\b"
    r"|\b(?:paid|provided|covered|reimbursed) (?:by|for by) us\b|\b(?:paid|free) training\b"
    r"|\bhave the (?:chance|opportunity) to\b|\bopportunit(?:y|ies) to (?:learn|grow|develop)\b"
    r"|\broom to grow\b|\bin return\b|\b(?:visa|relocation) (?:sponsorship|support|assistance) (?:is )?available\b"
)
_BOILERPLATE: Final = re.compile(
    r"equal opportunit|regardless of|all qualified applicants|we (?:are|value|have|pay)\b|our (?:team|company"
    r"|mission|culture|office|clients|customers)\b|salary|pension|holiday|vacation|paid (?:time|"
    r"leave)|health insurance|dental"
    r"|accommodation|background (?:investigation|check)|verify identity|federal law|"
    r"please (?:apply|contact)|essential functions"
    r"|vision|401k|\bpto\b|discount|copyright|all rights reserved|click|links?\b|"
    r"this position\?|citizens only|resume\b"
    r"|gym|apply (?:now|today|with)|send (?:us )?your|\bcv\b|looking forward|founded in|benefits|" + _OFFERS,
    re.IGNORECASE,
)
_NEVER: Final = re.compile(
    r"^(?:they|this company|the company|our)\b|equal opportunit|regardless of|apply (?:now|today|"
    r"directly)|send (?:us )?your|accommodation|federal law|verify identity"
    r"|listed (?:below|above)|other duties|right to work\s*$|click here|our (?:company|mission|"
    r"clients|team)\b|" + _OFFERS,
    re.IGNORECASE,
)


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that may ask for something, with where it stands: it begins at `at` of the job's plain text."""

    text: str
    at: int
    part: Part
    bullet: bool = False
    flattened: bool = False
    spans: tuple[Span, ...] = ()

    @property
    def things(self) -> list[Named]:
        """What the sentence names."""
        return named(self.text, self.spans)

    def within(self, start: int, end: int) -> "Said":
        """A part of the sentence as a sentence of its own."""
        spans = (
            Span(kind=span.kind, start=span.start - start, end=span.end - start)
            for span in self.spans
            if start <= span.start and span.end <= end
        )
        return msgspec.structs.replace(
            self, text=self.text[start:end], at=self.at + start, spans=tuple(spans)
        )


def may_ask(lines: Sequence[Line]) -> Iterator[Said]:
    """The sentences worth a closer look, in reading order."""
    for line in lines:
        if not line.heading and line.part not in {"benefit", "company", "equal_opportunity"}:
            yield from (said for said in _said(line) if _plainly_may(said))


def _said(line: Line) -> Iterator[Said]:
    """The sentences of a line. "You need A; B; and C" asks for all three, whatever part of the text it stands in."""
    prose = not line.bullet and line.part in {"unknown", "duty"}
    going_on = False
    for sentence in sentences(line.text):
        more = sentence.text.endswith(";")
        listed = going_on or (prose and more and bool(_LEADS.search(sentence.text)))
        yield Said(
            text=sentence.text,
            at=line.start + sentence.start,
            part="requirement" if listed else line.part,
            bullet=line.bullet or listed,
            flattened=line.flattened and not listed,
        )
        going_on = listed and more


def _plainly_may(said: Said) -> bool:
    """What needs no model to rule out."""
    if not 3 <= len(said.text) <= 400:
        return False
    if said.part in {"requirement", "nice_to_have"}:
        return not _NEVER.search(said.text) and not (said.flattened and _BOILERPLATE.search(said.text))
    if _BOILERPLATE.search(said.text):
        return False
    if said.part == "duty":
        return bool(_IN_DUTIES.search(said.text))
    return any(cue.search(said.text) for cue in (_DEMANDS, MUST_CUE, NICE_CUE))


def asks(said: Said) -> bool:
    """Whether the sentence asks for something a person can have or lack."""
    if said.flattened and not _plausible(said):
        return False
    if said.part in {"requirement", "nice_to_have"}:
        return said.bullet or _names_something(said)
    if said.part == "duty":
        return True
    if kind_of(said) == "other":
        return bool(_DEMANDS.search(said.text))
    return bool(MUST_CUE.search(said.text) or NICE_CUE.search(said.text))


def kind_of(said: Said) -> Category:
    """What kind of thing the sentence asks for."""
    return category_of(said.text, asked_years(said.text), said.spans)


def _names_something(said: Said) -> bool:
    """Prose under a heading is a demand only when it asks for something of a known kind, or in so many words."""
    cue = any(cue.search(said.text) for cue in (_DEMANDS, MUST_CUE, NICE_CUE))
    return kind_of(said) != "other" or cue


def _plausible(said: Said) -> bool:
    """Names something checkable: in a text without structure the heading above proves little."""
    skilled = bool(default_lexicon().find(said.text)) and len(said.text) < 220
    cues = (MUST_CUE, NICE_CUE, SOFT_SKILL, CERTIFICATE, AUTHORIZATION)
    return skilled or bool(languages(said.text)) or any(cue.search(said.text) for cue in cues)

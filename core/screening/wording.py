"""Points at words in a job's text that ask for who somebody is, says why, and suggests others.

It never changes a text and never keeps one from being used: people decide.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from core.screening.wordrules import RULES, Trait, WordRule
from core.sdk.scorer import Requirement

_FAIR: Final = re.compile(
    r"\b(?:regardless of|irrespective of|without regard|whatever your|no matter (?:who|your)|"
    r"on the grounds? of|equal[- ]opportunit\w*|discriminat\w+|"
    r"protected (?:by|characteristic|class|status|veteran)\w*|all (?:backgrounds|ages|genders)|"
    r"any (?:background|age)|diversity|diverse|reasonable (?:accommodat|adjust)\w*|"
    r"encourag\w+ (?:\w+ ){0,8}to apply|(?:welcome|invite)s? applications|particularly welcome|"
    r"do(?:es)? not (?:ask|need|want|require|matter|have to)|need not be|please do not)\b",
    re.IGNORECASE,
)
"""Sentences that promise not to look at such things name them too."""
_SENTENCE: Final = re.compile(r"(?:[^.!?;\n]|[.!?;](?!\s|$))+[.!?;]?")


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Words worth changing: `text[start:end] == quote`. `requirement_id` is set when they stand in one."""

    trait: Trait
    quote: str
    start: int
    end: int
    why: str
    suggestion: str
    requirement_id: str = ""


class _Compiled(msgspec.Struct, frozen=True):
    rule: WordRule
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    unless_anywhere: re.Pattern[str] | None


def _compiled(rule: WordRule) -> _Compiled:
    found = [
        re.compile(text, re.IGNORECASE) if text else None for text in (rule.unless, rule.unless_anywhere)
    ]
    return _Compiled(rule, re.compile(rule.pattern, re.IGNORECASE), *found)


_RULES: Final = tuple(_compiled(rule) for rule in RULES)


def lint(text: str, *, around: str = "") -> tuple[Finding, ...]:
    """Findings in the order of the text; `around` is text that may hold the duty a demand belongs to."""
    whole = f"{text}\n{around}"
    rules = [each for each in _RULES if not (each.unless_anywhere and each.unless_anywhere.search(whole))]
    found = [
        finding
        for sentence in _SENTENCE.finditer(text)
        if not _FAIR.search(sentence.group())
        for finding in _in_sentence(rules, sentence)
    ]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end)))


def _in_sentence(rules: Sequence[_Compiled], sentence: re.Match[str]) -> Iterator[Finding]:
    taken: list[tuple[int, int]] = []
    for each in rules:
        for match in each.pattern.finditer(sentence.group()):
            start, end = match.span()
            if any(start < other_end and other < end for other, other_end in taken):
                continue
            if each.unless and each.unless.search(sentence.group()):
                continue
            taken.append((start, end))
            yield Finding(
                trait=each.rule.trait,
                quote=match.group(),
                start=sentence.start() + start,
                end=sentence.start() + end,
                why=each.rule.why,
                suggestion=each.rule.suggestion,
            )


def lint_job(text: str, requirements: Sequence[Requirement]) -> tuple[Finding, ...]:
    """Findings in a job's text, then those in requirements whose words do not stand in it."""
    own = [
        msgspec.structs.replace(finding, requirement_id=requirement.id)
        for requirement in requirements
        if requirement.text not in text
        for finding in lint(requirement.text, around=text)
    ]
    said = lint(text)
    known = {finding.quote.lower() for finding in said}
    return (*said, *(finding for finding in own if finding.quote.lower() not in known))

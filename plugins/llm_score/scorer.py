"""Judges by quotes a model points at: each is looked up in the text, and our own rules make the match."""

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, Final

import msgspec

from core.sdk import Calls, Evidence, Judgement, Material, Requirement, Rubric, Source
from core.sdk.scorer import Match
from core.sdk.text import date_ranges, months_between, year_amounts
from plugins.llm_score.instructions import masked
from plugins.llm_score.question import body, digest, label
from plugins.llm_score.quotes import located
from plugins.llm_score.service import Finding, Findings, Service

VERSION: Final = "1"
_AT_ONCE: Final = 4
"""Questions on their way at the same time; a service that cannot take them queues or answers 429."""
_KEPT: Final = 4096
"""Answers remembered, of a few kilobytes each."""
_MOST_QUOTES: Final = 3
_BARE: Final = 2
"""Words; a quote no longer than this is a mention, which is half of a skill and nothing of what must be done."""
_SKILLS: Final = frozenset({"hard_skill", "personal_skill"})
_DEEDS: Final = frozenset({"experience", "seniority", "other"})
_WORD: Final = re.compile(r"\w[\w.+#'’-]*")


class LlmScorer:
    """See the package's docstring; implements `core.sdk.CallingScorer`."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._model = settings.get("model", "").strip()
        self._format = settings.get("answer_format") or "json_schema"
        self._service = Service(settings)
        self._answers: OrderedDict[str, Findings] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def version(self) -> str:
        """The code's version, the model's name and a hash of what it is asked."""
        return f"{VERSION}+{self._model}.{digest(self._format)[:12]}"

    def judge(
        self, rubric: Rubric, materials: Sequence[Material], calls: Calls
    ) -> Sequence[tuple[Judgement, ...]]:
        """See `core.sdk.CallingScorer.judge`. Each application is a question of its own."""
        safe = [_without_instructions(material) for material in materials]
        asked = [body(self._model, self._format, rubric, material) for material in safe]
        self._ask_all({_key(one): one for one in asked}, calls)
        return [
            _judged(rubric, material, self._answers[_key(one)])
            for material, one in zip(safe, asked, strict=True)
        ]

    def _ask_all(self, asked: Mapping[str, Mapping[str, Any]], calls: Calls) -> None:
        """Ask what was not asked before: the same question has one answer as long as this process lives."""
        for key in asked.keys() & self._answers.keys():
            self._answers.move_to_end(key)
        new = [key for key in asked if key not in self._answers]

        def ask(key: str) -> None:
            found = self._service.ask(asked[key], calls)
            with self._lock:
                self._answers[key] = found

        with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
            for done in [pool.submit(ask, key) for key in new]:
                done.result()
        while len(self._answers) > max(_KEPT, len(asked)):
            self._answers.popitem(last=False)


def _key(asked: Mapping[str, Any]) -> str:
    return hashlib.sha256(msgspec.json.encode(asked, order="deterministic")).hexdigest()


def _without_instructions(material: Material) -> Material:
    sources = tuple(Source(name=source.name, text=masked(source.text)) for source in material.sources)
    return Material(id=material.id, sources=sources, as_of=material.as_of)


def _judged(rubric: Rubric, material: Material, answer: Findings) -> tuple[Judgement, ...]:
    return tuple(
        _one(requirement, [f for f in answer.findings if f.requirement == label(place)], material)
        for place, requirement in enumerate(rubric.requirements)
    )


def _one(requirement: Requirement, findings: Sequence[Finding], material: Material) -> Judgement:
    """The best news among the quotes that are real; which match that is, the model does not say."""
    shown: dict[Match, list[Evidence]] = {"met": [], "partly": [], "not_met": []}
    invented = 0
    for finding in findings:
        evidence = located(finding.quote, material.sources)
        match = _match(requirement, finding, evidence, material.as_of) if evidence else None
        if evidence and match:
            shown[match].append(evidence)
        invented += evidence is None
    for match, quotes in shown.items():
        if quotes:
            kept = tuple(sorted(dict.fromkeys(quotes), key=lambda q: (q.source, q.start))[:_MOST_QUOTES])
            return Judgement(
                requirement_id=requirement.id, match=match, reason=_REASONS[match], evidence=kept
            )
    reason = "The model's quotes do not stand in the text." if invented else "The model found nothing on it."
    return Judgement(requirement_id=requirement.id, match="not_stated", reason=reason)


def _match(requirement: Requirement, finding: Finding, evidence: Evidence, as_of: date) -> Match | None:
    """What a real quote counts for; years that it states are compared here, whatever the model says of them."""
    if finding.stance == "contradicts":
        return "not_met"
    bare = len(_WORD.findall(evidence.quote)) <= _BARE
    if requirement.years and (compared := _years(requirement.years, evidence.quote, as_of)):
        return compared
    if bare and (requirement.category in _DEEDS or requirement.years):
        return None
    if finding.stance == "partial" or (bare and requirement.category in _SKILLS):
        return "partly"
    return "met"


def _years(asked: float, quote: str, as_of: date) -> Match | None:
    """The quote's years, stated or from its dates, against the asked ones; None when it has none."""
    stated = [amount for amount, _, _ in year_amounts(quote)]
    have = max(stated) if stated else months_between(date_ranges(quote, as_of)) / 12
    if not have:
        return None
    return "met" if have + _ABOUT >= asked else "partly" if have >= asked / 2 else "not_met"


_ABOUT: Final = 0.05
"""Years; a month less than asked, counted from dates, is no less."""
_REASONS: Final[dict[Match, str]] = {
    "met": "The text shows it, as quoted.",
    "partly": "The text shows a part of it, as quoted.",
    "not_met": "The text says otherwise, as quoted.",
}

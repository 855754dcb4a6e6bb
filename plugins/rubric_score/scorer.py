"""Judges each requirement with what fits its kind: names, scales, years, and meaning where words differ."""

import re
from collections.abc import Sequence
from typing import Final

from core.sdk import Judgement, Material, Requirement, Rubric
from plugins.rubric_score.ladders import judge_certificate, judge_education, judge_language
from plugins.rubric_score.model import DIMENSIONS, WEIGHTS_SHA256, Model, Vectors
from plugins.rubric_score.skills import judge_skills
from plugins.rubric_score.text import Read, Statement, judged, read
from plugins.rubric_score.years import judge_years

VERSION: Final = "1"
_MET: Final = 0.56
_PARTLY: Final = 0.45
_LONGEST: Final = 400
_STEPS: Final = 1000
"""Similarities are compared in thousandths: far coarser than what differs between machines."""
_STEM: Final = re.compile(r"[a-z]{4,}")


class RubricScorer:
    """See the package's docstring; implements `core.sdk.Scorer`."""

    def __init__(self) -> None:
        self._model: Model | None = None

    @property
    def version(self) -> str:
        """The code's version and the model's weights."""
        return f"{VERSION}+minilm.{WEIGHTS_SHA256[:12]}"

    def judge(self, rubric: Rubric, materials: Sequence[Material]) -> Sequence[tuple[Judgement, ...]]:
        """See `core.sdk.Scorer.judge`."""
        reads = [read(material) for material in materials]
        meaning = Meaning(self._vectors(rubric, reads))
        return [
            tuple(self._one(requirement, found, meaning) for requirement in rubric.requirements)
            for found in reads
        ]

    def _vectors(self, rubric: Rubric, reads: Sequence[Read]) -> dict[str, Vectors]:
        if self._model is None:
            self._model = Model()
        texts = {key(requirement.text) for requirement in rubric.requirements}
        texts |= {key(statement.text) for found in reads for statement in found.statements}
        return _Lazy(self._model, self._model.encode(texts))

    def _one(self, requirement: Requirement, found: Read, meaning: "Meaning") -> Judgement:
        by_kind = self._by_kind(requirement, found, meaning)
        if by_kind is not None:
            return by_kind
        if requirement.category in {"education", "certification", "language"}:
            return judged(requirement.id, "not_stated", "The text does not say.")
        return self._by_meaning(requirement, found, meaning)

    def _by_kind(self, requirement: Requirement, found: Read, meaning: "Meaning") -> Judgement | None:
        if requirement.category == "education":
            return judge_education(requirement, found)
        if requirement.category == "language":
            return judge_language(requirement, found)
        if requirement.category == "certification":
            return judge_certificate(requirement, found)
        if requirement.years:
            return judge_years(requirement, found, meaning.similar) or _without_years(requirement, found)
        return judge_skills(requirement, found)

    def _by_meaning(self, requirement: Requirement, found: Read, meaning: "Meaning") -> Judgement:
        best = max(
            (s for s in found.statements if len(s.text.split()) > 2 and not s.is_about_others()),
            key=lambda s: (meaning.similar(requirement.text, s.text), -s.sentence.start),
            default=None,
        )
        likeness = meaning.similar(requirement.text, best.text) if best else 0.0
        if best is None or likeness < _PARTLY:
            return judged(requirement.id, "not_stated", "The text does not say.")
        return _weigh(requirement, best, likeness)


def _weigh(requirement: Requirement, best: Statement, likeness: float) -> Judgement:
    if best.denies():
        if likeness >= _MET:
            return judged(requirement.id, "not_met", "The text says otherwise.", best)
        return judged(requirement.id, "not_stated", "The text does not say.")
    if best.intends():
        return judged(requirement.id, "not_met", "A plan, not something done.", best)
    deed_asked = requirement.category in {"experience", "other"} or requirement.years is not None
    if likeness >= _MET and best.deed and not requirement.years:
        return judged(requirement.id, "met", "The text says so in other words.", best)
    if not best.deed and deed_asked:
        return judged(requirement.id, "not_stated", "The text does not say.")
    return judged(requirement.id, "partly", "The text says something close to it.", best)


def _without_years(requirement: Requirement, found: Read) -> Judgement | None:
    """The subject is shown but no amount of time: half of it is known."""
    by_name = judge_skills(requirement, found)
    if by_name is None or by_name.match in {"not_met", "not_stated"}:
        return by_name
    return Judgement(
        requirement_id=requirement.id,
        match="partly",
        reason="It is there; how many years, the text does not say.",
        evidence=by_name.evidence,
    )


def key(text: str) -> str:
    """What of a text the model is given."""
    return text[:_LONGEST]


class _Lazy(dict[str, Vectors]):
    """Vectors by text; what was not foreseen is encoded when asked for."""

    def __init__(self, model: Model, known: dict[str, Vectors]) -> None:
        super().__init__(known)
        self._model = model

    def __missing__(self, text: str) -> Vectors:
        self[text] = self._model.encode([text])[text]
        return self[text]


class Meaning:
    """How alike two texts are, in thousandths."""

    def __init__(self, vectors: dict[str, Vectors]) -> None:
        self._vectors = vectors

    def similar(self, one: str, other: str) -> float:
        """The cosine of their vectors, rounded to thousandths."""
        product = float(self._vectors[key(one)] @ self._vectors[key(other)])
        return round(product * _STEPS) / _STEPS


__all__ = ["DIMENSIONS", "Meaning", "RubricScorer"]

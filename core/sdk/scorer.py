"""What a scorer is: it judges requirements against text and points at evidence; it never adds up.

The host turns judgements into points, bands and confidence, the same way for every scorer.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal, Protocol, runtime_checkable

import msgspec

from core.sdk.fields import Field

Category = Literal[
    "hard_skill",
    "personal_skill",
    "experience",
    "education",
    "language",
    "certification",
    "authorization",
    "seniority",
    "other",
]
Match = Literal["met", "partly", "not_stated", "not_met"]


class Requirement(msgspec.Struct, frozen=True, kw_only=True):
    """One checkable demand of a job.

    `weight` is relative within the rubric (1 or more). `span` are character offsets into the job's plain
    text, `sentence` the sentence it comes from; both are empty for requirements people add by hand.
    `alternatives` are ways to meet it ("Java or Kotlin"); `years` and `level` only where the text says so.
    """

    id: str
    text: str
    category: Category
    must_have: bool
    weight: int = 1
    span: tuple[int, int] = (0, 0)
    sentence: str = ""
    years: float | None = None
    level: str = ""
    alternatives: tuple[str, ...] = ()


class Rubric(msgspec.Struct, frozen=True, kw_only=True):
    """The requirements of a job at one version."""

    requirements: tuple[Requirement, ...]
    version: int = 1


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One de-identified text of an application: `name` is "resume", "cover_letter" or "answer:<n>"."""

    name: str
    text: str


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """What a scorer may see of one application. There is no field for who the person is.

    `as_of` is the day "present" means in the texts: the day of the application.
    """

    id: str
    sources: tuple[Source, ...]
    as_of: date


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A verbatim quote: `quote == source.text[start:end]`, which the host verifies."""

    source: str
    quote: str
    start: int
    end: int


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """The judgement of one requirement; every match but "not_stated" carries at least one quote."""

    requirement_id: str
    match: Match
    reason: str
    evidence: tuple[Evidence, ...] = ()


@runtime_checkable
class Scorer(Protocol):
    """Judges a page of applications at once. Runs in a process of its own, without network or database."""

    @property
    def version(self) -> str:
        """Changes whenever the same input could give another output: code, model and data versions."""
        ...

    def judge(self, rubric: Rubric, materials: Sequence[Material]) -> Sequence[tuple[Judgement, ...]]:
        """One tuple per material, in order, with one judgement per requirement, in the rubric's order.

        The result for a material must not depend on the other materials, nor that for a requirement on the
        other requirements, its id, its weight or whether it is a must-have: results are kept and used again.
        """
        ...


class ScorerEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What a plugin registers for one scorer; `description` says in words how it judges and its limits."""

    key: str
    title: str
    description: str
    make: Callable[[Mapping[str, str]], Scorer]
    fields: tuple[Field, ...] = ()
    sdk: str = "1"

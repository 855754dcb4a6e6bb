"""What a scorer is: it judges requirements against text and points at evidence; it never adds up.

The host turns judgements into points, bands and confidence, the same way for every scorer.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal, Protocol, runtime_checkable

import msgspec

from core.sdk.fields import Field
from core.sdk.http import Response

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
Extent = Literal["little", "half", "most"]
"""How much of a requirement is shown that is partly met."""


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


PASSAGE: Final = "passage"
"""Names the source of a material that is no application but one passage, as `shortlist match` judges it."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One de-identified text: `name` is "resume", "cover_letter", "answer:<n>", or `PASSAGE` where it stands alone."""

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
    """The judgement of one requirement; every match but "not_stated" carries at least one quote.

    `leaning` is how much of the requirement is thought to be shown on average, 0 to 1, by a scorer that weighs what
    it cannot be sure of. It orders passages of one match; no point comes of it. `extent` counts where the match is
    "partly", and nowhere else.
    """

    requirement_id: str
    match: Match
    reason: str
    evidence: tuple[Evidence, ...] = ()
    leaning: float | None = None
    extent: Extent = "half"


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


class Calls(Protocol):
    """Calls that Shortlist makes for a scorer, whose own process has no network.

    Only to the hosts its entry names for these settings, without redirects, and never inside the network
    unless an admin typed such an address into a `url` field. May be used from several threads at once.
    """

    def request(
        self,
        method: str,
        url: str,
        *,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        seconds: float = 60.0,
    ) -> Response:
        """The answer to one request, given `seconds` for each step; statuses below 500 other than 429 come back.

        A 429 waits as told. Raises Misconfigured, RateLimited, Unavailable and BadData of `core.sdk.errors`;
        let them through, or raise them yourself: their words are shown to admins, and nothing is scored.
        """
        ...


@runtime_checkable
class CallingScorer(Protocol):
    """A scorer that asks somebody over the network; the same rules hold for what it answers."""

    @property
    def version(self) -> str:
        """As `Scorer.version`; of a model elsewhere, its name and what it is asked are part of it."""
        ...

    def judge(
        self, rubric: Rubric, materials: Sequence[Material], calls: Calls
    ) -> Sequence[tuple[Judgement, ...]]:
        """As `Scorer.judge`."""
        ...


class Connected(msgspec.Struct, frozen=True):
    """A scorer together with its way out, to be used like any other."""

    scorer: CallingScorer
    calls: Calls

    @property
    def version(self) -> str:
        """The scorer's."""
        return self.scorer.version

    def judge(self, rubric: Rubric, materials: Sequence[Material]) -> Sequence[tuple[Judgement, ...]]:
        """The scorer's judgement."""
        return self.scorer.judge(rubric, materials, self.calls)


class ScorerEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What a plugin registers for one scorer; `description` says in words how it judges and its limits.

    `hosts` returns the hosts (or host:port) that may be called with these settings. An entry with `hosts`
    makes a `CallingScorer`, one without a `Scorer`.
    """

    key: str
    title: str
    description: str
    make: Callable[[Mapping[str, str]], Scorer | CallingScorer]
    fields: tuple[Field, ...] = ()
    hosts: Callable[[Mapping[str, str]], frozenset[str]] | None = None
    sdk: str = "1"


def made(entry: ScorerEntry, settings: Mapping[str, str], calls: Calls | None) -> Scorer:
    """The entry's scorer for these settings, with its way out if it has one.

    Raises TypeError when the plugin makes something else, or when an entry with `hosts` gets no `calls`.
    """
    scorer = entry.make(settings)
    if not isinstance(scorer, Scorer):
        raise TypeError(f"What it makes is no scorer but {type(scorer).__name__}.")
    if entry.hosts is None:
        return scorer
    if calls is None:
        raise TypeError("It asks over the network and was given no way to.")
    return Connected(scorer, calls)  # type: ignore[arg-type]  # the two kinds differ in a parameter only

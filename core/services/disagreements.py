"""What two scorers disagree on, for an admin who wonders which of them to trust."""

from uuid import UUID

import msgspec

from core.errors import NotFound
from core.screening import Assessed
from core.sdk.scorer import Requirement
from core.services.access import Actor, require
from core.services.scorers import key_for, title_of
from core.store import scores, shadows
from core.store.scope import tenant
from core.store.shadows import Compared, Pair

SHOWN = 100
"""Disagreements on one page, the widest first."""


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """What one scorer says of a requirement."""

    match: str
    reason: str
    quotes: tuple[str, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A requirement the two judge otherwise."""

    text: str
    must_have: bool
    board: Side
    beside: Side


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """An application on which band or a must-have differs; `rows` are all requirements that do."""

    application_id: UUID
    job_id: UUID
    name: str
    job_title: str
    band: str
    score: int | None
    other_band: str
    other_score: int | None
    rows: tuple[Row, ...]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two scorers side by side. `requirements` are (text, applications that differ) of the chosen job.

    `total` counts all disagreements of the chosen job, or of all jobs.
    """

    board: str
    beside: str
    jobs: tuple[Compared, ...]
    requirements: tuple[tuple[str, int], ...]
    total: int
    found: tuple[Disagreement, ...]


async def comparison(actor: Actor, job: UUID | None = None) -> Comparison:
    """The comparison over all tracked jobs, or one of them. Raises NotFound when nothing runs beside."""
    require(actor, "manage")
    async with tenant(actor.tenant_id):
        board, beside = await key_for("board"), await key_for("beside")
        if not beside:
            raise NotFound("No second scorer runs.", "Choose one under Settings > Scoring.")
        compared = await shadows.compared(beside)
        pairs = await shadows.disagreements(beside, job, SHOWN)
        requirements = await _requirements(beside, job) if job else ()
    return Comparison(
        board=title_of(board),
        beside=title_of(beside),
        jobs=tuple(compared),
        requirements=requirements,
        total=sum(one.disagree for one in compared if job in {None, one.job}),
        found=tuple(_disagreement(pair) for pair in pairs),
    )


async def _requirements(beside: str, job: UUID) -> tuple[tuple[str, int], ...]:
    rubric = await scores.rubric(job)
    texts = {r.id: r.text for r in rubric.requirements} if rubric else {}
    counted = await shadows.by_requirement(beside, job)
    return tuple((texts[name], count) for name, count in counted if name in texts)


def _disagreement(pair: Pair) -> Disagreement:
    requirements = msgspec.json.decode(pair.requirements, type=tuple[Requirement, ...])
    texts = {requirement.id: requirement.text for requirement in requirements}
    board = msgspec.json.decode(pair.sheet, type=Assessed)
    other = msgspec.json.decode(pair.other_sheet, type=Assessed)
    rows = [
        Row(
            text=texts[one.requirement_id],
            must_have=one.must_have,
            board=_side(board, one.requirement_id),
            beside=_side(other, one.requirement_id),
        )
        for one in sorted(pair.differences, key=lambda one: not one.must_have)
        if one.requirement_id in texts
    ]
    return Disagreement(
        application_id=pair.application,
        job_id=pair.job,
        name=pair.name,
        job_title=pair.job_title,
        band=pair.band,
        score=pair.score,
        other_band=pair.other_band,
        other_score=pair.other_score,
        rows=tuple(rows),
    )


def _side(assessed: Assessed, requirement: str) -> Side:
    results = {row.requirement_id: row for row in assessed.sheet.results}
    return Side(
        match=results[requirement].match,
        reason=results[requirement].reason,
        quotes=tuple(shown.quote for shown in assessed.shown if shown.requirement_id == requirement),
    )


__all__ = ["Comparison", "Disagreement", "Row", "Side", "comparison"]

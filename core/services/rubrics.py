"""A job's requirements: extracted from its text, edited by people, kept in versions."""

import asyncio
import hashlib
from collections.abc import Sequence
from uuid import UUID

import msgspec

from core.errors import Invalid, NotFound
from core.jobs.queue import enqueue
from core.screening import Thresholds, extract, max_points, plain_text
from core.screening.whatif import try_out
from core.screening.wording import Finding, lint_job
from core.sdk.scorer import Requirement, Rubric
from core.services.access import Actor, require
from core.services.jobs import BandCounts
from core.services.scorers import key_for
from core.store import jobs, judged, records, scores
from core.store.scope import tenant
from core.store.scores import RubricRow

_MOST = 60


class RubricView(msgspec.Struct, frozen=True, kw_only=True):
    """A job's rubric as people edit it; `max_points` by requirement id, adding up to 100.

    `findings` are words in the job's text or the requirements that ask for who somebody is.
    """

    job_id: UUID
    version: int
    requirements: tuple[Requirement, ...]
    max_points: dict[str, int]
    pre_qualified: int
    qualified: int
    edited_by: str
    counts: BandCounts
    findings: tuple[Finding, ...]


async def extract_rubric(tenant_id: UUID, job: UUID) -> None:
    """Task: extract the requirements of a job whose text is new or changed, unless people edited them."""
    async with tenant(tenant_id):
        found = await jobs.get(job)
        current = await scores.rubric(job)
    if found is None or not found["selected"]:
        return
    digest = hashlib.sha256(found["description_html"].encode()).hexdigest()
    if current is not None and (current.member_id is not None or current.source_digest == digest):
        return
    rubric = await asyncio.to_thread(extract, found["description_html"])
    async with tenant(tenant_id):
        await scores.add_rubric(job, rubric.requirements, source_digest=digest, member=None)
        await _tell(job, found["title"], found["description_html"], rubric)
        await enqueue("score", job)
        await records.signal("board", job)
        await records.signal("jobs")


async def _tell(job: UUID, title: str, html: str, rubric: Rubric) -> None:
    if rubric.requirements:
        await jobs.set_problem(job, "")
        await records.settle_task("requirements", str(job))
        return
    reason = "has no description" if not html.strip() else "names no requirements we can check"
    problem = f"This job {reason}. Add requirements by hand, then applications are scored."
    await jobs.set_problem(job, problem)
    await records.open_task(
        "requirements",
        str(job),
        f"{title} needs requirements",
        body=problem,
        link=f"/jobs/{job}/requirements",
        job=job,
    )


async def rubric(actor: Actor, job_id: UUID) -> RubricView:
    """The newest version of the job's rubric."""
    async with tenant(actor.tenant_id):
        return await _view(job_id)


async def _view(job_id: UUID) -> RubricView:
    found = await jobs.get(job_id)
    if found is None:
        raise NotFound("This job does not exist.", "Go back to Jobs.")
    current = await scores.rubric(job_id)
    requirements = current.requirements if current else ()
    thresholds = Thresholds(pre_qualified=found["pre_qualified_from"], qualified=found["qualified_from"])
    return RubricView(
        job_id=job_id,
        version=current.version if current else 0,
        requirements=requirements,
        max_points=max_points(Rubric(requirements=requirements)),
        pre_qualified=thresholds.pre_qualified,
        qualified=thresholds.qualified,
        edited_by=_edited_by(current),
        counts=await _counts(job_id, current, thresholds),
        findings=lint_job(plain_text(found["description_html"]), requirements),
    )


def _edited_by(current: RubricRow | None) -> str:
    if current is None:
        return ""
    return "a member of your team" if current.member_id else "extracted from the job's text"


async def save(
    actor: Actor,
    job_id: UUID,
    requirements: Sequence[Requirement],
    *,
    pre_qualified: int,
    qualified: int,
) -> RubricView:
    """Store a new version; every score under older versions becomes stale and is made anew."""
    require(actor, "edit_rubric")
    must_be_usable(requirements, pre_qualified, qualified)
    async with tenant(actor.tenant_id):
        found = await jobs.get(job_id)
        if found is None:
            raise NotFound("This job does not exist.", "Go back to Jobs.")
        current = await scores.rubric(job_id)
        await jobs.set_thresholds(job_id, pre_qualified, qualified)
        kept = tuple(requirements)
        if (
            current is None
            or current.requirements != kept
            or (found["pre_qualified_from"], found["qualified_from"]) != (pre_qualified, qualified)
        ):
            digest = current.source_digest if current else ""
            await scores.add_rubric(job_id, kept, source_digest=digest, member=actor.member_id)
            await _tell(job_id, found["title"], found["description_html"], Rubric(requirements=kept))
            await enqueue("score", job_id)
        await records.audit(actor.email, "rubric saved", str(job_id), {"requirements": len(kept)})
        await records.signal("board", job_id)
        return await _view(job_id)


def must_be_usable(requirements: Sequence[Requirement], pre_qualified: int, qualified: int) -> None:
    """Raises Invalid, naming each entry, when these cannot be a rubric."""
    problems = _problems(requirements, pre_qualified, qualified)
    if problems:
        raise Invalid("The requirements cannot be saved.", "Correct the marked entries.", fields=problems)


def _problems(requirements: Sequence[Requirement], pre_qualified: int, qualified: int) -> dict[str, str]:
    found = {}
    if not 0 < pre_qualified < qualified <= 100:
        found["thresholds"] = "Pre-Qualified must begin above 0 and below Qualified, which ends at 100."
    if len(requirements) > _MOST:
        found["requirements"] = f"Keep at most {_MOST} requirements; merge those that belong together."
    ids = [requirement.id for requirement in requirements]
    for requirement in requirements:
        if not requirement.text.strip():
            found[requirement.id] = "Say what is required."
        elif not 1 <= requirement.weight <= 100:
            found[requirement.id] = "The weight must lie between 1 and 100."
        elif ids.count(requirement.id) > 1:
            found[requirement.id] = "This requirement is listed twice."
    return found


async def preview_thresholds(actor: Actor, job_id: UUID, pre_qualified: int, qualified: int) -> BandCounts:
    """How many cards each column would hold with these thresholds; changes nothing."""
    async with tenant(actor.tenant_id):
        current = await scores.rubric(job_id)
        return await _counts(job_id, current, Thresholds(pre_qualified=pre_qualified, qualified=qualified))


async def _counts(job_id: UUID, current: RubricRow | None, thresholds: Thresholds) -> BandCounts:
    requirements = current.requirements if current else ()
    standings = await judged.standings(job_id, await key_for("board"))
    return BandCounts(**try_out(Rubric(requirements=requirements), thresholds, standings).after)

"""Trying a job's rubric with other weights, must-haves and thresholds before anybody is touched by it."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from core.errors import Conflict, NotFound
from core.screening import Thresholds
from core.screening.whatif import Mover, Tried, try_out
from core.sdk.scorer import Requirement, Rubric
from core.services import rubrics
from core.services.access import Actor, require
from core.services.rubrics import RubricView
from core.services.scorers import key_for
from core.store import board, judged, records, scores
from core.store.scope import tenant

__all__ = ["Change", "Mover", "Trial", "Tried", "apply", "try_rubric"]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What is tried for one requirement."""

    weight: int
    must_have: bool


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """What is tried: changes by requirement id to one version of a job's rubric, and thresholds."""

    version: int
    changes: Mapping[str, Change]
    pre_qualified: int
    qualified: int


async def try_rubric(actor: Actor, job_id: UUID, trial: Trial) -> Tried:
    """Where everybody on the job's board would stand; nothing is stored and no scorer is asked.

    Raises Conflict when the rubric was changed meanwhile, Invalid for thresholds or weights out of bounds.
    """
    require(actor, "edit_rubric")
    async with tenant(actor.tenant_id):
        requirements = await _changed(job_id, trial)
        standings = await judged.standings(job_id, await key_for("board"))
        tried = try_out(Rubric(requirements=requirements), _thresholds(trial), standings)
        names = await board.names([mover.id for mover in tried.movers])
    movers = [msgspec.structs.replace(mover, name=names.get(mover.id, "")) for mover in tried.movers]
    return msgspec.structs.replace(tried, movers=tuple(movers))


async def apply(actor: Actor, job_id: UUID, trial: Trial) -> RubricView:
    """Store what was tried as the rubric's next version; who was put somewhere by a person stays there."""
    require(actor, "edit_rubric")
    async with tenant(actor.tenant_id):
        requirements = await _changed(job_id, trial)
        tried = await try_rubric(actor, job_id, trial)
        saved = await rubrics.save(
            actor, job_id, requirements, pre_qualified=trial.pre_qualified, qualified=trial.qualified
        )
        await records.audit(
            actor.email,
            "what-if applied",
            str(job_id),
            {"from_version": trial.version, "to_version": saved.version, "moves": len(tried.movers)},
        )
        return saved


async def _changed(job_id: UUID, trial: Trial) -> tuple[Requirement, ...]:
    current = await scores.rubric(job_id)
    if current is None:
        raise NotFound("This job has no requirements yet.", "Add them on its requirements page.")
    if current.version != trial.version:
        raise Conflict("The requirements were changed meanwhile.", "Open the what-if again.")
    changed = tuple(_with(requirement, trial.changes) for requirement in current.requirements)
    rubrics.must_be_usable(changed, trial.pre_qualified, trial.qualified)
    return changed


def _with(requirement: Requirement, changes: Mapping[str, Change]) -> Requirement:
    change = changes.get(requirement.id)
    if change is None:
        return requirement
    return msgspec.structs.replace(requirement, weight=change.weight, must_have=change.must_have)


def _thresholds(trial: Trial) -> Thresholds:
    return Thresholds(pre_qualified=trial.pre_qualified, qualified=trial.qualified)

"""Things only a person can settle: resumes nobody could read, jobs without requirements, broken connections."""

from datetime import datetime
from uuid import UUID

import msgspec

from core.errors import NotFound
from core.services.access import Actor, require
from core.store import records
from core.store.scope import tenant


class TaskRow(msgspec.Struct, frozen=True, kw_only=True):
    """One open task; `person` and `job` say in words what it is about, where it is about one."""

    id: UUID
    kind: str
    title: str
    body: str
    link: str
    at: datetime
    person: str = ""
    job: str = ""


async def list_tasks(actor: Actor, *, job_id: UUID | None = None) -> tuple[TaskRow, ...]:
    """Open tasks of the tenant or of one job, newest first."""
    require(actor, "move")
    async with tenant(actor.tenant_id):
        found = await records.tasks(job_id)
    return tuple(TaskRow(at=row.pop("made_at"), **row) for row in found)


async def settle(actor: Actor, task: UUID) -> None:
    """The actor says the task is done."""
    require(actor, "move")
    async with tenant(actor.tenant_id):
        if not await records.settle_task_by(task, actor.member_id):
            raise NotFound("This task is no longer open.", "Reload the page.")
        await records.audit(actor.email, "task settled", str(task))

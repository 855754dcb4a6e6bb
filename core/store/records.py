"""Notices, tasks for people, the audit log, and the signal that something changed."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import msgspec

from core.clock import new_id, now
from core.store.engine import many, rows, value
from core.store.scope import current_tenant

CHANNEL = "shortlist_changes"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Something open screens may show differently now.

    `topic` is one of board, profile, jobs, connection, notice; `id` the job, application, connection or
    member; `parts` the board's categories.
    """

    tenant_id: UUID
    topic: str
    id: UUID | None = None
    parts: tuple[str, ...] = ()


async def signal(topic: str, subject: UUID | None = None, parts: Iterable[str] = ()) -> None:
    """Tell every process about a change when the transaction commits."""
    change = Change(tenant_id=current_tenant(), topic=topic, id=subject, parts=tuple(sorted(set(parts))))
    await value("SELECT pg_notify($1, $2)", CHANNEL, msgspec.json.encode(change).decode())


async def notify(members: Iterable[UUID], title: str, *, body: str = "", link: str = "") -> list[UUID]:
    """Put a notice into the bell of each member, and nowhere else; returns the notices' ids."""
    made = {member: new_id() for member in members}
    await many(
        "INSERT INTO notification (id, member, title, body, link, made_at) VALUES ($1, $2, $3, $4, $5, $6)",
        [(notice, member, title, body, link, now()) for member, notice in made.items()],
    )
    for member in made:
        await signal("notice", member)
    return list(made.values())


async def notices(member: UUID, limit: int) -> list[dict[str, Any]]:
    """A member's newest notices."""
    return await rows(
        "SELECT id, title, body, link, made_at, seen_at FROM notification WHERE member = $1 "
        "ORDER BY made_at DESC LIMIT $2",
        member,
        limit,
    )


async def unseen(member: UUID) -> int:
    """How many notices the member has not seen."""
    return int(
        await value("SELECT count(*) FROM notification WHERE member = $1 AND seen_at IS NULL", member) or 0
    )


async def mark_seen(member: UUID) -> None:
    """The member has opened the bell."""
    await rows(
        "UPDATE notification SET seen_at = $2 WHERE member = $1 AND seen_at IS NULL RETURNING id",
        member,
        now(),
    )


async def open_task(
    kind: str, subject: str, title: str, *, body: str = "", link: str = "", job: UUID | None = None
) -> bool:
    """Ask people for something only they can settle; False when it is already asked."""
    made = await rows(
        """
        INSERT INTO task (id, kind, subject, job_id, title, body, link, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (tenant_id, kind, subject) WHERE settled_at IS NULL DO NOTHING RETURNING id
        """,
        new_id(),
        kind,
        subject,
        job,
        title,
        body,
        link,
        now(),
    )
    return bool(made)


async def asked(kind: str) -> dict[str, str]:
    """The words of the open tasks of a kind, by their subject."""
    found = await rows("SELECT subject, body FROM task WHERE kind = $1 AND settled_at IS NULL", kind)
    return {row["subject"]: row["body"] for row in found}


async def settle_task(kind: str, subject: str) -> None:
    """The reason for the task has gone away by itself."""
    await rows(
        "UPDATE task SET settled_at = $3 WHERE kind = $1 AND subject = $2 AND settled_at IS NULL",
        kind,
        subject,
        now(),
    )


async def settle_task_by(task: UUID, member: UUID) -> bool:
    """A person says the task is done; False when there is none open with this id."""
    settled = await rows(
        "UPDATE task SET settled_at = $3, settled_by = $2 WHERE id = $1 AND settled_at IS NULL RETURNING id",
        task,
        member,
        now(),
    )
    return bool(settled)


async def tasks(job: UUID | None) -> list[dict[str, Any]]:
    """Open tasks with whom and which job they are about, newest first, of one job or of all."""
    return await rows(
        """
        SELECT t.id, t.kind, t.title, t.body, t.link, t.made_at,
            coalesce(p.name, '') AS person, coalesce(j.title, '') AS job
        FROM task t
        LEFT JOIN application a ON t.link = '/applications/' || a.id
        LEFT JOIN person p ON p.id = a.person
        LEFT JOIN job j ON j.id = coalesce(a.job, t.job_id)
        WHERE t.settled_at IS NULL AND ($1::uuid IS NULL OR t.job_id = $1)
        ORDER BY t.made_at DESC, t.id DESC LIMIT 500
        """,
        job,
    )


async def audit(actor: str, action: str, subject: str, details: Mapping[str, Any] | None = None) -> None:
    """Append to the audit log; never holds secrets or text of candidates."""
    await rows(
        "INSERT INTO audit (id, actor, action, subject, details, at) VALUES ($1, $2, $3, $4, $5::jsonb, $6)",
        new_id(),
        actor,
        action,
        subject,
        msgspec.json.encode(details or {}).decode(),
        now(),
    )


async def audited(subject: str) -> list[dict[str, Any]]:
    """What happened to one subject, newest first."""
    return await rows(
        "SELECT actor, action, details, at FROM audit WHERE subject = $1 ORDER BY at DESC LIMIT 100", subject
    )

"""The bell: what members are told."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from core.jobs.queue import enqueue
from core.services.access import Actor
from core.store import records
from core.store.scope import tenant


class NoticeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One notice of a member."""

    id: UUID
    title: str
    body: str
    link: str
    at: datetime
    seen: bool


async def notify(members: Iterable[UUID], title: str, *, body: str = "", link: str = "") -> None:
    """Put a notice into the bell of each member, and on its way through the tenant's channels.

    Both commit with the caller's rows. Notices leave the house: nothing in them says who a candidate is.
    """
    for notice in await records.notify(members, title, body=body, link=link):
        await enqueue("notify", notice)


async def list_notices(actor: Actor, limit: int = 30) -> tuple[NoticeRow, ...]:
    """The member's newest notices."""
    async with tenant(actor.tenant_id):
        found = await records.notices(actor.member_id, limit)
    return tuple(
        NoticeRow(
            id=row["id"],
            title=row["title"],
            body=row["body"],
            link=row["link"],
            at=row["made_at"],
            seen=row["seen_at"] is not None,
        )
        for row in found
    )


async def unseen(actor: Actor) -> int:
    """How many notices the member has not seen."""
    async with tenant(actor.tenant_id):
        return await records.unseen(actor.member_id)


async def mark_seen(actor: Actor) -> None:
    """The member has opened the bell."""
    async with tenant(actor.tenant_id):
        await records.mark_seen(actor.member_id)

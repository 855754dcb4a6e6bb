"""What the team says about an application among itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.errors import Invalid, NotFound
from core.services.access import Actor, require
from core.store import board, records
from core.store.scope import tenant

_LONGEST = 5000


class CommentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A comment."""

    id: UUID
    author: str
    body: str
    at: datetime


def comment_rows(found: Sequence[dict[str, Any]]) -> tuple[CommentRow, ...]:
    """Stored comments as they are shown, in their order."""
    return tuple(
        CommentRow(id=row["id"], author=row["author"], body=row["body"], at=row["made_at"]) for row in found
    )


async def add_comment(actor: Actor, application_id: UUID, body: str) -> CommentRow:
    """Say something to the team; nobody outside of it sees it."""
    require(actor, "comment")
    body = body.strip()
    if not body:
        raise Invalid("Write something first.", fields={"body": "This is needed."})
    if len(body) > _LONGEST:
        raise Invalid(
            "The comment is too long.",
            f"Keep it under {_LONGEST:,} characters.",
            fields={"body": "Too long."},
        )
    async with tenant(actor.tenant_id):
        found = await board.application(application_id)
        if found is None:
            raise NotFound("This application does not exist.", "Go back to the board.")
        comment = await board.comment(application_id, actor.member_id, body)
        rows = await board.comments(application_id)
        await records.signal("profile", application_id)
        await records.signal("board", found["job"], (found["category"],) if found["category"] else ())
    return next(row for row in comment_rows(rows) if row.id == comment)

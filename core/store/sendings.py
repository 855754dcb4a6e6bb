"""Notices on their way through channels: each through each channel once."""

from datetime import datetime
from uuid import UUID

import msgspec

from core.clock import new_id, now
from core.store.engine import one, rows, value


class Sending(msgspec.Struct, frozen=True, kw_only=True):
    """A notice on its way, with its addressee as they are now."""

    id: UUID
    notification: UUID
    attempts: int
    title: str
    body: str
    link: str
    email: str
    active: bool


async def add(notification: UUID, channel: UUID) -> bool:
    """Put a notice into a channel; False when it is there already, is gone, or its member may not sign in."""
    made = await rows(
        """
        INSERT INTO sending (id, notification, channel, due_at)
        SELECT $3, n.id, $2, $4 FROM notification n JOIN member m ON m.id = n.member AND m.active
        WHERE n.id = $1 ON CONFLICT (notification, channel) DO NOTHING RETURNING id
        """,
        notification,
        channel,
        new_id(),
        now(),
    )
    return bool(made)


async def due(channel: UUID) -> Sending | None:
    """What is to be sent next through the channel; what failed waits behind what was not tried yet."""
    found = await one(
        """
        SELECT s.id, s.notification, s.attempts, n.title, n.body, n.link, m.email, m.active
        FROM sending s JOIN notification n ON n.id = s.notification JOIN member m ON m.id = n.member
        WHERE s.channel = $1 AND s.state = 'waiting' AND s.due_at <= $2 ORDER BY s.due_at, s.id LIMIT 1
        """,
        channel,
        now(),
    )
    return Sending(**found) if found else None


async def next_due(channel: UUID) -> datetime | None:
    """When the next of what waits in the channel is due; None when nothing waits."""
    found: datetime | None = await value(
        "SELECT min(due_at) FROM sending WHERE channel = $1 AND state = 'waiting'", channel
    )
    return found


async def put_off(sending: UUID, until: datetime, error: str) -> None:
    """Note a failed attempt; the notice is tried again then."""
    await rows(
        "UPDATE sending SET attempts = attempts + 1, due_at = $2, error = $3 WHERE id = $1",
        sending,
        until,
        error,
    )


async def end(sending: UUID, state: str, error: str = "") -> None:
    """The notice was sent, failed for good, or was dropped; it is not sent again."""
    await rows(
        "UPDATE sending SET state = $2, error = $3, attempts = attempts + 1, ended_at = $4 "
        "WHERE id = $1 AND state = 'waiting'",
        sending,
        state,
        error,
        now(),
    )


async def drop(channel: UUID) -> None:
    """Nothing that waits in the channel is to be sent any more."""
    await rows(
        "UPDATE sending SET state = 'dropped', ended_at = $2 WHERE channel = $1 AND state = 'waiting'",
        channel,
        now(),
    )


async def hurry(channel: UUID) -> None:
    """Whatever waits in the channel is due now."""
    await rows("UPDATE sending SET due_at = $2 WHERE channel = $1 AND state = 'waiting'", channel, now())


async def channels_due() -> list[UUID]:
    """Channels with something to send now."""
    found = await rows(
        """
        SELECT DISTINCT s.channel FROM sending s JOIN channel c ON c.id = s.channel
        WHERE s.state = 'waiting' AND s.due_at <= $1 AND (c.paused_until IS NULL OR c.paused_until <= $1)
        """,
        now(),
    )
    return [row["channel"] for row in found]

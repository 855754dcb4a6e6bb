"""The channels a tenant sends notices through, and how they are set up."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.clock import new_id, now
from core.store.engine import one, rows, value


class ChannelRow(msgspec.Struct, frozen=True, kw_only=True):
    """A channel as stored; `secrets` is sealed, `paused_until` holds back all that waits in it."""

    id: UUID
    tenant_id: UUID
    notifier: str
    settings: dict[str, str]
    secrets: bytes
    paused_until: datetime | None
    changed_at: datetime


def _row(found: Mapping[str, Any]) -> ChannelRow:
    return ChannelRow(**{**found, "settings": msgspec.json.decode(found["settings"])})


async def get(channel: UUID) -> ChannelRow | None:
    """One channel of the tenant."""
    found = await one("SELECT * FROM channel WHERE id = $1", channel)
    return _row(found) if found else None


async def every() -> dict[str, ChannelRow]:
    """All channels of the tenant, by notifier."""
    return {found["notifier"]: _row(found) for found in await rows("SELECT * FROM channel")}


async def present(notifier: str) -> UUID:
    """The notifier's channel, made without settings if there is none."""
    await rows(
        "INSERT INTO channel (id, notifier, changed_at) VALUES ($1, $2, $3) "
        "ON CONFLICT (tenant_id, notifier) DO NOTHING",
        new_id(),
        notifier,
        now(),
    )
    found: UUID = await value("SELECT id FROM channel WHERE notifier = $1", notifier)
    return found


async def save(notifier: str, settings: Mapping[str, str], secrets: bytes) -> UUID:
    """Store a channel's settings with its sealed secrets; what held it back is forgotten."""
    found: UUID = await value(
        """
        INSERT INTO channel (id, notifier, settings, secrets, changed_at) VALUES ($1, $2, $3::jsonb, $4, $5)
        ON CONFLICT (tenant_id, notifier) DO UPDATE SET settings = excluded.settings,
            secrets = excluded.secrets, changed_at = excluded.changed_at, paused_until = NULL
        RETURNING id
        """,
        new_id(),
        notifier,
        msgspec.json.encode(settings).decode(),
        secrets,
        now(),
    )
    return found


async def pause(channel: UUID, until: datetime | None) -> None:
    """Hold back what waits in the channel; None lets it go again."""
    await rows("UPDATE channel SET paused_until = $2 WHERE id = $1", channel, until)


async def remove(notifier: str) -> bool:
    """Forget a channel's settings and all that waits in it; False when there was none."""
    return bool(await rows("DELETE FROM channel WHERE notifier = $1 RETURNING id", notifier))

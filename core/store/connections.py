"""Connections and how far they have been read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.clock import new_id, now
from core.store.engine import one, rows, value


class ConnectionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A connection as stored; `secrets`, `token` and `subscriptions` are sealed."""

    id: UUID
    tenant_id: UUID
    connector: str
    title: str
    account: str
    settings: dict[str, str]
    secrets: bytes
    token: bytes
    users: list[dict[str, Any]]
    subscriptions: bytes
    state: str
    state_text: str
    fix: str
    state_since: datetime
    include_rejected: bool
    write_back: bool
    waiting_until: datetime | None
    last_synced_at: datetime | None
    webhook_seen_at: datetime | None
    created_at: datetime


def _row(found: Mapping[str, Any]) -> ConnectionRow:
    decoded = {
        **found,
        "settings": msgspec.json.decode(found["settings"]),
        "users": msgspec.json.decode(found["users"]),
    }
    return ConnectionRow(**decoded)


async def add(
    connector: str, title: str, *, settings: Mapping[str, str], secrets: bytes, account: str, users: bytes
) -> UUID:
    """Store a new connection; nothing is read before its jobs are chosen."""
    connection = new_id()
    await rows(
        """
        INSERT INTO connection (id, connector, title, account, settings, secrets, users, state_since, created_at)
        VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7::jsonb, $8, $8)
        """,
        connection,
        connector,
        title,
        account,
        msgspec.json.encode(settings).decode(),
        secrets,
        users.decode(),
        now(),
    )
    return connection


async def get(connection: UUID) -> ConnectionRow | None:
    """One connection of the tenant."""
    found = await one("SELECT * FROM connection WHERE id = $1", connection)
    return _row(found) if found else None


async def every() -> list[ConnectionRow]:
    """All connections of the tenant, oldest first."""
    return [_row(found) for found in await rows("SELECT * FROM connection ORDER BY created_at")]


async def change(connection: UUID, **columns: Any) -> None:
    """Set columns of a connection; names come from our own code, never from input."""
    names = list(columns)
    assignments = ", ".join(f"{name} = ${place}" for place, name in enumerate(names, start=2))
    await rows(f"UPDATE connection SET {assignments} WHERE id = $1", connection, *columns.values())


async def enter(
    connection: UUID, state: str, text: str = "", fix: str = "", *, by_itself: bool = False
) -> bool:
    """Put the connection into a state with its words; True when the state is another than before.

    What happens `by_itself`, as when a sync ends, leaves a connection alone that a person has paused meanwhile.
    """
    found = await one(
        """
        UPDATE connection c SET state = $2, state_text = $3, fix = $4, waiting_until = NULL,
            state_since = CASE WHEN c.state = $2 THEN c.state_since ELSE $5 END
        FROM (SELECT id, state AS before FROM connection WHERE id = $1 FOR NO KEY UPDATE) old
        WHERE c.id = old.id AND NOT ($6 AND old.before IN ('paused', 'disconnected')) RETURNING old.before
        """,
        connection,
        state,
        text,
        fix,
        now(),
        by_itself,
    )
    return found is not None and found["before"] != state


async def cursor(connection: UUID, stream: str) -> str:
    """Where the stream was read up to; empty before the first page."""
    return str(
        await value("SELECT cursor FROM synced WHERE connection = $1 AND stream = $2", connection, stream)
        or ""
    )


async def advance(connection: UUID, stream: str, new_cursor: str, *, done: int, total: int | None) -> None:
    """Move the stream's cursor; commits with the records it stands for."""
    await rows(
        """
        INSERT INTO synced AS s (id, connection, stream, cursor, done, total, read_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (connection, stream) DO UPDATE SET cursor = excluded.cursor, done = s.done + excluded.done,
            total = coalesce(excluded.total, s.total), read_at = excluded.read_at
        """,
        new_id(),
        connection,
        stream,
        new_cursor,
        done,
        total,
        now(),
    )


async def complete(connection: UUID, stream: str) -> None:
    """Note that the stream has been read to its end at least once."""
    await rows(
        "UPDATE synced SET complete = true, read_at = $3 WHERE connection = $1 AND stream = $2",
        connection,
        stream,
        now(),
    )


async def progress(connection: UUID) -> dict[str, dict[str, Any]]:
    """Per stream: done, total, complete, read_at."""
    found = await rows(
        "SELECT stream, done, total, complete, read_at FROM synced WHERE connection = $1", connection
    )
    return {row["stream"]: row for row in found}


async def problems(connection: UUID, limit: int = 50) -> list[dict[str, Any]]:
    """Records that were set aside, newest first."""
    return await rows(
        "SELECT reference, message, seen_at FROM sync_problem WHERE connection = $1 ORDER BY seen_at DESC LIMIT $2",
        connection,
        limit,
    )


async def remove(connection: UUID) -> None:
    """Delete the connection with everything that was read through it."""
    await rows("DELETE FROM connection WHERE id = $1", connection)

"""What is to become visible in the ATS, committed with what caused it."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.clock import new_id, now
from core.sdk.connector import WriteItem
from core.store.engine import many, rows


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the outbox."""

    id: UUID
    application: UUID
    attempts: int
    item: WriteItem


async def put(
    connection: UUID, application: UUID, version: int, items: Sequence[WriteItem], acting_user: str
) -> None:
    """Queue the items of one decision version; putting the same version twice changes nothing."""
    await many(
        """
        INSERT INTO write_back (id, connection, application, version, kind, key, preview, payload, acting_user,
            created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10)
        ON CONFLICT (connection, kind, key) DO NOTHING
        """,
        [
            (
                new_id(),
                connection,
                application,
                version,
                item.kind,
                item.key,
                item.preview,
                msgspec.json.encode(item.payload).decode(),
                acting_user,
                now(),
            )
            for item in items
        ],
    )


async def waiting(connection: UUID, limit: int, *, without: Collection[str] = ()) -> list[Entry]:
    """The oldest entries not written yet, leaving out some kinds."""
    found = await rows(
        "SELECT id, application, attempts, kind, key, preview, payload FROM write_back "
        "WHERE connection = $1 AND state = 'waiting' AND kind <> ALL($3::text[]) ORDER BY id LIMIT $2",
        connection,
        limit,
        list(without),
    )
    return [
        Entry(
            id=row["id"],
            application=row["application"],
            attempts=row["attempts"],
            item=WriteItem(
                kind=row["kind"],
                key=row["key"],
                preview=row["preview"],
                payload=msgspec.json.decode(row["payload"]),
            ),
        )
        for row in found
    ]


async def written(entry: UUID, reference: str) -> None:
    """Note that the change is visible."""
    await rows(
        "UPDATE write_back SET state = 'written', reference = $2, error = '', attempts = attempts + 1, "
        "written_at = $3 WHERE id = $1",
        entry,
        reference,
        now(),
    )


async def not_written(entry: UUID, error: str, *, final: bool) -> None:
    """Note a failed attempt; a final one waits for a person."""
    await rows(
        "UPDATE write_back SET error = $2, attempts = attempts + 1, "
        "state = CASE WHEN $3 THEN 'failed' ELSE state END WHERE id = $1",
        entry,
        error,
        final,
    )


async def retry(application: UUID) -> list[UUID]:
    """Queue an application's failed entries again; returns the connections to wake.

    Notes are all shown, one for each version. Of anything else a newer version that is visible already
    must not be written over by an older one.
    """
    found = await rows(
        """
        UPDATE write_back w SET state = 'waiting', attempts = 0, error = ''
        WHERE application = $1 AND state = 'failed' AND (kind = 'note' OR NOT EXISTS (
            SELECT FROM write_back newer WHERE newer.application = w.application AND newer.kind = w.kind
            AND newer.version > w.version AND newer.state = 'written'))
        RETURNING connection
        """,
        application,
    )
    return list({row["connection"] for row in found})


async def history(application: UUID) -> list[dict[str, Any]]:
    """Everything queued for an application, newest first."""
    return await rows(
        "SELECT kind, preview, state, error, acting_user, version, created_at, written_at FROM write_back "
        "WHERE application = $1 ORDER BY id DESC",
        application,
    )


async def connections_waiting() -> list[UUID]:
    """Connections with something to write that may be written now."""
    found = await rows(
        "SELECT DISTINCT w.connection FROM write_back w JOIN connection c ON c.id = w.connection "
        "WHERE w.state = 'waiting' AND c.state NOT IN ('paused', 'disconnected', 'needs_attention')"
    )
    return [row["connection"] for row in found]

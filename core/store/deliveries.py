"""Webhooks as received, kept until what they hint at was fetched."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.clock import new_id, now
from core.sdk.delivery import Delivery, Hint
from core.store.engine import rows

_BATCH = 200


async def keep(
    connection: UUID,
    delivery: Delivery,
    *,
    key: str,
    event: str,
    hints: Sequence[Hint],
    headers: dict[str, str],
) -> bool:
    """Store a delivery; False when one with this key is stored already."""
    stored = await rows(
        """
        INSERT INTO delivery (id, connection, dedupe_key, event, body, headers, hints, received_at)
        VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8)
        ON CONFLICT (connection, dedupe_key) DO NOTHING RETURNING id
        """,
        new_id(),
        connection,
        key,
        event,
        delivery.body,
        msgspec.json.encode(headers).decode(),
        msgspec.json.encode(hints).decode(),
        delivery.received_at,
    )
    return bool(stored)


async def unhandled(connection: UUID) -> list[tuple[UUID, tuple[Hint, ...]]]:
    """The oldest deliveries whose hints were not followed yet."""
    found: list[dict[str, Any]] = await rows(
        "SELECT id, hints FROM delivery WHERE connection = $1 AND handled_at IS NULL "
        "ORDER BY received_at, id LIMIT $2",
        connection,
        _BATCH,
    )
    return [(row["id"], msgspec.json.decode(row["hints"], type=tuple[Hint, ...])) for row in found]


async def handled(deliveries: Sequence[UUID]) -> None:
    """Note that the hints of these deliveries were followed; their bodies are not needed any more."""
    await rows("UPDATE delivery SET handled_at = $2, body = '' WHERE id = ANY($1)", list(deliveries), now())

"""Events that plugins have not heard yet, committed with what they tell of."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from core.clock import new_id, now
from core.store.engine import rows, value


class Untold(msgspec.Struct, frozen=True, kw_only=True):
    """One event with the hook it is for; `body` is its JSON."""

    id: UUID
    hook: str
    body: str


async def add(found: Sequence[tuple[str, bytes]]) -> None:
    """Store events, each a hook and its JSON, in this order, with one statement."""
    await rows(
        """
        INSERT INTO event (id, hook, body, made_at)
        SELECT id, hook, body::jsonb, $4 FROM unnest($1::uuid[], $2::text[], $3::text[])
            WITH ORDINALITY AS given (id, hook, body, place) ORDER BY place
        """,
        [new_id() for _ in found],
        [hook for hook, _ in found],
        [body.decode() for _, body in found],
        now(),
    )


async def untold(limit: int) -> list[Untold]:
    """The oldest events, in order."""
    found = await rows("SELECT id, hook, body FROM event ORDER BY number LIMIT $1", limit)
    return [Untold(**row) for row in found]


async def any_untold() -> bool:
    """Whether an event waits."""
    return bool(await value("SELECT EXISTS (SELECT 1 FROM event)"))


async def told(event: UUID) -> None:
    """Forget an event everybody has heard."""
    await rows("DELETE FROM event WHERE id = $1", event)

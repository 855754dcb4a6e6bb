"""Browser sessions: ids behind the hash of a key, gone when they expire."""

from datetime import datetime

from core.clock import now
from core.store.engine import rows, value
from core.store.scope import nobody


async def put(key: str, content: bytes, expires_at: datetime) -> None:
    """Store a session."""
    async with nobody():
        await rows(
            "INSERT INTO web_session (key, value, expires_at) VALUES ($1, $2, $3) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at",
            key,
            content,
            expires_at,
        )


async def get(key: str, until: datetime) -> bytes | None:
    """A session's content; using it moves its end to `until`, at most once a minute."""
    async with nobody():
        content: bytes | None = await value(
            "SELECT value FROM web_session WHERE key = $1 AND expires_at > $2", key, now()
        )
        if content is not None:
            await rows(
                "UPDATE web_session SET expires_at = $2 WHERE key = $1 "
                "AND expires_at < $2::timestamptz - interval '1 minute'",
                key,
                until,
            )
        return content


async def remove(key: str) -> None:
    """End a session."""
    async with nobody():
        await rows("DELETE FROM web_session WHERE key = $1", key)


async def sweep() -> None:
    """Delete sessions that have expired."""
    async with nobody():
        await rows("DELETE FROM web_session WHERE expires_at < $1", now())

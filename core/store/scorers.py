"""How a tenant set up its scorers, and which of them it uses for what."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from core.clock import new_id, now
from core.store.engine import one, rows

Use = Literal["board", "beside"]
"""What is scored for: the board, or a comparison nobody decides by."""


class SetupRow(msgspec.Struct, frozen=True, kw_only=True):
    """A scorer as set up; `secrets` is sealed, `use` is a Use or empty."""

    tenant_id: UUID
    scorer: str
    use: str
    settings: dict[str, str]
    secrets: bytes
    changed_at: datetime


_COLUMNS = "SELECT tenant_id, scorer, use, settings, secrets, changed_at FROM scorer_setup"


def _row(found: Mapping[str, Any]) -> SetupRow:
    return SetupRow(**{**found, "settings": msgspec.json.decode(found["settings"])})


async def every() -> dict[str, SetupRow]:
    """All that the tenant set up or chose, by scorer."""
    return {found["scorer"]: _row(found) for found in await rows(_COLUMNS)}


async def get(scorer: str) -> SetupRow | None:
    """How one scorer is set up."""
    found = await one(f"{_COLUMNS} WHERE scorer = $1", scorer)
    return _row(found) if found else None


async def used_for(use: Use) -> SetupRow | None:
    """The scorer the tenant chose for this."""
    found = await one(f"{_COLUMNS} WHERE use = $1", use)
    return _row(found) if found else None


async def choose(use: Use, scorer: str) -> None:
    """Use this scorer for that instead of any other; an empty one means none."""
    await rows("UPDATE scorer_setup SET use = '', changed_at = $2 WHERE use = $1", use, now())
    if scorer:
        await rows(
            """
            INSERT INTO scorer_setup (id, scorer, use, changed_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (tenant_id, scorer) DO UPDATE SET use = excluded.use, changed_at = excluded.changed_at
            """,
            new_id(),
            scorer,
            use,
            now(),
        )


async def save(scorer: str, settings: Mapping[str, str], secrets: bytes) -> None:
    """Store a scorer's settings with its sealed secrets."""
    await rows(
        """
        INSERT INTO scorer_setup (id, scorer, settings, secrets, changed_at) VALUES ($1, $2, $3::jsonb, $4, $5)
        ON CONFLICT (tenant_id, scorer) DO UPDATE SET settings = excluded.settings,
            secrets = excluded.secrets, changed_at = excluded.changed_at
        """,
        new_id(),
        scorer,
        msgspec.json.encode(settings).decode(),
        secrets,
        now(),
    )

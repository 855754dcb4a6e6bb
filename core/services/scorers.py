"""The scorers a tenant uses, ready to be asked: chosen, set up, with their version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from core.clock import new_id, now
from core.errors import ShortlistError
from core.screening import verify
from core.sdk.fields import problems
from core.sdk.scorer import Material, Requirement, Rubric, ScorerEntry, Source
from core.services import plugin_settings
from core.services.plugins import enabled_plugins
from core.services.runtime import runtime
from core.store import scorers
from core.store.scope import tenant
from core.store.scorers import SetupRow, Use

DEFAULT: Final = "rubric"
_TRIAL: Final = Rubric(
    requirements=(Requirement(id="r1", text="SQL", category="hard_skill", must_have=True),)
)
_WHERE: Final = "Look under Settings > Scoring."


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """A scorer that can be asked. `calls` when it asks somebody over the network, which takes longer.

    `since` is when it was chosen or set up last; None for the default.
    """

    key: str
    settings: dict[str, str]
    version: str
    calls: bool
    since: datetime | None = None


async def key_for(use: Use) -> str:
    """The key of the scorer the tenant of the open scope uses for this; empty for none beside."""
    chosen = await scorers.used_for(use)
    return chosen.scorer if chosen else DEFAULT if use == "board" else ""


async def ready_for(tenant_id: UUID, use: Use) -> Ready | None:
    """The scorer the tenant uses for this; None when there is none beside.

    Raises ShortlistError when it may not be used or is not set up, ScorerFailed when it does not start.
    """
    async with tenant(tenant_id):
        key = await key_for(use)
        row = await scorers.get(key)
    if not key:
        return None
    found = runtime().catalog.scorers.get(key)
    if found is None or found.plugin not in await enabled_plugins(tenant_id):
        raise ShortlistError(
            f"The scorer “{key}” is not available.", "Switch its plugin on, or choose another scorer."
        )
    return await _ready(found.entry, row)


async def still_chosen(scorer: Ready, use: Use) -> bool:
    """Whether nothing was chosen or set up otherwise since, as the open transaction sees it."""
    row = await scorers.used_for(use)
    chosen = (row.scorer, row.changed_at) if row else (DEFAULT, None)
    return chosen == (scorer.key, scorer.since)


async def _ready(entry: ScorerEntry, row: SetupRow | None) -> Ready:
    settings = plugin_settings.with_defaults(entry.fields, row)
    wrong = problems(entry.fields, settings)
    if wrong:
        raise ShortlistError(f"{entry.title} is not set up: {' '.join(wrong.values())}", _WHERE)
    return Ready(
        key=entry.key,
        settings=settings,
        version=await runtime().scorers.version(entry.key, settings),
        calls=entry.hosts is not None,
        since=row.changed_at if row and row.use else None,
    )


async def try_out(key: str, settings: Mapping[str, str]) -> None:
    """Ask a scorer about two sentences of ours; raises ScorerFailed or Nonsense when it does not work.

    A word that never came before keeps what was remembered from being the answer.
    """
    text = f"Tuned slow SQL queries for the finance team.\nKeeps bees, hive {new_id().hex}."
    trial = Material(id="trial", sources=(Source(name="resume", text=text),), as_of=now().date())
    ((*answer,),) = await runtime().scorers.judge(key, settings, _TRIAL, [trial])
    verify(_TRIAL, trial, answer)


def title_of(key: str) -> str:
    """What people call a scorer."""
    found = runtime().catalog.scorers.get(key)
    return found.entry.title if found else key

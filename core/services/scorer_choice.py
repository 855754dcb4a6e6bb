"""An admin's say over scoring: which scorer fills the board, which one runs beside it, how each is set up."""

from collections.abc import Collection, Mapping

import msgspec

from core.errors import Conflict, Invalid
from core.jobs.queue import enqueue
from core.log import protect
from core.registry import ScorerFailed
from core.screening import Nonsense
from core.sdk.fields import Field, problems
from core.sdk.scorer import ScorerEntry
from core.services import plugin_settings
from core.services import scorers as using
from core.services.access import Actor, require
from core.services.plugins import enabled_plugins, usable_entry
from core.services.runtime import runtime
from core.store import records, scorers, scores, shadows
from core.store.scope import tenant
from core.store.scorers import SetupRow


class ScorerView(msgspec.Struct, frozen=True, kw_only=True):
    """A scorer as an admin sees it. Secrets never leave: only whether they are set.

    `use` is "board", "beside" or empty; `calls` when texts leave this instance; `set_up` when its settings
    are enough to score with; `unreadable` when the key of its secrets is lost.
    """

    key: str
    title: str
    description: str
    fields: tuple[Field, ...]
    values: dict[str, str]
    secret_set: dict[str, bool]
    enabled: bool
    use: str
    calls: bool
    set_up: bool
    unreadable: bool


class Scoring(msgspec.Struct, frozen=True, kw_only=True):
    """All scorers; `concerned` applications are scored again when the board's changes."""

    scorers: tuple[ScorerView, ...]
    concerned: int
    disagreements: int


async def scoring(actor: Actor) -> Scoring:
    """Every scorer of the instance with the tenant's settings, the board's first."""
    require(actor, "manage")
    enabled = await enabled_plugins(actor.tenant_id)
    async with tenant(actor.tenant_id):
        rows = await scorers.every()
        board, beside = await using.key_for("board"), await using.key_for("beside")
        concerned = await scores.concerned()
        disagreements = await shadows.count(beside) if beside else 0
    uses = {board: "board", beside: "beside"}
    views = [
        _view(found.entry, rows.get(key), enabled=found.plugin in enabled, use=uses.get(key, ""))
        for key, found in runtime().catalog.scorers.items()
    ]
    views.sort(key=lambda view: (("board", "beside", "").index(view.use), view.title))
    return Scoring(scorers=tuple(views), concerned=concerned, disagreements=disagreements)


def _view(entry: ScorerEntry, row: SetupRow | None, *, enabled: bool, use: str) -> ScorerView:
    opened = plugin_settings.legible(entry.fields, row)
    values = opened if opened is not None else dict(row.settings) if row else {}
    secret = plugin_settings.secret_names(entry.fields)
    return ScorerView(
        key=entry.key,
        title=entry.title,
        description=entry.description,
        fields=tuple(entry.fields),
        values={name: text for name, text in values.items() if name not in secret},
        secret_set={name: bool((opened or {}).get(name)) for name in secret},
        enabled=enabled,
        use=use,
        calls=entry.hosts is not None,
        set_up=opened is not None and not problems(entry.fields, opened),
        unreadable=opened is None,
    )


async def score_with(actor: Actor, key: str) -> int:
    """Let this scorer fill the board; every score is made anew, people's decisions stay.

    Returns how many applications are scored again. Raises Conflict when it cannot be used.
    """
    require(actor, "manage")
    await _usable(actor, key)
    async with tenant(actor.tenant_id):
        if await using.key_for("board") == key:
            return 0
        if await using.key_for("beside") == key:
            await scorers.choose("beside", "")
        await scorers.choose("board", key)
        concerned = await scores.concerned()
        await _score_again()
        await records.audit(actor.email, "scorer chosen", key, {"applications": concerned})
    return concerned


async def run_beside(actor: Actor, key: str) -> None:
    """Let this scorer judge beside the board's, for comparison only; an empty key stops it."""
    require(actor, "manage")
    if key:
        await _usable(actor, key)
    async with tenant(actor.tenant_id):
        if key and await using.key_for("board") == key:
            raise Conflict("This scorer fills the board already.", "Choose another one to compare it with.")
        await scorers.choose("beside", key)
        if key:
            await _compare_again(key)
        await records.audit(actor.email, "second scorer chosen", key or "none")


async def save_settings(
    actor: Actor, key: str, values: Mapping[str, str], removed: Collection[str] = ()
) -> None:
    """Check the settings and save them; an empty secret stays as it was unless it is `removed`.

    A scorer in use scores again. Raises Invalid when they do not work.
    """
    require(actor, "manage")
    entry = await _entry(actor, key)
    async with tenant(actor.tenant_id):
        row = await scorers.get(key)
    settings = plugin_settings.completed(entry.fields, row, values, removed)
    await _try(entry, settings)
    shown, sealed = plugin_settings.split(entry.fields, settings)
    async with tenant(actor.tenant_id):
        await scorers.save(key, shown, runtime().vault.seal(actor.tenant_id, sealed))
        if settings != plugin_settings.legible(entry.fields, row):
            await _start_over(key)
        await records.audit(actor.email, "scorer set up", key)


async def _start_over(key: str) -> None:
    if await using.key_for("board") == key:
        await _score_again()
    elif await using.key_for("beside") == key:
        await _compare_again(key)


async def _score_again() -> None:
    for job in await scores.outdate():
        await enqueue("score", job)
        await records.signal("board", job)
    await records.signal("jobs")


async def _compare_again(key: str) -> None:
    for job in await scores.tracked():
        await enqueue("shadow", job)


async def _usable(actor: Actor, key: str) -> ScorerEntry:
    entry = await _entry(actor, key)
    async with tenant(actor.tenant_id):
        row = await scorers.get(key)
    if problems(entry.fields, plugin_settings.with_defaults(entry.fields, row)):
        raise Conflict(f"{entry.title} is not set up.", "Enter its settings first.")
    return entry


async def _entry(actor: Actor, key: str) -> ScorerEntry:
    return await usable_entry(actor.tenant_id, "scorer", runtime().catalog.scorers, key)


async def _try(entry: ScorerEntry, settings: Mapping[str, str]) -> None:
    """Ask it about two sentences of ours, so that a wrong address or key is told while somebody looks."""
    protect(*(settings[name] for name in plugin_settings.secret_names(entry.fields)))
    try:
        await using.try_out(entry.key, settings)
    except ScorerFailed as error:
        raise Invalid(error.message, error.hint) from error
    except Nonsense as error:
        raise Invalid(str(error), "Tell its author.") from error

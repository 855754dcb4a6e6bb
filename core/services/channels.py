"""How a tenant's notices leave Shortlist: the notifiers it may use, and how each is set up."""

from collections.abc import Collection, Mapping
from typing import Final

import msgspec

from core.errors import Invalid, NotFound
from core.jobs.queue import enqueue
from core.log import protect
from core.registry import failure
from core.sdk.errors import ConnectorError, Misconfigured
from core.sdk.fields import Field, problems
from core.sdk.notifier import NotifierEntry
from core.services import plugin_settings
from core.services.access import Actor, require
from core.services.plugins import enabled_plugins, usable_entry
from core.services.runtime import runtime
from core.store import channels, records, sendings
from core.store.channels import ChannelRow
from core.store.scope import tenant

SECONDS: Final = 30.0
"""How long a notifier may take for one notice, or for a check."""
TASK: Final = "notifier"
"""The kind of the task for an admin when notices do not arrive; its subject is the notifier's key."""


class ChannelView(msgspec.Struct, frozen=True, kw_only=True):
    """A notifier as an admin sees it. Secrets never leave: only whether they are set.

    `stored` says that there are settings to forget, `works_bare` that it needs none, `unreadable` that the
    key of its secrets is lost, `trouble` why notices do not arrive, with what to do.
    """

    key: str
    title: str
    fields: tuple[Field, ...]
    values: dict[str, str]
    secret_set: dict[str, bool]
    enabled: bool
    in_use: bool
    stored: bool
    works_bare: bool
    unreadable: bool
    trouble: str


async def list_channels(actor: Actor) -> tuple[ChannelView, ...]:
    """Every notifier of the instance with the tenant's settings."""
    require(actor, "manage")
    enabled = await enabled_plugins(actor.tenant_id)
    async with tenant(actor.tenant_id):
        known = await channels.every()
        troubles = await records.asked(TASK)
    return tuple(
        _view(found.entry, known.get(key), enabled=found.plugin in enabled, trouble=troubles.get(key, ""))
        for key, found in sorted(runtime().catalog.notifiers.items())
    )


def _view(entry: NotifierEntry, row: ChannelRow | None, *, enabled: bool, trouble: str) -> ChannelView:
    opened = plugin_settings.legible(entry.fields, row)
    works_bare = not problems(entry.fields, {})
    return ChannelView(
        key=entry.key,
        title=entry.title,
        fields=tuple(entry.fields),
        values=row.settings if row else {},
        secret_set={
            name: bool((opened or {}).get(name)) for name in plugin_settings.secret_names(entry.fields)
        },
        enabled=enabled,
        in_use=enabled and (row is not None or works_bare),
        stored=bool(row and entry.fields and (row.settings or row.secrets)),
        works_bare=works_bare,
        unreadable=opened is None,
        trouble=trouble,
    )


async def check_channel(
    actor: Actor, key: str, values: Mapping[str, str], removed: Collection[str] = ()
) -> None:
    """Try the settings without disturbing anybody; raises Invalid when they do not work."""
    require(actor, "manage")
    await _checked(actor, key, values, removed)


async def save_channel(
    actor: Actor, key: str, values: Mapping[str, str], removed: Collection[str] = ()
) -> None:
    """Check the settings, save them, and send what waits; an empty secret stays unless it is `removed`.

    Settings that work settle the task that asked for them. Raises Invalid when they do not work.
    """
    require(actor, "manage")
    shown, sealed = await _checked(actor, key, values, removed)
    async with tenant(actor.tenant_id):
        channel = await channels.save(key, shown, runtime().vault.seal(actor.tenant_id, sealed))
        await sendings.hurry(channel)
        await enqueue("carry", channel)
        await records.settle_task(TASK, key)
        await records.audit(actor.email, "notices set up", key)


async def forget_channel(actor: Actor, key: str) -> None:
    """Send nothing through it any more and forget its settings; what waits is not sent."""
    require(actor, "manage")
    async with tenant(actor.tenant_id):
        if not await channels.remove(key):
            raise NotFound("This is not set up.", "Reload the page.")
        await records.settle_task(TASK, key)
        await records.audit(actor.email, "notices stopped", key)


async def _checked(
    actor: Actor, key: str, values: Mapping[str, str], removed: Collection[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The settings with these values, split for keeping, once they were tried."""
    entry = await usable_entry(actor.tenant_id, "notifier", runtime().catalog.notifiers, key)
    async with tenant(actor.tenant_id):
        row = (await channels.every()).get(key)
    settings = plugin_settings.completed(entry.fields, row, values, removed)
    await _check(entry, settings)
    return plugin_settings.split(entry.fields, settings)


async def _check(entry: NotifierEntry, settings: Mapping[str, str]) -> None:
    protect(*(settings[name] for name in plugin_settings.secret_names(entry.fields)))

    async def check() -> None:
        await entry.make(settings).check()

    error = await failure(check, SECONDS)
    if isinstance(error, ConnectorError):
        field = error.field if isinstance(error, Misconfigured) else ""
        raise Invalid(error.message, error.hint, fields={field: error.message} if field else {})
    if error is not None:
        raise Invalid(f"The plugin failed ({type(error).__name__}).", "Tell its author.")

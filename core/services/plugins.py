"""Which plugins a tenant uses, decided by its admin within what the operator allows."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from core.errors import Conflict, NotFound
from core.registry import Offered
from core.sdk.connector import ConnectorEntry
from core.sdk.notifier import NotifierEntry
from core.sdk.scorer import ScorerEntry
from core.services.access import Actor, require
from core.services.runtime import runtime
from core.store import plugins, records
from core.store.scope import tenant

E = TypeVar("E", ConnectorEntry, NotifierEntry, ScorerEntry)


class PluginRow(msgspec.Struct, frozen=True, kw_only=True):
    """One plugin as an admin sees it."""

    key: str
    title: str
    version: str
    kinds: tuple[str, ...]
    entries: tuple[str, ...]
    description: str
    enabled: bool
    allowed: bool
    state: str
    problem: str
    sdk: str


async def enabled_plugins(tenant_id: UUID) -> frozenset[str]:
    """The plugins that may act for the tenant right now.

    Built-in plugins are on until the admin switches them off; strangers' plugins are off until switched on.
    """
    async with tenant(tenant_id):
        decided = {row["plugin"]: row["enabled"] for row in await plugins.settings()}
    host = runtime()
    allowed = host.settings.allowed_plugins
    return frozenset(
        info.key
        for info in host.catalog.plugins
        if info.state == "ready"
        and (allowed is None or info.key in allowed)
        and decided.get(info.key, info.origin == "built-in")
    )


async def usable_entry(tenant_id: UUID, kind: str, offered: Mapping[str, Offered[E]], key: str) -> E:
    """What is offered under this key, if the tenant may use it now; decided anew at every call.

    Raises NotFound when it is not installed, Conflict when its plugin is switched off.
    """
    found = offered.get(key)
    if found is None:
        raise NotFound(f"The {kind} “{key}” is not installed.", "Ask whoever runs this instance.")
    if found.plugin not in await enabled_plugins(tenant_id):
        raise Conflict(f"{found.entry.title} is switched off.", "Switch it on under Settings > Plugins.")
    return found.entry


async def list_plugins(actor: Actor) -> tuple[PluginRow, ...]:
    """Every plugin of the instance, broken ones with their reason."""
    require(actor, "manage")
    enabled = await enabled_plugins(actor.tenant_id)
    allowed = runtime().settings.allowed_plugins
    return tuple(
        PluginRow(
            key=info.key,
            title=info.title,
            version=info.version,
            kinds=info.kinds,
            entries=info.entries,
            description=info.description,
            enabled=info.key in enabled,
            allowed=allowed is None or info.key in allowed,
            state=info.state,
            problem=info.problem,
            sdk=info.sdk,
        )
        for info in runtime().catalog.plugins
    )


async def set_enabled(actor: Actor, key: str, enabled: bool) -> None:
    """Switch a plugin on or off for the tenant; takes effect with the next call."""
    require(actor, "manage")
    found: dict[str, Any] = {info.key: info for info in runtime().catalog.plugins}
    if key not in found:
        raise NotFound("This plugin is not installed.", "Ask whoever runs this instance.")
    allowed = runtime().settings.allowed_plugins
    if enabled and allowed is not None and key not in allowed:
        raise Conflict("The operator does not allow this plugin.", "Ask whoever runs this instance.")
    if enabled and found[key].state != "ready":
        raise Conflict(f"This plugin does not work: {found[key].problem}", "Update or remove it.")
    async with tenant(actor.tenant_id):
        await plugins.set_enabled(key, enabled)
        await records.audit(actor.email, "plugin switched", key, {"enabled": enabled})

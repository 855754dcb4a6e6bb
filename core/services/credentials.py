"""What credentials open at an ATS: tried, permission by permission, before anything is saved."""

from collections.abc import Collection, Mapping
from uuid import UUID

import msgspec

from core.errors import Invalid
from core.sdk.connector import Account, ConnectorEntry
from core.sdk.errors import ConnectorError, Misconfigured, Unavailable
from core.sdk.fields import Field
from core.services import plugin_settings
from core.services.access import Actor, require
from core.services.connecting import LooseTokens, connected, entry_for
from core.services.plugins import enabled_plugins
from core.services.runtime import runtime
from core.store import connections
from core.store.scope import tenant

_TRY_AGAIN = "Check the address under More settings, or try again in a moment."


class ConnectorCard(msgspec.Struct, frozen=True, kw_only=True):
    """A connector to choose from, with all the wizard needs."""

    key: str
    title: str
    prerequisites: tuple[str, ...]
    fields: tuple[Field, ...]
    webhook_steps: tuple[str, ...]
    webhook_events: tuple[str, ...]
    enabled: bool
    note: str


class CheckLine(msgspec.Struct, frozen=True, kw_only=True):
    """One permission and what depends on it."""

    key: str
    label: str
    granted: bool | None
    required: bool
    without: str
    fix: str


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """What trying the credentials showed; `problem` says what to do when they do not work at all."""

    usable: bool
    account: str = ""
    lines: tuple[CheckLine, ...] = ()
    notices: tuple[str, ...] = ()
    users: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    problem_field: str = ""


async def catalog(actor: Actor) -> tuple[ConnectorCard, ...]:
    """Every connector of the instance; those the tenant may not use say why."""
    require(actor, "manage")
    enabled = await enabled_plugins(actor.tenant_id)
    return tuple(
        _card(found.entry, found.plugin in enabled)
        for _, found in sorted(runtime().catalog.connectors.items())
    )


def _card(entry: ConnectorEntry, enabled: bool) -> ConnectorCard:
    return ConnectorCard(
        key=entry.key,
        title=entry.title,
        prerequisites=entry.prerequisites,
        fields=entry.fields,
        webhook_steps=entry.webhooks.steps,
        webhook_events=entry.webhooks.events,
        enabled=enabled,
        note="" if enabled else "Switched off. Switch it on under Settings > Plugins.",
    )


async def check(
    actor: Actor, connector_key: str, values: Mapping[str, str], *, connection_id: UUID | None = None
) -> Check:
    """Try the settings and each permission; saves nothing, changes nothing in the ATS."""
    require(actor, "manage")
    entry = await entry_for(actor.tenant_id, connector_key)
    settings = await complete(actor, entry, values, connection_id)
    try:
        return _check(await _try(actor, entry, settings))
    except Misconfigured as error:
        return Check(usable=False, problem=str(error), problem_field=error.field)
    except Unavailable as error:
        # Nothing is saved yet, so nothing tries again by itself as it does later.
        return Check(usable=False, problem=f"{error.message} {_TRY_AGAIN}")
    except ConnectorError as error:
        return Check(usable=False, problem=str(error))


async def _try(actor: Actor, entry: ConnectorEntry, settings: Mapping[str, str]) -> Account:
    async with connected(actor.tenant_id, entry, settings, tokens=LooseTokens()) as connector:
        return await connector.check()


def _check(account: Account) -> Check:
    return Check(
        usable=account.usable,
        account=account.name,
        lines=tuple(
            CheckLine(
                key=permission.key,
                label=permission.label,
                granted=permission.granted,
                required=permission.required,
                without=permission.without,
                fix=permission.fix,
            )
            for permission in account.permissions
        ),
        notices=account.notices,
        users=tuple((user.id, user.name) for user in account.users if user.active),
        problem="" if account.usable else "A permission that is needed is missing.",
    )


async def complete(
    actor: Actor,
    entry: ConnectorEntry,
    values: Mapping[str, str],
    connection_id: UUID | None,
    removed: Collection[str] = (),
) -> dict[str, str]:
    """The values with defaults, and with secrets that stay as they were unless `removed`; raises Invalid.

    Secrets whose key is lost have to be among the values.
    """
    if connection_id is not None:
        async with tenant(actor.tenant_id):
            row = await connections.get(connection_id)
        if row is not None:
            return plugin_settings.completed(entry.fields, row, values, removed)
    settings = {field.name: field.default for field in entry.fields if field.default}
    settings |= {name: value.strip() for name, value in values.items() if value.strip()}
    plugin_settings.must_be_usable(entry.fields, settings)
    return settings


async def usable(actor: Actor, entry: ConnectorEntry, settings: Mapping[str, str]) -> Account:
    """The account they open; raises Invalid when they do not work or a needed permission is missing."""
    try:
        account = await _try(actor, entry, settings)
    except ConnectorError as error:
        field = error.field if isinstance(error, Misconfigured) else ""
        hint = _TRY_AGAIN if isinstance(error, Unavailable) else error.hint
        raise Invalid(error.message, hint, fields={field: error.message} if field else {}) from error
    if not account.usable:
        missing = [p.label for p in account.permissions if p.required and p.granted is False]
        raise Invalid(f"A needed permission is missing: {', '.join(missing)}.", "Grant it, then check again.")
    return account

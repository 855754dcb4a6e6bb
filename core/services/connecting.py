"""Turns a stored connection into a connector that works, with everything the connector is given."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import msgspec
import structlog

from core.clock import now
from core.errors import NotFound
from core.log import protect
from core.registry import open_http
from core.sdk.connector import Connector, ConnectorContext, ConnectorEntry, Subscription, Token
from core.services import plugin_settings
from core.services.plugins import usable_entry
from core.services.runtime import runtime
from core.store import connections
from core.store.connections import ConnectionRow
from core.store.engine import value
from core.store.scope import tenant
from core.store.vault import KeyLost

_MARGIN = timedelta(seconds=60)
_log = structlog.stdlib.get_logger()


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """A connection at work."""

    row: ConnectionRow
    entry: ConnectorEntry
    connector: Connector


async def entry_for(tenant_id: UUID, key: str) -> ConnectorEntry:
    """The connector with this key, if the tenant may use it now; decided anew at every call."""
    return await usable_entry(tenant_id, "connector", runtime().catalog.connectors, key)


@asynccontextmanager
async def opened(tenant_id: UUID, connection: UUID) -> AsyncIterator[Open]:
    """A working connector for a stored connection. Must not be entered inside a tenant scope."""
    async with tenant(tenant_id):
        row = await connections.get(connection)
    if row is None:
        raise NotFound("This integration does not exist.", "Reload the page.")
    entry = await entry_for(tenant_id, row.connector)

    async def waiting(seconds: float) -> None:
        async with tenant(tenant_id):
            await connections.change(connection, waiting_until=now() + timedelta(seconds=seconds))

    async with connected(
        tenant_id,
        entry,
        plugin_settings.opened(row),
        tokens=StoredTokens(tenant_id, connection),
        on_wait=waiting,
    ) as connector:
        yield Open(row=row, entry=entry, connector=connector)


@asynccontextmanager
async def connected(
    tenant_id: UUID,
    entry: ConnectorEntry,
    settings: Mapping[str, str],
    *,
    tokens: "StoredTokens | LooseTokens",
    on_wait: Callable[[float], Awaitable[None]] | None = None,
) -> AsyncIterator[Connector]:
    """A connector with these settings, closed together with its client."""
    protect(*(settings.get(field.name, "") for field in entry.fields if field.kind == "secret"))
    async with open_http(entry, settings, on_wait=on_wait) as http:
        context = ConnectorContext(
            settings=settings,
            http=http,
            tokens=tokens,
            log=_log.bind(connector=entry.key, tenant=str(tenant_id)),
            now=now,
        )
        connector = entry.make(context)
        try:
            yield connector
        finally:
            await connector.close()


def readable(row: ConnectionRow) -> bool:
    """Whether there is still a key for everything the connection keeps sealed."""
    try:
        plugin_settings.opened(row), subscriptions_of(row)
    except KeyLost:
        return False
    return True


def subscriptions_of(row: ConnectionRow) -> tuple[Subscription, ...]:
    """The webhooks the connector registered by itself."""
    if not row.subscriptions:
        return ()
    return runtime().vault.open(row.tenant_id, row.subscriptions, tuple[Subscription, ...])


def webhook_secrets(row: ConnectionRow) -> tuple[str, ...]:
    """Every secret a delivery may be signed with: the setting's, and those of subscriptions."""
    setting = plugin_settings.opened(row).get("webhook_secret", "")
    own = tuple(part.strip() for part in setting.split(",") if part.strip())
    return own + tuple(subscription.secret for subscription in subscriptions_of(row) if subscription.secret)


class StoredTokens:
    """A connection's token in the database: one for all processes, refreshed by one at a time."""

    def __init__(self, tenant_id: UUID, connection: UUID) -> None:
        self._tenant, self._connection = tenant_id, connection
        self._cached: Token | None = None

    async def current(
        self, mint: Callable[[Token | None], Awaitable[Token]], *, stale: Token | None = None
    ) -> Token:
        """See `core.sdk.connector.TokenStore`."""
        if self._cached is not None and usable(self._cached, stale):
            return self._cached
        async with tenant(self._tenant):
            await value("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"token:{self._connection}")
            kept = await self._kept()
            if kept is None or not usable(kept, stale):
                kept = await mint(kept)
                await connections.change(self._connection, token=runtime().vault.seal(self._tenant, kept))
        self._cached = kept
        return kept

    async def _kept(self) -> Token | None:
        row = await connections.get(self._connection)
        return runtime().vault.open(self._tenant, row.token, Token) if row and row.token else None


class LooseTokens:
    """A token kept in memory, while settings are tried that are not saved yet."""

    def __init__(self) -> None:
        self._kept: Token | None = None

    async def current(
        self, mint: Callable[[Token | None], Awaitable[Token]], *, stale: Token | None = None
    ) -> Token:
        """See `core.sdk.connector.TokenStore`."""
        if self._kept is None or not usable(self._kept, stale):
            self._kept = await mint(self._kept)
        return self._kept


def usable(token: Token, stale: Token | None) -> bool:
    """Not the one that was refused, and not about to expire."""
    refused = stale is not None and token.access == stale.access
    expired = token.expires_at is not None and token.expires_at - _MARGIN <= now()
    return not refused and not expired

"""The tenant a transaction works for. Outside of a scope the database shows nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from uuid import UUID

from core.errors import Broken
from core.store.engine import ENGINE, value

_tenant: ContextVar[UUID | None] = ContextVar("shortlist_tenant", default=None)


@asynccontextmanager
async def tenant(tenant_id: UUID) -> AsyncIterator[None]:
    """One transaction in which row-level security shows this tenant and no other.

    Scopes of the same tenant nest into one transaction; entering another tenant's inside raises.
    """
    current = _tenant.get()
    if current is not None:
        if current != tenant_id:
            raise Broken("A query tried to cross from one tenant into another.", "Report this.")
        yield
        return
    async with ENGINE.transaction():
        await value("SELECT set_config('shortlist.tenant', $1, true)", str(tenant_id))
        token = _tenant.set(tenant_id)
        try:
            yield
        finally:
            _tenant.reset(token)


@asynccontextmanager
async def nobody() -> AsyncIterator[None]:
    """A transaction without a tenant: only the doors of `doors.py` answer in it."""
    async with ENGINE.transaction():
        yield


def current_tenant() -> UUID:
    """The tenant of the open scope; raises Broken outside of one."""
    found = _tenant.get()
    if found is None:
        raise Broken("There is no tenant scope here.", "Report this: it is a fault in Shortlist.")
    return found

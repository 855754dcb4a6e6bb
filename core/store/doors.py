"""The few questions that are asked before a tenant is known; each is a function in the database."""

from typing import Any
from uuid import UUID

from core.store.engine import one, rows, value
from core.store.scope import nobody


async def sign_in(email: str) -> dict[str, Any] | None:
    """Who signs in with this address: id, tenant_id, password_hash, active, failed_logins."""
    async with nobody():
        return await one("SELECT * FROM door_sign_in($1)", email)


async def has_members() -> bool:
    """Whether anybody can sign in at all."""
    async with nobody():
        return bool(await value("SELECT door_has_members()"))


async def tenant_of_connection(connection: UUID) -> UUID | None:
    """Whose connection a webhook address belongs to."""
    async with nobody():
        found: UUID | None = await value("SELECT door_connection_tenant($1)", connection)
        return found


async def tenants() -> list[UUID]:
    """All tenants, for what is done for each of them in turn."""
    async with nobody():
        return [row["id"] for row in await rows("SELECT id FROM door_tenants() AS id")]

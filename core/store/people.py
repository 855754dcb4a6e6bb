"""Tenants and their members."""

from typing import Any
from uuid import UUID

from core.clock import new_id, now
from core.store.engine import one, rows


async def add_tenant(tenant_id: UUID, name: str, *, demo: bool) -> None:
    """Create a tenant; the open scope must be its own."""
    await rows(
        "INSERT INTO tenant (id, name, demo, created_at) VALUES ($1, $2, $3, $4)",
        tenant_id,
        name,
        demo,
        now(),
    )


async def tenant() -> dict[str, Any] | None:
    """The tenant of the scope."""
    return await one("SELECT id, name, demo FROM tenant")


async def add_member(name: str, email: str, role: str, password_hash: str) -> UUID:
    """Add a member; the e-mail address is unique in the whole instance."""
    member = new_id()
    await rows(
        "INSERT INTO member (id, email, name, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        member,
        email,
        name,
        role,
        password_hash,
        now(),
    )
    return member


async def member(member_id: UUID) -> dict[str, Any] | None:
    """One member with the tenant's name."""
    return await one(
        "SELECT m.*, t.name AS tenant_name FROM member m JOIN tenant t ON t.id = m.tenant_id WHERE m.id = $1",
        member_id,
    )


async def members() -> list[dict[str, Any]]:
    """All members, active ones first."""
    return await rows(
        "SELECT id, name, email, role, active, last_seen_at FROM member ORDER BY active DESC, name, id"
    )


async def set_password_hash(member_id: UUID, password_hash: str) -> None:
    """Store a hash made with newer parameters."""
    await rows("UPDATE member SET password_hash = $2 WHERE id = $1", member_id, password_hash)


async def note_login(member_id: UUID, failed_logins: str, *, seen: bool) -> None:
    """Remember failed attempts, or that the member was here."""
    await rows(
        "UPDATE member SET failed_logins = $2, last_seen_at = CASE WHEN $3 THEN $4 ELSE last_seen_at END "
        "WHERE id = $1",
        member_id,
        failed_logins,
        seen,
        now(),
    )


async def change(member_id: UUID, *, role: str | None = None, active: bool | None = None) -> None:
    """Change a member's role or whether they may sign in."""
    await rows(
        "UPDATE member SET role = coalesce($2, role), active = coalesce($3, active) WHERE id = $1",
        member_id,
        role,
        active,
    )


async def active_admins() -> int:
    """How many admins can sign in."""
    found = await one("SELECT count(*) AS n FROM member WHERE role = 'admin' AND active")
    return int(found["n"]) if found else 0


async def staff() -> list[UUID]:
    """Admins and recruiters who can sign in: those who are told about connections and candidates."""
    found = await rows("SELECT id FROM member WHERE active AND role IN ('admin', 'recruiter')")
    return [row["id"] for row in found]

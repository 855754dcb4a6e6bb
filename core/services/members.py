"""The people of a tenant who use Shortlist."""

from datetime import datetime
from uuid import UUID

import msgspec

from core.domain.words import ROLE_LABEL, Role
from core.errors import Conflict, Invalid, NotFound
from core.services.access import Actor, email_looks_right, hash_password, require
from core.store import people, records
from core.store.engine import UniqueViolation
from core.store.scope import tenant


class MemberRow(msgspec.Struct, frozen=True, kw_only=True):
    """A member in the list of members."""

    id: UUID
    name: str
    email: str
    role: Role
    active: bool
    last_seen_at: datetime | None


async def list_members(actor: Actor) -> tuple[MemberRow, ...]:
    """All members of the actor's tenant."""
    require(actor, "manage")
    async with tenant(actor.tenant_id):
        return tuple(MemberRow(**found) for found in await people.members())


async def add_member(actor: Actor, name: str, email: str, role: Role, password: str) -> MemberRow:
    """Add a member; raises Invalid for unusable entries and Conflict for a taken address."""
    require(actor, "manage")
    email = email.strip().lower()
    fields = {}
    if not name.strip():
        fields["name"] = "This is needed."
    if not email_looks_right(email):
        fields["email"] = "This does not look like an e-mail address."
    if role not in ROLE_LABEL:
        fields["role"] = "Choose a role."
    if fields:
        raise Invalid("Some entries cannot be used.", "Correct the marked fields.", fields=fields)
    password_hash = await hash_password(password)
    try:
        async with tenant(actor.tenant_id):
            member = await people.add_member(name.strip(), email, role, password_hash)
            await records.audit(actor.email, "member added", str(member), {"role": role})
    except UniqueViolation as error:
        raise Conflict("This e-mail address is taken.", "Use another one.") from error
    return MemberRow(id=member, name=name.strip(), email=email, role=role, active=True, last_seen_at=None)


async def set_role(actor: Actor, member: UUID, role: Role) -> None:
    """Change a member's role; the last admin stays one."""
    await _change(actor, member, role=role)


async def set_active(actor: Actor, member: UUID, active: bool) -> None:
    """Let a member in or keep them out, at once in all their tabs."""
    await _change(actor, member, active=active)


async def _change(
    actor: Actor, member: UUID, *, role: Role | None = None, active: bool | None = None
) -> None:
    require(actor, "manage")
    if role is not None and role not in ROLE_LABEL:
        raise Invalid("This role does not exist.", "Choose one of the list.")
    async with tenant(actor.tenant_id):
        if await people.member(member) is None:
            raise NotFound("This member does not exist.", "Reload the page.")
        await people.change(member, role=role, active=active)
        if not await people.active_admins():
            raise Conflict("Somebody must stay admin.", "Make another member admin first.")
        await records.audit(actor.email, "member changed", str(member), {"role": role, "active": active})

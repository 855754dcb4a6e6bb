"""Who is there: signing in, sessions, and what a role may do."""

import asyncio
import hashlib
import secrets
from datetime import datetime, timedelta
from http.cookies import CookieError, SimpleCookie
from typing import Final, Literal
from uuid import UUID

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from core.clock import new_id, now
from core.domain.permissions import Action, may
from core.domain.words import Role
from core.errors import Conflict, Invalid, NotAllowed, NotSignedIn
from core.services.runtime import runtime
from core.store import doors, people, records, sessions
from core.store.engine import UniqueViolation
from core.store.scope import tenant

COOKIE: Final = "shortlist_session"
_MIN_PASSWORD = 12
_TRIES = 6
_LOCKED_FOR = timedelta(minutes=10)
_hasher = PasswordHasher()

Refusal = Literal["credentials", "locked"]


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A signed-in member, as every service wants to know them."""

    tenant_id: UUID
    member_id: UUID
    role: Role
    name: str
    email: str
    tenant_name: str


class _Session(msgspec.Struct):
    tenant_id: UUID
    member_id: UUID


class _Failures(msgspec.Struct):
    count: int = 0
    until: datetime | None = None


def require(actor: Actor, action: Action) -> None:
    """Raises NotAllowed when the actor's role does not include the action."""
    if not may(actor.role, action):
        raise NotAllowed("Your role does not allow this.", "Ask an admin of your team.")


async def needs_setup() -> bool:
    """True until the first admin exists."""
    return not await doors.has_members()


async def set_up(organisation: str, name: str, email: str, password: str, *, demo: bool = False) -> Actor:
    """Create the first tenant with its admin; raises Conflict when somebody was faster."""
    if not await needs_setup():
        raise Conflict("Shortlist is set up already.", "Sign in instead.")
    return await add_tenant(organisation, name, email, password, demo=demo)


async def add_tenant(organisation: str, name: str, email: str, password: str, *, demo: bool = False) -> Actor:
    """Create a tenant with its first admin; raises Invalid for unusable input, Conflict for a taken address."""
    problems = _problems(organisation=organisation, name=name, email=email, password=password)
    if problems:
        raise Invalid("Some entries cannot be used.", "Correct the marked fields.", fields=problems)
    tenant_id, email = new_id(), email.strip().lower()
    password_hash = await asyncio.to_thread(_hasher.hash, password)
    try:
        async with tenant(tenant_id):
            await people.add_tenant(tenant_id, organisation.strip(), demo=demo)
            member = await people.add_member(name.strip(), email, "admin", password_hash)
            await records.audit(email, "tenant created", str(tenant_id))
    except UniqueViolation as error:
        raise Conflict("This e-mail address is taken.", "Use another one.") from error
    return Actor(
        tenant_id=tenant_id,
        member_id=member,
        role="admin",
        name=name.strip(),
        email=email,
        tenant_name=organisation.strip(),
    )


def _problems(**values: str) -> dict[str, str]:
    found = {key: "This is needed." for key, value in values.items() if not value.strip()}
    if "email" in values and not email_looks_right(values["email"]):
        found["email"] = "This does not look like an e-mail address."
    if "password" in values and len(values["password"]) < _MIN_PASSWORD:
        found["password"] = f"Use at least {_MIN_PASSWORD} characters; a short sentence is good."
    return found


def email_looks_right(email: str) -> bool:
    """A name, one @, a host with a dot: what a typing mistake usually breaks."""
    local, at, host = email.strip().partition("@")
    return bool(local and at and "." in host and "@" not in host and not set(email) & set(" ,;<>\r\n"))


async def hash_password(password: str) -> str:
    """An argon2id hash; raises Invalid for a password that is too short."""
    problems = _problems(password=password)
    if problems:
        raise Invalid(problems["password"], fields=problems)
    return await asyncio.to_thread(_hasher.hash, password)


async def sign_in(email: str, password: str) -> str | Refusal:
    """A new session key, or why not. Takes as long for an unknown address as for a known one."""
    found = await doors.sign_in(email.strip().lower())
    failures = msgspec.json.decode((found or {}).get("failed_logins") or "{}", type=_Failures)
    if failures.until and failures.until > now():
        return "locked"
    good = await asyncio.to_thread(_verify, found["password_hash"] if found else _NOBODY, password)
    if found is None or not found["active"]:
        return "credentials"
    if not good:
        await _failed(found["tenant_id"], found["id"], failures, email)
        return "credentials"
    return await _signed_in(found["tenant_id"], found["id"], found["password_hash"], password)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


_NOBODY: Final = _hasher.hash(secrets.token_urlsafe(16))


async def _failed(tenant_id: UUID, member: UUID, failures: _Failures, email: str) -> None:
    count = failures.count + 1
    until = now() + _LOCKED_FOR if count >= _TRIES else None
    kept = _Failures(count=0 if until else count, until=until)
    async with tenant(tenant_id):
        await people.note_login(member, msgspec.json.encode(kept).decode(), seen=False)
        await records.audit(email.strip().lower(), "sign-in failed", str(member))


async def _signed_in(tenant_id: UUID, member: UUID, password_hash: str, password: str) -> str:
    if _hasher.check_needs_rehash(password_hash):
        renewed = await asyncio.to_thread(_hasher.hash, password)
        async with tenant(tenant_id):
            await people.set_password_hash(member, renewed)
    return await open_session(tenant_id, member)


async def open_session(tenant_id: UUID, member: UUID) -> str:
    """Start a session and return its key; only the key's hash is stored. The member counts as seen now."""
    async with tenant(tenant_id):
        await people.note_login(member, "", seen=True)
    key = secrets.token_urlsafe(32)
    content = msgspec.json.encode(_Session(tenant_id=tenant_id, member_id=member))
    await sessions.put(_stored_key(key), content, now() + _idle())
    return key


async def sign_out(cookie_header: str) -> None:
    """End the session of these cookies; without one nothing happens."""
    key = _key(cookie_header)
    if key:
        await sessions.remove(_stored_key(key))


async def actor_from_cookie(cookie_header: str) -> Actor | None:
    """The member these cookies belong to; None when the session ended or the member may not sign in."""
    key = _key(cookie_header)
    content = await sessions.get(_stored_key(key), now() + _idle()) if key else None
    if content is None:
        return None
    session = msgspec.json.decode(content, type=_Session)
    async with tenant(session.tenant_id):
        found = await people.member(session.member_id)
    if found is None or not found["active"]:
        return None
    return Actor(
        tenant_id=session.tenant_id,
        member_id=session.member_id,
        role=found["role"],
        name=found["name"],
        email=found["email"],
        tenant_name=found["tenant_name"],
    )


async def require_actor(cookie_header: str) -> Actor:
    """Like `actor_from_cookie`; raises NotSignedIn instead of returning None."""
    actor = await actor_from_cookie(cookie_header)
    if actor is None:
        raise NotSignedIn("You are not signed in.", "Sign in and try again.")
    return actor


def _key(cookie_header: str) -> str:
    try:
        cookies = SimpleCookie(cookie_header or "")
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


def _stored_key(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _idle() -> timedelta:
    return timedelta(hours=runtime().settings.session_hours)

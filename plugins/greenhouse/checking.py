"""Tries what the connection needs, one permission at a time, without changing anything."""

from email.utils import parsedate_to_datetime
from typing import Final

import msgspec

from core.sdk import Account, ConnectorContext, Forbidden, Permission, Rejected, User
from plugins.greenhouse.client import Harvest, Row

_SKEW_SECONDS: Final = 60


class _Need(msgspec.Struct, frozen=True):
    resource: str
    label: str
    without: str
    required: bool = True


_READS: Final = (
    _Need("jobs", "Read jobs", "no job can be screened"),
    _Need("job_posts", "Read job posts", "there is no text to extract requirements from"),
    _Need("job_interview_stages", "Read interview stages", "the stage of an application is not shown", False),
    _Need("applications", "Read applications", "there is nobody to screen"),
    _Need("candidates", "Read candidates", "applications have no names and cannot be de-identified"),
    _Need("attachments", "Read attachments", "there are no resumes"),
    _Need("notes", "Read notes", "a note could be written twice after a failure"),
    _Need("custom_fields", "Read custom fields", "the score field cannot be found"),
    _Need("users", "Read users", "the acting user cannot be checked"),
    _Need("candidate_employments", "Read employments", "positions are shown from the resume only", False),
    _Need("candidate_educations", "Read educations", "education is shown from the resume only", False),
    _Need("departments", "Read departments", "jobs are listed without their department", False),
)
_WRITES: Final = (
    _Need("notes", "Create notes", "reasons are not written back", False),
    _Need("custom_fields", "Create custom fields", "the score fields must be made by hand", False),
)


async def check(harvest: Harvest, context: ConnectorContext) -> Account:
    """Every permission with what stops working without it; raises when the credentials fail altogether."""
    permissions = [await _reads(harvest, need) for need in _READS]
    permissions += [await _writes(harvest, need) for need in _WRITES]
    users = await _users(harvest)
    subject = context.settings.get("acting_user", "")
    permissions.append(_admin(users, subject))
    name = context.settings["client_id"].partition("-")[0]
    return Account(
        name=f"Greenhouse ({name})",
        permissions=tuple(permissions),
        users=tuple(_user(row) for row in users if row.get("primary_email")),
        notices=tuple(filter(None, (_skew(harvest, context), _retired(users, subject)))),
    )


async def _reads(harvest: Harvest, need: _Need) -> Permission:
    granted = True
    try:
        await harvest.page(need.resource, {"per_page": "1"})
    except Forbidden:
        granted = False
    except Rejected:
        granted = True
    return _permission(need, "list", granted)


async def _writes(harvest: Harvest, need: _Need) -> Permission:
    status = await harvest.probe(need.resource)
    return _permission(need, "create", status != 403)


def _permission(need: _Need, action: str, granted: bool) -> Permission:
    return Permission(
        key=f"{need.resource}:{action}",
        label=need.label,
        without=f"Without it {need.without}.",
        required=need.required,
        granted=granted,
        fix=f"Dev Center > API Credentials > Manage Scopes > {need.resource}: {action}",
    )


async def _users(harvest: Harvest) -> list[Row]:
    try:
        return [row async for row in harvest.every("users")]
    except Forbidden:
        return []


def _admin(users: list[Row], subject: str) -> Permission:
    found = next((row for row in users if str(row.get("id")) == subject), None)
    granted = None if not users else bool(found and found.get("site_admin") and not found.get("deactivated"))
    return Permission(
        key="site_admin",
        label="The acting user is an active Site Admin",
        without="Without it Greenhouse shows lists empty or not at all.",
        granted=granted,
        fix="Enter the ID of an active Site Admin, or make this user one in Greenhouse.",
    )


def _user(row: Row) -> User:
    name = str(row.get("name") or f"{row.get('first_name') or ''} {row.get('last_name') or ''}".strip())
    return User(
        id=str(row.get("id")),
        name=name,
        email=str(row.get("primary_email") or ""),
        active=not row.get("deactivated"),
        admin=bool(row.get("site_admin")),
    )


def _retired(users: list[Row], subject: str) -> str:
    found = next((row for row in users if str(row.get("id")) == subject), None)
    if found and found.get("deactivated"):
        return "The acting user is deactivated in Greenhouse. Choose another one."
    return ""


def _skew(harvest: Harvest, context: ConnectorContext) -> str:
    """A clock that is off makes deltas miss rows and signatures look old."""
    if not harvest.server_time:
        return ""
    try:
        theirs = parsedate_to_datetime(harvest.server_time)
    except ValueError:
        return ""
    off = (context.now() - theirs).total_seconds()
    if abs(off) <= _SKEW_SECONDS:
        return ""
    side = "ahead of" if off > 0 else "behind"
    return f"This machine's clock is {abs(off):.0f} seconds {side} Greenhouse's. Set it right (NTP)."

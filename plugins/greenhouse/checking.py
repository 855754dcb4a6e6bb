"""Tries what the connection needs, one permission at a time, without changing anything."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from core.sdk import (
    Account,
    ConnectorContext,
    Forbidden,
    Misconfigured,
    NotFound,
    Permission,
    Rejected,
    User,
)
from plugins.greenhouse.client import Harvest, Row
from plugins.greenhouse.fields import authority_of, hosts

_SKEW_SECONDS: Final = 60


class _Need(msgspec.Struct, frozen=True):
    """A scope, what it is for, and what stops working without it."""

    resource: str
    action: str
    label: str
    without: str
    required: bool = False
    probe: tuple[str, str] = ("GET", "")
    """Method and path of a call that changes nothing and tells whether the scope is there."""

    @property
    def scope(self) -> str:
        return f"harvest:{self.resource}:{self.action}"


def _read(resource: str, label: str, without: str, *, required: bool = False) -> _Need:
    return _Need(resource, "list", label, without, required)


NEEDS: Final = (
    _read("jobs", "Read jobs", "no job can be screened", required=True),
    _read("job_posts", "Read job posts", "there is no text to extract requirements from", required=True),
    _read("applications", "Read applications", "there is nobody to screen", required=True),
    _read("candidates", "Read candidates", "names cannot be taken out of the text", required=True),
    _read("attachments", "Read attachments", "there are no resumes", required=True),
    _read("users", "Read users", "the acting user cannot be checked", required=True),
    _read("job_interview_stages", "Read interview stages", "stages are not shown"),
    _read("application_stages", "Read the stages of applications", "an application's stage may be unknown"),
    _read("candidate_employments", "Read employments", "positions are shown from the resume only"),
    _read("candidate_educations", "Read educations", "education is shown from the resume only"),
    _read("custom_field_options", "Read field options", "schools and degrees are not named"),
    _read("departments", "Read departments", "jobs are listed without their department"),
    _read("offices", "Read offices", "jobs may be listed without a place"),
    _read("job_post_locations", "Read job locations", "jobs may be listed without a place"),
    _read("sources", "Read sources", "the source of an application is not shown"),
    _read("notes", "Read notes", "no notes are written, because one could be written twice"),
    _Need("notes", "create", "Create notes", "reasons are not written back", probe=("POST", "notes")),
    _read("custom_fields", "Read custom fields", "no scores are written back"),
    _Need(
        "custom_fields",
        "create",
        "Create custom fields",
        "the score fields must be made by hand",
        probe=("POST", "custom_fields"),
    ),
    _Need(
        "applications",
        "update",
        "Change applications",
        "no scores are written back",
        probe=("PATCH", "applications/0"),
    ),
)


async def check(harvest: Harvest, context: ConnectorContext) -> Account:
    """Every permission with what stops working without it; raises when the credentials fail altogether."""
    granted = {need.scope: await _granted(harvest, need) for need in NEEDS}
    reads = [granted[need.scope] for need in NEEDS if need.action == "list"]
    subject = context.settings.get("acting_user", "")
    users = await _listed(harvest, {"deactivated": "false", "per_page": "500"})
    known = await _subject(harvest, subject, users)
    if not any(reads):
        # Without a Site Admin every list is refused, whatever scopes there are: the two look alike.
        granted = dict.fromkeys(granted)
        admin: bool | None = False
    else:
        admin = _is_admin(known) if known else (None if not granted["harvest:users:list"] else False)
    name = context.settings["client_id"].partition("-")[0]
    return Account(
        name=f"Greenhouse ({name})",
        permissions=(_site_admin(admin), *(_permission(need, granted[need.scope]) for need in NEEDS)),
        users=tuple(_user(row) for row in users if row.get("primary_email")),
        notices=tuple(filter(None, await _notices(harvest, context, known))),
    )


async def _granted(harvest: Harvest, need: _Need) -> bool | None:
    method, path = need.probe
    if method != "GET":
        return await harvest.probe(method, path) != 403
    try:
        await harvest.page(need.resource, {"per_page": "1"})
    except Forbidden:
        return False
    except Rejected:
        return None
    except NotFound as error:
        if need.required:
            raise Misconfigured(
                "There is no Harvest v3 at the API address.",
                field="api_url",
                hint="Leave the API address as it was preset, unless Greenhouse told you another one.",
            ) from error
        return None
    return True


def _permission(need: _Need, granted: bool | None) -> Permission:
    return Permission(
        key=f"{need.resource}:{need.action}",
        label=need.label,
        without=f"Without it {need.without}.",
        required=need.required,
        granted=granted,
        fix=f"Dev Center > API Credentials > Manage Scopes: {need.scope}",
    )


async def _listed(harvest: Harvest, asked: Mapping[str, str]) -> list[Row]:
    try:
        return [row async for row in harvest.every("users", asked)]
    except (Forbidden, NotFound, Rejected):
        return []


async def _subject(harvest: Harvest, subject: str, users: Sequence[Row]) -> Row | None:
    """The acting user, service accounts and deactivated ones included; None when it cannot be seen."""
    found = next((row for row in users if str(row.get("id")) == subject), None)
    if found or not subject:
        return found
    rows = await _listed(harvest, {"ids": subject, "show_service_accounts": "true"})
    return rows[0] if rows else None


def _is_admin(row: Row) -> bool:
    return bool(row.get("site_admin")) and not row.get("deactivated")


def _site_admin(granted: bool | None) -> Permission:
    return Permission(
        key="site_admin",
        label="The acting user is an active Site Admin",
        without="Without it Greenhouse shows lists empty or not at all.",
        granted=granted,
        fix="Enter the ID of an active Site Admin, or make this user one in Greenhouse. "
        "If it is one, tick the scopes below on the credential.",
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


async def _notices(harvest: Harvest, context: ConnectorContext, subject: Row | None) -> list[str]:
    retired = bool(subject and subject.get("deactivated"))
    return [
        "The acting user is deactivated in Greenhouse. Choose another one." if retired else "",
        _skew(harvest),
        await _unreachable_files(harvest, context.settings),
    ]


def _skew(harvest: Harvest) -> str:
    """Reading allows for it; signatures, sessions and the audit log do not."""
    ahead = -harvest.drift.total_seconds() if harvest.drift else 0.0
    if abs(ahead) <= _SKEW_SECONDS:
        return ""
    side = "ahead of" if ahead > 0 else "behind"
    return f"This machine's clock is {abs(ahead):.0f} seconds {side} Greenhouse's. Set it right (NTP)."


async def _unreachable_files(harvest: Harvest, settings: Mapping[str, str]) -> str:
    """Which store holds an account's files is told by nothing but a link to one of them."""
    try:
        rows, _ = await harvest.page("attachments", {"per_page": "1"})
    except (Forbidden, NotFound, Rejected):
        return ""
    links: list[Any] = [row.get("url") for row in rows]
    host = authority_of(links[0]) if links and isinstance(links[0], str) else ""
    if not host or {host, host.partition(":")[0]} & hosts(settings):
        return ""
    return f"Resumes are kept at {host}. Add it under “Further hosts of the file store” to read them."

"""What every Greenhouse account has before the first candidate: users, places, sources, reasons, fields."""

from datetime import datetime

from plugins.greenhouse.twin.account import Account, Row
from plugins.greenhouse.twin.write_fields import add_field

_USERS = (
    # first name, last name, site admin, deactivated
    ("Ada", "Okafor", True, False),
    ("Bruno", "Keller", True, False),
    ("Chiara", "Lindqvist", False, False),
    ("Dmitri", "Alvarez", False, False),
    ("Esme", "Nakamura", False, True),
)
_STRATEGIES = ("Third-party boards", "Referral", "Company marketing", "Prospecting", "Agencies")
_SOURCES = (
    ("LinkedIn", 0),
    ("Indeed", 0),
    ("Referral", 1),
    ("Careers page", 2),
    ("LinkedIn (Prospecting)", 3),
)
_REASON_TYPES = ("WE_REJECTED_THEM", "THEY_REJECTED_US", "NONE_SPECIFIED")
_REASON_NAMES = {
    "WE_REJECTED_THEM": "We rejected them",
    "THEY_REJECTED_US": "They rejected us",
    "NONE_SPECIFIED": "None specified",
}
_REASONS = (
    # name, type, one of Greenhouse's own
    ("Lacking skills or qualifications", 0, True),
    ("Hired somebody else", 0, True),
    ("Withdrew", 1, True),
    ("Salary expectations", 1, False),
    ("Position put on hold", 2, False),
)
_FIELDS = (
    # name, type of object, type of value, options
    ("Employment Type", "job", "single_select", ("Full-time", "Part-time", "Contract")),
    ("Desired Salary", "candidate", "short_text", ()),
    ("Work Remotely", "candidate", "yes_no", ()),
    ("Notice Period", "application", "single_select", ("None", "One month", "Three months")),
    ("School Name", "standard", "single_select", ()),
    ("Degree", "standard", "single_select", ("Bachelor's Degree", "Master's Degree", "Doctorate", "Other")),
    ("Discipline", "standard", "single_select", ()),
)
_EDUCATION = {"School Name": "school_name", "Degree": "degree", "Discipline": "discipline"}


def furnish(account: Account, at: datetime, *, domain: str = "twinworks.example") -> None:
    """Put users, roles, places, sources, reasons and custom fields into an empty account."""
    _users(account, at, domain)
    for role_type, name in (("site_admin", "Site Admin"), ("job_admin", "Job Admin: Standard")):
        account.add("user_roles", at, role_type=role_type, name=name)
    head = account.add("departments", at, name="Twin Works", external_id="dept-0")
    for number, name in enumerate(("Engineering", "Sales", "People"), start=1):
        account.add("departments", at, name=name, parent_id=head["id"], external_id=f"dept-{number}")
    for number, (name, place) in enumerate((("Berlin", "Berlin, Germany"), ("Lisbon", "Lisbon, Portugal"))):
        account.add("offices", at, name=name, location=place, external_id=f"office-{number}")
    _sources(account, at)
    _reasons(account, at)
    for name in ("Hire - New Headcount", "Hire - Backfill", "Not filling"):
        account.add("close_reasons", at, name=name)
    for name in ("Strong writer", "Relocation needed"):
        account.add("candidate_tags", at, name=name)
    for name, field_type, value_type, options in _FIELDS:
        field = add_field(
            account,
            at,
            name=name,
            field_type=field_type,
            value_type=value_type,
            internal_type=_EDUCATION.get(name),
        )
        for order, option in enumerate(options):
            _option(account, at, field, option, order)


def _users(account: Account, at: datetime, domain: str) -> None:
    account.add(
        "users",
        at,
        first_name="Integration",
        last_name="Service User",
        name="Integration Service User",
        deactivated=False,
        site_admin=True,
        emails=[],
    )
    for number, (first, last, admin, gone) in enumerate(_USERS, start=1):
        email = f"{first}.{last}@{domain}".lower()
        user = account.add(
            "users",
            at,
            first_name=first,
            last_name=last,
            name=f"{first} {last}",
            primary_email=email,
            emails=[email],
            deactivated=gone,
            site_admin=admin,
            employee_id=f"E-{number:03d}",
        )
        account.add("user_emails", at, user_id=user["id"], email=email, verified=True)


def _sources(account: Account, at: datetime) -> None:
    types = [{"id": 4_000_001_002 + 1000 * n, "name": name} for n, name in enumerate(_STRATEGIES)]
    for name, kind in _SOURCES:
        account.add("sources", at, name=name, type=types[kind])
    admin = account.first("users", first_name="Ada")
    if admin:
        account.add("referrers", at, user_id=admin["id"], name=admin["name"])


def _reasons(account: Account, at: datetime) -> None:
    types = [
        {"id": 4_000_001_002 + 1000 * n, "key": key, "name": _REASON_NAMES[key]}
        for n, key in enumerate(_REASON_TYPES)
    ]
    for name, kind, default in _REASONS:
        account.add("rejection_reasons", at, name=name, type=types[kind], _default=default)


def _option(account: Account, at: datetime, field: Row, name: str, order: int) -> Row:
    return account.add(
        "custom_field_options",
        at,
        custom_field_id=field["id"],
        name=name,
        sort_order=order,
        active=True,
    )


def option_named(account: Account, at: datetime, key: str, name: str) -> int | None:
    """The id of the option of that name of the field with that name key, made when missing."""
    field = account.first("custom_fields", name_key=key)
    if field is None or not name:
        return None
    existing = list(account.where("custom_field_options", custom_field_id=field["id"]))
    for option in existing:
        if option["name"] == name:
            return int(option["id"])
    return int(_option(account, at, field, name, len(existing))["id"])

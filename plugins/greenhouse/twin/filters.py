"""Query parameters of list endpoints: checked, and turned into tests on rows."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

import msgspec

from plugins.greenhouse.twin.account import Account, Row, is_number, stamp
from plugins.greenhouse.twin.refusals import unprocessable
from plugins.greenhouse.twin.resources import Kind, Resource
from plugins.greenhouse.twin.settings import TwinSettings

Test = Callable[[Row], bool]
_MOST = 50
_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "gt": lambda value, bound: value > bound,
    "gte": lambda value, bound: value >= bound,
    "lt": lambda value, bound: value < bound,
    "lte": lambda value, bound: value <= bound,
}
_BRACKET = re.compile(r"(\w+)\[(gte|gt|lte|lt)\]")


class Bound(msgspec.Struct, frozen=True):
    """One side of a date filter."""

    operator: str
    value: str


class Parameter(msgspec.Struct, frozen=True):
    """One query parameter and what it is about."""

    account: Account
    resource: Resource
    name: str
    kind: Kind
    text: str


class Criteria(msgspec.Struct, kw_only=True):
    """What a list is narrowed to: indexed values by field, date bounds by field, other tests."""

    ids: tuple[int, ...] | None = None
    keys: dict[str, tuple[Any, ...]] = msgspec.field(default_factory=dict)
    bounds: dict[str, list[Bound]] = msgspec.field(default_factory=dict)
    tests: list[Test] = msgspec.field(default_factory=list)

    def admits(self, row: Row) -> bool:
        """True when the row passes everything but `ids` and `keys`."""
        return all(test(row) for test in self.tests) and all(
            row.get(field) is not None and _OPERATORS[bound.operator](row[field], bound.value)
            for field, bounds in self.bounds.items()
            for bound in bounds
        )


def criteria(account: Account, resource: Resource, settings: TwinSettings, query: dict[str, str]) -> Criteria:
    """The parameters as criteria; raises 422 for what the endpoint does not take or cannot read."""
    found, plain = Criteria(), brackets(query, settings)
    if "created_at" in plain and "updated_at" in plain:
        raise unprocessable("created_at and updated_at cannot be combined.")
    for name, text in plain.items():
        kind = _kind(resource, settings, name)
        _READERS[kind.name](found, Parameter(account, resource, name, kind, text))
    _defaults(found, account, resource, query)
    return found


def brackets(query: dict[str, str], settings: TwinSettings) -> dict[str, str]:
    """`updated_at[gte]=A` folded into `updated_at=gte|A`, as far as the switch allows."""
    plain: dict[str, str] = {}
    for name, text in query.items():
        match = _BRACKET.fullmatch(name)
        if match is None or settings.bracket_filters == "refused":
            plain[name] = text
        elif settings.bracket_filters == "honoured":
            pair = f"{match[2]}|{text}"
            plain[match[1]] = f"{plain[match[1]]}|{pair}" if match[1] in plain else pair
    return plain


def _kind(resource: Resource, settings: TwinSettings, name: str) -> Kind:
    if name == "ids":
        return Kind("ids")
    if name in {"created_at", "updated_at"} and name not in resource.lacks:
        return Kind("times")
    if name == "job_interview_stage_ids" and resource.name == "applications":
        if settings.job_interview_stage_id:
            return Kind("ids")
    elif name in resource.filters:
        return resource.filters[name]
    raise unprocessable({name: "is not a parameter of this endpoint"})


def _integer(name: str, text: str) -> int:
    if not is_number(text.strip().removeprefix("-")):
        raise unprocessable({name: f"`{text}` is not an integer"})
    return int(text)


def _listed(name: str, text: str) -> list[str]:
    items = [item for item in text.split(",") if item.strip()]
    if len(items) > _MOST:
        raise unprocessable({name: f"array size is greater than: {_MOST}"})
    return items


def _read_ids(found: Criteria, asked: Parameter) -> None:
    values = tuple(_integer(asked.name, item) for item in _listed(asked.name, asked.text))
    if asked.name == "ids":
        found.ids = values
        return
    field = _ID_FIELDS.get((asked.resource.name, asked.name), asked.name[:-1])
    if field not in asked.resource.fields and asked.name in asked.resource.fields:
        field = asked.name
    if asked.account.tables[asked.resource.name].indexed(field) is None:
        found.tests.append(lambda row: row.get(field) in values)
    else:
        found.keys[field] = values


_ID_FIELDS = {("applications", "job_interview_stage_ids"): "_job_interview_stage_id"}


def _read_times(found: Criteria, asked: Parameter) -> None:
    read = _day if asked.kind.name == "dates" else _moment
    parts = asked.text.split("|")
    if len(parts) not in {2, 4}:
        raise unprocessable({asked.name: f"`{asked.text}` is not an operator and a moment"})
    for operator, value in zip(parts[::2], parts[1::2], strict=True):
        if operator not in _OPERATORS:
            raise unprocessable({asked.name: f"`{operator}` is not one of: gt, gte, lt, lte"})
        found.bounds.setdefault(asked.name, []).append(Bound(operator, read(asked.name, value)))


def _moment(name: str, text: str) -> str:
    try:
        value = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        value = None
    if value is None or value.tzinfo is None or "T" not in text:
        raise unprocessable({name: f"`{text}` is not a valid date-time"})
    return stamp(value)


def _day(name: str, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise unprocessable({name: f"`{text}` is not a valid date"}) from None


def _read_bool(found: Criteria, asked: Parameter) -> None:
    if asked.text not in {"true", "false"}:
        raise unprocessable({asked.name: f"`{asked.text}` is not a boolean"})
    if asked.name in asked.resource.fields:
        wanted = asked.text == "true"
        found.tests.append(lambda row: bool(row.get(asked.name)) is wanted)


def _read_word(found: Criteria, asked: Parameter) -> None:
    if asked.text not in asked.kind.words:
        raise unprocessable({asked.name: f"`{asked.text}` is not one of: {', '.join(asked.kind.words)}"})
    wanted = _SPELLED.get((asked.resource.name, asked.name, asked.text), asked.text)
    found.tests.append(lambda row: row.get(asked.name) == wanted)


_SPELLED = {("applications", "status", "active"): "in_process"}
"""Query words that rows spell otherwise."""


def _read_int(found: Criteria, asked: Parameter) -> None:
    value = _integer(asked.name, asked.text)
    if asked.name == "custom_field_option_id":
        found.tests.append(_chosen(asked.account, value))
    elif asked.name in asked.resource.fields:
        found.tests.append(lambda row: row.get(asked.name) == value)
    else:
        found.tests.append(lambda row: value in row.get(f"{asked.name}s", ()))


def _read_text(found: Criteria, asked: Parameter) -> None:
    special = _TEXT_TESTS.get((asked.resource.name, asked.name))
    if special:
        found.tests.append(special(asked.account, asked.text))
    else:
        found.tests.append(lambda row: row.get(asked.name) == asked.text)


def _read_words(found: Criteria, asked: Parameter) -> None:
    wanted = _listed(asked.name, asked.text)
    field = "employee_id" if asked.name == "employee_ids" else asked.name
    found.tests.append(lambda row: row.get(field) in wanted)


_READERS: dict[str, Callable[[Criteria, Parameter], None]] = {
    "ids": _read_ids,
    "times": _read_times,
    "dates": _read_times,
    "bool": _read_bool,
    "word": _read_word,
    "int": _read_int,
    "str": _read_text,
    "words": _read_words,
}


def _chosen(account: Account, option_id: int) -> Test:
    option = account.get("custom_field_options", option_id)
    field = account.get("custom_fields", option["custom_field_id"]) if option else None
    if option is None or field is None:
        return lambda row: False

    def test(row: Row) -> bool:
        values = row.get("custom_fields") or row.get("question_custom_fields") or {}
        value = values.get(field["name_key"])
        return bool(value == option["name"] or (isinstance(value, list) and option["name"] in value))

    return test


def _by_email(account: Account, text: str) -> Test:
    wanted = text.lower()
    return lambda row: any(entry["value"].lower() == wanted for entry in row["email_addresses"])


def _by_tag(account: Account, text: str) -> Test:
    return lambda row: text in row["tags"]


def _by_field_key(account: Account, text: str) -> Test:
    fields = {row["id"] for row in account.all("custom_fields") if row["name_key"] == text}
    return lambda row: row["custom_field_id"] in fields


def _by_external(account: Account, text: str, *, resource: str, field: str) -> Test:
    wanted = {row["id"] for row in account.all(resource) if row["external_id"] == text}
    return lambda row: bool(wanted & {row.get(field), *row.get(f"{field}s", ())})


_offices = partial(_by_external, resource="offices", field="office_id")
_departments = partial(_by_external, resource="departments", field="department_id")
_TEXT_TESTS: dict[tuple[str, str], Callable[[Account, str], Test]] = {
    ("candidates", "email"): _by_email,
    ("candidates", "tag"): _by_tag,
    ("custom_field_options", "custom_field_key"): _by_field_key,
    ("users", "external_office_id"): _offices,
    ("users", "external_department_id"): _departments,
    ("future_job_permissions", "external_office_id"): _offices,
    ("future_job_permissions", "external_department_id"): _departments,
}


def _defaults(found: Criteria, account: Account, resource: Resource, query: dict[str, str]) -> None:
    """What an endpoint leaves out unless asked."""
    if resource.name == "users" and query.get("show_service_accounts") != "true":
        found.tests.append(lambda row: row["primary_email"] is not None)
    if resource.name == "rejection_reasons" and query.get("include_defaults") != "true":
        found.tests.append(lambda row: not row.get("_default"))
    if resource.name == "job_posts" and "active" not in query:
        found.tests.append(lambda row: bool(row["active"]))
    if resource.name == "offers" and query.get("current_only") == "true":
        newest: dict[int, int] = {}
        for row in account.all("offers"):
            newest[row["application_id"]] = max(newest.get(row["application_id"], 0), row["version"])
        found.tests.append(lambda row: row["version"] == newest[row["application_id"]])

"""Custom field values: what may be written, and the form they are read in."""

from collections.abc import Callable
from datetime import date
from typing import Any

from plugins.greenhouse.twin.account import Account, Row
from plugins.greenhouse.twin.refusals import unprocessable
from plugins.greenhouse.twin.resources import Kind, fits
from plugins.greenhouse.twin.settings import TwinSettings

_PLAIN = {
    "short_text": Kind("str"),
    "long_text": Kind("str"),
    "rich_text": Kind("str"),
    "url": Kind("str"),
    "number": Kind("number"),
    "yes_no": Kind("bool"),
}
_COMPOUND = {
    "currency": {"amount": "amount", "unit": "currency_code"},
    "currency_range": {"min_value": "min_amount", "max_value": "max_amount", "unit": "currency_code"},
    "number_range": {"min_value": "min_value", "max_value": "max_value"},
}
"""Key read to key written."""


def written(
    account: Account,
    settings: TwinSettings,
    field_type: str,
    current: dict[str, Any] | None,
    entries: list[Any],
) -> dict[str, Any]:
    """The stored values after a write of `[{name_key | custom_field_id, value}]`.

    Whether a PATCH replaces the whole set or merges into it is a switch. Raises 422.
    """
    values = dict(current or {}) if settings.custom_fields_patch == "merge" else {}
    for entry in entries:
        field = _field(account, field_type, entry)
        values[field["name_key"]] = _value(account, settings, field, entry.get("value"))
    return {key: value for key, value in values.items() if value is not None}


def _field(account: Account, field_type: str, entry: Any) -> Row:
    if not isinstance(entry, dict) or set(entry) - {"name_key", "custom_field_id", "value"}:
        raise unprocessable({"custom_fields": "takes objects of name_key or custom_field_id, and value"})
    if "name_key" in entry:
        fields = [f for f in account.all("custom_fields") if f["name_key"] == entry["name_key"]]
    else:
        fields = [f for f in account.all("custom_fields") if f["id"] == entry.get("custom_field_id")]
    for field in fields:
        if field["field_type"] == field_type and field["active"]:
            return field
    raise unprocessable({"custom_fields": f"there is no {field_type} field for {entry}"})


def _value(account: Account, settings: TwinSettings, field: Row, value: Any) -> Any:
    kind = field["value_type"]
    if value is None:
        return None
    if kind in {"single_select", "multi_select"}:
        return _selected(account, settings, field, value)
    if kind in _COMPOUND:
        return _compound(field, value)
    special = _SPECIAL.get(kind)
    return special(account, field, value) if special else _simple(field, value)


def _simple(field: Row, value: Any) -> Any:
    kind = field["value_type"]
    if kind in _PLAIN and not fits(_PLAIN[kind], value):
        raise _wrong(field, value)
    if kind == "short_text" and len(value) > 255:
        raise unprocessable({"custom_fields": f"{field['name_key']} is longer than 255 characters"})
    return value


def _selected(account: Account, settings: TwinSettings, field: Row, value: Any) -> Any:
    if field["value_type"] == "single_select":
        return _option(account, settings, field, value)
    return [_option(account, settings, field, item) for item in _list(field, value)]


def _wrong(field: Row, value: Any) -> Exception:
    return unprocessable(
        {"custom_fields": f"`{value}` is not a {field['value_type']} for {field['name_key']}"}
    )


def _list(field: Row, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(field, value)
    return value


def _option(account: Account, settings: TwinSettings, field: Row, value: Any) -> str:
    for option in account.where("custom_field_options", custom_field_id=field["id"]):
        by_id = settings.single_select_by != "name" and str(value) == str(option["id"])
        by_name = settings.single_select_by != "id" and value == option["name"]
        if option["active"] and (by_id or by_name):
            return str(option["name"])
    raise _wrong(field, value)


def _compound(field: Row, value: Any) -> dict[str, Any]:
    """Takes the documented write form; the read form too, because clients send back what they read."""
    keys = _COMPOUND[field["value_type"]]
    if not isinstance(value, dict):
        raise _wrong(field, value)
    for spelling in (list(keys.values()), list(keys)):
        if set(value) == set(spelling):
            return {read: value[name] for read, name in zip(keys, spelling, strict=True)}
    raise _wrong(field, value)


def _user(account: Account, field: Row, value: Any) -> dict[str, Any]:
    number = value.get("user_id") if isinstance(value, dict) else value
    user = account.get("users", number) if isinstance(number, int) else None
    if user is None:
        raise _wrong(field, value)
    return {
        "user_id": user["id"],
        "name": user["name"],
        "email": user["primary_email"],
        "employee_id": user["employee_id"],
    }


def _date(account: Account, field: Row, value: Any) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise _wrong(field, value) from None


_SPECIAL: dict[str, Callable[[Account, Row, Any], Any]] = {"user": _user, "date": _date}

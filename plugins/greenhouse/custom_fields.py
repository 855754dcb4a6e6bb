"""Application custom fields: which of the account's fields are ours, and values in the form of a write."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import msgspec

from plugins.greenhouse.client import Row

SelectBy = Literal["id", "name"]
_SHORT: Final = 255
_SELECTS: Final = frozenset({"single_select", "multi_select"})
_RENAMED: Final[Mapping[str, Mapping[str, str]]] = {
    "currency": {"unit": "currency_code"},
    "currency_range": {"min_value": "min_amount", "max_value": "max_amount", "unit": "currency_code"},
}
"""Where the key read and the key written differ."""


class Spec(msgspec.Struct, frozen=True):
    """A field of ours: its setting, the name it has unless told otherwise, the type it is made with."""

    key: str
    name: str
    value_type: str


SPECS: Final = (
    Spec("score", "Shortlist score", "number"),
    Spec("band", "Shortlist band", "short_text"),
    Spec("reasons", "Shortlist reasons", "long_text"),
    Spec("link", "Shortlist link", "url"),
)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A field as the account has it."""

    name_key: str
    value_type: str


def name_of(spec: Spec, settings: Mapping[str, str]) -> str:
    """The field's name in this account."""
    return settings.get(f"{spec.key}_field", "").strip() or spec.name


def find(spec: Spec, name: str, rows: Sequence[Row]) -> Known | None:
    """The account's field for ours: by its name, or by the key that name once gave and a rename left."""
    slug = "_".join("".join(c if c.isalnum() else " " for c in name.lower()).split())
    active = [row for row in rows if row.get("active") is not False]
    by_name = [row for row in active if str(row.get("name") or "").strip().lower() == name.lower()]
    by_key = [row for row in active if row.get("name_key") == slug]
    for row in by_name or by_key:
        if row.get("name_key"):
            kind = str(row.get("value_type") or spec.value_type)
            return Known(name_key=str(row["name_key"]), value_type=kind)
    return None


def entry(value: Any, value_type: str) -> dict[str, Any]:
    """Our value as a row would show it, for a field whose type somebody else may have chosen."""
    fitted = None if value is None or value == "" else value
    if fitted is not None and value_type not in {"number", "yes_no"}:
        fitted = str(value)[:_SHORT] if value_type == "short_text" else str(value)
    return {"type": value_type, "value": fitted}


def shown(present: Mapping[str, Any], name_key: str) -> Any:
    """The value a row shows for a field; None when it shows none."""
    entry = present.get(name_key)
    return entry.get("value") if isinstance(entry, dict) else entry


def same(present: Any, wanted: Any) -> bool:
    """Whether the field shows the value already; numbers and spaces come back in more than one spelling."""
    if wanted is None:
        return present is None or present == ""
    if isinstance(wanted, int):
        try:
            return float(present) == wanted
        except (TypeError, ValueError):
            return False
    return isinstance(present, str) and present.split() == str(wanted).split()


def kept(present: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, Any]:
    """The other fields that hold a value: a write may replace the whole set, so they are sent along."""
    return {
        key: entry
        for key, entry in present.items()
        if key not in ours and isinstance(entry, dict) and entry.get("value") is not None
    }


def has_selects(entries: Mapping[str, Any]) -> bool:
    """Whether any entry is a choice among options."""
    return any(entry.get("type") in _SELECTS for entry in entries.values())


def written(entry: Mapping[str, Any], options: Mapping[str, int], by: SelectBy) -> Any:
    """A value read from a row in the form a write takes.

    Whether a choice is written by its option's id or name is unconfirmed, so both can be made.
    """
    value, kind = entry.get("value"), str(entry.get("type") or "")
    if kind in _SELECTS and by == "id":
        chosen = value if isinstance(value, list) else [value]
        ids = [options.get(str(name), name) for name in chosen]
        return ids if isinstance(value, list) else ids[0]
    if kind == "user" and isinstance(value, dict):
        return value.get("user_id")
    if kind in _RENAMED and isinstance(value, dict):
        return {_RENAMED[kind].get(key, key): part for key, part in value.items()}
    return value

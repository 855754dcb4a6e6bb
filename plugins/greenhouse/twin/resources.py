"""Harvest v3's resources as data: rows, filters and scopes, read from `resources*.toml`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

UNIVERSAL = ("ids", "created_at", "updated_at", "fields", "per_page", "cursor")


class Kind(msgspec.Struct, frozen=True):
    """The type of a field, filter or parameter; `words` lists what is allowed when `name` is `word`."""

    name: str
    words: tuple[str, ...] = ()
    nullable: bool = False


class Resource(msgspec.Struct, frozen=True, kw_only=True):
    """One list endpoint."""

    name: str
    fields: dict[str, Kind]
    filters: dict[str, Kind]
    lacks: tuple[str, ...] = ()

    @property
    def scope(self) -> str:
        return f"harvest:{self.name}:list"

    def problems(self, row: dict[str, Any]) -> list[str]:
        """What is wrong with a row as sent: unknown fields, wrong types, words outside the list."""
        found = [f"{name} is not a field of {self.name}" for name in row if name not in self.fields]
        for name, kind in self.fields.items():
            if name in row and not fits(kind, row[name]):
                found.append(f"{name} cannot be {row[name]!r}")
        return found


_PYTHON: dict[str, type | tuple[type, ...]] = {
    "int": int,
    "str": str,
    "at": str,
    "on": str,
    "number": (int, float),
    "bool": bool,
    "map": dict,
    "custom": dict,
    "any": object,
}
_MEMBERS: dict[str, type] = {"ints": int, "strs": str, "rows": dict}


def fits(kind: Kind, value: Any) -> bool:
    """True when the value is of the kind."""
    if value is None:
        return kind.nullable
    if kind.name == "word":
        return value in kind.words
    if kind.name in _MEMBERS:
        return isinstance(value, list) and all(isinstance(item, _MEMBERS[kind.name]) for item in value)
    if kind.name in {"int", "number"} and isinstance(value, bool):
        return False
    return isinstance(value, _PYTHON[kind.name])


def parse_kinds(text: str) -> dict[str, Kind]:
    """`id:int name=a|b? tags:strs` as name to kind."""
    kinds = {}
    for token in text.split():
        bare = token.rstrip("?")
        nullable = bare != token
        if "=" in bare:
            name, words = bare.split("=", 1)
            kinds[name] = Kind("word", tuple(words.split("|")), nullable)
        else:
            name, kind = bare.split(":", 1)
            kinds[name] = Kind(kind, (), nullable)
    return kinds


@cache
def resources() -> dict[str, Resource]:
    """All list endpoints by the last part of their path."""
    folder = Path(__file__).parent
    table: dict[str, Any] = {}
    for file in ("resources.toml", "resources_rest.toml"):
        table |= tomllib.loads((folder / file).read_text("utf-8"))
    return {
        name: Resource(
            name=name,
            fields=parse_kinds(entry["fields"]),
            filters=parse_kinds(entry.get("filters", "")),
            lacks=tuple(entry.get("lacks", ())),
        )
        for name, entry in table.items()
    }

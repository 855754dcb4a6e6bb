"""A Greenhouse account in memory: rows by resource, indexed so that large lists answer at once.

Rows are plain dictionaries in the form they are sent. Keys starting with an underscore are the twin's own
and never sent; `custom_fields` holds name key to value and is completed with names and types on sending.
"""

from base64 import b64decode, b64encode
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, Self

import msgspec

from plugins.greenhouse.twin.resources import Kind, Resource, resources

Row = dict[str, Any]
_SILO = 2
_LISTS = frozenset({"ints", "strs", "rows"})


def stamp(moment: datetime) -> str:
    """A moment as Harvest writes it: UTC, milliseconds, `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment(text: str) -> datetime:
    """The inverse of `stamp`; raises ValueError."""
    return datetime.fromisoformat(text)


def is_number(text: str) -> bool:
    """True for plain digits, unlike `str.isdigit`, which takes `²` too."""
    return text.isascii() and text.isdigit()


Content = bytes | Callable[[], bytes]


class StoredFile:
    """The bytes of an attachment, made only when somebody asks if they come as a function."""

    def __init__(self, media_type: str, content: Content) -> None:
        self.media_type = media_type
        self._content = content

    @property
    def content(self) -> bytes:
        if not isinstance(self._content, bytes):
            self._content = self._content()
        return self._content


class Table:
    """The rows of one resource with their indexes."""

    def __init__(self, resource: Resource, base: int) -> None:
        self.resource = resource
        self.rows: dict[int, Row] = {}
        self.ids: list[int] = []
        self.by_update: list[tuple[str, int]] = []
        self._base = base
        self._made = 0
        self._index: dict[str, dict[Any, set[int]]] = {
            name: defaultdict(set) for name in (*_indexed(resource), *_OWN_INDEXES.get(resource.name, ()))
        }

    def next_id(self) -> int:
        """A new 64-bit id with the data-silo suffix."""
        self._made += 1
        return (self._base + self._made) * 1000 + _SILO

    def put(self, row: Row) -> None:
        """Insert a row or replace the one with its id."""
        self.drop(row["id"])
        self.rows[row["id"]] = row
        insort(self.ids, row["id"])
        insort(self.by_update, (row["updated_at"], row["id"]))
        self._made = max(self._made, row["id"] // 1000 - self._base)
        for name, values in self._index.items():
            for value in _values(row.get(name)):
                values[value].add(row["id"])

    def drop(self, row_id: int) -> Row | None:
        """Remove a row; None when there is none."""
        row = self.rows.pop(row_id, None)
        if row is None:
            return None
        del self.ids[bisect_left(self.ids, row_id)]
        del self.by_update[bisect_left(self.by_update, (row["updated_at"], row_id))]
        for name, values in self._index.items():
            for value in _values(row.get(name)):
                values[value].discard(row_id)
        return row

    def indexed(self, field: str) -> dict[Any, set[int]] | None:
        """Value to ids for an indexed field, None for the others."""
        return self._index.get(field)


_OWN_INDEXES = {"applications": ("_job_interview_stage_id",)}


def _indexed(resource: Resource) -> tuple[str, ...]:
    return tuple(name for name in resource.fields if name.endswith(("_id", "_ids")))


def _values(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


class Account:
    """One organisation's data."""

    def __init__(self, *, name: str = "Twin Works", subdomain: str = "twinworks") -> None:
        self.name = name
        self.subdomain = subdomain
        self.id = 4_000_001 * 1000 + _SILO
        self.files: dict[int, StoredFile] = {}
        self._hidden: dict[tuple[str, int], str] = {}
        self.tables = {
            resource.name: Table(resource, 4_000_000 + 500_000 * position)
            for position, resource in enumerate(resources().values())
        }

    def add(self, resource: str, at: datetime, **values: Any) -> Row:
        """Insert a row with a new id; what is left out becomes null or an empty list.

        Raises ValueError when a field that may not be null is missing.
        """
        table = self.tables[resource]
        row: Row = {"id": table.next_id(), "created_at": stamp(at), "updated_at": stamp(at)}
        for field, kind in table.resource.fields.items():
            if field not in row:
                row[field] = values.pop(field) if field in values else _blank(resource, field, kind)
        row.update(values)
        table.put(row)
        return row

    def get(self, resource: str, row_id: int | None) -> Row | None:
        """The row, None when there is none."""
        return self.tables[resource].rows.get(row_id) if row_id is not None else None

    def change(self, resource: str, row_id: int, at: datetime, **values: Any) -> Row:
        """Change fields of a row and its `updated_at`; raises KeyError for an unknown id."""
        row = {**self.tables[resource].rows[row_id], **values, "updated_at": stamp(at)}
        self.tables[resource].put(row)
        return row

    def remove(self, resource: str, row_id: int) -> None:
        self.tables[resource].drop(row_id)
        if resource == "attachments":
            self.files.pop(row_id, None)

    def where(self, resource: str, **values: Any) -> Iterator[Row]:
        """Rows whose fields equal the values, oldest first; the first field should be indexed."""
        table = self.tables[resource]
        (first, wanted), *_ = values.items()
        index = table.indexed(first)
        ids = table.ids if index is None else sorted(index.get(wanted, ()))
        for row_id in list(ids):
            row = table.rows[row_id]
            if all(row.get(name) == value for name, value in values.items()):
                yield row

    def first(self, resource: str, **values: Any) -> Row | None:
        return next(self.where(resource, **values), None)

    def all(self, resource: str) -> list[Row]:
        """Every row, oldest first."""
        table = self.tables[resource]
        return [table.rows[row_id] for row_id in table.ids]

    def hide(self, resource: str, row_id: int, until: datetime) -> None:
        """Keep a row out of lists until the moment has come."""
        self._hidden[resource, row_id] = stamp(until)

    def hidden(self, resource: str, now: str) -> set[int]:
        """Ids that lists do not show yet."""
        self._hidden = {key: until for key, until in self._hidden.items() if until > now}
        return {row_id for name, row_id in self._hidden if name == resource}

    def dump(self) -> bytes:
        """The whole account as JSON."""
        return msgspec.json.encode(
            {
                "name": self.name,
                "subdomain": self.subdomain,
                "tables": {name: self.all(name) for name in self.tables},
                "files": {
                    str(key): [file.media_type, b64encode(file.content).decode()]
                    for key, file in self.files.items()
                },
            }
        )

    @classmethod
    def load(cls, data: bytes) -> Self:
        """The account a `dump` was made of."""
        content = msgspec.json.decode(data)
        account = cls(name=content["name"], subdomain=content["subdomain"])
        for name, rows in content["tables"].items():
            for row in rows:
                account.tables[name].put(row)
        for key, (media_type, encoded) in content["files"].items():
            account.files[int(key)] = StoredFile(media_type, b64decode(encoded))
        return account


def _blank(resource: str, field: str, kind: Kind) -> Any:
    if kind.name == "custom":
        return {}
    if kind.name in _LISTS:
        return []
    if kind.nullable or (resource, field) in _OPTIONAL:
        return None
    if kind.name == "bool":
        return False
    raise ValueError(f"{resource} needs {field}.")


_OPTIONAL = {("users", "primary_email"), ("attachments", "url"), ("application_stages", "days_in_stage")}

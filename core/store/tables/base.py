"""What the tables have in common."""

from typing import Any

from piccolo.columns import JSONB, UUID, Boolean, Bytea, ForeignKey, Integer, Text, Timestamptz
from piccolo.columns.base import OnDelete

from core.store.engine import ENGINE

__all__ = ["ENGINE", "JSONB", "UUID", "Boolean", "Bytea", "Integer", "Text", "Timestamptz", "key", "to"]


def key() -> UUID:
    """A primary key; rows bring their own UUIDv7 from the clock module."""
    return UUID(primary_key=True, default=None)


def to(table: str, *, null: bool = False) -> ForeignKey[Any]:
    """A reference that disappears with what it points at."""
    from piccolo.columns import LazyTableReference

    return ForeignKey(
        references=LazyTableReference(table_class_name=table, app_name="core"),
        on_delete=OnDelete.cascade,
        null=null,
        index=True,
    )

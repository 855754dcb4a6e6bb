"""Runs `sql/0002_telling.sql`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.store.sql_migration import from_sql

ID = "0002"
VERSION = "1.38.0"
DESCRIPTION = "Notices through channels, events that wait to be told."


async def forwards() -> MigrationManager:
    return from_sql(ID, DESCRIPTION, "0002_telling.sql")

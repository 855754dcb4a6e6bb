"""Runs `sql/0001_foundation.sql`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.store.sql_migration import from_sql

ID = "0001"
VERSION = "1.38.0"
DESCRIPTION = "Foundation: every table, its guard, the doors."


async def forwards() -> MigrationManager:
    return from_sql(ID, DESCRIPTION, "0001_foundation.sql")

"""Runs `sql/0005_demographics.sql`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.store.sql_migration import from_sql

ID = "0005"
VERSION = "1.38.0"
DESCRIPTION = "Demographics for the bias audit, in reach of the audit alone."


async def forwards() -> MigrationManager:
    return from_sql(ID, DESCRIPTION, "0005_demographics.sql")

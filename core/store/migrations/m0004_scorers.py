"""Runs `sql/0004_scorers.sql`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.store.sql_migration import from_sql

ID = "0004"
VERSION = "1.38.0"
DESCRIPTION = "Scorers a tenant set up and chose, and scores of one that runs beside."


async def forwards() -> MigrationManager:
    return from_sql(ID, DESCRIPTION, "0004_scorers.sql")

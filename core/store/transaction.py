"""A transaction that the server may leave in the middle."""

from contextlib import suppress
from types import TracebackType
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresTransaction

from core.errors import DatabaseAway
from core.store.reach import OUTAGE, gone


class Transaction(PostgresTransaction):
    """Piccolo's transaction; raises DatabaseAway when the server cannot be reached or leaves."""

    async def __aenter__(self) -> PostgresTransaction:
        try:
            entered = await super().__aenter__()
        except Exception as error:
            await self._let_go()
            # What fails on the way to the server is the network's, not asyncpg's.
            if not gone(error) and not isinstance(error, OSError):
                raise
            raise self._away(error) from error
        OUTAGE.over()
        return entered

    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if self._parent is not None:
            return exception is None
        try:
            return await self._end(exception_type, exception, traceback)
        finally:
            await self._let_go()

    async def _end(self, kind: Any, exception: BaseException | None, traceback: Any) -> bool:
        try:
            done = await super().__aexit__(kind, exception, traceback)
        except Exception as error:
            if not gone(error):
                raise
            if exception is not None and not isinstance(exception, Exception):
                return False
            raise self._away(exception or error) from (exception or error)
        if exception is not None and gone(exception):
            raise self._away(exception) from exception
        return done

    def _away(self, error: BaseException) -> DatabaseAway:
        # Without a pool this is a start, which tells by itself why it failed.
        if self.engine.pool is not None:
            OUTAGE.noticed(error)
        return DatabaseAway()

    async def _let_go(self) -> None:
        """Piccolo keeps a transaction whose end failed: as the current one, and its place in the pool."""
        if self.engine.current_transaction.get() is self:
            self.engine.current_transaction.reset(self.context)
        connection = getattr(self, "connection", None)
        if self.engine.pool is not None and connection is not None:
            # Nothing happens to a connection that was given back already.
            with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                await self.engine.pool.release(connection)

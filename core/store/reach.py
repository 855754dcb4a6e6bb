"""Whether the database answers: what goes wrong on the way to it, in words, and an outage in one line."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
import structlog

from core.errors import Broken

_AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
)
_log = structlog.stdlib.get_logger()


@contextmanager
def reaching() -> Iterator[None]:
    """Turns what goes wrong while connecting into a Broken that says which part to look at."""
    try:
        yield
    except asyncpg.InvalidAuthorizationSpecificationError as error:
        raise Broken(
            "PostgreSQL refuses the user or the password.", "Correct them in SHORTLIST_DATABASE_URL."
        ) from error
    except asyncpg.InvalidCatalogNameError as error:
        raise Broken(
            "The database does not exist on the PostgreSQL server.",
            "Create it, or correct its name in SHORTLIST_DATABASE_URL.",
        ) from error
    except (ValueError, asyncpg.InterfaceError) as error:
        raise Broken(
            "The address of the database cannot be understood.",
            "Set SHORTLIST_DATABASE_URL to postgresql://owner:password@host:5432/name.",
        ) from error
    except (OSError, asyncpg.PostgresError) as error:
        raise Broken(
            f"PostgreSQL cannot be reached: {reason(error)}.",
            "Start the server, or correct its address in SHORTLIST_DATABASE_URL.",
        ) from error


def reason(error: BaseException) -> str:
    """Why the database was not reached, for the middle of a sentence."""
    if isinstance(error, TimeoutError):
        return "it does not answer"
    if isinstance(error, OSError) and error.errno is not None and error.errno in errno.errorcode:
        return os.strerror(error.errno).lower()
    return re.sub(r"\n(DETAIL|HINT):\s*", ": ", str(error)).strip().rstrip(".")


def gone(error: BaseException) -> bool:
    """Whether this error of a statement means that the server left, and not that the statement is wrong."""
    # asyncpg has no type of its own for a connection that it found closed.
    if isinstance(error, asyncpg.InterfaceError):
        return "closed" in str(error) or "released" in str(error)
    return isinstance(error, _AWAY)


class Outage:
    """Notes once that the database went away, and once that it is back, whoever asks meanwhile."""

    def __init__(self) -> None:
        self._away = False

    def noticed(self, error: BaseException) -> None:
        """The database was not there."""
        if not self._away:
            self._away = True
            _log.error("database away, everything that needs it waits", reason=reason(error))

    def over(self) -> None:
        """The database answered."""
        if self._away:
            self._away = False
            _log.warning("database back")


OUTAGE = Outage()

"""What the services of one process work with: opened at start, closed at the end."""

from collections.abc import Callable

import msgspec

from core.documents import DocumentReader
from core.errors import Broken
from core.registry import Catalog, Dispatcher, ScorerHost
from core.settings import Settings
from core.store.engine import Database
from core.store.files import Files
from core.store.vault import Vault


class Runtime(msgspec.Struct, frozen=True, kw_only=True):
    """The seams of one process."""

    settings: Settings
    database: Database
    vault: Vault
    files: Files
    catalog: Catalog
    dispatcher: Dispatcher
    scorers: ScorerHost
    readers: tuple[DocumentReader, ...]


_current: list[Runtime] = []


def install(runtime: Runtime) -> Callable[[], None]:
    """Make this the process's runtime; the returned function takes it away again."""
    _current.append(runtime)
    return lambda: _current.remove(runtime)


def runtime() -> Runtime:
    """The process's runtime; raises Broken before the application has started."""
    if not _current:
        raise Broken("Shortlist has not started yet.", "Wait a moment and try again.")
    return _current[-1]

"""Everything plugins offer, by key, with who offers it; broken plugins with their reason."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import msgspec
import pluggy
import structlog

from core.registry.loader import Candidate, Origin, find, last_line, new_manager, register
from core.sdk.connector import ConnectorEntry
from core.sdk.hooks import SDK_VERSION
from core.sdk.notifier import NotifierEntry
from core.sdk.scorer import ScorerEntry

E = TypeVar("E")
_log = structlog.stdlib.get_logger()

_KINDS: Final[dict[str, tuple[str, type[Any]]]] = {
    "connector": ("shortlist_connectors", ConnectorEntry),
    "scorer": ("shortlist_scorers", ScorerEntry),
    "notifier": ("shortlist_notifiers", NotifierEntry),
}


class Offered(msgspec.Struct, Generic[E], frozen=True, kw_only=True):
    """An entry and the plugin that registered it."""

    entry: E
    plugin: str


class PluginInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin as operators and admins see it; `state` is ready, broken or incompatible."""

    key: str
    title: str
    version: str
    origin: Origin
    kinds: tuple[str, ...]
    entries: tuple[str, ...]
    description: str
    sdk: str
    state: str
    problem: str


class BrokenPlugin(Exception):
    """A plugin returned something that is not what its hook promises."""


class Catalog:
    """What is installed, fixed at start; who may use it is decided at every call."""

    def __init__(self, manager: pluggy.PluginManager) -> None:
        self.manager = manager
        self.connectors: dict[str, Offered[ConnectorEntry]] = {}
        self.scorers: dict[str, Offered[ScorerEntry]] = {}
        self.notifiers: dict[str, Offered[NotifierEntry]] = {}
        self.plugins: tuple[PluginInfo, ...] = ()

    def shelf(self, kind: str) -> dict[str, Offered[Any]]:
        """The entries of one kind."""
        shelves: dict[str, dict[str, Offered[Any]]] = {
            "connector": self.connectors,  # type: ignore[dict-item]  # one shelf per kind, told by its key
            "scorer": self.scorers,  # type: ignore[dict-item]
            "notifier": self.notifiers,  # type: ignore[dict-item]
        }
        return shelves[kind]


def load_catalog(*, plugins_dir: Path | None = None, only: frozenset[str] | None = None) -> Catalog:
    """Find, load and check every plugin; nothing a plugin does makes this raise."""
    catalog = Catalog(new_manager())
    catalog.plugins = tuple(_admit(catalog, candidate) for candidate in find(plugins_dir, only))
    for info in catalog.plugins:
        if info.state != "ready":
            _log.warning("plugin not usable", plugin=info.key, state=info.state, problem=info.problem)
    return catalog


def _admit(catalog: Catalog, candidate: Candidate) -> PluginInfo:
    problem = candidate.problem or register(catalog.manager, candidate)
    found: dict[str, list[Any]] = {}
    if not problem:
        try:
            found = _collect(catalog, candidate)
        except Exception as error:
            # Registration hooks are a stranger's code too.
            problem = str(error) if isinstance(error, BrokenPlugin) else last_line(error)
    incompatible = _incompatible(found)
    if problem or incompatible:
        catalog.manager.unregister(name=candidate.key) if catalog.manager.has_plugin(candidate.key) else None
        return _info(candidate, found, "broken" if problem else "incompatible", problem or incompatible)
    for kind, entries in found.items():
        for entry in entries:
            catalog.shelf(kind)[entry.key] = Offered(entry=entry, plugin=candidate.key)
    return _info(candidate, found, "ready", "")


def _collect(catalog: Catalog, candidate: Candidate) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for kind, (hook, expected) in _KINDS.items():
        implementation = getattr(candidate.plugin, hook, None)
        if implementation is None:
            continue
        entries = list(_checked(implementation(), hook, expected))
        for entry in entries:
            taken = catalog.shelf(kind).get(entry.key)
            if taken:
                raise BrokenPlugin(f"The {kind} key “{entry.key}” is taken by the plugin {taken.plugin}.")
        found[kind] = entries
    return found


def _checked(entries: Iterable[Any], hook: str, expected: type[Any]) -> Iterable[Any]:
    seen: set[str] = set()
    for entry in entries:
        if not isinstance(entry, expected):
            raise BrokenPlugin(f"{hook} must give {expected.__name__}, not {type(entry).__name__}.")
        names = [field.name for field in entry.fields]
        if not entry.key or entry.key in seen or len(set(names)) != len(names):
            raise BrokenPlugin(f"{hook} gives an entry with an empty or repeated key or field.")
        seen.add(entry.key)
        yield entry


def _incompatible(found: dict[str, list[Any]]) -> str:
    major = SDK_VERSION.partition(".")[0]
    for entries in found.values():
        for entry in entries:
            if entry.sdk.partition(".")[0] != major:
                return f"It needs SDK {entry.sdk}; this is {SDK_VERSION}. Install a matching version."
    return ""


def _info(candidate: Candidate, found: dict[str, list[Any]], state: str, problem: str) -> PluginInfo:
    entries = [entry for kind in found.values() for entry in kind]
    document = (getattr(candidate.plugin, "__doc__", None) or "").strip()
    return PluginInfo(
        key=candidate.key,
        title=entries[0].title if entries else candidate.key,
        version=candidate.version,
        origin=candidate.origin,
        kinds=tuple(kind for kind, of_kind in found.items() if of_kind),
        entries=tuple(entry.key for entry in entries),
        description=document.splitlines()[0] if document else "",
        sdk=entries[0].sdk if entries else "",
        state=state,
        problem=problem,
    )

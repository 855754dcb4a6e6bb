"""Everything plugins offer, by key, with who offers it; broken plugins with their reason."""

from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
import pluggy
import structlog

from core.registry.checks import Entry, entries_of, incompatible, new_manager, on_trial
from core.registry.loader import BrokenPlugin, Candidate, Origin, find, tried
from core.sdk.connector import ConnectorEntry
from core.sdk.notifier import NotifierEntry
from core.sdk.scorer import ScorerEntry

E = TypeVar("E")
_log = structlog.stdlib.get_logger()


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
            "connector": self.connectors,
            "scorer": self.scorers,
            "notifier": self.notifiers,
        }
        return shelves[kind]


def load_catalog(*, plugins_dir: Path | None = None, only: frozenset[str] | None = None) -> Catalog:
    """Find, load and check every plugin; nothing a plugin raises makes this raise.

    A plugin that never comes back while it is imported holds up the start: leave it out with `only`.
    """
    catalog = Catalog(new_manager())
    catalog.plugins = tuple(_admit(catalog, candidate) for candidate in find(plugins_dir, only))
    for info in catalog.plugins:
        if info.state != "ready":
            _log.warning("plugin not usable", plugin=info.key, state=info.state, problem=info.problem)
    return catalog


def _admit(catalog: Catalog, candidate: Candidate) -> PluginInfo:
    if candidate.problem:
        return _info(candidate, {}, "broken", candidate.problem)
    found, problem = tried(lambda: _examined(catalog, candidate))
    if found is None:
        return _info(candidate, {}, "broken", problem)
    unfit = incompatible(entry for entries in found.values() for entry in entries)
    if unfit:
        return _info(candidate, found, "incompatible", unfit)
    _, problem = tried(lambda: catalog.manager.register(candidate.plugin, name=candidate.key))
    if problem:
        return _info(candidate, {}, "broken", problem)
    for kind, entries in found.items():
        for entry in entries:
            catalog.shelf(kind)[entry.key] = Offered(entry=entry, plugin=candidate.key)
    return _info(candidate, found, "ready", "")


def _examined(catalog: Catalog, candidate: Candidate) -> dict[str, list[Entry]]:
    trial = on_trial(candidate.plugin, candidate.key)
    known_as = catalog.manager.get_name(candidate.plugin)
    if known_as:
        raise BrokenPlugin(f"The same module is registered as “{known_as}” already.")
    found = entries_of(trial)
    for kind, entries in found.items():
        for entry in entries:
            taken = catalog.shelf(kind).get(entry.key)
            if taken:
                raise BrokenPlugin(f"The {kind} key “{entry.key}” is taken by the plugin {taken.plugin}.")
    return found


def _info(candidate: Candidate, found: dict[str, list[Entry]], state: str, problem: str) -> PluginInfo:
    entries = [entry for of_kind in found.values() for entry in of_kind]
    return PluginInfo(
        key=candidate.key,
        title=entries[0].title if entries else candidate.key,
        version=candidate.version,
        origin=candidate.origin,
        kinds=tuple(kind for kind, of_kind in found.items() if of_kind),
        entries=tuple(entry.key for entry in entries),
        description=_description(candidate.plugin),
        sdk=entries[0].sdk if entries else "",
        state=state,
        problem=problem,
    )


def _description(plugin: object | None) -> str:
    text, _ = tried(lambda: plugin.__doc__ or "")
    lines = text.strip().splitlines() if plugin is not None and isinstance(text, str) else []
    return lines[0] if lines else ""

"""Finds plugins and loads them one by one, so that a broken one harms nobody else.

Built-in plugins are found the same way as strangers': by the entry-point group `shortlist`. A folder of
single files serves for trying things out.
"""

import importlib.util
import inspect
import sys
import traceback
from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Final, Literal

import msgspec
import pluggy

from core.sdk.hooks import PROJECT, Hooks

Origin = Literal["built-in", "installed", "folder"]
_OWN_PACKAGE: Final = "plugins."
_ASYNC_HOOKS: Final = frozenset(
    name for name, hook in vars(Hooks).items() if inspect.iscoroutinefunction(hook)
)


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin that was found; `plugin` is None when it could not be loaded, and `problem` says why."""

    key: str
    origin: Origin
    version: str
    plugin: object | None
    problem: str = ""


def find(plugins_dir: Path | None, only: frozenset[str] | None) -> list[Candidate]:
    """Every plugin, built-ins first, then by name; `only` narrows to these keys."""
    found = [_from_entry_point(point) for point in entry_points(group=PROJECT)]
    found += _from_folder(plugins_dir) if plugins_dir else []
    wanted = [candidate for candidate in found if only is None or candidate.key in only]
    return sorted(wanted, key=lambda candidate: (candidate.origin != "built-in", candidate.key))


def _from_entry_point(point: EntryPoint) -> Candidate:
    origin: Origin = "built-in" if point.value.startswith(_OWN_PACKAGE) else "installed"
    version = point.dist.version if point.dist else ""
    try:
        plugin = point.load()
    except Exception as error:
        # A stranger's module may raise anything at all while it is imported.
        return Candidate(
            key=point.name, origin=origin, version=version, plugin=None, problem=last_line(error)
        )
    return Candidate(key=point.name, origin=origin, version=version, plugin=plugin)


def _from_folder(folder: Path) -> Iterator[Candidate]:
    for path in sorted(folder.glob("*.py")):
        try:
            plugin: ModuleType | None = _import(path)
            problem = ""
        except Exception as error:
            plugin, problem = None, last_line(error)
        yield Candidate(key=path.stem, origin="folder", version="", plugin=plugin, problem=problem)


def _import(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"shortlist_folder_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path.name} is not a Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def last_line(error: BaseException) -> str:
    """The last line of a traceback: what went wrong, without values of variables."""
    return "".join(traceback.format_exception_only(error)).strip().splitlines()[-1][:300]


def new_manager() -> pluggy.PluginManager:
    """A pluggy manager that knows our hooks."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    return manager


def register(manager: pluggy.PluginManager, candidate: Candidate) -> str:
    """Register a plugin; returns why not, or an empty string."""
    plugin = candidate.plugin
    try:
        hash(plugin)
    except TypeError:
        return "The plugin object cannot be hashed: register a module or a plain instance."
    misspelt = [name for name in dir(plugin) if name.startswith("shortlist_") and not hasattr(Hooks, name)]
    if misspelt:
        return f"There is no hook called {misspelt[0]}."
    try:
        manager.register(plugin, name=candidate.key)
        problem = _unusable(manager, plugin)
    except (pluggy.PluginValidationError, ValueError) as error:
        problem = last_line(error)
    if problem and manager.is_registered(plugin):
        manager.unregister(plugin)
    return problem


def _unusable(manager: pluggy.PluginManager, plugin: object | None) -> str:
    callers = manager.get_hookcallers(plugin) or []
    if not callers:
        return "It implements no hook: mark functions with core.sdk.hookimpl."
    for caller in callers:
        if caller.spec is None:
            return f"There is no hook called {caller.name}."
        for implementation in caller.get_hookimpls():
            if implementation.plugin is not plugin or caller.name not in _ASYNC_HOOKS:
                continue
            if not inspect.iscoroutinefunction(implementation.function):
                return f"The hook {caller.name} must be an async function."
    return ""

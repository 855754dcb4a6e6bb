"""Finds plugins and loads them one by one, so that a broken one harms nobody else.

Built-in plugins are found the same way as strangers': by the entry-point group `shortlist`. A folder of
single files or packages serves for trying things out. What is not wanted is not even imported.
"""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Final, Literal, TypeVar

import msgspec
import structlog

from core.log import hide
from core.sdk.hooks import PROJECT

T = TypeVar("T")
Origin = Literal["built-in", "installed", "folder"]
_ORIGINS: Final[tuple[Origin, ...]] = ("built-in", "installed", "folder")
_OWN_PACKAGE: Final = "plugins."
_LONGEST: Final = 300
_log = structlog.stdlib.get_logger()


class BrokenPlugin(Exception):
    """A plugin is not what its hooks promise; the message is the sentence to show."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin that was found; `plugin` is None when it could not be loaded, and `problem` says why."""

    key: str
    origin: Origin
    version: str
    plugin: object | None
    problem: str = ""


class _Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where a plugin can be loaded from."""

    key: str
    origin: Origin
    version: str = ""
    load: Callable[[], object]


def find(plugins_dir: Path | None, only: frozenset[str] | None) -> list[Candidate]:
    """Every plugin, built-ins first, then by name; `only` narrows to these keys.

    A name belongs to whoever comes first: a later plugin of the same name is told so and not loaded.
    """
    sources = [*_installed(), *(_in_folder(plugins_dir) if plugins_dir else ())]
    wanted = [source for source in sources if only is None or source.key in only]
    wanted.sort(key=_rank)
    seen: dict[str, int] = {}
    found = []
    for source in wanted:
        seen[source.key] = seen.get(source.key, 0) + 1
        found.append(_loaded(source) if seen[source.key] == 1 else _namesake(source, seen[source.key]))
    return found


def _rank(source: _Source) -> tuple[bool, str, int]:
    return (source.origin != "built-in", source.key, _ORIGINS.index(source.origin))


def _loaded(source: _Source) -> Candidate:
    plugin, problem = tried(source.load)
    return Candidate(
        key=source.key, origin=source.origin, version=source.version, plugin=plugin, problem=problem
    )


def _namesake(source: _Source, number: int) -> Candidate:
    return Candidate(
        key=f"{source.key} ({source.origin}, {number})",
        origin=source.origin,
        version=source.version,
        plugin=None,
        problem=f"Another plugin is called “{source.key}” already: give this one a name of its own.",
    )


def _installed() -> Iterator[_Source]:
    for point in entry_points(group=PROJECT):
        yield _Source(
            key=point.name,
            origin="built-in" if _is_ours(point) else "installed",
            version=point.dist.version if point.dist else "",
            load=point.load,
        )


def _is_ours(point: EntryPoint) -> bool:
    return bool(point.dist and point.dist.name == PROJECT and point.value.startswith(_OWN_PACKAGE))


def _in_folder(folder: Path) -> Iterator[_Source]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        _log.warning("plugins folder cannot be read", path=str(folder), error=type(error).__name__)
        return
    for path in paths:
        start = path / "__init__.py" if path.is_dir() else path
        if path.name.startswith(("_", ".")) or start.suffix != ".py" or not start.is_file():
            continue
        yield _Source(key=path.stem, origin="folder", load=partial(_import, path.stem, start))


def _import(key: str, start: Path) -> ModuleType:
    places = [str(start.parent)] if start.name == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(
        f"shortlist_folder_{key}", start, submodule_search_locations=places
    )
    if spec is None or spec.loader is None:
        raise BrokenPlugin(f"{start.name} is not a Python module.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[spec.name]
        raise
    return module


def tried(act: Callable[[], T]) -> tuple[T | None, str]:
    """What a stranger's code gives, or None and what went wrong; only Ctrl-C gets through."""
    try:
        return act(), ""
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        # A module may raise anything at all while it is imported, SystemExit included.
        return None, in_one_line(error)


def in_one_line(error: BaseException) -> str:
    """What went wrong in one line, without the secrets this process knows of."""
    try:
        lines = str(error).strip().splitlines()
    except Exception:
        lines = []
    name = "" if isinstance(error, BrokenPlugin) else type(error).__name__
    return hide(": ".join(filter(None, (name, lines[0] if lines else ""))))[:_LONGEST]

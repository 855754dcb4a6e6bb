"""The whole product on one machine: a demo tenant connected over real HTTP to a twin of Greenhouse."""

import importlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
import httpx

from core.cli.serve import database_must_answer, export, must_be_free
from core.cli.stopping import run, stoppable
from core.errors import Broken
from core.settings import Settings, load, make_data_dir

PASSWORD = "correct horse battery"
WEBHOOK_SECRET = "demo-webhook-secret"
PEOPLE = (
    ("Ada Admin", "admin@demo.example", "admin"),
    ("Rae Recruiter", "recruiter@demo.example", "recruiter"),
    ("Hal Manager", "manager@demo.example", "hiring_manager"),
)


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65534),
    default=8300,
    show_default=True,
    help="Port of the web application; the twin takes the next one.",
)
@click.option(
    "--applications",
    type=click.IntRange(min=1),
    default=320,
    show_default=True,
    help="Applications in the twin.",
)
@click.option(
    "--data-dir", type=click.Path(path_type=Path), help="Where the demo keeps its data between runs."
)
def demo(port: int, applications: int, data_dir: Path | None) -> None:
    """Start everything: a Greenhouse twin, a demo team, the worker and the screens. Ctrl-C stops all of it."""
    from core import log

    folder = data_dir or load(os.environ).data_dir.parent / "shortlist-demo"
    settings = load(os.environ, data_dir=folder, port=port)
    log.configure(settings.log_format, "warning")
    must_be_free(settings.host, port, port + 1)
    make_data_dir(settings)
    with stoppable():
        database_must_answer(settings)
        _say("Building the screens if they are not there yet...")
        importlib.import_module("ui.build").ensure_frontend()
        _say(f"Starting a Greenhouse twin with {applications} applications...")
        with _twin(settings, applications) as twin:
            _serve(settings, twin, run(lambda: _prepare(settings, twin)))
    _say("Stopped.")


def _serve(settings: Settings, twin: Any, connection: UUID) -> None:
    stop = threading.Event()

    def sends_webhooks() -> None:
        twin.webhooks(f"{settings.url}/webhooks/{connection}", WEBHOOK_SECRET)

    watcher = threading.Thread(target=_watch, args=(settings, stop, sends_webhooks), daemon=True)
    watcher.start()
    # In a process of its own, so that the twin takes no time of the application it is there to show.
    with _served(settings) as process:
        try:
            code = process.wait()
        finally:
            stop.set()
            watcher.join(5)
    raise Broken(f"The application ended by itself (exit code {code}).", "What it said stands above.")


@contextmanager
def _served(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    export(settings)
    environment = {"SHORTLIST_LOG_LEVEL": "warning", **os.environ}
    command = [sys.executable, "-m", "core.cli", "serve"]
    # A session of its own: a terminal's Ctrl-C reaches it through us, once.
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _say(text: str) -> None:
    click.echo(text, err=True)


def _twin(settings: Settings, applications: int) -> AbstractContextManager[Any]:
    # The twin belongs to a plugin; the core knows it by its address only.
    cast = importlib.import_module("core.sdk.testing.cast")
    seed = importlib.import_module("plugins.greenhouse.twin.seed")
    serve = importlib.import_module("plugins.greenhouse.twin.serve")
    account = seed.seed_account(cast.make_cast(applications=applications), now=_epoch(settings))
    server: AbstractContextManager[Any] = serve.TwinServer(account, port=settings.port + 1)
    return server


def _epoch(settings: Settings) -> datetime:
    """The moment the demo's world was made: the same in every run, so that nothing looks changed."""
    from core.clock import now

    path = settings.data_dir / "demo-epoch"
    if not path.exists():
        path.write_text(now().replace(microsecond=0).isoformat())
    return datetime.fromisoformat(path.read_text())


async def _prepare(settings: Settings, twin: Any) -> UUID:
    """The team and its connection, made through the same services the screens use; once.

    Returns the connection's id.
    """
    from core.app import running
    from core.services import access, connections, members

    async with running(settings, worker=False):
        if not await access.needs_setup():
            admin = await access.actor_from_cookie(await _session())
            assert admin is not None, "the demo's own admin can always sign in"
            return (await connections.list_connections(admin))[0].id
        name, email, _ = PEOPLE[0]
        admin = await access.set_up("Demo Company", name, email, PASSWORD, demo=True)
        for name, email, role in PEOPLE[1:]:
            await members.add_member(admin, name, email, role, PASSWORD)  # type: ignore[arg-type]
        connection = await connections.connect(admin, "greenhouse", credentials(twin))
        choices = await connections.job_choices(admin, connection)
        await connections.configure(
            admin, connection, job_ids=[choice.id for choice in choices if choice.state == "open"]
        )
        return connection


async def _session() -> str:
    from core.services import access

    return f"{access.COOKIE}={await access.sign_in(PEOPLE[0][1], PASSWORD)}"


def credentials(twin: Any) -> dict[str, str]:
    """What an admin would type to connect the twin."""
    return {
        "client_id": twin.client_id,
        "client_secret": twin.client_secret,
        "acting_user": twin.subject_id,
        "webhook_secret": WEBHOOK_SECRET,
        "api_url": f"{twin.url}/v3",
        "token_url": f"{twin.url}/token",
        "files_url": f"http://{twin.files_host}",
    }


def _watch(settings: Settings, stop: threading.Event, answers: Callable[[], None]) -> None:
    """Tell the terminal where things stand until everybody is scored; `answers` is called once we do."""
    begun, first, said = time.monotonic(), False, ""
    with httpx.Client(base_url=settings.url, timeout=10) as client:
        if not _signed_in(client, stop):
            return
        answers()
        _introduce(settings)
        while not stop.wait(2):
            try:
                jobs = client.get("/api/jobs").json()
            except (httpx.HTTPError, ValueError):
                continue
            total = sum(job["total"] for job in jobs)
            scored = sum(sum(job["counts"].values()) for job in jobs)
            if scored and not first:
                first = True
                _say(
                    f"First candidate on the board {time.monotonic() - begun:.0f} s after the server started."
                )
            line = f"{scored} of {total} applications scored"
            if total and line != said:
                said = line
                _say(line)
            if total and scored >= total:
                _say("Everybody is scored. Have a look; Ctrl-C stops the demo.")
                return


def _signed_in(client: httpx.Client, stop: threading.Event) -> bool:
    while not stop.wait(0.5):
        try:
            form = {"email": PEOPLE[0][1], "password": PASSWORD}
            if client.post("/auth/login", data=form).status_code == 303:
                return True
        except httpx.HTTPError:
            continue
    return False


def _introduce(settings: Settings) -> None:
    _say(f"\n  Shortlist is at {settings.url}\n")
    for name, email, role in PEOPLE:
        _say(f"  {role.replace('_', ' '):15} {email:25} password: {PASSWORD}   ({name})")
    _say("")
    sys.stderr.flush()

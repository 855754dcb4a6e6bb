"""A whole instance in processes of its own, connected to a twin, for benchmarks."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from core import log
from core.app import running
from core.cli.demo import credentials
from core.sdk.records import Job, Person
from core.services import access, connections
from core.settings import Settings, load
from core.store import connections as stored
from core.store import jobs, mirror
from plugins.greenhouse.twin.serve import TwinServer

EMAIL, PASSWORD, SECRET = "ada@example.org", "a short sentence", "demo-webhook-secret"
_NOWHERE = {
    "client_id": "benchmark",
    "acting_user": "1",
    "api_url": "http://127.0.0.1:9/v3",
    "token_url": "http://127.0.0.1:9/token",
    "files_url": "http://127.0.0.1:9",
}
"""Settings of an integration whose other side does not answer."""


_FIRST = ("Amara", "Jonas", "Mei", "Tomasz", "Zoya", "Luis", "Ada", "Kofi", "Ingrid", "Pavel")
_LAST = ("Rivera", "Weil", "Tanaka", "Silva", "Haddad", "Okafor", "Lind", "Novak", "Mbeki", "Costa")


async def stored_job() -> tuple[UUID, UUID]:
    """An integration that reads nothing, and one selected job of it, in the tenant at hand."""
    connection = await stored.add(
        "greenhouse", "Greenhouse", settings=_NOWHERE, secrets=b"", account="Benchmark", users=b"[]"
    )
    await stored.enter(connection, "paused", "Nothing is read during the benchmark.")
    await mirror.store_jobs(connection, [Job(id="j1", title="Data Engineer", state="open")])
    job: UUID = (await jobs.of_connection(connection))[0]["id"]
    await jobs.select(connection, [job])
    return connection, job


def somebody(number: int) -> Person:
    """The person of this number, with a name of their own."""
    name = _FIRST[number % 10], f"{_LAST[number // 10 % 10]} {number}"
    return Person(id=f"p{number}", first_name=name[0], last_name=name[1])


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepare(settings: Settings, twin: TwinServer | None) -> tuple[Any, Any]:
    """A tenant with its admin, connected to the twin if there is one; returns (actor, connection)."""
    log.configure("console", "error")
    return asyncio.run(_prepare(settings, twin))


async def _prepare(settings: Settings, twin: TwinServer | None) -> tuple[Any, Any]:
    async with running(settings, worker=False):
        actor = await access.set_up("Benchmark", "Ada", EMAIL, PASSWORD)
        if twin is None:
            return actor, None
        connection = await connections.connect(actor, "greenhouse", credentials(twin))
        choices = await connections.job_choices(actor, connection)
        await connections.configure(actor, connection, job_ids=[c.id for c in choices if c.state == "open"])
        return actor, connection


def settings_in(folder: str) -> Settings:
    """Settings of an instance in a folder of its own, on a free port."""
    return load(data_dir=Path(folder), port=free_port(), log_level="error")


@contextmanager
def served(settings: Settings) -> Iterator[httpx.Client]:
    """`shortlist serve` in a process of its own, with a signed-in client."""
    environment = {
        **os.environ,
        "SHORTLIST_DATA_DIR": str(settings.data_dir),
        "SHORTLIST_PORT": str(settings.port),
        "SHORTLIST_LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "core.cli", "serve"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=settings.url, timeout=30) as client:
            until(lambda: _signed_in(client), 180)
            yield client
    finally:
        process.terminate()
        process.wait(30)


def _signed_in(client: httpx.Client) -> bool:
    try:
        form = {"email": EMAIL, "password": PASSWORD}
        return client.post("/auth/login", data=form).status_code == 303
    except httpx.HTTPError:
        return False


def until(condition: Callable[[], Any], seconds: float, pause: float = 0.2) -> Any:
    """Wait for a condition; raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(pause)
    raise TimeoutError("it did not happen in time")


def all_scored(client: httpx.Client, least: int) -> bool:
    """Whether at least so many applications are on the board and none waits for a score."""
    jobs = client.get("/api/jobs").json()
    heads = [client.get(f"/api/jobs/{job['id']}").json() for job in jobs]
    return sum(job["total"] for job in jobs) >= least and not any(head["scoring"] for head in heads)


def percentile(values: list[float], share: float) -> float:
    """The value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")

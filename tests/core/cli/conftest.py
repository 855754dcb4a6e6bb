"""The command as a process of its own, in a folder of its own, with what it leaves behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest

SECONDS = 90.0


def _hear() -> None:
    """A shell makes what it runs in the background deaf to SIGINT, and nohup to SIGHUP; ours shall hear them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class Command:
    """A running `shortlist ...`; `said` is what it printed so far."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.folder, self.port = folder, _free_port()
        self._output = folder.parent / f"{folder.name}-{self.port}.txt"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SHORTLIST_")}
        given = {"SHORTLIST_DATA_DIR": str(folder), "SHORTLIST_PORT": str(self.port), **environment}
        with self._output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "core.cli", *arguments],
                env=kept | given, stdout=output, stderr=output, cwd=folder.parent, start_new_session=True,
                preexec_fn=_hear,  # noqa: PLW1509
            )  # fmt: skip
        self._seen: dict[int, psutil.Process] = {}

    @property
    def said(self) -> str:
        return self._output.read_text()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def healthy(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for the condition, noting every process that is started meanwhile."""
        end = time.monotonic() + SECONDS
        while not condition():
            assert time.monotonic() < end, self.said
            assert self.process.poll() is None, self.said
            self._look()
            time.sleep(0.05)
        self._look()

    def end(self, number: signal.Signals | None = None) -> int:
        """Send the signal, or none; wait; return the exit code."""
        if number is not None:
            self.process.send_signal(number)
        end = time.monotonic() + SECONDS
        while self.process.poll() is None and time.monotonic() < end:
            self._look()
            time.sleep(0.05)
        return self.process.wait(1)

    def left(self) -> list[str]:
        """Command lines of what it started and what still runs."""
        self._look()
        return [" ".join(found.cmdline()) for found in self._seen.values() if _runs(found)]

    def clean(self) -> None:
        self._look()
        for found in self._seen.values():
            if _runs(found):
                found.kill()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def _look(self) -> None:
        if _runs_pid(self.process.pid):
            for child in psutil.Process(self.process.pid).children(recursive=True):
                self._seen[child.pid] = child
        # PostgreSQL leaves its parent, and is known by its folder.
        for found in psutil.process_iter(["cmdline"]):
            line = found.info["cmdline"] or [""]
            if line[0].endswith("/postgres") and str(self.folder / "pg") in line:
                self._seen[found.pid] = found


def _runs(found: psutil.Process) -> bool:
    try:
        return found.is_running() and found.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _runs_pid(pid: int) -> bool:
    try:
        return _runs(psutil.Process(pid))
    except psutil.Error:
        return False


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


Start = Callable[..., Command]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts `shortlist` with the arguments, and cleans up after it however the test ends."""
    started: list[Command] = []

    def begin(*arguments: str, **environment: str) -> Command:
        command = Command(tmp_path / "data", *arguments, **environment)
        started.append(command)
        return command

    yield begin
    for command in started:
        command.clean()


@pytest.fixture(scope="session")
def screens() -> None:
    """The screens, built before anybody waits for a server."""
    from ui.build import ensure_frontend

    ensure_frontend(quiet=True)

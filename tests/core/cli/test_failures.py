"""What cannot start says in two sentences what happened and what to do, without a traceback."""

import os
import signal
import socket
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.core.cli.conftest import Start

ROOT = Path(__file__).parents[3]


def _refused(said: str) -> bool:
    return "Traceback" not in said and len(said.strip().splitlines()) == 2


def test_a_port_that_another_program_has(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = start("serve", "--port", str(taken.getsockname()[1]))
        assert server.end() == 1
    assert _refused(server.said)
    assert "another program listens there" in server.said


@pytest.mark.parametrize("command", ["serve", "worker", "migrate"])
def test_a_data_directory_that_cannot_be_made(start: Start, tmp_path: Path, command: str) -> None:
    (tmp_path / "file").touch()
    refused = start(command, SHORTLIST_DATA_DIR=str(tmp_path / "file" / "data"))
    assert refused.end() == 1
    assert _refused(refused.said)
    assert "SHORTLIST_DATA_DIR" in refused.said


@pytest.mark.parametrize("url", ["postgresql://owner:secret@127.0.0.1:1/shortlist", "somewhere"])
@pytest.mark.parametrize("command", ["worker", "migrate"])
def test_a_database_that_cannot_be_reached(start: Start, command: str, url: str) -> None:
    refused = start(command, SHORTLIST_DATABASE_URL=url)
    assert refused.end() == 1
    assert _refused(refused.said)
    assert "SHORTLIST_DATABASE_URL" in refused.said
    assert "secret" not in refused.said


@pytest.mark.parametrize("command", ["serve --port 8795", "demo --port 8795"])
def test_the_database_is_asked_for_before_the_screens_are_built(tmp_path: Path, command: str) -> None:
    for package in ("core", "plugins"):
        (tmp_path / package).symlink_to(ROOT / package)
    url = "postgresql://owner:secret@127.0.0.1:1/shortlist"
    done = _bare(tmp_path, *command.split(), SHORTLIST_DATABASE_URL=url)
    assert done.returncode == 1
    assert _refused(done.stderr), done.stderr
    assert "PostgreSQL cannot be reached" in done.stderr


def test_a_misspelt_variable_is_named(start: Start) -> None:
    doctor = start("doctor", SHORTLIST_DATABSE_URL="x")
    assert doctor.end() == 1
    assert "BAD  settings: SHORTLIST_DATABSE_URL is no setting" in doctor.said
    url = "postgresql://owner:secret@127.0.0.1:1/shortlist"
    for command in ("serve", "worker"):
        started = start(command, SHORTLIST_DATABASE_URL=url, SHORTLIST_WORKERS="2")
        assert started.end() == 1
        assert "Warning: SHORTLIST_WORKERS is no setting and does nothing." in started.said
        assert "Perhaps SHORTLIST_WORKER was meant" in started.said


def test_the_doctor_goes_on_after_what_is_broken(start: Start, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    doctor = start("doctor", SHORTLIST_DATA_DIR=str(tmp_path / "file" / "data"))
    assert doctor.end() == 1
    assert "BAD  data directory" in doctor.said
    assert "sentence model" in doctor.said
    assert "Traceback" not in doctor.said


def test_the_doctor_makes_no_database(start: Start) -> None:
    doctor = start("doctor")
    doctor.end()
    assert "not there yet" in doctor.said
    assert not (doctor.folder / "pg").exists()


def test_the_doctor_leaves_a_running_instance_alone(start: Start) -> None:
    worker = start("worker")
    worker.until(lambda: "Working" in worker.said)
    doctor = start("doctor")
    doctor.end()
    assert "schema up to date" in doctor.said
    assert any("/postgres" in line for line in worker.left())
    assert worker.end(signal.SIGTERM) == 0
    assert worker.left() == []


def test_what_is_installed_needs_no_checkout(tmp_path: Path) -> None:
    for package in ("core", "plugins", "ui"):
        (tmp_path / package).symlink_to(ROOT / package)
    done = _bare(tmp_path, "migrate")
    assert done.returncode == 0, done.stderr
    assert "Applied: 0001" in done.stdout


def _bare(folder: Path, *arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    """Run the command with the packages of the folder, and without the checkout."""
    # Without site's own paths: an editable install would bring the checkout back.
    environment = {
        **os.environ,
        "PYTHONPATH": f"{folder}{os.pathsep}{sysconfig.get_path('purelib')}",
        "SHORTLIST_DATA_DIR": str(folder / "data"),
        **given,
    }
    return subprocess.run(
        [sys.executable, "-S", "-P", "-m", "core.cli", *arguments],
        env=environment, capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip

"""Every command that stays ends on a signal with exit code 0, and leaves no process behind."""

import signal

import httpx
import pytest
from websockets.sync.client import connect

from tests.core.cli.conftest import Start


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_worker_stops_its_database(start: Start, number: signal.Signals) -> None:
    worker = start("worker")
    worker.until(lambda: "Working" in worker.said)
    assert any("postgres" in line for line in worker.left())
    assert worker.end(number) == 0
    assert worker.left() == []
    assert "Traceback" not in worker.said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_stops_with_tabs_still_open(start: Start, screens: None, number: signal.Signals) -> None:
    server = start("serve")
    server.until(server.healthy)
    socket = f"ws://127.0.0.1:{server.port}/_event/?EIO=4&transport=websocket"
    with httpx.Client(base_url=server.url) as kept_open, connect(socket) as tab:
        assert kept_open.get("/health").status_code == 200
        assert tab.recv(timeout=10)
        assert server.end(number) == 0
    assert server.left() == []
    assert "Traceback" not in server.said


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_signal_during_the_start_is_not_lost(start: Start, screens: None, command: str) -> None:
    starting = start(command)
    starting.until((starting.folder / "pg").exists)
    assert starting.end(signal.SIGTERM) == 0
    assert starting.left() == []
    assert "Traceback" not in starting.said


def test_what_was_killed_keeps_no_database_alive(start: Start) -> None:
    killed = start("worker")
    killed.until(lambda: "Working" in killed.said)
    killed.process.kill()
    killed.process.wait()
    again = start("worker")
    again.until(lambda: "Working" in again.said)
    assert again.end(signal.SIGTERM) == 0
    assert again.left() == []


def test_the_demo_takes_everything_with_it(start: Start, screens: None) -> None:
    demo = start("demo", "--applications", "5", "--port", "8791", SHORTLIST_PORT="8791")
    demo.until(lambda: "Shortlist is at" in demo.said)
    assert demo.end(signal.SIGINT) == 0
    assert demo.left() == []
    assert "Traceback" not in demo.said

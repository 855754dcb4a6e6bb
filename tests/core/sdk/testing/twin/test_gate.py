import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from core.sdk.testing.twin import CallLog, Fault, FaultBook, Gate, LocalServer, TwinClock

START = datetime(2026, 11, 24, 12, 0, 5, tzinfo=UTC)


class Counter:
    """The smallest application that remembers: answers how often it was called."""

    def __init__(self) -> None:
        self.count = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            while True:
                message = (await receive())["type"]
                await send({"type": f"{message}.complete"})
                if message == "lifespan.shutdown":
                    return
        self.count += 1
        headers = [(b"x-count", str(self.count).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": f"called {self.count} times".encode()})


class Rig:
    def __init__(self) -> None:
        self.app, self.faults, self.calls = Counter(), FaultBook(), CallLog()
        clock = TwinClock(START, frozen=True)
        self.gate = Gate(self.app, faults=self.faults, calls=self.calls, clock=clock)


@pytest.fixture
def rig() -> Rig:
    return Rig()


@pytest.fixture
def server(rig: Rig) -> Iterator[LocalServer]:
    with LocalServer(rig.gate) as running:
        yield running


def raw(server: LocalServer, request: bytes) -> bytes:
    """Every byte that comes back until the server closes the connection."""
    with socket.create_connection((server.host, server.port), timeout=5) as wire:
        wire.sendall(request)
        chunks: list[bytes] = []
        while True:
            try:
                chunk = wire.recv(65536)
            except ConnectionResetError:
                return b"".join(chunks)
            if not chunk:
                return b"".join(chunks)
            chunks.append(chunk)


REQUEST = b"GET /x HTTP/1.1\r\nHost: twin\r\n\r\n"


def test_a_lost_answer_closes_the_connection_without_a_byte_after_the_work(
    rig: Rig, server: LocalServer
) -> None:
    rig.faults.add(Fault(kind="lost"))
    assert raw(server, REQUEST) == b""
    assert rig.app.count == 1
    assert [call.status for call in rig.calls.matching()] == [0]


def test_a_dropped_call_closes_the_connection_before_the_work(rig: Rig, server: LocalServer) -> None:
    rig.faults.add(Fault(kind="drop"))
    assert raw(server, REQUEST) == b""
    assert rig.app.count == 0


def test_a_truncated_answer_announces_more_than_it_sends(rig: Rig, server: LocalServer) -> None:
    rig.faults.add(Fault(kind="truncated"))
    head, _, body = raw(server, REQUEST).partition(b"\r\n\r\n")
    assert b"Content-Length: 14" in head
    assert body == b"called "


def test_header_names_keep_their_case_on_the_wire_and_the_date_is_the_twins(
    rig: Rig, server: LocalServer
) -> None:
    close = REQUEST.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    answer = raw(server, close)
    assert b"\r\nX-Count: 1\r\n" in answer
    assert b"\r\nDate: Tue, 24 Nov 2026 12:00:05 GMT\r\n" in answer


def test_faults_match_method_and_path_in_order_and_are_used_up() -> None:
    book = FaultBook()
    book.add(Fault(kind="status", method="POST", path="^/a", status=500))
    book.add(Fault(kind="status", path="^/a", status=502, skip=1, times=2))
    hit = [book.take("GET", "/a"), book.take("POST", "/a/b"), book.take("GET", "/a"), book.take("POST", "/a")]
    assert [fault and fault.status for fault in hit] == [None, 500, 502, 502]
    assert book.take("GET", "/a") is None


def test_a_path_that_is_no_pattern_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="unterminated"):
        Fault(kind="drop", path="[")


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_in_memory_a_client_sees_what_it_would_see_on_the_wire(rig: Rig) -> None:
    transport = httpx.ASGITransport(rig.gate)
    async with httpx.AsyncClient(transport=transport, base_url="http://twin") as client:
        rig.faults.add(Fault(kind="lost"))
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get("/x")
        rig.faults.add(Fault(kind="hang"))
        with pytest.raises(httpx.ReadTimeout):
            await client.get("/x")
        assert (await client.get("/x")).text == "called 2 times"


def test_a_taken_port_is_told(server: LocalServer, rig: Rig) -> None:
    with pytest.raises(OSError, match="in use"):
        LocalServer(rig.gate, port=server.port).start()

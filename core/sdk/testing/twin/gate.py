"""The door in front of a twin: records calls, makes faults happen, writes header names as the vendor does."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any

import httpx

from core.sdk.testing.twin.calls import Call, CallLog
from core.sdk.testing.twin.faults import Fault, FaultBook

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]
WireCase = Callable[[str], str]

ABORT = "twin.abort"
"""The ASGI extension by which `LocalServer` lets an application cut the TCP connection."""


def title_case(name: str) -> str:
    """`x-request-id` as `X-Request-Id`."""
    return "-".join(part.capitalize() for part in name.split("-"))


class _Answer:
    """An answer held back until it is known what becomes of it."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(bytes(name), bytes(value)) for name, value in message.get("headers", [])]
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


class Gate:
    """An ASGI application around a twin's own; paths below `control` pass untouched and unrecorded.

    Answers carry the time of the twin's clock in `Date`, as every web server's do.
    """

    def __init__(
        self,
        app: AsgiApp,
        *,
        faults: FaultBook,
        calls: CallLog,
        clock: Callable[[], datetime],
        control: str = "/_twin",
        wire_case: WireCase = title_case,
    ) -> None:
        self._app = app
        self._faults = faults
        self._calls = calls
        self._clock = clock
        self._control = control
        self._wire_case = wire_case

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(self._control):
            await self._app(scope, receive, send)
            return
        body = await _read(receive)
        fault = self._faults.take(scope["method"], scope["path"])
        answer = await self._carry_out(scope, body, fault)
        # recorded first: once the connection is gone the server may not let us finish
        self._calls.add(self._record(scope, body, answer.status, fault))
        await self._deliver(scope, receive, send, answer, fault.kind if fault else "")

    async def _carry_out(self, scope: Scope, body: bytes, fault: Fault | None) -> _Answer:
        answer, kind = _Answer(), fault.kind if fault else ""
        if fault and kind == "slow":
            await asyncio.sleep(fault.seconds)
        if fault and kind == "status":
            answer.status, answer.body = fault.status, fault.body.encode()
            answer.headers = [(k.lower().encode(), v.encode()) for k, v in fault.headers.items()]
        elif kind not in {"hang", "drop"}:
            await self._app(scope, _replay(body), answer.send)
        if kind == "lost":
            answer.status = 0
        elif kind == "malformed":
            answer.body = b"<html><body>Bad gateway</body></html>"
        return answer

    async def _deliver(self, scope: Scope, receive: Receive, send: Send, answer: _Answer, kind: str) -> None:
        if kind == "hang":
            await _never(scope, receive)
        elif kind in {"drop", "lost"}:
            await _cut(scope)
        else:
            await self._send(scope, send, answer, truncated=kind == "truncated")

    async def _send(self, scope: Scope, send: Send, answer: _Answer, *, truncated: bool) -> None:
        headers = [
            (self._wire_case(name.decode()).encode(), value)
            for name, value in answer.headers
            if name != b"content-length"
        ]
        headers.append((b"Date", format_datetime(self._clock(), usegmt=True).encode()))
        if answer.status != 204:
            headers.append((b"Content-Length", str(len(answer.body)).encode()))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        if truncated:
            half = answer.body[: len(answer.body) // 2]
            await send({"type": "http.response.body", "body": half, "more_body": True})
            await asyncio.sleep(0.02)  # the half must be on the wire before the connection goes
            await _cut(scope)
            return
        await send({"type": "http.response.body", "body": answer.body})

    def _record(self, scope: Scope, body: bytes, status: int, fault: Fault | None) -> Call:
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if "authorization" in headers:
            headers["authorization"] = headers["authorization"].split(" ")[0]
        return Call(
            at=self._clock(),
            method=scope["method"],
            path=scope["path"],
            query=scope["query_string"].decode(),
            headers=headers,
            body=body.decode("utf-8", "replace"),
            status=status,
            fault=fault.kind if fault else "",
        )


async def _read(receive: Receive) -> bytes:
    chunks = []
    while True:
        message = await receive()
        chunks.append(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return b"".join(chunks)


def _replay(body: bytes) -> Receive:
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _cut(scope: Scope) -> None:
    """Close the connection; without a socket (httpx.ASGITransport) the client is told what it would see."""
    abort = scope.get("extensions", {}).get(ABORT)
    if abort is None:
        raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
    abort()
    await asyncio.sleep(0.01)  # lets the server notice before the application returns


async def _never(scope: Scope, receive: Receive) -> None:
    if scope.get("extensions", {}).get(ABORT) is None:
        raise httpx.ReadTimeout("The twin was told not to answer.")
    while (await receive())["type"] != "http.disconnect":
        pass

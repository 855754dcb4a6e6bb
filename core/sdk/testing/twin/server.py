"""Runs an ASGI application on a local port, in a thread or in the foreground."""

import asyncio
import socket
import threading
from contextlib import suppress
from typing import Any, Self, cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from core.sdk.testing.twin.gate import ABORT, AsgiApp, Receive, Scope, Send


class _Cuttable(H11Protocol):
    """HTTP/1.1 whose application may cut the TCP connection, through the ASGI extension `twin.abort`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inner = cast(AsgiApp, self.app)

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            extensions = {**scope.get("extensions", {}), ABORT: self.transport.abort}
            await inner({**scope, "extensions": extensions}, receive, send)

        self.app = cast(Any, app)


def _config(app: AsgiApp, *, log_level: str) -> uvicorn.Config:
    return uvicorn.Config(
        cast(Any, app),
        http=_Cuttable,
        ws="none",
        lifespan="on",
        log_level=log_level,
        access_log=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
        server_header=False,
        date_header=False,
    )


def listen(host: str, port: int) -> socket.socket:
    """A bound socket, on a free port for 0; raises OSError when the port is taken.

    Naming TCP makes asyncio switch Nagle's delay off for accepted connections.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


class _Announced(uvicorn.Server):
    """A server that says when it accepts connections."""

    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set()


class LocalServer:
    """An application on a free (or given) port of this machine, served by a thread of its own."""

    def __init__(self, app: AsgiApp, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._app = app
        self.host = host
        self._wanted = port
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def start(self) -> None:
        """Return once the application answers; raises OSError when the port is taken."""
        self._socket = listen(self.host, self._wanted)
        self.port = self._socket.getsockname()[1]
        ready = threading.Event()
        self._server = _Announced(_config(self._app, log_level="critical"), ready)
        self._thread = threading.Thread(target=self._run, name=f"twin-{self.port}", daemon=True)
        self._thread.start()
        if not ready.wait(15):
            raise OSError(f"The twin did not start on port {self.port}.")

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(15)
        self._socket.close()

    def _run(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._socket]))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def serve(app: AsgiApp, listener: socket.socket) -> None:
    """Serve in the foreground until interrupted."""
    with listener, suppress(KeyboardInterrupt):  # how people end it
        uvicorn.Server(_config(app, log_level="info")).run(sockets=[listener])

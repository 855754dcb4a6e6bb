from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self

import httpx
import pytest

from plugins.greenhouse.twin.account import Account
from plugins.greenhouse.twin.seed import seed_from_documents
from plugins.greenhouse.twin.serve import TwinServer

START = datetime(2026, 11, 24, 12, 0, 5, tzinfo=UTC)
PEOPLE = ("Mira Sol", "Jonas Weil", "Aki Tanabe", "Lena Brandt", "Omar Haddad", "Ines Duarte", "Tom Price")


class Api:
    """A client of the twin that signs in like any other."""

    def __init__(self, twin: TwinServer, *, sub: str | None = None) -> None:
        self.twin = twin
        self.http = httpx.Client(base_url=twin.url, timeout=10)
        form = {"grant_type": "client_credentials", "sub": twin.subject_id if sub is None else sub}
        answer = self.http.post("/token", auth=(twin.client_id, twin.client_secret), data=form)
        self.headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def call(self, method: str, path: str, *, json: Any = None, **params: Any) -> httpx.Response:
        query = {name.replace("__", "."): value for name, value in params.items()} or None
        return self.http.request(method, f"/v3/{path}", params=query, json=json, headers=self.headers)

    def get(self, path: str, **params: Any) -> list[dict[str, Any]]:
        answer = self.call("GET", path, **params)
        assert answer.status_code == 200, answer.text
        rows: list[dict[str, Any]] = answer.json()
        return rows

    def one(self, path: str, row_id: int) -> dict[str, Any]:
        (row,) = self.get(path, ids=row_id)
        return row

    def ids(self, path: str, **params: Any) -> list[int]:
        return [row["id"] for row in self.get(path, **params)]

    def errors(self, method: str, path: str, *, json: Any = None, **params: Any) -> list[Any]:
        answer = self.call(method, path, json=json, **params)
        assert answer.status_code == 422, answer.text
        errors: list[Any] = answer.json()["errors"]
        return errors

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()


def small_account() -> Account:
    resumes = {
        "Backend Engineer": [(n, f"{n}.txt".replace(" ", "-"), n.encode()) for n in PEOPLE],
        "Sales Lead": [("Mira Sol", "mira-sales.txt", b"sales")],
    }
    jobs = [("Backend Engineer", "<p>Build services.</p>"), ("Sales Lead", "<p>Sell.</p>")]
    return seed_from_documents(jobs, resumes, now=START)


@pytest.fixture
def twin() -> Iterator[TwinServer]:
    with TwinServer(small_account(), start=START) as server:
        yield server


@pytest.fixture
def api(twin: TwinServer) -> Iterator[Api]:
    with Api(twin) as client:
        yield client


class Receiver:
    """A webhook endpoint that keeps what it gets and answers as told, 200 by default."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"
        self.thread = Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    endpoint = Receiver()
    yield endpoint
    endpoint.close()

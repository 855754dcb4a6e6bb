"""A connector at work against the twin, over real HTTP, with time that passes only when told to."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog

from core.sdk import (
    Application,
    ConnectorContext,
    Document,
    Http,
    Job,
    Page,
    Person,
    Selection,
    Stream,
    Token,
    Verdict,
)
from plugins.greenhouse.connector import GreenhouseConnector
from plugins.greenhouse.fields import FIELDS, hosts
from plugins.greenhouse.twin.account import Account
from plugins.greenhouse.twin.seed import seed_from_documents
from plugins.greenhouse.twin.serve import TwinServer

START = datetime(2026, 11, 24, 12, 0, 5, tzinfo=UTC)
ENGINEERS = ("Mira Sol", "Jonas Weil", "Aki Tanabe", "Lena Brandt", "Omar Haddad", "Ines Duarte", "Tom Price")
SELLERS = ("Mira Sol", "Pia Lund")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class MemoryTokens:
    """A token store for one process; counts what was minted."""

    def __init__(self) -> None:
        self.kept: Token | None = None
        self.minted = 0
        self.ends: list[datetime | None] = []

    async def current(
        self, mint: Callable[[Token | None], Awaitable[Token]], *, stale: Token | None = None
    ) -> Token:
        if self.kept is None or (stale is not None and self.kept.access == stale.access):
            self.kept = await mint(self.kept)
            self.minted += 1
            self.ends.append(self.kept.expires_at)
        return self.kept


class SteppingClock:
    """A clock that moves when somebody waits on it; `off` seconds ahead of the twin's."""

    def __init__(self, twin: TwinServer, off: float = 0.0) -> None:
        self._twin = twin
        self.off = off
        self.waits: list[float] = []

    def now(self) -> datetime:
        return self._twin.world.clock() + timedelta(seconds=self.off)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self._twin.advance(seconds)


class Rig:
    """A connector with everything it was given, and short words for what tests do with it."""

    def __init__(self, twin: TwinServer, *, off: float = 0.0, **settings: str) -> None:
        self.twin = twin
        self.settings = settings_for(twin) | settings
        self.clock = SteppingClock(twin, off)
        self.tokens = MemoryTokens()
        self.http = Http(hosts(self.settings), sleep=self.clock.sleep, timeout=5.0)
        self.context = ConnectorContext(
            settings=self.settings,
            http=self.http,
            tokens=self.tokens,
            log=structlog.stdlib.get_logger(),
            now=self.clock.now,
        )
        self.connector = GreenhouseConnector(self.context)

    def job(self, title: str) -> str:
        return next(str(row["id"]) for row in self.twin.rows("jobs") if row["name"] == title)

    def select(self, *titles: str, include_rejected: bool = True) -> Selection:
        return Selection(job_ids=tuple(map(self.job, titles)), include_rejected=include_rejected)

    def application(self, name: str, title: str = "Backend Engineer") -> dict[str, Any]:
        person = self.candidate(name)
        job = int(self.job(title))
        return next(
            row
            for row in self.twin.rows("applications")
            if row["candidate_id"] == person["id"] and row["job_id"] == job
        )

    def candidate(self, name: str) -> dict[str, Any]:
        return next(
            row for row in self.twin.rows("candidates") if f"{row['first_name']} {row['last_name']}" == name
        )

    async def pages(self, stream: Stream, cursor: str = "", selection: Selection | None = None) -> list[Page]:
        return [page async for page in self.connector.read(stream, cursor, selection or Selection())]

    async def read(self, stream: Stream, cursor: str = "", selection: Selection | None = None) -> "Read":
        return Read(await self.pages(stream, cursor, selection), cursor)

    def calls(self, prefix: str = "/v3/", method: str = "") -> list[dict[str, Any]]:
        return self.twin.calls(prefix=prefix, method=method)

    def verdict(self, name: str = "Mira Sol", **change: Any) -> Verdict:
        row = self.application(name)
        values: dict[str, Any] = {
            "key": f"{row['id']}-1",
            "application_id": str(row["id"]),
            "person_id": str(row["candidate_id"]),
            "job_id": str(row["job_id"]),
            "version": 1,
            "score": 78,
            "band": "qualified",
            "band_label": "Qualified",
            "note": "Qualified, 78 of 100.\nPython: met (30 of 30)",
            "link": "https://shortlist.example/applications/1",
            "acting_user_id": self.settings["acting_user"],
        }
        return Verdict(**(values | change))


class Read:
    """What a read brought, by kind and vendor id."""

    def __init__(self, pages: list[Page], cursor: str = "") -> None:
        self.pages = pages
        self.cursor = pages[-1].cursor if pages else cursor
        self.problems = [problem for page in pages for problem in page.problems]
        records = [record for page in pages for record in page.records]
        self.jobs = {r.id: r for r in records if isinstance(r, Job)}
        self.people = {r.id: r for r in records if isinstance(r, Person)}
        self.applications = {r.id: r for r in records if isinstance(r, Application)}
        self.documents = {r.id: r for r in records if isinstance(r, Document)}


def settings_for(twin: TwinServer) -> dict[str, str]:
    return {field.name: field.default for field in FIELDS if field.default} | {
        "client_id": twin.client_id,
        "client_secret": twin.client_secret,
        "acting_user": twin.subject_id,
        "api_url": f"{twin.url}/v3",
        "token_url": f"{twin.url}/token",
        "files_url": f"http://{twin.files_host}",
    }


def small_account() -> Account:
    """Two jobs; Mira applied to both."""
    resumes = {
        "Backend Engineer": [(n, f"{n}.txt".replace(" ", "-"), f"Resume of {n}".encode()) for n in ENGINEERS],
        "Sales Lead": [(n, f"{n}-sales.txt".replace(" ", "-"), b"Sold things.") for n in SELLERS],
    }
    jobs = [("Backend Engineer", "<p>Build services.</p>"), ("Sales Lead", "<p>Sell.</p>")]
    return seed_from_documents(jobs, resumes, now=START)


def crowd(applications: int) -> Account:
    """One job with many applications."""
    people = [(f"Person {n:05d}", f"cv-{n}.txt", b"resume") for n in range(applications)]
    return seed_from_documents(
        [("Backend Engineer", "<p>Build.</p>")], {"Backend Engineer": people}, now=START
    )


@pytest.fixture
def twin() -> Iterator[TwinServer]:
    with TwinServer(small_account(), start=START) as server:
        yield server


@pytest.fixture
async def rig(twin: TwinServer) -> AsyncIterator[Rig]:
    made = Rig(twin)
    yield made
    await made.http.close()


MakeRig = Callable[..., Rig]


@pytest.fixture
async def make_rig(twin: TwinServer) -> AsyncIterator[MakeRig]:
    """Connectors with other settings or clocks, closed at the end."""
    made: list[Rig] = []

    def make(*, server: TwinServer | None = None, off: float = 0.0, **settings: str) -> Rig:
        made.append(Rig(server or twin, off=off, **settings))
        return made[-1]

    yield make
    for one in made:
        await one.http.close()


def header_of(call: Mapping[str, Any], name: str) -> str:
    return str(call["headers"].get(name, ""))


@pytest.fixture(name="crowd")
def _crowd() -> Iterator[TwinServer]:
    """A twin whose first job takes three pages to read, and that has a second one."""
    account = crowd(1100)
    with TwinServer(account, start=START) as server:
        server.configure(rate_limit=False)
        server.act("open_job", title="Side Job", content="<p>Something else.</p>")
        yield server

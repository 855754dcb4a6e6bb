"""The whole product below HTTP, connected over real HTTP to a twin of Greenhouse."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import UUID

import docx
import msgspec
import pytest

from core.app import running
from core.services import access, connections, jobs
from core.services.access import Actor
from core.settings import load
from plugins.greenhouse.twin.seed import seed_from_documents
from plugins.greenhouse.twin.serve import TwinServer

SECRET = "a webhook secret"
JOB = """<h2>What you will do</h2><p>Keep our data pipelines running.</p>
<h2>What you bring</h2><ul><li>At least 3 years of experience with Python</li>
<li>Strong SQL skills</li><li>Bachelor's degree in Computer Science</li><li>English at C1 level</li></ul>
<h2>Nice to have</h2><ul><li>Kafka</li></ul><h2>We offer</h2><ul><li>Free fruit</li></ul>"""
STRONG = """Mira Sol
mira.sol@example.org
Experience
Data Engineer, Quay Systems, 01/2018 - present
Built data pipelines in Python for eight years and tuned SQL queries for finance.
Ran Kafka clusters that carry all orders.
Education
Bachelor of Science in Computer Science, Harbour University
Languages: English (C2), German (B1)"""
WEAK = """Jonas Weil
jonas.weil@example.org
Experience
Bartender, The Blue Door, 03/2019 - present
Served guests on busy nights and trained two new colleagues.
Education
High school
Languages: German (native), English (A2)"""


def document(text: str) -> bytes:
    """A real DOCX of the text."""
    made = docx.Document()
    for line in text.splitlines():
        made.add_paragraph(line)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


class World(msgspec.Struct, frozen=True, kw_only=True):
    """A connected tenant and the twin on the other side."""

    actor: Actor
    connection: UUID
    job: UUID
    twin: TwinServer


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def twin() -> Any:
    account = seed_from_documents(
        [("Data Engineer", JOB), ("Secret Project", "")],
        {
            "Data Engineer": [
                ("Mira Sol", "mira.docx", document(STRONG)),
                ("Jonas Weil", "jonas.docx", document(WEAK)),
                ("Scan Ner", "scan.pdf", b"%PDF-1.4 this is damaged"),
            ],
            "Secret Project": [
                ("Aki Tanabe", "aki.docx", document(STRONG.replace("Mira Sol", "Aki Tanabe")))
            ],
        },
    )
    with TwinServer(account) as server:
        server.configure(rate_limit=False)
        yield server


@pytest.fixture(scope="module")
async def instance(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[None]:
    settings = load({}, data_dir=tmp_path_factory.mktemp("sl"))
    async with running(settings, worker=True):
        yield


@pytest.fixture(scope="module")
async def world(instance: None, twin: TwinServer) -> World:
    actor = await access.add_tenant("Quay", "Chiara Lenz", "chiara@example.org", "a short sentence")
    return await connected(actor, twin)


async def connected(actor: Actor, twin: TwinServer) -> World:
    """Connect the tenant to the twin and wait until everything is scored."""
    connection = await connections.connect(actor, "greenhouse", credentials(twin))
    choices = await connections.job_choices(actor, connection)
    await connections.configure(actor, connection, job_ids=[choice.id for choice in choices])
    await until(lambda: _scored(actor))
    job = next(choice.id for choice in choices if choice.title == "Data Engineer")
    return World(actor=actor, connection=connection, job=job, twin=twin)


def credentials(twin: TwinServer) -> dict[str, str]:
    return {
        "client_id": twin.client_id,
        "client_secret": twin.client_secret,
        "acting_user": twin.subject_id,
        "webhook_secret": SECRET,
        "api_url": f"{twin.url}/v3",
        "token_url": f"{twin.url}/token",
        "files_url": f"http://{twin.files_host}",
    }


async def _scored(actor: Actor) -> bool:
    rows = await jobs.list_jobs(actor)
    heads = [await jobs.get_job(actor, row.id) for row in rows]
    return bool(rows) and sum(row.total for row in rows) >= 4 and not any(head.scoring for head in heads)


async def until(condition: Callable[[], Awaitable[Any]], seconds: float = 150) -> Any:
    """Wait for something other parts of the product do by themselves."""
    async with asyncio.timeout(seconds):
        while not (found := await condition()):  # noqa: ASYNC110  # other processes do it, without telling us
            await asyncio.sleep(0.1)
        return found


def our_notes(twin: TwinServer) -> list[str]:
    """The markers of our notes in the twin, one per note."""
    lines = [str(row["body"]).rstrip().rpartition("\n")[2] for row in twin.rows("notes")]
    return [line for line in lines if line.startswith("Shortlist ref")]


@pytest.fixture(name="until")
def wait_until() -> Callable[..., Awaitable[Any]]:
    return until


@pytest.fixture
def notes(twin: TwinServer) -> Callable[[], list[str]]:
    return lambda: our_notes(twin)


@pytest.fixture(scope="module")
def connect() -> Callable[[Actor, TwinServer], Awaitable[World]]:
    return connected

"""A small tenant with a scored job, made with the product's own parts, for tests of the screens' state."""

import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
import reflex as rx
from reflex.istate.data import HeaderData, RouterData

from core.app import running
from core.domain.words import category_for
from core.screening import Identity, Submission, Thresholds, conclude, prepare
from core.screening.cards import card_of
from core.sdk.records import Application, Document, Education, Employment, Job, Person
from core.sdk.scorer import Evidence, Judgement, Requirement, Rubric
from core.services import access, members
from core.services.access import Actor
from core.settings import load
from core.store import connections, documents, jobs, mirror, scores
from core.store.scope import tenant

APPLIED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
RESUME = """{name}
Summary
Data engineer who builds pipelines that keep running, and who writes down how and why.
Experience
Data Engineer, Kestrel Freight, 2020 - present. Led the Apache Spark pipelines that load 40 TB a day.
Wrote queries in SQL for the finance team every week.
"""
REQUIREMENTS = (
    Requirement(
        id="r1", text="Apache Spark, 3 years", category="hard_skill", must_have=True, weight=6,
        sentence="At least 3 years of Apache Spark", years=3.0,
    ),
    Requirement(id="r2", text="SQL", category="hard_skill", must_have=True, weight=3),
    Requirement(id="r3", text="A degree in Computer Science", category="education", must_have=False, weight=1),
)  # fmt: skip
PEOPLE = (("Amara Rivera", ("met", "met")), ("Jonas Weil", ("met", "not_stated")), ("Mei Tanaka", ()))
"""Name, and how Spark and SQL are judged; without judgements the resume could not be read."""


class World(msgspec.Struct, frozen=True, kw_only=True):
    """What the tests need to know about the tenant."""

    admin: Actor
    manager: Actor
    cookie: str
    manager_cookie: str
    connection: UUID
    job: UUID
    applications: dict[str, UUID]


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    settings = load({}, data_dir=tmp_path_factory.mktemp("ui"))
    async with running(settings, worker=False):
        admin = await access.set_up("Northquay", "Chiara Lenz", "chiara@example.org", "a short sentence")
        await members.add_member(
            admin, "Dmitri Vogel", "dmitri@example.org", "hiring_manager", "a short sentence"
        )
        cookie = await _signed_in("chiara@example.org")
        manager_cookie = await _signed_in("dmitri@example.org")
        manager = await access.actor_from_cookie(manager_cookie)
        assert manager is not None
        connection, job, applications = await _screened(admin)
        yield World(
            admin=admin,
            manager=manager,
            cookie=cookie,
            manager_cookie=manager_cookie,
            connection=connection,
            job=job,
            applications=applications,
        )


async def _signed_in(email: str) -> str:
    return f"{access.COOKIE}={await access.sign_in(email, 'a short sentence')}"


async def _screened(actor: Actor) -> tuple[UUID, UUID, dict[str, UUID]]:
    async with tenant(actor.tenant_id):
        connection = await connections.add(
            "greenhouse", "Greenhouse", settings={}, secrets=b"", account="Northquay", users=b"[]"
        )
        await connections.enter(connection, "active", "Everything is in sync.")
        await mirror.store_jobs(
            connection, [Job(id="j1", title="Data Engineer", state="open", location="Berlin")]
        )
        job = (await jobs.of_connection(connection))[0]["id"]
        await jobs.select(connection, [job])
        rubric = await scores.add_rubric(job, REQUIREMENTS, source_digest="", member=None)
        await mirror.store_people(connection, [_person(n, name) for n, (name, _) in enumerate(PEOPLE)])
        await mirror.store_applications(connection, [application_record(n) for n in range(len(PEOPLE))])
        await mirror.store_documents(connection, [_document(n) for n in range(len(PEOPLE))])
        due = {entry.name: entry for entry in await _all_due(connection, job)}
        for name, matches in PEOPLE:
            await _score(due[name], rubric.id, name, matches)
    return connection, job, {name: entry.id for name, entry in due.items()}


def _person(number: int, name: str) -> Person:
    first, _, last = name.partition(" ")
    return Person(
        id=f"p{number}",
        first_name=first,
        last_name=last,
        emails=(f"{first.lower()}@example.org",),
        employments=(
            Employment(company="Kestrel Freight", title="Data Engineer", start="2020-01", current=True),
        ),
        educations=(Education(school="University of Porto", degree="BSc", discipline="Mathematics"),),
    )


def application_record(number: int) -> Application:
    return Application(
        id=f"a{number}",
        job_id="j1",
        person_id=f"p{number}",
        state="active",
        status_name="Review",
        applied_at=APPLIED,
    )


def _document(number: int) -> Document:
    return Document(
        id=f"d{number}", person_id=f"p{number}", application_id=f"a{number}", kind="resume",
        filename=f"resume-{number}.pdf", reference=f"r{number}",
    )  # fmt: skip


async def _all_due(connection: UUID, job: UUID) -> list[scores.Due]:
    for wanted in await documents.wanted(connection, 50):
        number = int(wanted.record.id[1:])
        name, matches = PEOPLE[number]
        text = RESUME.format(name=name) if matches else ""
        reading = "read" if matches else "scanned"
        explanation = "" if matches else "The file holds pictures of pages, without any text."
        sha256 = hashlib.sha256(name.encode()).hexdigest()
        await documents.keep_text(
            documents.Text(
                sha256=sha256, reading=reading, kind="pdf", pages=1, text=text, lines=[], hidden=[],
                explanation=explanation,
            )
        )  # fmt: skip
        await documents.kept(
            wanted.id, sha256=sha256, size=2048, media_type="application/pdf", reading=reading,
            explanation=explanation,
        )  # fmt: skip
    return await scores.due(job, 50)


async def _score(due: scores.Due, rubric: UUID, name: str, matches: Sequence[str]) -> None:
    text = RESUME.format(name=name) if matches else ""
    prepared = prepare(
        Submission(
            id=str(due.id), texts={"resume": text} if text else {},
            identity=Identity(names=(name,), emails=(), phones=(), links=()),
            as_of=APPLIED.date(), unreadable=not matches,
        )
    )  # fmt: skip
    judged = _judgements(prepared.material.sources[0].text, matches) if matches else None
    assessed = conclude(Rubric(requirements=REQUIREMENTS), prepared, judged, Thresholds())
    sheet = assessed.sheet
    await scores.add(
        due.id, rubric=rubric, scorer="rubric", scorer_version="1", input_digest=prepared.seen.digest,
        status=sheet.status, score=sheet.score, band=sheet.band, sheet=msgspec.json.encode(assessed),
    )  # fmt: skip
    await scores.settle(
        due.id, wanted=due.wanted, score=sheet.score, band=sheet.band, category=category_for(sheet.band),
        card=msgspec.json.encode(card_of(REQUIREMENTS, sheet)), changed=True,
    )  # fmt: skip


def _judgements(text: str, matches: Sequence[str]) -> list[Judgement]:
    words = ("Apache Spark pipelines", "queries in SQL")
    found = [
        Judgement(
            requirement_id=f"r{n}", match=match, reason="The text says so.", evidence=_quoted(text, quote)
        )  # type: ignore[arg-type]
        if match == "met"
        else Judgement(requirement_id=f"r{n}", match="not_stated", reason="Not mentioned.")
        for n, (match, quote) in enumerate(zip(matches, words, strict=True), start=1)
    ]
    return [*found, Judgement(requirement_id="r3", match="not_stated", reason="Not mentioned.")]


def _quoted(text: str, quote: str) -> tuple[Evidence, ...]:
    start = text.index(quote)
    return (Evidence(source="resume", quote=quote, start=start, end=start + len(quote)),)


Tab = Callable[..., Any]


@pytest.fixture
def tab() -> Tab:
    """Opens a state as a browser tab with these cookies and this address would."""

    def opened(state: type[rx.State], cookie: str = "", **route: str) -> Any:
        root = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]
        found = root.get_substate(state.get_full_name().split("."))
        root.router = RouterData.from_router_data({"headers": {"cookie": cookie}, "token": "tab-1"})
        root.rx_router_headers = HeaderData(cookie=cookie)  # type: ignore[attr-defined]
        for name, value in route.items():
            setattr(found, name, value)
        return found

    return opened


@pytest.fixture
def root() -> Path:
    return Path(__file__).parents[2]

"""Calibration reads decisions as they were made: the score of that moment, and nothing that was taken back."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from core.app import running
from core.clock import new_id, now
from core.errors import NotAllowed
from core.screening import Assessed, ScoreSheet
from core.sdk.records import Application, Job, Person
from core.services import access, board, calibrating
from core.services.access import Actor
from core.settings import load
from core.store import connections, jobs, mirror, scores
from core.store.engine import many
from core.store.scope import tenant

pytestmark = pytest.mark.anyio
PEOPLE = 101
NOWHERE = {
    "client_id": "none", "acting_user": "1", "api_url": "http://127.0.0.1:9/v3",
    "token_url": "http://127.0.0.1:9/token", "files_url": "http://127.0.0.1:9",
}  # fmt: skip


@pytest.fixture(scope="module")
async def team(
    tmp_path_factory: pytest.TempPathFactory, anyio_backend: str
) -> AsyncIterator[tuple[Actor, Any]]:
    """A hundred and one applications, scored 0 to 100 yesterday and 50 today, of which nobody decided."""
    async with running(load({}, data_dir=tmp_path_factory.mktemp("sl")), worker=False):
        actor = await access.set_up("Quay", "Chiara Lenz", "chiara@example.org", "a short sentence")
        async with tenant(actor.tenant_id):
            connection = await connections.add(
                "greenhouse", "Greenhouse", settings=NOWHERE, secrets=b"", account="Quay", users=b"[]"
            )
            await mirror.store_jobs(connection, [Job(id="j1", title="Data Engineer", state="open")])
            job = (await jobs.of_connection(connection))[0]["id"]
            await jobs.select(connection, [job])
            rubric = await scores.add_rubric(job, (), source_digest="", member=None)
            await mirror.store_people(
                connection, [Person(id=f"p{n}", first_name="A", last_name=f"B{n}") for n in range(PEOPLE)]
            )
            await mirror.store_applications(
                connection,
                [
                    Application(id=f"a{n}", job_id="j1", person_id=f"p{n}", state="active")
                    for n in range(PEOPLE)
                ],
            )
            due = sorted(await scores.due(job, PEOPLE), key=lambda entry: int(entry.external_id[1:]))
            await _scored(
                [(entry.id, n) for n, entry in enumerate(due)], rubric.id, "then", timedelta(days=-1)
            )
        yield actor, [entry.id for entry in due]


async def _scored(found: list[tuple[Any, int]], rubric: Any, digest: str, when: timedelta) -> None:
    await many(
        "INSERT INTO score (id, application, rubric, scorer, input_digest, status, score, created_at, sheet) "
        "VALUES ($1, $2, $3, 'rubric', $4, 'scored', $5, $6, $7::jsonb)",
        [
            (new_id(), application, rubric, digest, score, now() + when, _sheet(score))
            for application, score in found
        ],
    )


def _sheet(score: int) -> str:
    sheet = ScoreSheet(status="scored", score=score, band="qualified", confidence=1.0, flags=(), results=())
    return msgspec.json.encode(Assessed(sheet=sheet)).decode()


async def test_nothing_is_said_before_enough_was_decided_and_then_by_the_score_of_that_moment(
    team: Any,
) -> None:
    actor, applications = team
    for score, application in enumerate(applications[:99]):
        await board.move(actor, application, "qualified" if score >= 55 else "not_qualified")
    last = await board.move(actor, applications[99], "qualified")
    await board.undo(actor, last.decision_id)
    await board.move(actor, applications[100], "needs_a_look")
    assert await calibrating.calibration(actor) is None
    await board.move(actor, applications[99], "qualified")
    async with tenant(actor.tenant_id):
        rubric = (await scores.latest(applications[0])) or {}
        assert rubric["score"] == 0
        job_rubric = await scores.rubric((await jobs.listed("", True))[0]["id"])
        assert job_rubric is not None
        await _scored([(each, 50) for each in applications], job_rubric.id, "now", timedelta(hours=1))
    found = await calibrating.calibration(actor)
    assert found is not None
    assert found.decided == 100
    assert [(r.first, r.decided, r.qualified) for r in found.ranges] == [
        (first, 10, 10 if first > 50 else 5 if first == 50 else 0) for first in range(0, 100, 10)
    ]


async def test_it_is_not_for_hiring_managers(team: Any) -> None:
    with pytest.raises(NotAllowed):
        await calibrating.calibration(msgspec.structs.replace(team[0], role="hiring_manager"))

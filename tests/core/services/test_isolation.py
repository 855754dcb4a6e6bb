"""Row-level security, proved on every table with two tenants that both have rows in it."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from core.clock import new_id, now
from core.errors import Broken, NotAllowed, NotFound
from core.jobs.queue import enqueue
from core.services import access, audits, board, comments, connections, jobs, members, profiles
from core.services.access import Actor
from core.store import channels, events, scope, scorers
from core.store.engine import one, rows, value
from core.store.tables import TABLES, UNTENANTED

pytestmark = pytest.mark.anyio
GUARDED = sorted(table._meta.tablename for table in TABLES if table._meta.tablename not in UNTENANTED)

FOR_THE_AUDIT = {"demographic"}
"""What the application's own role may not even look at; the audit's role is as bound to its tenant."""
FOR_GOOD = {"audit", "decision", "receipt", "rubric", "score", "shadow_score"}
"""What is written once and neither changed nor deleted, by anybody."""


@pytest.fixture(scope="module")
async def two(world: Any, connect: Any) -> tuple[Actor, Actor]:
    other = await access.add_tenant("Harbour", "Omar Haddad", "omar@example.org", "a short sentence")
    await connect(other, world.twin)
    for actor in (world.actor, other):
        await _fill(actor)
    return world.actor, other


async def _fill(actor: Actor) -> None:
    """A row in every table, by way of the services where they make one."""
    job = (await jobs.list_jobs(actor))[0].id
    card = next(card for column in await board.columns(actor, job) for card in column.cards)
    await board.move(actor, card.id, "qualified")
    await comments.add_comment(actor, card.id, "Hello")
    await audits.import_answers(actor, f"application_id,sex,race_ethnicity\n{card.id},female,asian".encode())
    async with scope.tenant(actor.tenant_id):
        connection = await value("SELECT id FROM connection LIMIT 1")
        await rows(
            "INSERT INTO plugin_setting (id, plugin, enabled, changed_at) VALUES ($1, 'x', true, $2)",
            new_id(),
            now(),
        )
        await rows(
            "INSERT INTO sync_problem (id, connection, reference, message, seen_at) VALUES ($1, $2, 'r', 'm', $3)",
            new_id(), connection, now(),
        )  # fmt: skip
        await rows(
            "INSERT INTO delivery (id, connection, dedupe_key, body, received_at) VALUES ($1, $2, 'k', '', $3)",
            new_id(), connection, now(),
        )  # fmt: skip
        await _on_its_way()
        await _second_opinion()


async def _second_opinion() -> None:
    """A scorer that is set up but not in use, and what another one said beside a score."""
    await scorers.save("x", {}, b"")
    found = await one("SELECT id, application FROM score LIMIT 1")
    assert found is not None
    await rows(
        "INSERT INTO shadow_score (id, application, beside, scorer, created_at) VALUES ($1, $2, $3, 'x', $4)",
        new_id(), found["application"], found["id"], now(),
    )  # fmt: skip


async def _on_its_way() -> None:
    """A notice that has been sent, and an event whose job waits, so that the worker leaves both alone."""
    channel = await channels.save("x", {}, b"")
    notice = await value("SELECT id FROM notification LIMIT 1")
    await rows(
        "INSERT INTO sending (id, notification, channel, state, due_at) VALUES ($1, $2, $3, 'sent', $4)",
        new_id(), notice, channel, now(),
    )  # fmt: skip
    await events.add([("application_scored", b"{}")])
    await enqueue("tell", scope.current_tenant(), delay=3600)


async def _eyes(table: str) -> None:
    """Look at the table as the role that may."""
    if table in FOR_THE_AUDIT:
        await rows("SET LOCAL ROLE shortlist_audit")


@pytest.mark.parametrize("table", GUARDED)
async def test_a_tenant_sees_its_own_rows_and_no_others(two: tuple[Actor, Actor], table: str) -> None:
    for actor in two:
        async with scope.tenant(actor.tenant_id):
            await _eyes(table)
            owners = {row["tenant_id"] for row in await rows(f"SELECT DISTINCT tenant_id FROM {table}")}
        assert owners == {actor.tenant_id}


@pytest.mark.parametrize("table", GUARDED)
async def test_without_a_tenant_there_is_nothing_to_see(two: tuple[Actor, Actor], table: str) -> None:
    async with scope.nobody():
        await _eyes(table)
        assert await value(f"SELECT count(*) FROM {table}") == 0


@pytest.mark.parametrize("verb", ["UPDATE {} SET tenant_id = tenant_id", "DELETE FROM {}"])
@pytest.mark.parametrize("table", GUARDED)
async def test_nothing_of_another_tenant_can_be_changed_or_deleted(
    two: tuple[Actor, Actor], table: str, verb: str
) -> None:
    mine, other = two
    statement = f"{verb.format(table)} WHERE tenant_id = $1 RETURNING id"
    async with scope.tenant(mine.tenant_id):
        await _eyes(table)
        if table in FOR_GOOD:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await rows(statement, other.tenant_id)
            return
        assert await rows(statement, other.tenant_id) == []


@pytest.mark.parametrize("table", sorted(set(GUARDED) - FOR_GOOD))
async def test_no_row_can_be_given_to_another_tenant(two: tuple[Actor, Actor], table: str) -> None:
    mine, other = two
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with scope.tenant(mine.tenant_id):
            await _eyes(table)
            await rows(f"UPDATE {table} SET tenant_id = $1", other.tenant_id)


@pytest.mark.parametrize("table", GUARDED)
async def test_no_row_can_be_put_into_another_tenant(two: tuple[Actor, Actor], table: str) -> None:
    mine, other = two
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with scope.tenant(mine.tenant_id):
            await _eyes(table)
            await rows(
                f"INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, to_jsonb(t) || "
                f"jsonb_build_object('id', $1::uuid, 'tenant_id', $2::uuid))).* FROM {table} t LIMIT 1",
                new_id(),
                other.tenant_id,
            )


async def test_every_table_is_guarded_or_listed_as_an_exception(two: tuple[Actor, Actor]) -> None:
    async with scope.nobody():
        found = await rows(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "AND NOT relrowsecurity AND relname NOT LIKE 'procrastinate%' AND relname <> 'migration'"
        )
    assert {row["relname"] for row in found} == UNTENANTED


async def test_a_scope_cannot_cross_into_another(two: tuple[Actor, Actor]) -> None:
    mine, other = two
    with pytest.raises(Broken):
        async with scope.tenant(mine.tenant_id), scope.tenant(other.tenant_id):
            pass


async def test_the_audit_log_cannot_be_rewritten(two: tuple[Actor, Actor]) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with scope.tenant(two[0].tenant_id):
            await rows("UPDATE audit SET actor = 'somebody else'")


async def test_services_answer_ids_of_another_tenant_with_not_found(two: tuple[Actor, Actor]) -> None:
    mine, other = two
    job = (await jobs.list_jobs(other))[0].id
    card = next(card for column in await board.columns(other, job) for card in column.cards)
    connection = (await connections.list_connections(other))[0].id
    member = (await members.list_members(other))[0].id
    assert sum(column.total for column in await board.columns(mine, job)) == 0
    for attempt in (
        jobs.get_job(mine, job),
        profiles.profile(mine, card.id),
        board.move(mine, card.id, "qualified"),
        comments.add_comment(mine, card.id, "x"),
        connections.connection(mine, connection),
        connections.disconnect(mine, connection, erase=True),
        members.set_active(mine, member, False),
    ):
        with pytest.raises(NotFound):
            await attempt


async def test_roles_end_where_they_should(two: tuple[Actor, Actor]) -> None:
    admin = two[0]
    manager = Actor(**{**{f: getattr(admin, f) for f in admin.__struct_fields__}, "role": "hiring_manager"})
    job = (await jobs.list_jobs(manager))[0].id
    card: UUID = next(card.id for column in await board.columns(manager, job) for card in column.cards)
    for attempt in (
        board.move(manager, card, "qualified"),
        connections.list_connections(manager),
        members.list_members(manager),
    ):
        with pytest.raises(NotAllowed):
            await attempt

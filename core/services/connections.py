"""Integrations: connecting an ATS with a check first, choosing jobs, keeping it going, letting go of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.clock import now
from core.domain.words import CATEGORIES
from core.errors import Conflict, Invalid, NotFound, ShortlistError
from core.jobs.queue import enqueue
from core.sdk.connector import Selection
from core.sdk.errors import ConnectorError
from core.sdk.fields import Field
from core.services import credentials, plugin_settings
from core.services.access import Actor, require
from core.services.connecting import (
    entry_for,
    opened,
    readable,
    subscriptions_of,
)
from core.services.runtime import runtime
from core.services.sync import store
from core.store import connections, jobs, mirror, records
from core.store.connections import ConnectionRow
from core.store.scope import tenant


class JobChoice(msgspec.Struct, frozen=True, kw_only=True):
    """A job of the ATS that may be tracked."""

    id: UUID
    title: str
    location: str
    state: str
    applications: int | None
    selected: bool


class StreamProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far one kind of object has been read; `total` is None while nobody knows."""

    label: str
    done: int
    total: int | None
    problems: int


class ConnectionView(msgspec.Struct, frozen=True, kw_only=True):
    """An integration as its page shows it. Secrets never leave: only whether they are set."""

    id: UUID
    connector_key: str
    title: str
    account: str
    state: str
    state_text: str
    fix: str
    since: datetime
    last_synced_at: datetime | None
    waiting_until: datetime | None
    progress: tuple[StreamProgress, ...]
    problems: tuple[tuple[str, str], ...]
    jobs_selected: int
    include_rejected: bool
    write_back: bool
    acting_user: str
    webhook_url: str
    webhook_seen_at: datetime | None
    webhook_steps: tuple[str, ...]
    webhook_events: tuple[str, ...]
    values: dict[str, str]
    secret_set: dict[str, bool]
    unreadable: bool
    """Whether the key of the stored credentials is lost, so that they have to be entered again."""
    fields: tuple[Field, ...]


async def connect(actor: Actor, connector_key: str, values: Mapping[str, str]) -> UUID:
    """Check once more, save, and read the list of jobs so that some can be chosen.

    Raises Invalid when the credentials do not work or a needed permission is missing, Conflict for a
    second connection to the same account.
    """
    require(actor, "manage")
    entry = await entry_for(actor.tenant_id, connector_key)
    settings = await credentials.complete(actor, entry, values, None)
    account = await credentials.usable(actor, entry, settings)
    public, secret = plugin_settings.split(entry.fields, settings)
    async with tenant(actor.tenant_id):
        for row in await connections.every():
            if row.connector == entry.key and row.account == account.name and row.state != "disconnected":
                raise Conflict(f"{entry.title} ({account.name}) is connected already.", "Open it instead.")
        connection = await connections.add(
            entry.key,
            entry.title,
            settings=public,
            secrets=runtime().vault.seal(actor.tenant_id, secret),
            account=account.name,
            users=msgspec.json.encode(account.users),
        )
        await records.audit(actor.email, "integration added", str(connection), {"connector": entry.key})
    await _read_jobs(actor, connection)
    return connection


async def _read_jobs(actor: Actor, connection: UUID) -> None:
    try:
        async with opened(actor.tenant_id, connection) as at_work:
            async for page in at_work.connector.read("jobs", "", Selection()):
                async with tenant(actor.tenant_id):
                    await store(connection, page.records)
                    await mirror.note_problems(connection, page.problems)
    except ConnectorError as error:
        async with tenant(actor.tenant_id):
            await connections.remove(connection)
        raise Invalid(error.message, error.hint) from error


async def job_choices(actor: Actor, connection_id: UUID) -> tuple[JobChoice, ...]:
    """The jobs of the ATS, open ones first."""
    require(actor, "manage")
    async with tenant(actor.tenant_id):
        await _row(connection_id)
        found = await jobs.of_connection(connection_id)
    return tuple(JobChoice(**row) for row in found if row["state"] != "draft" or row["selected"])


async def configure(
    actor: Actor,
    connection_id: UUID,
    *,
    job_ids: Sequence[UUID],
    include_rejected: bool = True,
    write_back: bool = True,
) -> None:
    """Choose what is tracked and start reading it."""
    require(actor, "manage")
    if not job_ids:
        raise Invalid("Choose at least one job.", fields={"jobs": "Choose at least one job."})
    async with tenant(actor.tenant_id):
        row = await _row(connection_id)
        await jobs.select(connection_id, job_ids)
        await connections.change(connection_id, include_rejected=include_rejected, write_back=write_back)
        if row.state in {"new", "disconnected"}:
            await connections.enter(connection_id, "syncing", "Reading jobs, candidates and resumes.")
        await enqueue("sync", connection_id)
        for job in job_ids:
            await enqueue("rubric", job)
            await records.signal("board", job, CATEGORIES)
        await records.audit(actor.email, "integration set up", str(connection_id), {"jobs": len(job_ids)})
        await records.signal("connection", connection_id)
        await records.signal("jobs")


async def _row(connection_id: UUID) -> ConnectionRow:
    row = await connections.get(connection_id)
    if row is None:
        raise NotFound("This integration does not exist.", "Go back to Integrations.")
    return row


async def list_connections(actor: Actor) -> tuple[ConnectionView, ...]:
    """The tenant's integrations."""
    require(actor, "manage")
    async with tenant(actor.tenant_id):
        return tuple([await _view(row) for row in await connections.every()])


async def connection(actor: Actor, connection_id: UUID) -> ConnectionView:
    """One integration; raises NotFound."""
    require(actor, "manage")
    async with tenant(actor.tenant_id):
        return await _view(await _row(connection_id))


async def _view(row: ConnectionRow) -> ConnectionView:
    found = runtime().catalog.connectors.get(row.connector)
    entry = found.entry if found else None
    legible = readable(row)
    secrets = plugin_settings.opened(row) if legible and row.secrets else {}
    chosen = await jobs.of_connection(row.id)
    users = {user["id"]: user["name"] for user in row.users}
    return ConnectionView(
        id=row.id,
        connector_key=row.connector,
        title=row.title,
        account=row.account,
        state=row.state,
        state_text=row.state_text,
        fix=row.fix,
        since=row.state_since,
        last_synced_at=row.last_synced_at,
        waiting_until=row.waiting_until if row.waiting_until and row.waiting_until > now() else None,
        progress=await _progress(row.id),
        problems=tuple((p["reference"], p["message"]) for p in await connections.problems(row.id)),
        jobs_selected=sum(job["selected"] for job in chosen),
        include_rejected=row.include_rejected,
        write_back=row.write_back,
        acting_user=users.get(row.settings.get("acting_user", ""), ""),
        webhook_url=f"{runtime().settings.url}/webhooks/{row.id}",
        webhook_seen_at=row.webhook_seen_at,
        webhook_steps=entry.webhooks.steps if entry else (),
        webhook_events=entry.webhooks.events if entry else (),
        values=row.settings,
        secret_set={
            field.name: bool(secrets.get(field.name))
            for field in (entry.fields if entry else ())
            if field.kind == "secret"
        },
        unreadable=not legible,
        fields=entry.fields if entry else (),
    )


async def _progress(connection_id: UUID) -> tuple[StreamProgress, ...]:
    streams: dict[str, dict[str, Any]] = await connections.progress(connection_id)
    counted = await mirror.count(connection_id)
    total = streams.get("applications", {}).get("total")
    return (
        StreamProgress(
            label="Jobs", done=counted["jobs"], total=streams.get("jobs", {}).get("total"), problems=0
        ),
        StreamProgress(label="Candidates", done=counted["people"], total=None, problems=0),
        StreamProgress(label="Applications", done=counted["applications"], total=total, problems=0),
        StreamProgress(
            label="Resumes",
            done=counted["documents_done"],
            total=counted["documents"],
            problems=counted["documents_failed"],
        ),
    )


async def sync_now(actor: Actor, connection_id: UUID) -> None:
    """Read what changed, now instead of at the next turn."""
    require(actor, "manage")
    async with tenant(actor.tenant_id):
        row = await _row(connection_id)
        if row.state in {"paused", "disconnected", "new"}:
            raise Conflict("This integration is not running.", "Resume or reconnect it first.")
        await enqueue("sync", connection_id, priority=9)


async def pause(actor: Actor, connection_id: UUID) -> None:
    """Stop reading and writing; everything stays."""
    await _switch(actor, connection_id, "paused", "Paused. Nothing is read or written.")


async def resume(actor: Actor, connection_id: UUID) -> None:
    """Go on after a pause."""
    await _switch(actor, connection_id, "syncing", "Reading what changed.")


async def _switch(actor: Actor, connection_id: UUID, state: str, text: str) -> None:
    require(actor, "manage")
    async with tenant(actor.tenant_id):
        await _row(connection_id)
        await connections.enter(connection_id, state, text)
        if state == "syncing":
            await enqueue("sync", connection_id)
            await enqueue("write_back", connection_id)
        await records.audit(actor.email, f"integration {state}", str(connection_id))
        await records.signal("connection", connection_id)


async def reconnect(
    actor: Actor, connection_id: UUID, values: Mapping[str, str], removed: Collection[str] = ()
) -> None:
    """Save other credentials after checking them, and go on; raises Invalid."""
    require(actor, "manage")
    async with tenant(actor.tenant_id):
        row = await _row(connection_id)
    entry = await entry_for(actor.tenant_id, row.connector)
    settings = await credentials.complete(actor, entry, values, connection_id, removed)
    account = await credentials.usable(actor, entry, settings)
    public, secret = plugin_settings.split(entry.fields, settings)
    async with tenant(actor.tenant_id):
        await connections.change(
            connection_id,
            settings=msgspec.json.encode(public).decode(),
            secrets=runtime().vault.seal(actor.tenant_id, secret),
            token=b"",
            subscriptions=row.subscriptions if readable(row) else b"",
            account=account.name,
            users=msgspec.json.encode(account.users).decode(),
        )
        await connections.enter(connection_id, "syncing", "Reading what changed.")
        await records.settle_task("connection", str(connection_id))
        await enqueue("sync", connection_id)
        await enqueue("write_back", connection_id)
        await records.audit(actor.email, "integration reconnected", str(connection_id))
        await records.signal("connection", connection_id)


async def disconnect(actor: Actor, connection_id: UUID, *, erase: bool = False) -> None:
    """Stop for good and forget the credentials; what was read stays unless it is to be erased."""
    require(actor, "manage")
    async with tenant(actor.tenant_id):
        row = await _row(connection_id)
    if row.subscriptions:
        await _unsubscribe(actor, row)
    async with tenant(actor.tenant_id):
        if erase:
            await connections.remove(connection_id)
        else:
            await connections.change(connection_id, secrets=b"", token=b"", subscriptions=b"")
            await connections.enter(
                connection_id, "disconnected", "Disconnected. What was read before is still here."
            )
        await records.settle_task("connection", str(connection_id))
        await records.audit(actor.email, "integration removed", str(connection_id), {"erased": erase})
        await records.signal("connection", connection_id)
        await records.signal("jobs")


async def _unsubscribe(actor: Actor, row: ConnectionRow) -> None:
    try:
        async with opened(actor.tenant_id, row.id) as at_work:
            await at_work.connector.unsubscribe(subscriptions_of(row))
    except (ConnectorError, ShortlistError):
        # Credentials are often revoked before somebody disconnects: then the vendor has removed them.
        return

"""Reads an ATS into the mirror: pages with their cursors, hints from webhooks, and what goes wrong."""

from collections.abc import Sequence
from uuid import UUID

import structlog

from core.clock import now
from core.errors import ShortlistError
from core.jobs.queue import Later, enqueue
from core.sdk.connector import Page, Selection, Stream
from core.sdk.errors import AuthFailed, ConnectorError, Forbidden, Misconfigured, RateLimited
from core.sdk.events import ConnectionFailed
from core.sdk.records import AnyRecord, Application, Document, Job, Person, Removed
from core.services.connecting import Open, opened
from core.services.events import announce
from core.services.notices import notify
from core.store import connections, deliveries, documents, mirror, people, records, scores
from core.store.mirror import Stored
from core.store.scope import tenant

STREAMS: tuple[Stream, ...] = ("jobs", "applications")
_HINTS_AT_ONCE = 50
_log = structlog.stdlib.get_logger()


async def sync(tenant_id: UUID, connection: UUID) -> None:
    """Task: read both streams from where they stopped to their present end.

    Each page commits with its cursor, so a killed process loses at most one page of work and nothing else.
    """
    if not await _begin(tenant_id, connection):
        return
    try:
        async with opened(tenant_id, connection) as at_work:
            for stream in STREAMS:
                await _read(tenant_id, at_work, stream)
    except (ConnectorError, ShortlistError) as error:
        await stopped(tenant_id, connection, error)
        return
    await _finished(tenant_id, connection)


async def _begin(tenant_id: UUID, connection: UUID) -> bool:
    async with tenant(tenant_id):
        row = await connections.get(connection)
        if row is None or row.state in {"paused", "disconnected", "new"}:
            return False
        if row.last_synced_at is None:
            await connections.enter(
                connection, "syncing", "Reading jobs, candidates and resumes.", by_itself=True
            )
            await records.signal("connection", connection)
        return True


async def _read(tenant_id: UUID, at_work: Open, stream: Stream) -> None:
    connection = at_work.row.id
    async with tenant(tenant_id):
        cursor = await connections.cursor(connection, stream)
        selection = Selection(
            job_ids=await mirror.selected_jobs(connection), include_rejected=at_work.row.include_rejected
        )
    if stream == "applications" and not selection.job_ids:
        return
    async for page in at_work.connector.read(stream, cursor, selection):
        async with tenant(tenant_id):
            await _store_page(connection, stream, page)
    async with tenant(tenant_id):
        await connections.complete(connection, stream)


async def _store_page(connection: UUID, stream: Stream, page: Page) -> None:
    stored = await store(connection, page.records)
    main = sum(isinstance(record, Job if stream == "jobs" else Application) for record in page.records)
    await connections.advance(connection, stream, page.cursor, done=main, total=page.total)
    await mirror.note_problems(connection, page.problems)
    await follow_up(connection, stored)


async def store(connection: UUID, found: Sequence[AnyRecord]) -> Stored:
    """Put records into the mirror; persons first, so that applications find theirs."""
    jobs = await mirror.store_jobs(connection, [record for record in found if isinstance(record, Job)])
    await mirror.store_people(connection, [record for record in found if isinstance(record, Person)])
    applications, new = await mirror.store_applications(
        connection, [record for record in found if isinstance(record, Application)]
    )
    wanted = await mirror.store_documents(
        connection, [record for record in found if isinstance(record, Document)]
    )
    gone = await mirror.remove(connection, [record for record in found if isinstance(record, Removed)])
    return Stored(jobs=jobs, applications=applications | gone, new_applications=new, documents=wanted)


async def follow_up(connection: UUID, stored: Stored) -> None:
    """Queue what the new state calls for, in the transaction that stored it."""
    if stored.documents:
        await enqueue("intake", connection)
    touched = await mirror.jobs_of(stored.applications)
    for job in touched:
        await enqueue("score", job)
        await records.signal("board", job, ("not_qualified", "pre_qualified", "qualified", "needs_a_look"))
    for job in stored.jobs:
        await enqueue("rubric", job)
    if stored.jobs or touched:
        await records.signal("jobs")
    await records.signal("connection", connection)


async def _finished(tenant_id: UUID, connection: UUID) -> None:
    async with tenant(tenant_id):
        row = await connections.get(connection)
        if row is None or row.state in {"paused", "disconnected"}:
            return
        first = row.last_synced_at is None
        await connections.change(connection, last_synced_at=now())
        changed = await connections.enter(connection, "active", "Everything is in sync.", by_itself=True)
        await records.settle_task("connection", str(connection))
        if first or (changed and row.state == "needs_attention"):
            await notify(
                await people.staff(),
                f"{row.title} is connected" if first else f"{row.title} works again",
                body="Jobs and candidates have been read; resumes and scores follow.",
                link=f"/settings/integrations/{connection}",
            )
        await records.signal("connection", connection)


async def stopped(tenant_id: UUID, connection: UUID, error: ConnectorError | ShortlistError) -> None:
    """Decide what an error means for the connection; the one place that knows.

    Raises Later unless a person has to act first.
    """
    _log.warning("sync stopped", kind=type(error).__name__, message=error.message)
    if isinstance(error, RateLimited):
        raise Later(error.retry_after, "the service asks to slow down")
    lasting = isinstance(error, AuthFailed | Misconfigured | Forbidden | ShortlistError)
    async with tenant(tenant_id):
        row = await connections.get(connection)
        if row is None or row.state in {"paused", "disconnected"}:
            return
        changed = await connections.enter(
            connection,
            "needs_attention" if lasting else row.state,
            error.message,
            error.hint,
            by_itself=True,
        )
        await records.signal("connection", connection)
        if lasting and changed:
            await _ask_for_help(connection, row.title, error)
            await announce(
                [ConnectionFailed(tenant_id=tenant_id, connection_id=connection, message=error.message)]
            )
    if not lasting:
        raise Later(30.0, error.message)


async def _ask_for_help(connection: UUID, title: str, error: ConnectorError | ShortlistError) -> None:
    link = f"/settings/integrations/{connection}"
    await records.open_task(
        "connection", str(connection), f"{title} needs attention", body=str(error), link=link
    )
    await notify(await people.staff(), f"{title} needs attention", body=str(error), link=link)


async def follow_hints(tenant_id: UUID, connection: UUID) -> None:
    """Task: fetch again what webhooks hinted at, until no delivery is left unhandled."""
    async with tenant(tenant_id):
        row = await connections.get(connection)
    if row is None or row.state in {"paused", "disconnected", "new"}:
        return
    try:
        async with opened(tenant_id, connection) as at_work:
            while await _follow_some(tenant_id, at_work):
                pass
    except RateLimited as error:
        raise Later(error.retry_after) from error
    except (ConnectorError, ShortlistError) as error:
        await stopped(tenant_id, connection, error)


async def _follow_some(tenant_id: UUID, at_work: Open) -> bool:
    connection = at_work.row.id
    async with tenant(tenant_id):
        waiting = await deliveries.unhandled(connection)
    if not waiting:
        return False
    hints = tuple(dict.fromkeys(hint for _, found in waiting for hint in found))
    if any(hint.kind == "everything" for hint in hints):
        async with tenant(tenant_id):
            await enqueue("sync", connection)
    wanted = [hint for hint in hints if hint.kind != "everything"]
    for start in range(0, len(wanted), _HINTS_AT_ONCE):
        found = await at_work.connector.refetch(wanted[start : start + _HINTS_AT_ONCE])
        async with tenant(tenant_id):
            await follow_up(connection, await store(connection, await _ours(connection, found)))
    async with tenant(tenant_id):
        await deliveries.handled([delivery for delivery, _ in waiting])
    return True


async def _ours(connection: UUID, found: Sequence[AnyRecord]) -> list[AnyRecord]:
    """What belongs to tracked jobs: webhooks tell of the whole account, and we keep no more than we need."""
    tracked = set(await mirror.selected_jobs(connection))
    kept = [record for record in found if not isinstance(record, Application) or record.job_id in tracked]
    people_ids = {record.person_id for record in kept if isinstance(record, Application)}
    named = {record.id for record in found if isinstance(record, Person)} | {
        record.person_id for record in found if isinstance(record, Document)
    }
    people_ids |= named - await mirror.missing_people(connection, named)
    return [
        record
        for record in kept
        if not (isinstance(record, Person) and record.id not in people_ids)
        and not (isinstance(record, Document) and record.person_id not in people_ids)
    ]


async def hints_waiting(connection: UUID) -> bool:
    """Whether a delivery of the connection was not followed yet."""
    return bool(await deliveries.unhandled(connection))


async def leftovers(tenant_id: UUID) -> None:
    """Queue again whatever is due but has no job: the net under every crash."""
    async with tenant(tenant_id):
        for row in await connections.every():
            if row.state in {"paused", "disconnected", "new", "needs_attention"}:
                continue
            if await documents.left(row.id):
                await enqueue("intake", row.id, hurry=False)
            if await hints_waiting(row.id):
                await enqueue("follow_hints", row.id, hurry=False)
        for job in await scores.jobs_due():
            await enqueue("score", job, hurry=False)

"""Makes scores and decisions visible in the ATS: planned with the decision, written through the outbox."""

from typing import Any
from uuid import UUID

import msgspec
import structlog

from core.domain.notes import note
from core.domain.words import BAND_LABEL, CATEGORY_LABEL
from core.errors import NotFound, ShortlistError
from core.jobs.queue import Later, enqueue
from core.screening import Assessed
from core.sdk.connector import ConnectorEntry, Verdict, WriteItem
from core.sdk.delivery import Hint
from core.sdk.errors import (
    AuthFailed,
    BadData,
    ConnectorError,
    Forbidden,
    Misconfigured,
    RateLimited,
    Rejected,
    Unavailable,
)
from core.sdk.errors import NotFound as GoneInAts
from core.sdk.records import Removed
from core.sdk.scorer import Requirement
from core.services.access import Actor, require
from core.services.connecting import Open, opened
from core.services.runtime import runtime
from core.services.sync import follow_up, stopped, store
from core.store import board, connections, outbox, records, scores
from core.store.connections import ConnectionRow
from core.store.outbox import Entry
from core.store.scope import tenant

_PAGE = 20
_ATTEMPTS = 12
_ASK_AGAIN = 600.0
"""Seconds until what was not permitted is tried again: somebody may have allowed it."""
_log = structlog.stdlib.get_logger()


async def queue_verdict(application: UUID) -> tuple[WriteItem, ...]:
    """Put what the ATS should show of the application's present version into the outbox.

    Runs in the transaction that made the version, so the two commit or vanish together.
    """
    found = await board.application(application)
    if found is None:
        return ()
    connection = await connections.get(found["connection"])
    if connection is None or not connection.write_back:
        return ()
    entry = runtime().catalog.connectors.get(connection.connector)
    if entry is None:
        return ()
    items = await _plan(entry.entry, found, connection.settings)
    await outbox.put(
        connection.id, application, found["version"], items, connection.settings.get("acting_user", "")
    )
    if items:
        await enqueue("write_back", connection.id)
    return items


async def _plan(
    entry: ConnectorEntry, found: dict[str, Any], settings: dict[str, str]
) -> tuple[WriteItem, ...]:
    verdict = await _verdict(found, settings)
    planner = entry.make(planning_context(settings))
    return planner.plan(verdict)


async def _verdict(found: dict[str, Any], settings: dict[str, str]) -> Verdict:
    latest = await scores.latest(found["id"])
    decisions = await board.decisions(found["id"]) if found["decided"] else []
    link = f"{runtime().settings.url}/applications/{found['id']}"
    return Verdict(
        key=f"{found['id'].hex[-12:]}-{found['version']}",
        application_id=found["external_id"],
        person_id=found["person_external_id"],
        job_id=found["job_external_id"],
        version=found["version"],
        score=found["score"],
        band=found["category"] if found["decided"] else (found["band"] or ""),
        band_label=CATEGORY_LABEL[found["category"]]
        if found["decided"]
        else BAND_LABEL.get(found["band"] or "", ""),
        note=note(
            score=found["score"],
            band=found["band"] or "",
            category=found["category"] or "",
            decided_by=decisions[0]["member_name"] if decisions else "",
            decision_reason=decisions[0]["reason"] if decisions else "",
            rows=_rows(latest),
            explanation=_explanation(found["band"]),
            link=link,
        ),
        link=link,
        acting_user_id=settings.get("acting_user", ""),
    )


def _rows(latest: dict[str, Any] | None) -> list[tuple[str, str, int, int]]:
    if latest is None:
        return []
    assessed = msgspec.json.decode(latest["sheet"], type=Assessed)
    texts = {
        requirement.id: requirement.text
        for requirement in msgspec.json.decode(latest["requirements"], type=tuple[Requirement, ...])
    }
    return [
        (texts.get(row.requirement_id, row.requirement_id), row.match, row.points, row.max_points)
        for row in assessed.sheet.results
    ]


def _explanation(band: str | None) -> str:
    if band == "unreadable":
        return "The resume could not be read, so there is no score. Please look at it yourself."
    if band == "manual_review":
        return "It could not be judged, so there is no score. Please look yourself."
    if band == "not_enough_information":
        return "There is too little text to score, so there is no score. Please look yourself."
    return ""


def planning_context(settings: dict[str, str]) -> Any:
    """A context for a connector that only plans: planning does no I/O, so there is no client in it."""
    from core.clock import now
    from core.sdk.connector import ConnectorContext
    from core.sdk.http import Http
    from core.services.connecting import LooseTokens

    return ConnectorContext(
        settings=settings, http=Http(frozenset()), tokens=LooseTokens(), log=_log, now=now
    )


async def write_back(tenant_id: UUID, connection: UUID) -> None:
    """Task: write what waits in the outbox, oldest first, one after another.

    What is wrong with the whole connection stops it and leaves everything waiting; what is wrong with one
    entry is a task for a person about that application.
    """
    try:
        async with opened(tenant_id, connection) as at_work:
            if at_work.row.state in {"disconnected", "paused", "needs_attention"}:
                return
            refused = await _write_all(tenant_id, at_work)
    except RateLimited as error:
        raise Later(error.retry_after) from error
    except (AuthFailed, Misconfigured, ShortlistError) as error:
        await stopped(tenant_id, connection, error)
        return
    if refused:
        raise Later(_ASK_AGAIN, "not permitted")
    async with tenant(tenant_id):
        await records.settle_task("write_back", str(connection))


async def _write_all(tenant_id: UUID, at_work: Open) -> set[str]:
    """Write until nothing is left that may be written; returns the kinds that may not."""
    refused: set[str] = set()
    while waiting := await _waiting(tenant_id, at_work.row.id, refused):
        for entry in waiting:
            if entry.item.kind not in refused and not await _write(tenant_id, at_work, entry):
                refused.add(entry.item.kind)
    return refused


async def _waiting(tenant_id: UUID, connection: UUID, refused: set[str]) -> list[Entry]:
    async with tenant(tenant_id):
        return await outbox.waiting(connection, _PAGE, without=refused)


async def _write(tenant_id: UUID, at_work: Open, entry: Entry) -> bool:
    """Write one entry; False when entries of its kind are not permitted."""
    try:
        written = await at_work.connector.write(entry.item)
    except (AuthFailed, Misconfigured, RateLimited):
        raise
    except Forbidden as error:
        await _not_permitted(tenant_id, at_work.row, entry, error)
        return False
    except GoneInAts as error:
        gone = await _left(tenant_id, at_work, entry)
        await _failed(tenant_id, entry, error, final=True, ask=not gone)
        return True
    except (Rejected, BadData) as error:
        await _failed(tenant_id, entry, error, final=True)
        return True
    except ConnectorError as error:
        await _failed(tenant_id, entry, error, final=entry.attempts + 1 >= _ATTEMPTS)
        raise Later(min(5.0 * 2**entry.attempts, 600.0), error.message) from error
    async with tenant(tenant_id):
        await outbox.written(entry.id, written.reference)
        await records.settle_task("write_back", str(entry.application))
        await records.signal("profile", entry.application)
    return True


async def _not_permitted(tenant_id: UUID, row: ConnectionRow, entry: Entry, error: Forbidden) -> None:
    """One task for the connection, not one for each of thousands of applications; the entries wait."""
    _log.warning("write-back not permitted", kind=entry.item.kind, message=error.message)
    async with tenant(tenant_id):
        await outbox.not_written(entry.id, str(error), final=False)
        await records.open_task(
            "write_back",
            str(row.id),
            f"{row.title} does not let us write everything",
            body=f"{error} What waits is written within ten minutes after that.",
            link=f"/settings/integrations/{row.id}",
        )
        await records.signal("profile", entry.application)


async def _left(tenant_id: UUID, at_work: Open, entry: Entry) -> bool:
    """Whether the application itself is gone; then it leaves the board as well, and nobody need act."""
    async with tenant(tenant_id):
        found = await board.application(entry.application)
    if found is None:
        return True
    hint = Hint(kind="application", id=found["external_id"])
    try:
        records_now = await at_work.connector.refetch([hint])
    except (BadData, Forbidden, GoneInAts, Rejected, Unavailable):
        return False
    async with tenant(tenant_id):
        await follow_up(at_work.row.id, await store(at_work.row.id, records_now))
    return any(isinstance(record, Removed) and record.id == hint.id for record in records_now)


async def _failed(
    tenant_id: UUID, entry: Entry, error: ConnectorError, *, final: bool, ask: bool = True
) -> None:
    _log.warning("write-back failed", kind=type(error).__name__, final=final, message=error.message)
    async with tenant(tenant_id):
        await outbox.not_written(entry.id, str(error), final=final)
        if final and ask:
            await records.open_task(
                "write_back",
                str(entry.application),
                "A result could not be written into the ATS",
                body=str(error),
                link=f"/applications/{entry.application}",
            )
        await records.signal("profile", entry.application)


async def preview_write(actor: Actor, application_id: UUID) -> tuple[str, ...]:
    """What the ATS shows, or will show, of the application's present version, in words."""
    require(actor, "see")
    async with tenant(actor.tenant_id):
        found = await board.application(application_id)
        if found is None:
            raise NotFound("This application does not exist.", "Go back to the board.")
        connection = await connections.get(found["connection"])
        entry = runtime().catalog.connectors.get(found["connector"])
        if connection is None or entry is None:
            return ()
        items = await _plan(entry.entry, found, connection.settings)
    return tuple(item.preview for item in items)


async def retry_write(actor: Actor, application_id: UUID) -> None:
    """Try again what failed for good."""
    require(actor, "write_back")
    async with tenant(actor.tenant_id):
        for connection in await outbox.retry(application_id):
            await enqueue("write_back", connection)
        await records.settle_task("write_back", str(application_id))
        await records.audit(actor.email, "write-back retried", str(application_id))
        await records.signal("profile", application_id)

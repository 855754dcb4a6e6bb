"""Fetches the files of applications, keeps them by their content, and reads them."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import msgspec
import structlog

from core.documents import Reading
from core.errors import ShortlistError
from core.jobs.queue import Later, enqueue
from core.sdk.errors import AuthFailed, BadData, ConnectorError, NotFound, RateLimited
from core.services.connecting import Open, opened
from core.services.runtime import runtime
from core.services.sync import sync
from core.store import documents, mirror, records
from core.store.documents import Text, Wanted
from core.store.scope import tenant

_PAGE = 24
_AT_ONCE = 4
_MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "html": "text/html",
    "txt": "text/plain; charset=utf-8",
}
_log = structlog.stdlib.get_logger()


async def take_in(tenant_id: UUID, connection: UUID) -> None:
    """Task: fetch and read every wanted document of a connection, a page at a time."""
    try:
        async with opened(tenant_id, connection) as at_work:
            if at_work.row.state in {"paused", "disconnected"}:
                return
            while page := await _next(tenant_id, connection):
                await _take_page(tenant_id, at_work, page)
    except RateLimited as error:
        raise Later(error.retry_after) from error
    except (AuthFailed, ShortlistError):
        await sync(tenant_id, connection)
    except ConnectorError as error:
        raise Later(30.0, error.message) from error


async def _next(tenant_id: UUID, connection: UUID) -> list[Wanted]:
    async with tenant(tenant_id):
        return await documents.wanted(connection, _PAGE)


async def _take_page(tenant_id: UUID, at_work: Open, page: Sequence[Wanted]) -> None:
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(place: int, document: Wanted) -> None:
        async with gate:
            await _take(tenant_id, at_work, document, place)

    results = await asyncio.gather(
        *(one(place, document) for place, document in enumerate(page)), return_exceptions=True
    )
    async with tenant(tenant_id):
        await records.signal("connection", at_work.row.id)
    for result in results:
        if isinstance(result, BaseException):
            raise result


async def _take(tenant_id: UUID, at_work: Open, document: Wanted, place: int) -> None:
    try:
        data = await at_work.connector.fetch(document.record)
    except NotFound as error:
        await _settle_unfetched(tenant_id, at_work.row.id, document, "gone", error.message)
        return
    except BadData as error:
        await _settle_unfetched(tenant_id, at_work.row.id, document, "failed", str(error))
        return
    readers = runtime().readers
    reading = await _read(tenant_id, data, document.record.filename, place % len(readers))
    sha256 = await runtime().files.keep(tenant_id, data)
    async with tenant(tenant_id):
        await documents.keep_text(_text(sha256, reading))
        await documents.kept(
            document.id,
            sha256=sha256,
            size=len(data),
            media_type=_MEDIA.get(reading.kind, "application/octet-stream"),
            reading=reading.status,
            explanation=reading.explanation,
        )
        await _tell(document, reading.status, reading.explanation)


async def _read(tenant_id: UUID, data: bytes, filename: str, reader: int) -> Reading:
    return await runtime().readers[reader].read(data, filename)


def _text(sha256: str, reading: Reading) -> Text:
    return Text(
        sha256=sha256,
        reading=reading.status,
        kind=reading.kind,
        pages=reading.pages,
        text=reading.text,
        lines=msgspec.to_builtins(reading.lines),
        hidden=msgspec.to_builtins(reading.hidden),
        explanation=reading.explanation,
    )


async def _settle_unfetched(
    tenant_id: UUID, connection: UUID, document: Wanted, state: str, error: str
) -> None:
    async with tenant(tenant_id):
        await documents.not_kept(document.id, state, error)
        await _tell(document, state, error)


async def _tell(document: Wanted, outcome: str, explanation: str) -> None:
    """Ask for scores of what stands on the document, and for a person where a resume says nothing."""
    standing = await documents.standing_on(document.person, document.application)
    jobs = await mirror.want_scores(standing)
    for job in jobs:
        await enqueue("score", job)
    subject = str(document.id)
    if outcome == "read" or document.record.kind != "resume":
        await records.settle_task("unreadable", subject)
        return
    link = f"/applications/{min(standing)}" if standing else ""
    await records.open_task(
        "unreadable",
        subject,
        "A resume could not be read",
        body=explanation or "The file could not be fetched.",
        link=link,
        job=min(jobs) if jobs else None,
    )

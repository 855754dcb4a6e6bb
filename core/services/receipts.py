"""Receipts for those who want to check a score without trusting us."""

from collections.abc import AsyncIterator
from uuid import UUID

from core.errors import NotFound
from core.services.access import Actor, require
from core.store import board, jobs, receipts
from core.store.scope import tenant

_PAGE = 500


async def receipt(actor: Actor, application_id: UUID) -> bytes:
    """The signed receipt of the application's newest score, as `shortlist verify` takes it."""
    require(actor, "prove")
    async with tenant(actor.tenant_id):
        found = await receipts.latest(application_id) if await board.application(application_id) else None
    if found is None:
        raise NotFound("There is no receipt.", "It is made with the score; look again once it is there.")
    return str(found["content"]).encode()


async def receipts_of_job(actor: Actor, job_id: UUID) -> AsyncIterator[bytes]:
    """All receipts of a job's scores, past and present, as one JSON list in pieces."""
    require(actor, "prove")
    async with tenant(actor.tenant_id):
        if await jobs.get(job_id) is None:
            raise NotFound("This job does not exist.", "Go back to Jobs.")
    return _pieces(actor, job_id)


async def _pieces(actor: Actor, job_id: UUID) -> AsyncIterator[bytes]:
    last, separator = UUID(int=0), b"["
    while True:
        async with tenant(actor.tenant_id):
            page = await receipts.of_job(job_id, last, _PAGE)
        for row in page:
            yield separator + str(row["content"]).encode()
            separator, last = b",\n", row["id"]
        if len(page) < _PAGE:
            break
    yield b"[]" if separator == b"[" else b"]"

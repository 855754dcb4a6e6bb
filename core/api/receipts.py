"""Receipts of scores, for `shortlist verify`."""

from uuid import UUID

from litestar import Response, get
from litestar.di import Provide
from litestar.params import FromPath
from litestar.response import Stream
from litestar.router import Router

from core.api.candidates import Member
from core.api.guards import provide_actor
from core.services import receipts


def _headers(filename: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{filename}"', "cache-control": "private, no-store"}


@get("/applications/{application_id:uuid}/receipt")
async def get_receipt(actor: Member, application_id: FromPath[UUID]) -> Response[bytes]:
    """The signed receipt of an application's newest score; `shortlist verify` proves it."""
    content = await receipts.receipt(actor, application_id)
    return Response(
        content, media_type="application/json", headers=_headers(f"receipt-{application_id}.json")
    )


@get("/jobs/{job_id:uuid}/receipts")
async def get_receipts(actor: Member, job_id: FromPath[UUID]) -> Stream:
    """The receipts of all scores of a job, past and present, as one list."""
    pieces = await receipts.receipts_of_job(actor, job_id)
    return Stream(pieces, media_type="application/json", headers=_headers(f"receipts-{job_id}.json"))


api = Router(
    "/api",
    route_handlers=[get_receipt, get_receipts],
    dependencies={"actor": Provide(provide_actor)},
    tags=["Receipts"],
)

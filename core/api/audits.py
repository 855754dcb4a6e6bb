"""The bias audit for programs, and the files an outside auditor is given."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, QueryParameter
from litestar.router import Router

from core.api.guards import provide_actor
from core.audit import Settings
from core.services import audits
from core.services.access import Actor

Member = NamedDependency[Actor]
Jobs = Annotated[list[UUID], QueryParameter(name="job", description="a job's id; may be given several times")]
Least = Annotated[int, QueryParameter(ge=1, le=1000, description="the smallest category a rate is shown of")]
_PRIVATE = {"cache-control": "private, no-store"}


class Imported(msgspec.Struct, frozen=True):
    """Of how many applications answers were kept."""

    stored: int


@post("/answers", status_code=200)
async def answers(actor: Member, request: Request[Any, Any, Any]) -> Imported:
    """Import what applicants said of themselves: a CSV file as the request's body, all of it or nothing."""
    return Imported(await audits.import_answers(actor, await request.body()))


@get("/report")
async def report(
    actor: Member, jobs: Jobs, since: FromQuery[date], until: FromQuery[date], min_cell: Least = 10
) -> Response[bytes]:
    """The bias audit of applications to these jobs, as a file."""
    made = await audits.audit(actor, _wish(jobs, since, until, min_cell))
    content = msgspec.json.format(msgspec.json.encode(made), indent=2)
    return _file(content, "application/json", f"bias-audit-{since}-{until}.json")


@get("/rows")
async def rows(actor: Member, jobs: Jobs, since: FromQuery[date], until: FromQuery[date]) -> Response[bytes]:
    """The rows behind it as CSV, without names or ids: what `shortlist audit` reads."""
    content = await audits.export_rows(actor, _wish(jobs, since, until, 1))
    return _file(content.encode(), "text/csv", f"bias-audit-{since}-{until}.csv")


def _wish(jobs: list[UUID], since: date, until: date, min_cell: int) -> audits.Wish:
    return audits.Wish(jobs=tuple(jobs), since=since, until=until, settings=Settings(min_cell=min_cell))


def _file(content: bytes, media_type: str, name: str) -> Response[bytes]:
    disposition = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers={**_PRIVATE, **disposition})


api = Router(
    "/api/audits",
    route_handlers=[answers, report, rows],
    dependencies={"actor": Provide(provide_actor)},
    tags=["Bias audit"],
)

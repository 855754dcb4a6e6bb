"""Jobs, boards and applications for programs and for the file viewer."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.router import Router

from core.api.guards import provide_actor
from core.services import board, comments, files, jobs, profiles, rubrics
from core.services.access import Actor

Member = NamedDependency[Actor]
"""The signed-in member, found by `provide_actor`."""
_INLINE = frozenset({"application/pdf", "text/plain; charset=utf-8"})


class Move(msgspec.Struct):
    """Where an application goes, and why."""

    category: str
    reason: str = ""


class Comment(msgspec.Struct):
    """What is said about an application."""

    body: str


@get("/jobs")
async def list_jobs(
    actor: Member, search: FromQuery[str] = "", include_closed: FromQuery[bool] = False
) -> tuple[jobs.JobRow, ...]:
    """Tracked jobs with their counts."""
    return await jobs.list_jobs(actor, search=search, include_closed=include_closed)


@get("/jobs/{job_id:uuid}")
async def get_job(actor: Member, job_id: FromPath[UUID]) -> jobs.JobHead:
    """One job."""
    return await jobs.get_job(actor, job_id)


@get("/jobs/{job_id:uuid}/rubric")
async def get_rubric(actor: Member, job_id: FromPath[UUID]) -> rubrics.RubricView:
    """The newest version of a job's rubric."""
    return await rubrics.rubric(actor, job_id)


@get("/jobs/{job_id:uuid}/board")
async def get_board(
    actor: Member, job_id: FromPath[UUID], limit: Annotated[int, QueryParameter(ge=1, le=500)] = 50
) -> tuple[board.Column, ...]:
    """A job's board: per column the exact total and the first cards."""
    await jobs.get_job(actor, job_id)
    categories = ("not_qualified", "pre_qualified", "qualified", "needs_a_look")
    return await board.columns(actor, job_id, categories, limits=dict.fromkeys(categories, limit))


@get("/applications/{application_id:uuid}")
async def get_application(actor: Member, application_id: FromPath[UUID]) -> profiles.Profile:
    """The profile of an application with the addition behind its score."""
    return await profiles.profile(actor, application_id)


@post("/applications/{application_id:uuid}/move", status_code=200)
async def move(actor: Member, application_id: FromPath[UUID], data: JSONBody[Move]) -> board.Moved:
    """Decide where an application stands."""
    return await board.move(actor, application_id, data.category, reason=data.reason)


@post("/applications/{application_id:uuid}/comments")
async def comment(
    actor: Member, application_id: FromPath[UUID], data: JSONBody[Comment]
) -> comments.CommentRow:
    """Add a comment."""
    return await comments.add_comment(actor, application_id, data.body)


@get("/documents/{document_id:uuid}/content", include_in_schema=False)
async def document(actor: Member, document_id: FromPath[UUID]) -> Response[bytes]:
    """The original file: shown in the page where that is safe, offered as a download otherwise."""
    found = await files.original(actor, document_id)
    inline = found.media_type in _INLINE
    disposition = "inline" if inline else "attachment"
    return Response(
        found.data,
        media_type=found.media_type if inline else "application/octet-stream",
        headers={
            "content-disposition": f"{disposition}; filename*=UTF-8''{quote(_plain(found.filename))}",
            "cache-control": "private, no-store",
            "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        }
        if not inline
        else {
            "content-disposition": f"inline; filename*=UTF-8''{quote(_plain(found.filename))}",
            "cache-control": "private, no-store",
        },
    )


def _plain(filename: str) -> str:
    """The name without path or control characters: it was chosen by a stranger."""
    name = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in name if character.isprintable())[:150] or "document"


api = Router(
    "/api",
    route_handlers=[list_jobs, get_job, get_rubric, get_board, get_application, move, comment],
    dependencies={"actor": Provide(provide_actor)},
    tags=["Screening"],
)
documents = Router("/", route_handlers=[document], dependencies={"actor": Provide(provide_actor)})

"""The address ATSs send their webhooks to."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, post
from litestar.enums import MediaType
from litestar.params import FromPath

from core.services import webhooks

_LARGEST = 5 * 1024 * 1024


@post("/webhooks/{connection_id:uuid}", status_code=200, request_max_body_size=_LARGEST, tags=["Webhooks"])
async def receive(connection_id: FromPath[UUID], request: Request[Any, Any, Any]) -> Response[str]:
    """Take one delivery. Answered only after it is committed; the connector verifies the signature."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    answer = await webhooks.receive(connection_id, await request.body(), headers)
    return Response(
        answer.reply.body,
        status_code=answer.reply.status,
        headers=answer.reply.headers,
        media_type=MediaType.TEXT,
    )

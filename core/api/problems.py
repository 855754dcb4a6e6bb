"""Errors as HTTP answers: what happened, what to do, and an id to quote (RFC 9457 shape)."""

from typing import Any

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException

from core.clock import new_id
from core.errors import DatabaseAway, Invalid, ShortlistError

_PAUSE = "30"
"""Seconds after which asking again is worth it."""
_log = structlog.stdlib.get_logger()


def shortlist_error(request: Request[Any, Any, Any], error: ShortlistError) -> Response[dict[str, Any]]:
    """An error of the application, in its own words."""
    return _problem(error.status, error.message, error.hint, getattr(error, "fields", {}))


def database_away(request: Request[Any, Any, Any], error: DatabaseAway) -> Response[dict[str, Any]]:
    """An outage, with a moment to come back at for programs: ATSs deliver their webhooks again."""
    answer = _problem(error.status, error.message, error.hint, {})
    answer.headers["retry-after"] = _PAUSE
    return answer


def http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[dict[str, Any]]:
    """An error of the protocol: unknown path, unreadable body."""
    return _problem(error.status_code, error.detail, "", _fields(error))


def unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[dict[str, Any]]:
    """A fault of ours: logged with an id the reader can quote."""
    reference = str(new_id())
    _log.error("request failed", path=request.url.path, reference=reference, exc_info=error)
    return _problem(
        500, "Something went wrong on our side.", f"Try again; quote {reference} if it stays.", {}, reference
    )


def _fields(error: HTTPException) -> dict[str, str]:
    extra = error.extra if isinstance(error.extra, list) else []
    return {str(e.get("key", "")): str(e.get("message", "")) for e in extra if isinstance(e, dict)}


def _problem(
    status: int, title: str, hint: str, fields: dict[str, str], reference: str = ""
) -> Response[dict[str, Any]]:
    content: dict[str, Any] = {"status": status, "title": title, "detail": hint}
    if fields:
        content["fields"] = fields
    if reference:
        content["instance"] = reference
    return Response(content, status_code=status, media_type="application/problem+json; charset=utf-8")


HANDLERS = {
    ShortlistError: shortlist_error,
    DatabaseAway: database_away,
    Invalid: shortlist_error,
    HTTPException: http_error,
    Exception: unexpected,
}

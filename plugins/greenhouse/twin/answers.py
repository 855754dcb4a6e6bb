"""The way of every Harvest call: bearer, rate limit, scope, subject, then the work itself."""

from collections.abc import Callable
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import State

from core.sdk.testing.twin import Spent
from plugins.greenhouse.twin.account import Row
from plugins.greenhouse.twin.auth import Credential
from plugins.greenhouse.twin.refusals import Refused, forbidden, too_many, unprocessable
from plugins.greenhouse.twin.resources import Kind, fits
from plugins.greenhouse.twin.world import API_SECONDS, TOKEN_SECONDS, World

Wire = Request[Any, Any, State]
Answer = tuple[int, Any, dict[str, str]]
"""Status, JSON body (None for an empty one), headers."""


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who calls: the credential and the user it acts as."""

    credential: Credential
    user: Row


def respond(world: World, work: Callable[[dict[str, str]], Answer]) -> Response[bytes]:
    """Run the work, which may add headers, and turn its answer or refusal into a response."""
    request_id = world.next_request_id()
    headers = {"x-request-id": request_id}
    try:
        status, body, extra = work(headers)
    except Refused as refusal:
        status, body, extra = refusal.status, refusal.body, refusal.headers
    content = b"" if body is None else msgspec.json.encode(body) + b"\n"
    return Response(content, status_code=status, headers={**headers, **extra}, media_type="application/json")


def admit(world: World, request: Wire, headers: dict[str, str], scope: str) -> Caller:
    """Who calls, once bearer, rate limit and scope allow it; raises 401, 429 or 403."""
    credential, user = world.keys.bearer(request.headers.get("authorization", ""))
    meter(world, headers, credential.client_id, token=False)
    if scope not in credential.scopes:
        raise forbidden(world.settings, f"The credential lacks the scope {scope}.")
    return Caller(credential=credential, user=user)


def meter(world: World, headers: dict[str, str], key: str, *, token: bool) -> None:
    """Spend one call and tell so in the headers; raises 429.

    The stated reset is always a whole window from now, although the window really ends earlier:
    recorded from production.
    """
    if not world.settings.rate_limit:
        return
    limit, seconds = (world.token_limit, TOKEN_SECONDS) if token else (world.api_limit, API_SECONDS)
    spent: Spent = limit.take(key)
    headers["x-ratelimit-limit"] = str(spent.limit)
    headers["x-ratelimit-remaining"] = str(spent.remaining)
    headers["x-ratelimit-reset"] = str(int(world.clock().timestamp()) + seconds)
    if not spent.allowed:
        raise too_many(spent.seconds_left)


def read_body(raw: bytes, media_type: str, accepted: dict[str, Kind], required: set[str]) -> dict[str, Any]:
    """The JSON body once it has only accepted keys of the right kind; raises 415 or 422."""
    if raw and not media_type.startswith("application/json"):
        raise Refused(415, {"message": "Unsupported Media Type"})
    try:
        body = msgspec.json.decode(raw or b"{}")
    except msgspec.DecodeError:
        raise Refused(400, {"message": "Bad Request"}) from None
    if not isinstance(body, dict):
        raise unprocessable("The body must be an object.")
    errors = [{name: "is not a permitted parameter"} for name in body if name not in accepted]
    errors += [{name: "is missing"} for name in sorted(required) if body.get(name) is None]
    errors += [
        {name: _expected(kind, body[name])}
        for name, kind in accepted.items()
        if body.get(name) is not None and not fits(kind, body[name])
    ]
    if errors:
        raise unprocessable(*errors)
    return body


def _expected(kind: Kind, value: Any) -> str:
    if kind.words:
        return f"`{value}` is not one of: {', '.join(kind.words)}"
    return f"`{value}` is not of type: {kind.name}"

"""Who is asking, and from where: the signed-in member, and requests other sites try to make for them."""

from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from core.errors import NotAllowed
from core.services.access import Actor, require_actor

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN = "/webhooks/"


async def provide_actor(request: Request[Any, Any, Any]) -> Actor:
    """The member behind the request; raises NotSignedIn."""
    return await require_actor(request.headers.get("cookie", ""))


class SameOrigin(ASGIMiddleware):
    """Refuses state-changing requests that a browser sends for another site.

    Browsers name where a request comes from (Sec-Fetch-Site, Origin); programs send neither and carry no
    cookies of a browser. Webhooks are verified by their own signatures.
    """

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        if scope["type"] == ScopeType.HTTP and _changes(scope):
            headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
            if _foreign(headers):
                raise NotAllowed(
                    "This request comes from another site.", "Open Shortlist itself and try again."
                )
        await next_app(scope, receive, send)


def _changes(scope: Scope) -> bool:
    method = str(scope.get("method", "GET"))
    return method not in _SAFE and not scope["path"].startswith(_OPEN)


def _foreign(headers: dict[str, str]) -> bool:
    site = headers.get("sec-fetch-site", "")
    if site:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin", "")
    return bool(origin) and urlsplit(origin).netloc != headers.get("host", "")


class SecureHeaders(ASGIMiddleware):
    """Headers every answer carries: no sniffing, no framing by others, no leaking of addresses."""

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in _HEADERS if name not in present),
                ]
            await send(message)

        await next_app(scope, receive, with_headers)


_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)

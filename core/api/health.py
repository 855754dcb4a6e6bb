"""Whether the instance works, for people and for machines."""

import hmac
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.plugins.prometheus import PrometheusController

from core import __version__
from core.errors import NotAllowed
from core.services import health
from core.services.runtime import runtime

_LOCAL = frozenset({"127.0.0.1", "::1", "localhost", ""})
_OF_PROXIES = ("x-forwarded-for", "forwarded", "x-real-ip")


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """`ok` when requests can be served; `parts` says what works and what does not."""

    ok: bool
    version: str
    parts: dict[str, str]


@get("/health", tags=["Operations"])
async def get_health() -> Response[Health]:
    """200 when the database answers, 503 otherwise."""
    parts = await health.parts()
    ok = parts["database"] == "ok"
    return Response(Health(ok=ok, version=__version__, parts=parts), status_code=200 if ok else 503)


class Metrics(PrometheusController):
    """Prometheus metrics; for callers on this machine, or with the token of the settings."""

    path = "/metrics"
    include_in_schema = False

    @get()
    async def get(self, request: Request[Any, Any, Any]) -> Response[bytes]:
        if not _may_look(request, runtime().settings.metrics_token):
            raise NotAllowed("Metrics are not open to you.", "Set SHORTLIST_METRICS_TOKEN and send it.")
        await health.observe()
        answer: Response[bytes] = await super().get.fn(self)
        return answer


def _may_look(request: Request[Any, Any, Any], token: str) -> bool:
    if token:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    # A proxy on this machine is local; whoever it speaks for is not.
    proxied = any(name in request.headers for name in _OF_PROXIES)
    return not proxied and (request.client.host if request.client else "") in _LOCAL

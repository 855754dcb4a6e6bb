"""Whether the instance works, for people and for machines."""

from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.plugins.prometheus import PrometheusController

from core import __version__
from core.errors import NotAllowed
from core.services import health
from core.services.runtime import runtime

_LOCAL = frozenset({"127.0.0.1", "::1", "localhost", ""})


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
        token = runtime().settings.metrics_token
        client = request.client.host if request.client else ""
        given = request.headers.get("authorization", "")
        if (token and given != f"Bearer {token}") or (not token and client not in _LOCAL):
            raise NotAllowed("Metrics are not open to you.", "Set SHORTLIST_METRICS_TOKEN and send it.")
        await health.observe()
        answer: Response[bytes] = await super().get.fn(self)
        return answer

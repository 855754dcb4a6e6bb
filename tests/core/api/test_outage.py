"""While the database is away every door says so and asks to try again; afterwards everything goes on."""

import asyncio
import hashlib
import hmac
import io
import json
from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import msgspec
import pytest

from core import log
from core.app import create_app
from core.services.access import COOKIE
from core.services.runtime import runtime
from core.settings import load
from core.store import connections, doors
from core.store.engine import rows, value
from core.store.scope import nobody, tenant
from tests.core.outage import outage

pytestmark = pytest.mark.anyio
SETUP = {"organisation": "Quay", "name": "Ada", "email": "ada@example.org", "password": "a short sentence"}
SECRET = "a webhook secret"


class Instance(msgspec.Struct, frozen=True, kw_only=True):
    """A running application with one integration, a signed-in admin, and what it logs."""

    client: httpx.AsyncClient
    cookie: dict[str, str]
    tenant: UUID
    connection: UUID
    logged: io.StringIO


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def instance(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Instance]:
    app = create_app(load({}, data_dir=tmp_path_factory.mktemp("sl")))
    transport = httpx.ASGITransport(app)  # type: ignore[arg-type]
    async with app.lifespan(), httpx.AsyncClient(transport=transport, base_url="http://shortlist") as client:
        key = (await client.post("/auth/setup", data=SETUP)).cookies[COOKIE]
        client.cookies.clear()
        (tenant_id,) = await doors.tenants()
        fields = runtime().catalog.connectors["greenhouse"].entry.fields
        async with tenant(tenant_id):
            secrets = runtime().vault.seal(tenant_id, {"webhook_secret": SECRET})
            connection = await connections.add(
                "greenhouse", "Greenhouse", settings={field.name: field.default for field in fields},
                secrets=secrets, account="Quay", users=b"[]",
            )  # fmt: skip
        logged = io.StringIO()
        log.configure("json", "info", stream=logged)
        yield Instance(
            client=client, cookie={"cookie": f"{COOKIE}={key}"}, tenant=tenant_id,
            connection=connection, logged=logged,
        )  # fmt: skip


async def test_an_outage_is_told_once_and_nothing_is_lost(instance: Instance) -> None:
    client, address = instance.client, f"/webhooks/{instance.connection}"
    body = json.dumps({"action": "ping", "payload": {}}).encode()
    digest = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    signed = {"signature": f"sha256 {digest}", "greenhouse-event-id": "e1"}
    async with outage():
        refused = [
            await client.get("/api/jobs", headers=instance.cookie),
            await client.post(address, content=body, headers=signed),
            await client.post("/auth/login", data=SETUP),
        ]
        await asyncio.sleep(6)  # the worker's tick comes round meanwhile
        assert (await client.get("/health")).json()["parts"]["database"] == "cannot be reached"
    assert [answer.status_code for answer in refused] == [503, 503, 503]
    for answer in refused:
        assert "database cannot be reached" in answer.json()["title"]
        assert "Try again" in answer.json()["detail"]
        assert int(answer.headers["retry-after"]) > 0
    assert (await client.get("/api/jobs", headers=instance.cookie)).status_code == 200
    assert (await client.post(address, content=body, headers=signed)).status_code == 200
    async with tenant(instance.tenant):
        assert await value("SELECT count(*) FROM delivery") == 1
    events = [json.loads(line)["event"] for line in instance.logged.getvalue().splitlines()]
    assert events.count("database away, everything that needs it waits") == 1
    assert events.count("database back") == 1
    assert "Traceback" not in instance.logged.getvalue()
    assert len(events) < 12, events


async def test_what_stood_open_when_the_database_left_is_over(instance: Instance) -> None:
    """The same task goes on with a fresh transaction, and every place in the pool comes back."""
    answer = None
    for _ in range(14):
        async with asyncio.timeout(20):
            try:
                async with nobody():
                    await rows("SET LOCAL transaction_timeout = '1ms'")
                    await value("SELECT pg_sleep(1)")
            except Exception as error:
                answer = error
            async with nobody():
                assert await value("SELECT 1") == 1
    assert "database cannot be reached" in str(answer)

from collections.abc import AsyncIterator

import pytest
from litestar.testing import AsyncTestClient, RequestFactory

from core.api import health
from core.app import create_app
from core.clock import new_id
from core.services.access import COOKIE
from core.settings import load

pytestmark = pytest.mark.anyio
SETUP = {"organisation": "Quay", "name": "Ada", "email": "Ada@Example.org", "password": "a short sentence"}


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def client(
    tmp_path_factory: pytest.TempPathFactory, anyio_backend: str
) -> AsyncIterator[AsyncTestClient]:
    settings = load({}, data_dir=tmp_path_factory.mktemp("sl"), worker=False, metrics_token="canary-metrics")
    async with AsyncTestClient(create_app(settings)) as found:
        found.follow_redirects = False
        answer = await found.post("/auth/setup", data=SETUP)
        assert answer.status_code == 303
        found.cookies.clear()
        yield found


async def _sign_in(client: AsyncTestClient, password: str = SETUP["password"], **more: str) -> str:
    answer = await client.post("/auth/login", data={"email": "ada@example.org", "password": password, **more})
    assert answer.status_code == 303
    client.cookies.clear()
    cookie = answer.cookies.get(COOKIE, "")
    return cookie or answer.headers["location"]


async def test_the_set_up_happens_once(client: AsyncTestClient) -> None:
    answer = await client.post("/auth/setup", data={**SETUP, "email": "eve@example.org"})
    assert answer.headers["location"].startswith("/login?error=taken")


async def test_a_session_is_a_cookie_no_script_can_read(client: AsyncTestClient) -> None:
    answer = await client.post(
        "/auth/login", data={"email": "ada@example.org", "password": SETUP["password"]}
    )
    client.cookies.clear()
    header = answer.headers["set-cookie"].lower()
    assert "httponly" in header
    assert "samesite=lax" in header


async def test_signed_in_members_see_and_others_do_not(client: AsyncTestClient) -> None:
    assert (await client.get("/api/jobs")).status_code == 401
    key = await _sign_in(client)
    answer = await client.get("/api/jobs", headers={"cookie": f"{COOKIE}={key}"})
    assert answer.status_code == 200
    assert answer.json() == []


async def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(client: AsyncTestClient) -> None:
    headers = {"cookie": f"{COOKIE}={await _sign_in(client)}"}
    await client.post("/auth/logout", headers=headers)
    client.cookies.clear()
    assert (await client.get("/api/jobs", headers=headers)).status_code == 401


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/jobs/1?a=2", "/jobs/1?a=2"),
        ("https://evil.example/x", "/jobs"),
        ("//evil.example", "/jobs"),
        ("/\\evil.example", "/jobs"),
        ("javascript:alert(1)", "/jobs"),
    ],
)
async def test_after_sign_in_nobody_is_led_elsewhere(client: AsyncTestClient, asked: str, given: str) -> None:
    form = {"email": "ada@example.org", "password": SETUP["password"], "next": asked}
    answer = await client.post("/auth/login", data=form)
    client.cookies.clear()
    assert answer.headers["location"] == given


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"}],
)
async def test_other_sites_cannot_act_for_a_member(client: AsyncTestClient, headers: dict[str, str]) -> None:
    answer = await client.post("/auth/logout", headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.json()["title"]


async def test_six_wrong_passwords_lock_the_door_for_a_while(client: AsyncTestClient) -> None:
    for _ in range(6):
        assert "error=credentials" in await _sign_in(client, "not the password")
    assert "error=locked" in await _sign_in(client, "not the password")
    assert "error=locked" in await _sign_in(client)


async def test_an_unknown_address_gets_the_same_answer(client: AsyncTestClient) -> None:
    answer = await client.post("/auth/login", data={"email": "nobody@example.org", "password": "x" * 20})
    assert "error=credentials" in answer.headers["location"]


async def test_health_and_the_description_of_the_api_are_served(client: AsyncTestClient) -> None:
    assert (await client.get("/health")).json()["ok"] is True
    assert (await client.get("/schema/openapi.json")).status_code == 200
    assert "/api/jobs" in (await client.get("/schema/openapi.json")).json()["paths"]


async def test_metrics_are_for_those_who_know_the_token(client: AsyncTestClient) -> None:
    assert (await client.get("/metrics")).status_code == 403
    assert (await client.get("/metrics", headers={"authorization": "Bearer another"})).status_code == 403
    answer = await client.get("/metrics", headers={"authorization": "Bearer canary-metrics"})
    assert answer.status_code == 200
    assert "shortlist_queue_jobs" in answer.text
    assert 'shortlist_waiting{kind="write_backs"} 0.0' in answer.text


async def test_a_webhook_to_an_address_nobody_has_says_so(client: AsyncTestClient) -> None:
    answer = await client.post(f"/webhooks/{new_id()}", content=b"{}")
    assert answer.status_code == 404
    assert answer.json()["title"]


async def test_answers_carry_headers_that_keep_browsers_careful(client: AsyncTestClient) -> None:
    headers = (await client.get("/health")).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    ("header", "value"), [("x-forwarded-for", "203.0.113.7"), ("forwarded", "for=203.0.113.7")]
)
def test_metrics_without_a_token_are_not_for_callers_behind_a_proxy(header: str, value: str) -> None:
    local = RequestFactory(server="127.0.0.1")
    asked = [local.get("/metrics", headers=headers) for headers in ({}, {header: value})]
    for request in asked:
        request.scope["client"] = ("127.0.0.1", 1)
    assert [health._may_look(request, "") for request in asked] == [True, False]

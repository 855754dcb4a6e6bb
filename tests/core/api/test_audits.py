"""The bias audit over HTTP: a file in, files out, for admins who are signed in."""

import json
from collections.abc import AsyncIterator

import pytest
from litestar.testing import AsyncTestClient

from core.app import create_app
from core.services.access import COOKIE
from core.settings import load

pytestmark = pytest.mark.anyio
SETUP = {"organisation": "Quay", "name": "Ada", "email": "ada@example.org", "password": "a short sentence"}
PERIOD = "job=00000000-0000-7000-8000-000000000000&since=2026-01-01&until=2026-12-31"


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def client(
    tmp_path_factory: pytest.TempPathFactory, anyio_backend: str
) -> AsyncIterator[AsyncTestClient]:
    settings = load({}, data_dir=tmp_path_factory.mktemp("sl"), worker=False)
    async with AsyncTestClient(create_app(settings)) as found:
        found.follow_redirects = False
        answer = await found.post("/auth/setup", data=SETUP)
        found.cookies.clear()
        found.headers["cookie"] = f"{COOKIE}={answer.cookies[COOKIE]}"
        yield found


async def test_a_file_with_a_fault_is_refused_by_its_line(client: AsyncTestClient) -> None:
    data = b"application_id,sex,race_ethnicity\n1,female,asian\n"
    answer = await client.post("/api/audits/answers", content=data, headers={"content-type": "text/csv"})
    assert answer.status_code == 422
    assert answer.json()["fields"] == {"Line 2": "There is no application “1” here."}


async def test_no_form_of_another_site_brings_answers_in(client: AsyncTestClient) -> None:
    answer = await client.post(
        "/api/audits/answers",
        content=b"x",
        headers={"sec-fetch-site": "cross-site", "content-type": "text/csv"},
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["report", "rows"])
async def test_a_job_that_is_not_ours_is_not_found(client: AsyncTestClient, path: str) -> None:
    assert (await client.get(f"/api/audits/{path}?{PERIOD}")).status_code == 404
    assert (await client.get(f"/api/audits/{path}?{PERIOD.replace('2026-12-31', 'soon')}")).status_code == 400


@pytest.mark.parametrize("path", ["report", "rows"])
async def test_who_is_not_signed_in_gets_nothing(client: AsyncTestClient, path: str) -> None:
    answer = await client.get(f"/api/audits/{path}?{PERIOD}", headers={"cookie": ""})
    assert answer.status_code == 401


async def test_the_description_of_the_api_names_them(client: AsyncTestClient) -> None:
    paths = json.loads((await client.get("/schema/openapi.json")).text)["paths"]
    assert {"/api/audits/answers", "/api/audits/report", "/api/audits/rows"} <= set(paths)

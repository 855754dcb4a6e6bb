import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from urllib.parse import unquote

import httpx
import msgspec
import pytest

from plugins.greenhouse.twin.resources import resources
from plugins.greenhouse.twin.serve import TwinServer

from .conftest import Api

NEXT = re.compile(r'<([^>]+)>; rel="next"')


def next_page(api: Api, answer: httpx.Response) -> httpx.Response | None:
    match = NEXT.fullmatch(answer.headers.get("link", ""))
    return api.http.get(match[1], headers=api.headers) if match else None


def test_a_list_is_a_bare_array_newest_first_ending_with_a_newline(api: Api) -> None:
    answer = api.call("GET", "applications")
    ids = [row["id"] for row in answer.json()]
    assert answer.content.endswith(b"\n")
    assert ids == sorted(ids, reverse=True)
    assert len(ids) == 8


def test_pages_together_are_the_whole_list(api: Api) -> None:
    answer: httpx.Response | None = api.call("GET", "applications", per_page=3)
    pages = []
    while answer is not None:
        pages.append([row["id"] for row in answer.json()])
        answer = next_page(api, answer)
    assert [len(page) for page in pages] == [3, 3, 2]
    assert [row_id for page in pages for row_id in page] == api.ids("applications")


def test_the_cursor_has_the_recorded_form(api: Api) -> None:
    answer = api.call("GET", "applications", per_page=2)
    raw = answer.headers["link"].split("cursor=")[1].split(">")[0]
    cursor = msgspec.json.decode(urlsafe_b64decode(unquote(raw)))
    third = api.ids("applications")[2]
    assert cursor == {
        "query": {"per_page": 2},
        "per_page": 2,
        "id": third,
        "page": 2,
        "original_request_id": answer.headers["x-request-id"],
    }
    assert "=" not in raw


@pytest.mark.parametrize("form", ["empty", "missing"])
def test_the_last_page_has_an_empty_link_or_none(twin: TwinServer, api: Api, form: str) -> None:
    twin.configure(last_link=form)
    headers = api.call("GET", "applications").headers
    assert headers.get("link", "no header") == ("" if form == "empty" else "no header")


def test_a_cursor_stands_alone(api: Api) -> None:
    link = api.call("GET", "applications", per_page=2).headers["link"]
    cursor = unquote(link.split("cursor=")[1].split(">")[0])
    errors = api.errors("GET", "applications", cursor=cursor, per_page=2)
    assert errors == ["When passing a cursor, do not include other query params."]


@pytest.mark.parametrize("cursor", ["garbage", "", urlsafe_b64encode(b'{"id": "x"}').decode()])
def test_an_invented_cursor_is_refused(api: Api, cursor: str) -> None:
    assert api.errors("GET", "applications", cursor=cursor) == [{"cursor": "is invalid"}]


def test_cursors_expire_by_age_and_on_demand(twin: TwinServer, api: Api) -> None:
    first = api.call("GET", "applications", per_page=2)
    twin.expire_cursors()
    expired = next_page(api, first)
    assert expired is not None
    assert expired.status_code == 422
    twin.configure(cursor_seconds=60)
    again = api.call("GET", "applications", per_page=2)
    twin.advance(61)
    aged = next_page(api, again)
    assert aged is not None
    assert aged.status_code == 422


def test_what_is_created_during_a_crawl_is_not_in_its_later_pages(twin: TwinServer, api: Api) -> None:
    first = api.call("GET", "applications", per_page=4)
    job = twin.rows("jobs")[0]
    twin.act("apply", job_id=job["id"], candidate={"first_name": "New", "last_name": "Comer"})
    second = next_page(api, first)
    assert second is not None
    assert len(second.json()) == 4
    assert not {row["id"] for row in first.json()} & {row["id"] for row in second.json()}


@pytest.mark.parametrize(
    ("per_page", "text"),
    [
        ("501", "`501` number is greater than: 500"),
        ("0", "`0` number is less than: 1"),
        ("x", "`x` number is less than: 1"),
        ("²", "`²` number is less than: 1"),
    ],
)
def test_page_sizes_are_1_to_500(api: Api, per_page: str, text: str) -> None:
    assert api.errors("GET", "jobs", per_page=per_page) == [{"per_page": text}]
    assert len(api.get("jobs", per_page=500)) == 2


def test_fields_narrow_the_rows(api: Api) -> None:
    assert set(api.get("candidates", fields="id,first_name")[0]) == {"id", "first_name"}
    assert api.errors("GET", "candidates", fields="id,nonsense")


def test_ids_are_64_bit_with_a_silo_suffix_and_times_have_milliseconds(api: Api) -> None:
    row = api.get("applications")[0]
    assert row["id"] > 2**32
    assert str(row["id"]).endswith("002")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", row["created_at"])


def test_children_are_not_embedded(api: Api) -> None:
    candidate = api.get("candidates")[0]
    assert not {"applications", "application_ids", "attachments"} & set(candidate)
    assert "stages" not in api.get("jobs")[0]


def test_every_row_of_every_resource_is_as_documented(twin: TwinServer, api: Api) -> None:
    twin.configure(job_interview_stage_id=False, rate_limit=False)
    job, application = twin.rows("jobs")[0], twin.rows("applications")[0]
    reason = twin.rows("rejection_reasons")[0]
    twin.act("offer", id=application["id"])
    twin.act("reject", id=application["id"], reason_id=reason["id"], note="Thank you")
    twin.act("apply", candidate={"first_name": "Pro", "last_name": "Spect"}, prospective_job_ids=[job["id"]])
    twin.act("tag", id=application["candidate_id"], name="Strong writer")
    seen = set()
    for name, resource in resources().items():
        for row in api.get(name):
            assert not resource.problems(row), name
            assert set(row) <= set(resource.fields)
            seen.add(name)
    assert {"applications", "offers", "rejection_details", "prospect_details", "notes", "attachments"} <= seen

from typing import Any

import httpx
import pytest

from plugins.greenhouse.twin.serve import TwinServer

from .conftest import Api

UNREADABLE = {
    "message": "Unauthorized",
    "errors": ["Token could not be decoded. Please ensure your token is from a trusted source."],
}


def test_an_unknown_path_is_told_before_the_token_is_looked_at(twin: TwinServer) -> None:
    answer = httpx.get(f"{twin.url}/v3/no_such_thing")
    assert (answer.status_code, answer.json()) == (404, {"message": "Resource not found"})


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic eDp5"}]
)
def test_a_known_path_without_a_valid_token(twin: TwinServer, header: dict[str, str]) -> None:
    answer = httpx.get(f"{twin.url}/v3/jobs", headers=header)
    assert (answer.status_code, answer.json()) == (401, UNREADABLE)
    assert "x-ratelimit-limit" not in answer.headers


def test_a_token_ends_after_its_hour(twin: TwinServer, api: Api) -> None:
    assert api.call("GET", "jobs").status_code == 200
    twin.advance(3601)
    assert api.call("GET", "jobs").status_code == 401


def test_tokens_can_be_revoked_and_fetched_again(twin: TwinServer, api: Api) -> None:
    twin.revoke_tokens()
    assert api.call("GET", "jobs").status_code == 401
    with Api(twin) as fresh:
        assert fresh.call("GET", "jobs").status_code == 200


def test_a_revoked_credential_ends_its_tokens(twin: TwinServer, api: Api) -> None:
    twin.credential(revoked=True)
    assert api.call("GET", "jobs").status_code == 401


def test_with_one_active_token_the_new_one_ends_the_old_one(twin: TwinServer) -> None:
    twin.configure(one_active_token=True)
    with Api(twin) as first, Api(twin) as second:
        assert first.call("GET", "jobs").status_code == 401
        assert second.call("GET", "jobs").status_code == 200


def test_each_scope_is_needed_for_its_own_resource(twin: TwinServer, api: Api) -> None:
    twin.credential(remove_scopes=["harvest:notes:list"])
    assert api.call("GET", "notes").status_code == 403
    assert api.call("GET", "jobs").status_code == 200


@pytest.mark.parametrize(
    ("form", "body"),
    [("message", {"message": "Forbidden"}), ("errors", "Site Admin"), ("empty", b"")],
)
def test_lists_need_a_site_admin_and_the_body_of_the_refusal_is_a_switch(
    twin: TwinServer, api: Api, form: str, body: Any
) -> None:
    twin.change("users", int(twin.subject_id), site_admin=False)
    twin.configure(forbidden_body=form)
    answer = api.call("GET", "jobs")
    assert answer.status_code == 403
    if form == "errors":
        assert body in answer.json()["errors"][0]
    else:
        assert (answer.content if form == "empty" else answer.json()) == body


def test_there_is_no_get_by_id_but_for_rejection_reasons(api: Api) -> None:
    job = api.get("jobs")[0]
    assert api.call("GET", f"jobs/{job['id']}").status_code == 404
    reason = api.get("rejection_reasons")[0]
    assert api.call("GET", f"rejection_reasons/{reason['id']}").json() == reason


def test_150_calls_in_30_seconds_then_429_until_the_window_really_ends(twin: TwinServer, api: Api) -> None:
    answers = [api.call("GET", "sources", per_page=1) for _ in range(151)]
    first, last = answers[0], answers[150]
    assert (first.headers["x-ratelimit-limit"], first.headers["x-ratelimit-remaining"]) == ("150", "149")
    assert last.status_code == 429
    wait = int(last.headers["retry-after"])
    assert wait < 30, "the true window ends at :30, not 30 seconds from now"
    twin.advance(wait)
    assert api.call("GET", "sources").headers["x-ratelimit-remaining"] == "149"


def test_the_stated_reset_is_thirty_seconds_from_now_as_recorded(twin: TwinServer, api: Api) -> None:
    reset = int(api.call("GET", "sources").headers["x-ratelimit-reset"])
    now = twin.control.get("").json()["now"]
    assert now.startswith("2026-11-24T12:00:")
    assert reset % 30 != 0


def test_header_names_are_written_as_on_the_wire(api: Api) -> None:
    names = {name.decode() for name, _ in api.call("GET", "jobs").headers.raw}
    assert {
        "X-Request-Id",
        "X-Ratelimit-Limit",
        "X-Ratelimit-Remaining",
        "X-Ratelimit-Reset",
        "Link",
    } <= names


def test_the_limit_can_be_turned_off(twin: TwinServer, api: Api) -> None:
    twin.configure(rate_limit=False)
    answers = {api.call("GET", "sources", per_page=1).status_code for _ in range(160)}
    assert answers == {200}

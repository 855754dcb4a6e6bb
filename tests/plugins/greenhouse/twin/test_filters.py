from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.greenhouse.twin.account import Account, stamp
from plugins.greenhouse.twin.listing import Lister
from plugins.greenhouse.twin.resources import resources
from plugins.greenhouse.twin.serve import TwinServer
from plugins.greenhouse.twin.settings import TwinSettings

from .conftest import START, Api


def test_comma_lists_select_and_are_at_most_fifty(api: Api) -> None:
    some = api.ids("applications")[1:4]
    assert api.ids("applications", ids=",".join(map(str, some))) == some
    assert api.errors("GET", "applications", ids=",".join(["1"] * 51)) == [
        {"ids": "array size is greater than: 50"}
    ]
    assert api.errors("GET", "applications", ids="1,x") == [{"ids": "`x` is not an integer"}]


def test_pipes_bound_on_one_or_two_sides(twin: TwinServer, api: Api) -> None:
    moments = [row["updated_at"] for row in api.get("candidates")]
    newest, third = moments[0], moments[2]
    assert len(api.get("candidates", updated_at=f"gte|{third}")) == 3
    assert len(api.get("candidates", updated_at=f"gt|{third}")) == 2
    assert len(api.get("candidates", updated_at=f"gt|{third}|lt|{newest}")) == 1
    assert len(api.get("candidates", updated_at=f"gte|{third}|lte|{newest}")) == 3


def test_brackets_are_a_switch(twin: TwinServer, api: Api) -> None:
    third = api.get("candidates")[2]["updated_at"]
    query = {"updated_at[gte]": third, "updated_at[lte]": "2030-01-01T00:00:00Z"}
    assert len(api.call("GET", "candidates", **query).json()) == 3
    twin.configure(bracket_filters="ignored")
    assert len(api.call("GET", "candidates", **query).json()) == 7
    twin.configure(bracket_filters="refused")
    assert api.call("GET", "candidates", **query).status_code == 422


@pytest.mark.parametrize(
    "value", ["gte|2026-01-01", "2026-01-01T00:00:00Z", "after|2026-01-01T00:00:00Z", "gte|"]
)
def test_moments_must_be_whole_and_have_an_operator(api: Api, value: str) -> None:
    assert api.errors("GET", "jobs", updated_at=value)


def test_the_two_times_are_not_combined(api: Api) -> None:
    moment = "gte|2026-01-01T00:00:00Z"
    assert api.errors("GET", "jobs", updated_at=moment, created_at=moment)
    bracketed = {"updated_at[gte]": moment[4:], "created_at[gte]": moment[4:]}
    assert api.errors("GET", "jobs", **bracketed)


def test_active_is_asked_and_in_process_is_answered(twin: TwinServer, api: Api) -> None:
    application = twin.rows("applications")[0]
    twin.act("reject", id=application["id"])
    assert {row["status"] for row in api.get("applications", status="active")} == {"in_process"}
    assert api.ids("applications", status="rejected") == [application["id"]]
    assert api.errors("GET", "applications", status="in_process")


def test_job_stage_ids_passed_as_stage_ids_find_nothing_and_say_nothing(api: Api) -> None:
    stage = api.get("job_interview_stages", job_ids=api.get("applications")[0]["job_id"])[-1]
    assert stage["name"] == "Application Review"
    assert api.get("applications", stage_ids=stage["id"]) == []
    assert api.get("application_stages", job_interview_stage_ids=stage["id"], current="true")
    application = api.get("applications")[0]
    assert api.ids("applications", stage_ids=application["stage_id"]) == [application["id"]]


def test_the_undocumented_stage_filter_is_a_switch(twin: TwinServer, api: Api) -> None:
    application = api.get("applications")[0]
    stage = application["job_interview_stage_id"]
    assert application["id"] in api.ids("applications", job_interview_stage_ids=stage)
    twin.configure(job_interview_stage_id=False)
    assert "job_interview_stage_id" not in api.get("applications")[0]
    assert api.errors("GET", "applications", job_interview_stage_ids=stage)


def test_unknown_parameters_are_refused(api: Api) -> None:
    for path in ("scorecards", "rejection_details"):
        assert api.errors("GET", path, job_ids=1) == [{"job_ids": "is not a parameter of this endpoint"}]
    assert api.errors("GET", "candidates", job_id=1)
    assert api.errors("GET", "demographic_questions", updated_at="gte|2026-01-01T00:00:00Z")


def test_candidates_by_email_without_case_and_by_tag_exactly(twin: TwinServer, api: Api) -> None:
    candidate = twin.rows("candidates")[0]
    twin.act(
        "edit_candidate",
        id=candidate["id"],
        values={"email_addresses": [{"value": "Mira@Sol.example", "type": "personal"}]},
    )
    twin.act("tag", id=candidate["id"], name="Strong writer")
    assert api.ids("candidates", email="mira@sol.EXAMPLE") == [candidate["id"]]
    assert api.ids("candidates", tag="Strong writer") == [candidate["id"]]
    assert api.get("candidates", tag="strong writer") == []


def test_hidden_unless_asked(twin: TwinServer, api: Api) -> None:
    names = {row["name"] for row in api.get("users")}
    assert "Integration Service User" not in names
    service = [row for row in api.get("users", show_service_accounts="true") if row["name"] not in names]
    assert [row["name"] for row in service] == ["Integration Service User"]
    assert "primary_email" not in service[0]
    own = api.get("rejection_reasons")
    assert len(api.get("rejection_reasons", include_defaults="true")) > len(own)
    post = twin.rows("job_posts")[0]
    twin.act("edit_post", id=post["id"], values={"active": False})
    assert post["id"] not in api.ids("job_posts")
    assert api.ids("job_posts", active="false") == [post["id"]]


def test_offers_have_every_version_unless_the_current_one_is_asked_for(twin: TwinServer, api: Api) -> None:
    application = twin.rows("applications")[0]
    twin.act("offer", id=application["id"])
    twin.act("offer", id=application["id"])
    rows = api.get("offers", application_ids=application["id"])
    assert [(row["version"], row["status"]) for row in rows] == [(2, "Created"), (1, "Deprecated")]
    assert [row["version"] for row in api.get("offers", current_only="true")] == [2]


def test_scalars_are_not_lists(api: Api) -> None:
    job = api.get("jobs")[0]
    assert job["id"] in api.ids("jobs", office_id=job["office_ids"][0], department_id=job["department_id"])
    assert api.errors("GET", "jobs", department_id="1,2")


def test_options_by_field_key_and_rows_by_option(twin: TwinServer, api: Api) -> None:
    options = api.get("custom_field_options", custom_field_key="employment_type")
    assert {row["name"] for row in options} == {"Full-time", "Part-time", "Contract"}
    full = next(row["id"] for row in options if row["name"] == "Full-time")
    part = next(row["id"] for row in options if row["name"] == "Part-time")
    assert len(api.get("jobs", custom_field_option_id=full)) == 2
    assert api.get("jobs", custom_field_option_id=part) == []


def many_tags(count: int) -> Account:
    account = Account()
    for number in range(count):
        at = START + timedelta(seconds=(number * 7919) % 101)
        account.add("applied_candidate_tags", at, candidate_id=number % 5, candidate_tag_id=number % 3)
    return account


ACCOUNT = many_tags(120)
ROWS = ACCOUNT.all("applied_candidate_tags")
OPERATORS: dict[str, Any] = {
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
}


@settings(deadline=None, max_examples=200)
@given(
    candidates=st.none() | st.lists(st.integers(0, 6), max_size=4),
    tags=st.none() | st.lists(st.integers(0, 4), max_size=3),
    low=st.none() | st.tuples(st.sampled_from(["gt", "gte"]), st.integers(-5, 110)),
    high=st.none() | st.tuples(st.sampled_from(["lt", "lte"]), st.integers(-5, 110)),
    per_page=st.integers(1, 130),
)
def test_pages_of_any_filter_are_what_a_plain_scan_finds(
    candidates: list[int] | None,
    tags: list[int] | None,
    low: tuple[str, int] | None,
    high: tuple[str, int] | None,
    per_page: int,
) -> None:
    bounds = [(operator, moment_at(second)) for operator, second in (b for b in (low, high) if b)]
    query = {"per_page": str(per_page)}
    if candidates is not None:
        query["candidate_ids"] = ",".join(map(str, candidates))
    if tags is not None:
        query["candidate_tag_ids"] = ",".join(map(str, tags))
    if bounds:
        query["updated_at"] = "|".join(part for bound in bounds for part in bound)
    expected = [
        row["id"]
        for row in reversed(ROWS)
        if (candidates is None or row["candidate_id"] in candidates)
        and (tags is None or row["candidate_tag_id"] in tags)
        and all(OPERATORS[operator](row["updated_at"], bound) for operator, bound in bounds)
    ]
    assert crawl(query) == expected


def moment_at(second: int) -> str:
    return stamp(START + timedelta(seconds=second))


def crawl(query: dict[str, str]) -> list[int]:
    lister = Lister(ACCOUNT, lambda: datetime.fromisoformat("2026-11-25T00:00:00+00:00"))
    resource, found = resources()["applied_candidate_tags"], []
    while True:
        page = lister.page(resource, query, TwinSettings(), request_id="r")
        found += [row["id"] for row in page.rows]
        if not page.next:
            return found
        query = {"cursor": page.next}

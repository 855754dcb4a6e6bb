from collections import Counter
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from plugins.greenhouse.twin.account import Account, moment
from plugins.greenhouse.twin.app import create_twin, front
from plugins.greenhouse.twin.resources import resources
from plugins.greenhouse.twin.seed import seed_account, seed_from_documents
from plugins.greenhouse.twin.serve import TwinServer, introduction, new_world, standalone
from plugins.greenhouse.twin.settings import TwinSettings

from .conftest import START, Api, small_account


def person(number: int) -> Any:
    return SimpleNamespace(
        key=f"person-{number}",
        first_name=f"First{number}",
        last_name=f"Last{number}",
        email=f"person{number}@cast.example",
        phone="+49 30 123",
        city="Berlin",
        links=("https://code.example/p",),
        headline="Engineer",
        employments=(SimpleNamespace(company="Acme", title="Engineer", start="2020-01", end=None),),
        educations=(
            SimpleNamespace(
                school="Uni", degree="Doctorate", discipline="Physics", start_year=2010, end_year=2015
            ),
        ),
    )


def cast(count: int = 30) -> Any:
    job = SimpleNamespace(
        key="job", title="Engineer", department="Engineering", location="Berlin", description_html="<p>x</p>"
    )
    document = SimpleNamespace(filename="cv.pdf", content=lambda: b"%PDF")
    applications = [
        SimpleNamespace(
            key=f"{number:03d}",
            person=person(0 if number == 5 else number),
            job_key="job",
            applied_days_ago=number,
            source="Job fair",
            resume=None if number == 3 else document,
            cover_letter="Dear team" if number == 2 else None,
            answers=(("Why us?", "Because"),),
        )
        for number in range(count)
    ]
    return SimpleNamespace(jobs=[job], applications=applications)


@pytest.fixture(scope="module")
def account() -> Account:
    return seed_account(cast(), now=START)


def test_ids_and_times_rise_together_and_nothing_lies_in_the_future(account: Account) -> None:
    rows = account.all("applications")
    moments = [moment(row["created_at"]) for row in rows]
    assert moments == sorted(moments)
    assert START - timedelta(days=31) < moments[0]
    assert moments[-1] <= START
    updates = [moment(row["updated_at"]) for row in rows]
    assert max(updates) <= START


def test_one_person_twice_is_one_candidate_with_two_applications(account: Account) -> None:
    per_candidate = Counter(row["candidate_id"] for row in account.all("applications"))
    assert sorted(per_candidate.values())[-2:] == [1, 2]


def test_the_account_has_every_state_an_integration_must_understand(account: Account) -> None:
    states = Counter((row["status"], row["prospect"]) for row in account.all("applications"))
    assert {("in_process", False), ("rejected", False), ("hired", False), ("in_process", True)} == set(states)
    stages = {row["stage_name"] for row in account.all("applications") if row["stage_id"]}
    assert len(stages) > 1
    users = account.all("users")
    assert any(user["deactivated"] for user in users)
    assert any(user["primary_email"] is None for user in users)
    assert any(not user["site_admin"] for user in users)
    assert [(row["version"], row["status"]) for row in account.all("offers")] == [
        (1, "Deprecated"),
        (2, "Accepted"),
    ]
    assert any(row["tags"] == ["Strong writer"] for row in account.all("candidates"))
    assert any(row["private"] for row in account.all("candidates"))
    assert account.all("notes")


def test_whoever_looks_at_the_newest_application_finds_an_ordinary_one(account: Account) -> None:
    newest = account.all("applications")[-1]
    assert newest["job_id"]
    assert newest["stage_id"]


def test_educations_point_at_options_and_files_are_kept(account: Account) -> None:
    education = account.all("candidate_educations")[0]
    school = account.get("custom_field_options", education["school_name_custom_field_option_id"])
    assert school
    assert school["name"] == "Uni"
    attachments = account.all("attachments")
    assert Counter(row["type"] for row in attachments) == {"resume": 29, "cover_letter": 1}
    assert {account.files[row["id"]].content for row in attachments} == {b"%PDF", b"Dear team"}


def test_the_same_cast_gives_the_same_account() -> None:
    assert seed_account(cast(), now=START).dump() == seed_account(cast(), now=START).dump()


def test_a_dumped_account_comes_back_and_goes_on_counting(account: Account) -> None:
    again = Account.load(account.dump())
    assert again.dump() == account.dump()
    made = again.add("candidate_tags", START, name="New")
    assert made["id"] > max(row["id"] for row in account.all("candidate_tags"))
    kept = {key: file.content for key, file in account.files.items()}
    assert {key: file.content for key, file in again.files.items()} == kept


def test_own_documents_become_jobs_and_candidates() -> None:
    made = seed_from_documents(
        [("Nurse", "<p>Care.</p>")],
        {"Nurse": [("Ann Lee", "ann.docx", b"1"), ("Ann Lee", "ann2.docx", b"2")]},
    )
    assert len(made.all("candidates")) == 1
    assert len(made.all("applications")) == 2
    assert made.all("job_posts")[0]["content"] == "<p>Care.</p>"
    assert {file.media_type for file in made.files.values()} == {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    }


def test_the_introduction_names_all_a_client_needs(account: Account) -> None:
    text = introduction(new_world(account), host="127.0.0.1", port=8400)
    for part in ("http://127.0.0.1:8400/v3", "/token", "shortlist-twin-2", "1 jobs", "31 applications"):
        assert part in text


def test_a_twin_that_runs_alone_shows_documented_fields_and_keeps_files_elsewhere(account: Account) -> None:
    for host in ("127.0.0.1", "localhost"):
        world = new_world(account, standalone(host, 8400))
        shown = world.presenter().one("applications", account.all("applications")[-1])
        assert not resources()["applications"].problems(shown)
        link = world.presenter().one("attachments", account.all("attachments")[0])["url"]
        assert urlsplit(link).hostname in {"127.0.0.1", "localhost"} - {host}


def test_confidential_jobs_may_be_for_their_team_only(twin: TwinServer, api: Api) -> None:
    job = twin.rows("jobs")[0]["id"]
    twin.change("jobs", job, confidential=True)
    assert job in api.ids("jobs")
    twin.configure(confidential_jobs=False)
    assert job not in api.ids("jobs")


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_twin_also_answers_in_memory() -> None:
    world = new_world(small_account(), TwinSettings())
    transport = httpx.ASGITransport(front(create_twin(world.account, world=world)))
    async with httpx.AsyncClient(transport=transport, base_url="https://harvest.example") as client:
        form = {"grant_type": "client_credentials"}
        (credential,) = world.keys.credentials.values()
        token = await client.post("/token", data=form, auth=(credential.client_id, credential.secret))
        headers = {"Authorization": f"Bearer {token.json()['access_token']}"}
        page = await client.get("/v3/applications", params={"per_page": 1}, headers=headers)
        assert page.headers["link"].startswith("<https://harvest.example/v3/applications?cursor=")
        url = (await client.get("/v3/attachments", headers=headers)).json()[0]["url"]
        assert (await client.get(url)).content

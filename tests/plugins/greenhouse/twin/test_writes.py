from base64 import b64encode
from typing import Any

import httpx
import pytest

from plugins.greenhouse.twin.serve import TwinServer

from .conftest import Api


def stage_named(api: Api, job_id: int, name: str) -> int:
    return next(
        int(row["id"]) for row in api.get("job_interview_stages", job_ids=job_id) if row["name"] == name
    )


def note(api: Api, **change: Any) -> httpx.Response:
    candidate = api.get("candidates")[0]["id"]
    body = {"candidate_id": candidate, "body": "Hi", "note_type": "NOTE", "visibility": "private"}
    return api.call("POST", "notes", json=body | change)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("public", "publicly_visible"),
        ("private", "privately_visible"),
        ("admin_only", "admin_only_visible"),
    ],
)
def test_notes_are_written_and_read_in_different_spellings(api: Api, written: str, read: str) -> None:
    answer = note(api, visibility=written)
    assert answer.status_code == 201
    assert answer.json()["visibility"] == read
    assert api.ids("notes", visibility=read) == [answer.json()["id"]]
    assert note(api, visibility=read).status_code == 422


def test_email_notes_need_addresses_and_others_refuse_them(api: Api) -> None:
    addresses = {"email_from": ["a@b.example"], "email_to": ["c@d.example"], "email_cc": []}
    assert note(api, note_type="EMAIL", **addresses).status_code == 422
    sent = note(api, note_type="EMAIL", subject="Hello", **addresses)
    assert (sent.status_code, sent.json()["email_from"]) == (201, "a@b.example")
    assert note(api, **addresses).status_code == 422


def test_bodies_are_checked_key_by_key(api: Api) -> None:
    errors = api.errors("POST", "notes", json={"candidate_id": "x", "visibility": "secret", "colour": 1})
    assert {name for error in errors for name in error} == {
        "candidate_id",
        "body",
        "note_type",
        "visibility",
        "colour",
    }


def test_writes_need_json_and_an_existing_row(api: Api) -> None:
    path = f"{api.twin.url}/v3/notes"
    plain = api.http.post(path, content=b"{}", headers={**api.headers, "Content-Type": "text/plain"})
    assert plain.status_code == 415
    broken = api.http.post(path, content=b"{", headers={**api.headers, "Content-Type": "application/json"})
    assert broken.status_code == 400
    assert api.call("PATCH", "candidates/1", json={}).status_code == 404


def test_a_write_needs_its_own_scope(twin: TwinServer, api: Api) -> None:
    twin.credential(remove_scopes=["harvest:applications:reject"])
    application = api.get("applications")[0]
    reason = api.get("rejection_reasons", include_defaults="true")[0]
    body = {"rejection_reason_id": reason["id"]}
    assert api.call("POST", f"applications/{application['id']}/reject", json=body).status_code == 403
    assert api.one("applications", application["id"])["status"] == "in_process"


def test_editing_a_candidate_replaces_lists_and_keeps_what_is_absent(api: Api) -> None:
    candidate = api.get("candidates")[0]
    both = [{"value": "1", "type": "home"}, {"value": "2", "type": "work"}]
    api.call("PATCH", f"candidates/{candidate['id']}", json={"phone_numbers": both, "title": "Lead"})
    api.call("PATCH", f"candidates/{candidate['id']}", json={"phone_numbers": both[:1], "is_private": True})
    row = api.one("candidates", candidate["id"])
    assert (row["phone_numbers"], row["title"], row["private"]) == (both[:1], "Lead", True)
    assert row["updated_at"] > candidate["updated_at"]
    wrong = {"phone_numbers": [{"value": "1", "type": "fax"}]}
    assert api.errors("PATCH", f"candidates/{candidate['id']}", json=wrong)


def test_patching_tags_replaces_all_of_them_applying_one_does_not(api: Api) -> None:
    candidate = api.get("candidates")[0]["id"]
    api.call("PATCH", f"candidates/{candidate}", json={"tags": ["One", "Two"]})
    tag = api.call("POST", "candidate_tags", json={"name": "Three"}).json()["id"]
    api.call("POST", "applied_candidate_tags", json={"candidate_id": candidate, "candidate_tag_id": tag})
    assert api.one("candidates", candidate)["tags"] == ["One", "Two", "Three"]
    applied = api.get("applied_candidate_tags", candidate_ids=candidate, candidate_tag_ids=tag)[0]
    gone = api.call("DELETE", f"applied_candidate_tags/{applied['id']}")
    assert (gone.status_code, "message" in gone.json()) == (200, True)
    api.call("PATCH", f"candidates/{candidate}", json={"tags": ["Four"]})
    assert api.one("candidates", candidate)["tags"] == ["Four"]
    assert len(api.get("applied_candidate_tags", candidate_ids=candidate)) == 1


@pytest.mark.parametrize(("switch", "status"), [("existing", 200), ("refused", 422), ("second", 201)])
def test_duplicate_tags_are_a_switch(twin: TwinServer, api: Api, switch: str, status: int) -> None:
    twin.configure(duplicate_tag=switch, duplicate_applied_tag=switch)
    candidate = api.get("candidates")[0]["id"]
    tag = api.get("candidate_tags")[0]
    assert api.call("POST", "candidate_tags", json={"name": tag["name"].upper()}).status_code == status
    body = {"candidate_id": candidate, "candidate_tag_id": tag["id"]}
    assert api.call("POST", "applied_candidate_tags", json=body).status_code == 201
    assert api.call("POST", "applied_candidate_tags", json=body).status_code == status


def test_a_move_is_a_compare_and_swap(api: Api) -> None:
    before = api.get("applications")[0]
    phone = stage_named(api, before["job_id"], "Phone Screen")
    path = f"applications/{before['id']}/move"
    moved = api.call(
        "POST", path, json={"from_stage_id": before["job_interview_stage_id"], "to_stage_id": phone}
    )
    assert (moved.status_code, moved.content) == (204, b"")
    assert api.errors(
        "POST", path, json={"from_stage_id": before["job_interview_stage_id"], "to_stage_id": phone}
    )
    after = api.one("applications", before["id"])
    assert (after["stage_name"], after["job_interview_stage_id"]) == ("Phone Screen", phone)
    assert after["stage_id"] != before["stage_id"]
    history = api.get("application_stages", application_ids=before["id"])
    assert [(row["current"], row["exited_at"] is None) for row in history] == [(True, True), (False, False)]


def test_a_move_without_target_advances_and_ends_at_the_last_stage(api: Api) -> None:
    application = api.get("applications")[0]
    names = []
    for _ in range(4):
        stage = api.one("applications", application["id"])["job_interview_stage_id"]
        api.call("POST", f"applications/{application['id']}/move", json={"from_stage_id": stage})
        names.append(api.one("applications", application["id"])["stage_name"])
    assert names == ["Phone Screen", "Technical Interview", "Face to Face", "Offer"]
    last = api.one("applications", application["id"])["job_interview_stage_id"]
    assert api.errors("POST", f"applications/{application['id']}/move", json={"from_stage_id": last})


def test_a_move_to_another_job_starts_in_its_first_stage(api: Api) -> None:
    application = api.get("applications")[0]
    other = next(job for job in api.get("jobs") if job["id"] != application["job_id"])
    body = {"from_stage_id": application["job_interview_stage_id"], "to_job_id": other["id"]}
    assert api.call("POST", f"applications/{application['id']}/move", json=body).status_code == 204
    moved = api.one("applications", application["id"])
    assert (moved["job_id"], moved["stage_name"]) == (other["id"], "Application Review")


def test_a_refused_write_leaves_nothing_behind(twin: TwinServer, api: Api) -> None:
    application = api.get("applications")[0]
    here = {"from_stage_id": application["job_interview_stage_id"]}
    other = next(job for job in api.get("jobs") if job["id"] != application["job_id"])
    person = {"first_name": "Una", "last_name": "Vale"}
    before = twin.control.get("/dump").json()["tables"]
    for path, body in (
        (f"applications/{application['id']}/move", {**here, "to_job_id": other["id"], "to_stage_id": 1}),
        ("candidates", {**person, "application": {"job_id": other["id"], "initial_stage_id": 1}}),
        ("candidates", {**person, "custom_fields": [{"name_key": "nowhere", "value": 1}]}),
        (
            "applications",
            {"candidate_id": application["candidate_id"], "job_id": other["id"], "initial_stage_id": 1},
        ),
    ):
        assert api.errors("POST", path, json=body)
    assert twin.control.get("/dump").json()["tables"] == before


def test_rejecting_and_taking_it_back(twin: TwinServer, api: Api) -> None:
    application = api.get("applications")[0]
    reason = api.get("rejection_reasons", include_defaults="true")[0]
    path = f"applications/{application['id']}"
    assert api.errors("POST", f"{path}/reject", json={})
    assert api.errors("POST", f"{path}/reject", json={"rejection_reason_id": 1})
    body = {"rejection_reason_id": reason["id"], "notes": "Too early"}
    assert api.call("POST", f"{path}/reject", json=body).status_code == 204
    row = api.one("applications", application["id"])
    assert (row["status"], row["stage_id"]) == ("rejected", None)
    assert row["rejected_at"]
    (detail,) = api.get("rejection_details", application_ids=application["id"])
    assert (detail["rejection_reason_id"], detail["rejected_by_id"]) == (reason["id"], int(twin.subject_id))
    assert api.one("notes", detail["rejection_note_id"])["body"] == "Too early"
    assert api.errors("POST", f"{path}/reject", json=body), "it is already rejected"
    assert api.call("POST", f"{path}/unreject").status_code == 204
    back = api.one("applications", application["id"])
    assert (back["status"], back["rejected_at"], back["stage_name"]) == (
        "in_process",
        None,
        "Application Review",
    )
    assert api.get("rejection_details", application_ids=application["id"]) == []


def test_hiring_closes_the_opening(api: Api) -> None:
    application = api.get("applications")[0]
    opening = api.get("openings", job_ids=application["job_id"])[0]
    path = f"applications/{application['id']}/hire"
    assert api.call("POST", path, json={"opening_id": opening["id"]}).status_code == 204
    assert api.ids("applications", status="hired") == [application["id"]]
    closed = api.one("openings", opening["id"])
    assert (closed["open"], closed["application_id"]) == (False, application["id"])


def test_a_prospect_is_converted_into_a_new_application(api: Api) -> None:
    candidate = api.get("candidates")[0]["id"]
    job = api.get("jobs")[0]["id"]
    body = {"candidate_id": candidate, "prospect": True, "job_ids": [job]}
    prospect = api.call("POST", "applications", json=body).json()
    assert (prospect["job_id"], prospect["stage_id"], prospect["prospective_job_ids"]) == (None, None, [job])
    assert api.get("prospect_details", application_ids=prospect["id"])
    assert api.ids("applications", prospective_job_ids=job) == [prospect["id"]]
    new = api.call("POST", f"applications/{prospect['id']}/convert_to_candidate", json={"job_id": job}).json()
    assert (new["prospect"], new["job_id"], new["stage_name"]) == (False, job, "Application Review")
    assert api.one("applications", prospect["id"])["status"] == "converted"


def test_a_candidate_with_an_application_is_made_in_one_call(api: Api) -> None:
    job = api.get("jobs")[0]["id"]
    body = {"first_name": "Eve", "last_name": "Marsh", "tags": ["Fast"], "application": {"job_id": job}}
    answer = api.call("POST", "candidates", json=body)
    assert answer.status_code == 201
    made = answer.json()
    assert made["application"]["candidate_id"] == made["candidate"]["id"]
    assert made["candidate"]["tags"] == ["Fast"]
    assert api.errors("POST", "candidates", json={"first_name": "Eve"})
    assert api.errors("POST", "candidates", json={**body, "application": {"job_id": 1}})


def test_new_rows_may_take_a_while_to_appear(twin: TwinServer, api: Api) -> None:
    twin.configure(visible_after_seconds=20)
    job = api.get("jobs")[0]["id"]
    body = {"first_name": "Eve", "last_name": "Marsh", "application": {"job_id": job}}
    made = api.call("POST", "candidates", json=body).json()
    ids = {"candidates": made["candidate"]["id"], "applications": made["application"]["id"]}
    assert all(api.get(path, ids=row_id) == [] for path, row_id in ids.items())
    twin.advance(21)
    assert all(api.ids(path, ids=row_id) == [row_id] for path, row_id in ids.items())


def test_merging_moves_everything_to_the_kept_candidate(api: Api) -> None:
    lost, kept = api.ids("candidates")[:2]
    applications = api.ids("applications", candidate_ids=f"{lost},{kept}")
    answer = api.call("POST", f"candidates/{kept}/merge", json={"secondary_candidate_id": lost})
    assert (answer.status_code, answer.json()["id"]) == (200, kept)
    assert api.get("candidates", ids=lost) == []
    assert api.ids("applications", candidate_ids=kept) == applications
    assert api.errors("POST", f"candidates/{kept}/merge", json={"secondary_candidate_id": kept})


def test_anonymising_erases_what_is_named(api: Api) -> None:
    candidate = api.get("candidates")[0]["id"]
    fields = ["full_name", "attachments"]
    assert api.call("PATCH", f"candidates/{candidate}/anonymize", json={"fields": fields}).status_code == 200
    assert api.one("candidates", candidate)["first_name"] == "Anonymized"
    assert api.get("attachments", candidate_ids=candidate) == []
    assert api.errors("PATCH", f"candidates/{candidate}/anonymize", json={"fields": ["shoe_size"]})


def test_deletions_leave_no_trace_in_lists(api: Api) -> None:
    application = api.get("applications")[0]
    answer = api.call("DELETE", f"applications/{application['id']}")
    assert answer.json() == {"message": f"Application {application['id']} deleted successfully"}
    assert api.get("applications", ids=application["id"]) == []
    assert api.call("DELETE", f"applications/{application['id']}").status_code == 404
    assert api.call("DELETE", f"candidates/{application['candidate_id']}").status_code == 200
    assert api.get("candidates", ids=application["candidate_id"]) == []


def test_a_new_resume_replaces_the_one_before(api: Api) -> None:
    application = api.get("applications")[0]
    content = b64encode(b"second").decode()
    body = {"application_id": application["id"], "filename": "new.txt", "type": "resume", "content": content}
    made = api.call("POST", "attachments", json=body)
    assert made.status_code == 201
    rows = api.get("attachments", application_ids=application["id"], type="resume")
    assert [row["filename"] for row in rows] == ["new.txt"]
    assert httpx.get(rows[0]["url"]).content == b"second"
    assert api.errors("POST", "attachments", json={**body, "content": "not base64!"})
    assert api.errors("POST", "attachments", json={k: v for k, v in body.items() if k != "content"})


@pytest.mark.parametrize("moves", [True, False])
def test_whether_a_note_moves_its_parents_is_a_switch(twin: TwinServer, api: Api, moves: bool) -> None:
    twin.configure(children_touch_parents=moves)
    candidate = api.get("candidates")[0]
    note(api)
    assert (api.one("candidates", candidate["id"])["updated_at"] > candidate["updated_at"]) is moves


def test_private_candidates_may_come_as_stubs(twin: TwinServer, api: Api) -> None:
    candidate = api.get("candidates")[0]["id"]
    twin.act("edit_candidate", id=candidate, values={"private": True})
    twin.configure(private_stubs=True)
    stub = api.get("candidates")[0]
    assert set(stub) == {"message"}
    assert len(api.get("candidates")) == 7

import hmac
import json
from hashlib import sha256
from typing import Any

import pytest

from plugins.greenhouse.twin.hooks import EVENTS, encode, signature
from plugins.greenhouse.twin.serve import TwinServer

from .conftest import Api, Receiver

SECRET = "the hook's secret"


def events(receiver: Receiver) -> list[str]:
    return [json.loads(body)["action"] for _, body in receiver.got]


def payload(receiver: Receiver) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(receiver.got[-1][1])["payload"]
    return body


def hook(twin: TwinServer, receiver: Receiver, *names: str) -> None:
    made = twin.webhooks(receiver.url, SECRET, names)
    assert all(entry["active"] for entry in made)
    receiver.got.clear()


def test_a_new_webhook_is_pinged_and_signed(twin: TwinServer, receiver: Receiver) -> None:
    (made,) = twin.webhooks(receiver.url, SECRET, ["job_created"])
    headers, body = receiver.got[0]
    ping = json.loads(body)
    assert ping["action"] == "ping"
    assert ping["payload"]["web_hook_id"] == made["id"]
    assert ping["payload"]["content-type"] == "application/json"
    expected = hmac.new(SECRET.encode(), body, sha256).hexdigest()
    assert headers["signature"] == f"sha256 {expected}"
    assert headers["greenhouse-event-id"]


def test_a_webhook_that_fails_its_ping_stays_off(twin: TwinServer, receiver: Receiver) -> None:
    receiver.answers = [500]
    (made,) = twin.webhooks(receiver.url, SECRET, ["new_candidate_application"])
    assert not made["active"]
    apply(twin)
    twin.pump()
    assert events(receiver) == ["ping"]
    twin.control.patch(f"/webhooks/{made['id']}", json={"active": True})
    apply(twin)
    twin.pump()
    assert events(receiver) == ["ping", "new_candidate_application"]


def apply(twin: TwinServer, **change: Any) -> Any:
    job = twin.rows("jobs")[0]["id"]
    candidate = {"first_name": "Zoë", "last_name": "O'Neil <b>"}
    file = {"filename": "cv.txt", "content": "aGk="}
    return twin.act("apply", **({"job_id": job, "candidate": candidate, "files": [file]} | change))


def test_the_sender_escapes_and_signs_the_bytes_it_sends(twin: TwinServer, receiver: Receiver) -> None:
    hook(twin, receiver, "new_candidate_application")
    apply(twin)
    twin.pump()
    headers, body = receiver.got[0]
    assert b"Zo\\u00eb" in body
    assert b"\\u003cb\\u003e" in body
    assert not {b"<"[0], b">"[0]} & set(body)
    assert headers["signature"] == f"sha256 {hmac.new(SECRET.encode(), body, sha256).hexdigest()}"
    reserialized = json.dumps(json.loads(body)).encode()
    assert headers["signature"] != f"sha256 {hmac.new(SECRET.encode(), reserialized, sha256).hexdigest()}"


def test_an_application_event_has_the_nested_v1_shape(twin: TwinServer, receiver: Receiver) -> None:
    hook(twin, receiver, "new_candidate_application")
    row = apply(twin)
    twin.pump()
    whole = json.loads(receiver.got[0][1])
    assert whole["organization_name"] == "Twin Works"
    application = whole["payload"]["application"]
    assert (application["id"], application["status"]) == (row["id"], "active")
    assert application["applied_at"].endswith("Z")
    assert "." not in application["applied_at"]
    assert application["candidate"]["first_name"] == "Zoë"
    assert application["jobs"][0]["id"] == row["job_id"]
    assert application["current_stage"]["name"] == "Application Review"
    assert application["candidate"]["attachments"][0]["type"] == "resume"
    assert application["candidate"]["attachments"][0]["url"].startswith("http")


def test_every_change_sends_its_event(twin: TwinServer, api: Api, receiver: Receiver) -> None:
    hook(twin, receiver, "all")
    one, two = api.get("applications")[:2]
    for name, body in (
        ("edit_candidate", {"id": one["candidate_id"], "values": {"title": "Lead"}}),
        ("edit_application", {"id": one["id"], "values": {"location_address": "Oslo"}}),
        ("move", {"id": one["id"]}),
        ("reject", {"id": one["id"]}),
        ("unreject", {"id": one["id"]}),
        ("hire", {"id": one["id"]}),
        ("unhire", {"id": one["id"]}),
        ("merge", {"kept_id": one["candidate_id"], "lost_id": two["candidate_id"]}),
        ("anonymize", {"id": one["candidate_id"]}),
        ("delete_application", {"id": one["id"]}),
        ("delete_candidate", {"id": one["candidate_id"]}),
        ("open_job", {"title": "Cook", "content": "<p>Cook.</p>"}),
    ):
        twin.act(name, **body)
    job = twin.rows("jobs")[-1]["id"]
    post = twin.rows("job_posts")[-1]["id"]
    twin.act("edit_job", id=job, values={"status": "closed"})
    twin.act("edit_post", id=post, values={"title": "Chef"})
    twin.act("edit_post", id=post, values={"active": False})
    twin.act("delete_job", id=job)
    twin.pump()
    expected = {
        "update_candidate", "application_updated", "candidate_stage_change", "reject_candidate",
        "unreject_candidate", "hire_candidate", "unhire_candidate", "merge_candidate",
        "candidate_anonymized", "delete_application", "delete_candidate", "job_created",
        "job_post_created", "job_updated", "job_post_updated", "job_post_deleted", "job_deleted",
    }  # fmt: skip
    assert set(events(receiver)) == expected


def test_deleting_a_candidate_names_its_applications_once(
    twin: TwinServer, api: Api, receiver: Receiver
) -> None:
    hook(twin, receiver, "delete_candidate", "delete_application")
    candidate = api.get("applications")[0]["candidate_id"]
    applications = api.ids("applications", candidate_ids=candidate)
    assert len(applications) == 2
    twin.act("delete_candidate", id=candidate)
    twin.pump()
    assert events(receiver) == ["delete_candidate"]
    assert sorted(payload(receiver)["person"]["deleted_application_ids"]) == sorted(applications)


def test_a_merge_names_the_survivor(twin: TwinServer, api: Api, receiver: Receiver) -> None:
    hook(twin, receiver, "merge_candidate", "delete_candidate")
    lost, kept = api.ids("candidates")[:2]
    api.call("POST", f"candidates/{kept}/merge", json={"secondary_candidate_id": lost})
    twin.pump()
    assert events(receiver) == ["merge_candidate"]
    person = payload(receiver)["person"]
    assert (person["id"], person["new_candidate_id"]) == (lost, kept)


def test_anything_but_200_is_sent_again_on_the_documented_schedule(
    twin: TwinServer, receiver: Receiver
) -> None:
    hook(twin, receiver, "new_candidate_application")
    receiver.answers = [500, 204, 302, 404, 201, 503, 500, 200]
    apply(twin)
    twin.pump()
    attempts = [len(receiver.got)]
    for minutes in (1, 15, 60, 120, 240, 480, 10_000):
        twin.advance(minutes * 60 - 5)
        twin.pump()
        before = len(receiver.got)
        twin.advance(6)
        twin.pump()
        attempts.append(len(receiver.got))
        assert before == attempts[-2], "not sent before its time"
    assert attempts == [1, 2, 3, 4, 5, 6, 7, 7], "seven attempts and no more"
    assert len({body for _, body in receiver.got}) == 1
    assert twin.deliveries()[-1]["state"] == "failed"


@pytest.mark.parametrize("stable", [True, False])
def test_whether_the_event_id_stays_the_same_is_a_switch(
    twin: TwinServer, receiver: Receiver, stable: bool
) -> None:
    twin.configure(stable_event_id=stable)
    hook(twin, receiver, "new_candidate_application")
    receiver.answers = [500]
    apply(twin)
    twin.pump()
    twin.advance(61)
    twin.pump()
    ids = [headers["greenhouse-event-id"] for headers, _ in receiver.got]
    assert len(ids) == 2
    assert len(set(ids)) == (1 if stable else 2)


def test_the_schedule_can_be_shortened_and_a_delivery_repeated(twin: TwinServer, receiver: Receiver) -> None:
    twin.configure(webhook_time_scale=0.0)
    hook(twin, receiver, "new_candidate_application")
    receiver.answers = [500]
    apply(twin)
    twin.pump()
    twin.pump()
    assert len(receiver.got) == 2
    last = twin.deliveries()[-1]
    assert last["state"] == "delivered"
    twin.control.post(f"/deliveries/{last['id']}/resend")
    assert len(receiver.got) == 3


def test_basic_credentials_and_headers_of_a_hook_are_sent(twin: TwinServer, receiver: Receiver) -> None:
    hook_setup = {
        "url": receiver.url,
        "secret": SECRET,
        "events": ["job_created"],
        "basic_user": "u",
        "basic_password": "p",
        "headers": {"X-Team": "hiring"},
    }
    twin.control.post("/webhooks", json=hook_setup).raise_for_status()
    headers, _ = receiver.got[0]
    assert headers["authorization"] == "Basic dTpw"
    assert headers["x-team"] == "hiring"


def test_unknown_events_are_refused(twin: TwinServer, receiver: Receiver) -> None:
    body = {"url": receiver.url, "secret": SECRET, "events": ["note_created"]}
    assert twin.control.post("/webhooks", json=body).status_code == 400
    assert "note_created" not in EVENTS


def wanted(receiver: Receiver, **change: Any) -> dict[str, Any]:
    return {
        "endpoint_url": receiver.url,
        "name": "By API",
        "event_action_type": "candidate_stage_change",
        "secret_key": SECRET,
        "max_attempts": 2,
    } | change


def test_a_partner_makes_webhooks_over_the_api(twin: TwinServer, api: Api, receiver: Receiver) -> None:
    made = api.call("POST", "webhooks", json=wanted(receiver, additional_headers="X-Team: hiring"))
    assert made.status_code == 201
    assert "secret_key" not in made.json()
    headers, body = receiver.got[0]
    assert headers["signature"] == signature(SECRET, body)
    assert headers["x-team"] == "hiring"
    (row,) = api.get("webhooks")
    assert (row["id"], row["event_action_type"]) == (made.json()["id"], "candidate_stage_change")
    receiver.answers = [500, 500, 500]
    twin.act("move", id=api.get("applications")[0]["id"])
    for _ in range(3):
        twin.pump()
        twin.advance(20 * 60)
    assert events(receiver) == ["ping", "candidate_stage_change", "candidate_stage_change"]


def test_a_webhook_of_the_api_is_off_after_a_failed_ping_and_can_be_mended(
    twin: TwinServer, api: Api, receiver: Receiver
) -> None:
    receiver.answers = [404]
    made = api.call("POST", "webhooks", json=wanted(receiver)).json()
    assert api.one("webhooks", made["id"])["deactivated"]
    twin.act("move", id=api.get("applications")[0]["id"])
    mended = api.call("PATCH", f"webhooks/{made['id']}", json={"deactivated": False, "secret_key": "new"})
    assert mended.status_code == 200
    assert not api.one("webhooks", made["id"])["deactivated"]
    twin.act("move", id=api.get("applications")[1]["id"])
    twin.pump()
    assert events(receiver) == ["ping", "ping", "candidate_stage_change"]
    headers, body = receiver.got[-1]
    assert headers["signature"] == signature("new", body)
    assert api.call("DELETE", f"webhooks/{made['id']}").status_code == 200
    twin.act("move", id=api.get("applications")[2]["id"])
    twin.pump()
    assert len(receiver.got) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"event_action_type": "note_created"},
        {"max_attempts": 0},
        {"endpoint_url": "ftp://x"},
        {"additional_headers": "Signature: forged"},
        {"secret_key": None},
    ],
)
def test_what_a_webhook_cannot_be(api: Api, receiver: Receiver, change: dict[str, Any]) -> None:
    assert api.errors("POST", "webhooks", json=wanted(receiver, **change))
    assert not api.get("webhooks")
    assert not receiver.got


def test_the_escape_is_as_recorded() -> None:
    assert encode({"a": "é<b>&"}) == b'{"a":"\\u00e9\\u003cb\\u003e&"}'
    assert signature("k", b"x") == f"sha256 {hmac.new(b'k', b'x', sha256).hexdigest()}"

"""Webhooks: verified over the raw bytes, never believed beyond their ids."""

import hmac
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sdk import Delivery, Hint
from plugins.greenhouse.webhooks import receive

SECRET = "kept-between-us"
WHEN = datetime(2026, 11, 24, 12, tzinfo=UTC)
PING = {"action": "ping", "payload": {"web_hook_id": 7}}


def deliver(content: Any, *, secret: str = SECRET, event_id: str = "", **headers: str) -> Delivery:
    body = content if isinstance(content, bytes) else msgspec.json.encode(content)
    signature = f"sha256 {hmac.new(secret.encode(), body, sha256).hexdigest()}"
    known = {"signature": signature} | ({"greenhouse-event-id": event_id} if event_id else {})
    return Delivery(body=body, headers=known | headers, received_at=WHEN)


def hints(action: str, **payload: Any) -> list[tuple[str, str, bool, str]]:
    reception = receive(deliver({"action": action, "payload": payload}), (SECRET,))
    assert reception.refusal == ""
    assert reception.event == action
    return [(hint.kind, hint.id, hint.removed, hint.merged_into) for hint in reception.hints]


NESTED = {"id": 11, "status": "active", "candidate": {"id": 22, "first_name": "X"}, "jobs": [{"id": 33}]}


@pytest.mark.parametrize(
    ("action", "payload", "expected"),
    [
        ("new_candidate_application", {"application": NESTED}, [("application", "11", False, "")]),
        ("candidate_stage_change", {"application": NESTED}, [("application", "11", False, "")]),
        ("application_updated", {"application": NESTED}, [("application", "11", False, "")]),
        ("reject_candidate", {"application": NESTED}, [("application", "11", False, "")]),
        ("unreject_candidate", {"application": NESTED}, [("application", "11", False, "")]),
        ("hire_candidate", {"application": NESTED}, [("application", "11", False, "")]),
        ("unhire_candidate", {"application": NESTED}, [("application", "11", False, "")]),
        ("update_candidate", {"candidate": {"id": 22}}, [("person", "22", False, "")]),
        (
            "candidate_anonymized",
            {"candidate_id": 22, "anonymized_fields": []},
            [("person", "22", False, "")],
        ),
        ("delete_application", {"application": {"id": 11, "job_id": 33}}, [("application", "11", True, "")]),
        (
            "delete_candidate",
            {"person": {"id": 22, "deleted_application_ids": [11, 12]}},
            [("person", "22", True, ""), ("application", "11", True, ""), ("application", "12", True, "")],
        ),
        (
            "merge_candidate",
            {"person": {"id": 22, "new_candidate_id": 23}},
            [("person", "23", False, ""), ("person", "22", True, "23")],
        ),
        ("job_created", {"job": {"id": 33}}, [("job", "33", False, "")]),
        ("job_updated", {"job": {"id": 33}}, [("job", "33", False, "")]),
        ("job_deleted", {"job": {"id": 33, "name": "N"}}, [("job", "33", True, "")]),
        ("job_post_created", {"id": 44, "job_id": 33}, [("job", "33", False, "")]),
        ("job_post_updated", {"id": 44, "job_id": 33}, [("job", "33", False, "")]),
        ("job_post_deleted", {"job_post": {"id": 44, "job_id": 33}}, [("job", "33", False, "")]),
        (
            "job_interview_stage_deleted",
            {"job_interview_stage": {"id": 5, "job_id": 33}},
            [("job", "33", False, "")],
        ),
        ("offer_created", {"id": 1, "application_id": 11}, []),
        ("department_deleted", {"department": {"id": 1}}, []),
        ("ping", {"web_hook_id": 1}, []),
        ("something_new", {"application": {"id": 11}}, [("application", "11", False, "")]),
    ],
)
def test_each_event_names_what_to_fetch_again(
    action: str, payload: dict[str, Any], expected: list[tuple[str, str, bool, str]]
) -> None:
    assert hints(action, **payload) == expected


def test_nothing_but_ids_is_taken_from_a_body() -> None:
    reception = receive(deliver({"action": "update_candidate", "payload": {"candidate": NESTED}}), (SECRET,))
    assert reception.hints == (Hint(kind="person", id="11"),)


def test_the_bytes_are_verified_as_they_came() -> None:
    """Greenhouse escapes what JSON need not escape; written anew the digest would differ."""
    body = rb'{"action": "ping",  "payload": {"name": "\u003cZo\u00eb\u003e"}}'
    assert receive(deliver(body), (SECRET,)).event == "ping"


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({"signature": ""}, "carries no signature"),
        ({"signature": "sha256"}, "carries no signature"),
        ({"signature": "sha1 " + "0" * 40}, "carries no signature"),
        ({"signature": "sha256 " + "0" * 64}, "does not match"),
        ({"signature": "sha256 zzzz"}, "does not match"),
        ({"signature": "sha256 \u00e9"}, "does not match"),
    ],
)
def test_a_wrong_signature_is_refused_with_a_sentence(headers: dict[str, str], words: str) -> None:
    reception = receive(deliver(PING, **headers), (SECRET,))
    assert words in reception.refusal
    assert reception.hints == ()


def test_a_body_changed_on_its_way_is_refused() -> None:
    good = deliver(PING)
    forged = Delivery(body=good.body.replace(b"7", b"8"), headers=good.headers, received_at=WHEN)
    assert "does not match" in receive(forged, (SECRET,)).refusal


def test_both_secrets_work_while_one_is_being_replaced() -> None:
    for signed_with in ("old", "new"):
        assert receive(deliver(PING, secret=signed_with), ("old", "new")).refusal == ""


@pytest.mark.parametrize("secrets", [(), ("",)])
def test_without_a_secret_nothing_is_accepted(secrets: tuple[str, ...]) -> None:
    assert "secret key" in receive(deliver(PING, secret=""), secrets).refusal


def test_a_retry_has_the_key_of_the_first_delivery() -> None:
    first, retry = (receive(deliver(PING, event_id="e-1"), (SECRET,)) for _ in range(2))
    assert first.key == retry.key
    assert first.key.startswith("e-1 ")


def test_an_old_body_under_a_new_events_id_does_not_keep_the_new_event_out() -> None:
    """The id is not signed, so whoever recorded one delivery can send it again under any id."""
    replayed = receive(deliver(PING, event_id="e-2"), (SECRET,))
    fresh = receive(deliver({"action": "ping", "payload": {}}, event_id="e-2"), (SECRET,))
    assert replayed.key != fresh.key


def test_without_an_event_id_equal_bodies_have_equal_keys() -> None:
    key = receive(deliver(PING), (SECRET,)).key
    assert key == receive(deliver(PING), (SECRET,)).key
    assert key != receive(deliver({"action": "ping", "payload": {}}), (SECRET,)).key


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_ACTIONS = st.sampled_from(
    [
        "ping",
        "delete_candidate",
        "merge_candidate",
        "job_updated",
        "job_post_deleted",
        "update_candidate",
        "x",
    ]
)
_PARTS = st.sampled_from(["person", "application", "candidate", "job", "job_post", "job_id", "candidate_id"])
_FIELDS = st.sampled_from(["id", "new_candidate_id", "deleted_application_ids", "job_id"])


@given(_ACTIONS, st.dictionaries(_PARTS, st.dictionaries(_FIELDS, _JSON) | _JSON))
def test_no_signed_body_breaks_the_receiver(action: str, payload: dict[str, Any]) -> None:
    reception = receive(deliver({"action": action, "payload": payload}), (SECRET,))
    assert reception.refusal == ""
    assert all(isinstance(hint.id, str) for hint in reception.hints)
    assert all(hint.id or hint.kind == "everything" for hint in reception.hints)


@given(st.binary() | _JSON.map(msgspec.json.encode))
def test_any_bytes_get_an_answer(body: bytes) -> None:
    reception = receive(deliver(body), (SECRET,))
    assert reception.key
    assert reception.event or reception.refusal

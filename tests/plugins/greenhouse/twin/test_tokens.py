from base64 import b64encode
from typing import Any

import httpx
import pytest

from plugins.greenhouse.twin.serve import TwinServer

GRANT = {"grant_type": "client_credentials"}


def ask(twin: TwinServer, **request: Any) -> httpx.Response:
    request.setdefault("data", GRANT)
    request.setdefault("auth", (twin.client_id, twin.client_secret))
    return httpx.post(f"{twin.url}/token", **request)


def test_a_token_lives_one_hour_and_states_its_end_without_a_refresh_token(twin: TwinServer) -> None:
    body = ask(twin).json()
    assert body["token_type"] == "Bearer"
    assert body["expires_at"].startswith("2026-11-24T13:00:0")
    assert "." not in body["expires_at"]
    assert "refresh_token" not in body
    assert "expires_in" not in body


def test_the_subject_is_who_notes_are_written_by(twin: TwinServer) -> None:
    admin = next(user for user in twin.rows("users") if user["first_name"] == "Bruno")
    token = ask(twin, data={**GRANT, "sub": str(admin["id"])}).json()["access_token"]
    note = httpx.post(
        f"{twin.url}/v3/notes",
        headers={"Authorization": f"Bearer {token}"},
        json={
            "candidate_id": twin.rows("candidates")[0]["id"],
            "body": "Hello",
            "note_type": "NOTE",
            "visibility": "private",
        },
    )
    assert note.json()["user_id"] == admin["id"]


def test_grant_in_the_query_with_a_json_body_works_too(twin: TwinServer) -> None:
    answer = httpx.post(
        f"{twin.url}/token?grant_type=client_credentials",
        json={"sub": twin.subject_id},
        auth=(twin.client_id, twin.client_secret),
    )
    assert answer.status_code == 200


def test_refusals_come_in_both_styles(twin: TwinServer) -> None:
    nobody = ask(twin, auth=None)
    assert nobody.status_code == 401
    assert nobody.json()["message"] == "Unauthorized"
    assert nobody.json()["errorId"].startswith("err-")
    malformed = ask(twin, auth=("nosuffix", "x"))
    assert malformed.status_code == 400
    assert malformed.json()["message"] == "client_id=nosuffix does not contain a valid client ID suffix"
    unknown = ask(twin, auth=("somebody-3", "x"))
    assert (unknown.status_code, unknown.json()) == (401, {"error": "invalid_client"})
    wrong = ask(twin, auth=(twin.client_id, "x"))
    assert (wrong.status_code, wrong.json()) == (401, {"error": "invalid_client"})


def test_grant_types_are_checked_before_the_client(twin: TwinServer) -> None:
    missing = ask(twin, data={}, auth=("somebody-3", "x"))
    assert missing.json() == {"message": "Must include `grant_type` parameter in /token request"}
    other = ask(twin, data={"grant_type": "password"}, auth=("somebody-3", "x"))
    assert other.json()["message"].startswith(
        "grant_type=password is invalid, please use one of: authorization"
    )


@pytest.mark.parametrize("sub", ["999", "Bruno", "²", "deactivated"])
def test_a_subject_that_is_nobody_is_refused(twin: TwinServer, sub: str) -> None:
    gone = next(user for user in twin.rows("users") if user["deactivated"])
    answer = ask(twin, data={**GRANT, "sub": str(gone["id"]) if sub == "deactivated" else sub})
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})


def test_a_credential_without_scopes_gets_no_token(twin: TwinServer) -> None:
    twin.credential(scopes=[])
    answer = ask(twin)
    assert answer.status_code == 400
    assert answer.json()["message"] == "Client application is not requesting any scopes"


def test_after_a_rotation_both_secrets_work_until_the_old_one_is_dropped(twin: TwinServer) -> None:
    twin.credential(secret="the new one")
    assert ask(twin).status_code == 200
    assert ask(twin, auth=(twin.client_id, "the new one")).status_code == 200
    twin.credential(forget_old_secret=True)
    assert ask(twin).status_code == 401


def test_sixty_tokens_a_minute(twin: TwinServer) -> None:
    answers = [ask(twin) for _ in range(61)]
    assert [answer.status_code for answer in answers[:60]] == [200] * 60
    assert answers[0].headers["x-ratelimit-limit"] == "60"
    assert answers[60].status_code == 429
    assert 1 <= int(answers[60].headers["retry-after"]) <= 60


def test_unreadable_basic_credentials_count_as_none(twin: TwinServer) -> None:
    header = f"Basic {b64encode(bytes([0xFF, 0xFE])).decode()}"
    assert ask(twin, auth=None, headers={"Authorization": header}).status_code == 401


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"{", "application/json"),
        (b"[1]", "application/json"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_that_cannot_be_read_is_a_bad_request(twin: TwinServer, body: bytes, media_type: str) -> None:
    answer = httpx.post(
        f"{twin.url}/token",
        content=body,
        headers={"content-type": media_type},
        auth=(twin.client_id, twin.client_secret),
    )
    assert (answer.status_code, answer.json()) == (400, {"message": "Bad Request"})

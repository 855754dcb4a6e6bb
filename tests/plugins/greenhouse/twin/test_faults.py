import httpx
import pytest

from plugins.greenhouse.twin.serve import TwinServer

from .conftest import Api


def write(api: Api) -> httpx.Response:
    candidate = api.get("candidates")[0]["id"]
    body = {"candidate_id": candidate, "body": "Once", "note_type": "NOTE", "visibility": "private"}
    return api.call("POST", "notes", json=body)


def test_a_lost_response_has_done_its_work(twin: TwinServer, api: Api) -> None:
    twin.fault("lost", method="POST", path="/v3/notes")
    with pytest.raises(httpx.RemoteProtocolError):
        write(api)
    assert [row["body"] for row in api.get("notes")] == ["Once"]
    assert twin.calls(method="POST", prefix="/v3/notes")[0]["status"] == 0
    assert write(api).status_code == 201, "the fault is used up"


@pytest.mark.parametrize("kind", ["drop", "hang"])
def test_a_call_that_never_arrived_has_done_nothing(twin: TwinServer, api: Api, kind: str) -> None:
    twin.fault(kind, method="POST", path="/v3/notes")
    api.http.timeout = httpx.Timeout(0.3)
    with pytest.raises(httpx.TransportError):
        write(api)
    assert api.get("notes") == []


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_status_on_demand_does_nothing_either(twin: TwinServer, api: Api, status: int) -> None:
    twin.fault("status", method="POST", status=status, headers={"Retry-After": "1"}, times=2)
    assert [write(api).status_code for _ in range(3)] == [status, status, 201]
    assert len(api.get("notes")) == 1


def test_broken_bodies(twin: TwinServer, api: Api) -> None:
    twin.fault("malformed", path="/v3/jobs")
    twin.fault("truncated", path="/v3/jobs")
    with pytest.raises(ValueError, match="Expecting value"):
        api.call("GET", "jobs").json()
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
        api.call("GET", "jobs")
    assert len(api.get("jobs")) == 2


def test_faults_hit_only_what_they_name_and_can_wait(twin: TwinServer, api: Api) -> None:
    twin.fault("status", path="/v3/candidates", skip=1)
    assert api.call("GET", "jobs").status_code == 200
    assert [api.call("GET", "candidates").status_code for _ in range(3)] == [200, 503, 200]


def test_token_and_file_requests_can_fail_too(twin: TwinServer, api: Api) -> None:
    twin.fault("status", path="^/token$", status=500)
    form = {"grant_type": "client_credentials"}
    assert httpx.post(
        f"{twin.url}/token", data=form, auth=(twin.client_id, twin.client_secret)
    ).is_server_error
    twin.fault("truncated", path="^/files/")
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(api.get("attachments")[0]["url"])


def test_calls_are_recorded_without_credentials(twin: TwinServer, api: Api) -> None:
    api.get("jobs", per_page=1)
    call = twin.calls(prefix="/v3/jobs")[-1]
    assert (call["method"], call["query"], call["status"]) == ("GET", "per_page=1", 200)
    assert call["headers"]["authorization"] == "Bearer"
    assert twin.calls(prefix="/token")[0]["headers"]["authorization"] == "Basic"
    assert twin.calls(prefix="/_twin") == []


def test_a_mistaken_act_is_explained(twin: TwinServer) -> None:
    answer = twin.control.post("/acts/dance", json={})
    assert answer.status_code == 404
    assert "apply" in answer.json()["message"]
    assert twin.control.post("/acts/move", json={"id": 1}).status_code == 400
    assert twin.control.patch("/settings", json={"colour": "red"}).status_code == 400

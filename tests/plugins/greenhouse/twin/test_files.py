import httpx

from plugins.greenhouse.twin.serve import TwinServer

from .conftest import Api


def resume(api: Api) -> dict[str, str]:
    row: dict[str, str] = api.get("attachments", type="resume")[0]
    return row


def test_a_link_leads_to_the_bytes_on_another_host_without_a_token(twin: TwinServer, api: Api) -> None:
    row = resume(api)
    assert httpx.URL(row["url"]).netloc.decode() == twin.files_host
    assert twin.files_host not in twin.url
    answer = httpx.get(row["url"])
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.content == b"sales"


def test_a_bearer_token_is_refused_there_as_s3_does(api: Api) -> None:
    answer = httpx.get(resume(api)["url"], headers=api.headers)
    assert answer.status_code == 400
    assert "<Code>InvalidArgument</Code>" in answer.text


def test_a_link_ends_after_seven_days_and_a_fresh_one_works(twin: TwinServer, api: Api) -> None:
    url = resume(api)["url"]
    twin.advance(7 * 24 * 3600 - 60)
    assert httpx.get(url).status_code == 200
    twin.advance(61)
    expired = httpx.get(url)
    assert expired.status_code == 403
    assert "Request has expired" in expired.text
    assert expired.headers["content-type"].startswith("application/xml")
    with Api(twin) as again:
        assert httpx.get(resume(again)["url"]).status_code == 200


def test_a_changed_signature_or_path_is_refused(api: Api) -> None:
    url = resume(api)["url"]
    assert "SignatureDoesNotMatch" in httpx.get(url[:-1] + ("0" if url[-1] != "0" else "1")).text
    assert httpx.get(url.split("?")[0]).status_code == 403
    other = api.get("attachments")[-1]
    swapped = url.replace(str(resume(api)["id"]), str(other["id"]))
    assert "SignatureDoesNotMatch" in httpx.get(swapped).text


def test_a_deleted_file_is_no_longer_there(api: Api) -> None:
    row = resume(api)
    api.call("DELETE", f"attachments/{row['id']}")
    assert "NoSuchKey" in httpx.get(row["url"]).text


def test_any_file_name_survives(twin: TwinServer, api: Api) -> None:
    name = "Lebenslauf / Köhler & Söhne?%20#1.pdf"
    application = api.ids("applications")[0]
    file = {"filename": name, "content": "aGk=", "type": "resume"}
    twin.act("attach", id=application, file=file)
    (row,) = api.get("attachments", application_ids=application)
    assert row["filename"] == name
    assert httpx.get(row["url"]).content == b"hi"

"""Following hints, and files whose links expire."""

from typing import Any

import pytest

from core.sdk import BadData, Delivery, Hint, Misconfigured, NotFound, Removed

from .conftest import MakeRig, Rig, header_of

pytestmark = pytest.mark.anyio


async def refetch(rig: Rig, *hints: Hint) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for record in await rig.connector.refetch(hints):
        found.setdefault(type(record).__name__, []).append(record)
    return found


async def test_an_application_comes_with_person_and_files(rig: Rig) -> None:
    row = rig.application("Mira Sol")
    found = await refetch(rig, Hint(kind="application", id=str(row["id"])))
    assert [application.id for application in found["Application"]] == [str(row["id"])]
    assert [person.first_name for person in found["Person"]] == ["Mira"]
    assert len(found["Document"]) == 1


async def test_a_person_comes_with_all_applications(rig: Rig) -> None:
    found = await refetch(rig, Hint(kind="person", id=str(rig.candidate("Mira Sol")["id"])))
    assert len(found["Application"]) == 2


async def test_a_job_and_a_document_can_be_asked_for(rig: Rig) -> None:
    document = rig.twin.rows("attachments")[0]
    job = rig.job("Sales Lead")
    found = await refetch(rig, Hint(kind="job", id=job), Hint(kind="document", id=str(document["id"])))
    assert [record.id for record in found["Job"]] == [job]
    assert str(document["id"]) in {record.id for record in found["Document"]}


@pytest.mark.parametrize("kind", ["job", "application", "person", "document"])
async def test_what_is_not_there_is_removed(rig: Rig, kind: Any) -> None:
    assert await refetch(rig, Hint(kind=kind, id="404")) == {"Removed": [Removed(id="404", kind=kind)]}


async def test_what_greenhouse_says_is_gone_needs_no_call(rig: Rig) -> None:
    found = await refetch(rig, Hint(kind="application", id="7", removed=True))
    assert found == {"Removed": [Removed(id="7", kind="application")]}
    assert rig.calls() == []


async def test_a_private_candidate_is_not_taken_for_a_deleted_one(rig: Rig) -> None:
    rig.twin.configure(private_stubs=True)
    person = rig.candidate("Aki Tanabe")["id"]
    rig.twin.act("delete_application", id=rig.application("Aki Tanabe")["id"])
    rig.twin.change("candidates", person, private=True)
    assert "Removed" not in await refetch(rig, Hint(kind="person", id=str(person)))


async def test_a_merge_points_applications_at_the_survivor(rig: Rig) -> None:
    lost, kept = rig.candidate("Mira Sol")["id"], rig.candidate("Jonas Weil")["id"]
    hints = await _hints_of(rig, "merge", kept_id=kept, lost_id=lost)
    found = await refetch(rig, *hints)
    assert {application.person_id for application in found["Application"]} == {str(kept)}
    assert len(found["Application"]) == 3
    assert found["Removed"] == [Removed(id=str(lost), kind="person", merged_into=str(kept))]


async def test_a_deleted_candidate_takes_its_applications_along(rig: Rig) -> None:
    person = rig.candidate("Mira Sol")["id"]
    gone = {str(r["id"]) for r in rig.twin.rows("applications") if r["candidate_id"] == person}
    found = await refetch(rig, *await _hints_of(rig, "delete_candidate", id=person))
    assert {(record.kind, record.id) for record in found["Removed"]} == {
        ("person", str(person)),
        *(("application", key) for key in gone),
    }


async def test_an_anonymized_candidate_comes_back_without_a_person_in_it(rig: Rig) -> None:
    person = rig.candidate("Mira Sol")["id"]
    found = await refetch(rig, *await _hints_of(rig, "anonymize", id=person))
    assert [record.anonymized for record in found["Person"]] == [True]
    assert "Document" not in found


async def _hints_of(rig: Rig, act: str, **what: Any) -> list[Hint]:
    """Do something in the twin and read the webhooks it sends, as the host would."""
    rig.twin.webhooks(f"{rig.twin.url}/nobody", "s")
    for hook in rig.twin.control.get("/webhooks").json():
        rig.twin.control.patch(f"/webhooks/{hook['id']}", json={"active": True})
    before = len(rig.twin.deliveries())
    rig.twin.act(act, **what)
    hints: list[Hint] = []
    for sent in rig.twin.deliveries()[before:]:
        body = sent["body"].encode()
        reception = rig.connector.receive(_signed(rig, body), ("s",))
        assert reception.refusal == ""
        hints += [hint for hint in reception.hints if hint not in hints]
    assert hints
    return hints


def _signed(rig: Rig, body: bytes) -> Delivery:
    from core.sdk import hmac_sha256

    headers = {"signature": f"sha256 {hmac_sha256('s', body)}"}
    return Delivery(body=body, headers=headers, received_at=rig.clock.now())


async def document_of(rig: Rig, name: str = "Mira Sol") -> Any:
    read = await rig.read("applications", selection=rig.select("Backend Engineer"))
    key = str(rig.application(name)["id"])
    return next(document for document in read.documents.values() if document.application_id == key)


async def test_files_are_fetched_from_their_own_host_without_our_token(rig: Rig) -> None:
    assert await rig.connector.fetch(await document_of(rig)) == b"Resume of Mira Sol"
    (call,) = rig.calls("/files/")
    assert header_of(call, "host") == rig.twin.files_host
    assert "authorization" not in call["headers"]


async def test_files_do_not_spend_the_limit(rig: Rig) -> None:
    document = await document_of(rig)
    before = len(rig.calls("/v3/"))
    await rig.connector.fetch(document)
    assert len(rig.calls("/v3/")) == before


async def test_a_link_that_expired_is_looked_up_again(rig: Rig) -> None:
    document = await document_of(rig)
    rig.twin.advance(8 * 24 * 3600)
    assert await rig.connector.fetch(document) == b"Resume of Mira Sol"


async def test_a_file_that_is_gone_is_not_found(rig: Rig) -> None:
    document = await document_of(rig)
    await rig.connector._harvest.send("DELETE", f"attachments/{document.id}", {})
    with pytest.raises(NotFound):
        await rig.connector.fetch(document)


async def test_a_store_nobody_named_says_which_setting_to_change(make_rig: MakeRig) -> None:
    rig = make_rig(files_url="https://files.example")
    with pytest.raises(Misconfigured) as caught:
        await rig.connector.fetch(await document_of(rig))
    assert caught.value.field == "more_file_hosts"
    assert rig.twin.files_host in caught.value.message


async def test_a_file_that_is_far_too_large_is_set_aside(rig: Rig) -> None:
    document = await document_of(rig)
    rig.twin.fault("status", path="/files/", status=200, body="x" * (33 * 1024 * 1024))
    with pytest.raises(BadData, match="larger than 32 MB"):
        await rig.connector.fetch(document)

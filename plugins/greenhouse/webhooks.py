"""Judges Greenhouse's webhooks: the signature over the raw bytes, then nothing but ids."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from core.sdk import Delivery, Hint, Reception, body_key, signature_matches
from core.sdk.delivery import HintKind

Payload = Mapping[str, Any]


def receive(delivery: Delivery, secrets: tuple[str, ...]) -> Reception:
    """Verify `Signature: sha256 <hex>` over the body as sent.

    Greenhouse escapes before it signs, so the body is never parsed and written again to check it. It does
    not sign the event id: alone it would let an old delivery, sent again under the id of the next event,
    keep that one out. Hence the body is part of the key.
    """
    event_id = delivery.headers.get("greenhouse-event-id", "").strip()
    key = f"{event_id} {body_key(delivery.body)}".strip()
    refusal = _refusal(delivery, secrets)
    if refusal:
        return Reception(key=key, refusal=refusal)
    try:
        content = msgspec.json.decode(delivery.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Reception(key=key, refusal="The webhook's body is not JSON.")
    action = content.get("action") if isinstance(content, dict) else None
    payload = content.get("payload") if isinstance(content, dict) else None
    if not isinstance(action, str) or not isinstance(payload, dict):
        return Reception(key=key, refusal="The webhook's body has no action.")
    return Reception(key=key, event=action, hints=_READERS.get(action, _application)(payload))


def _refusal(delivery: Delivery, secrets: tuple[str, ...]) -> str:
    if not any(secrets):
        return "No webhook secret key is entered here, so deliveries cannot be verified."
    form, _, digest = delivery.headers.get("signature", "").strip().partition(" ")
    if form.lower() != "sha256" or not digest:
        return "The webhook carries no signature. Give it the secret key that is entered here."
    if not signature_matches(secrets, delivery.body, digest):
        return "The webhook's signature does not match the secret key that is entered here."
    return ""


def _ids(found: Any, field: str = "id") -> tuple[str, ...]:
    """The id in a field of an object, if there is one; vendors' bodies are read, never trusted."""
    key = found.get(field) if isinstance(found, dict) else None
    return (str(key),) if isinstance(key, int | str) and not isinstance(key, bool) and key else ()


def _named(kind: HintKind, ids: tuple[str, ...], *, removed: bool = False) -> tuple[Hint, ...]:
    return tuple(Hint(kind=kind, id=found, removed=removed) for found in ids)


def _application(payload: Payload) -> tuple[Hint, ...]:
    """Whatever carries an application, or else a candidate; events about other things say nothing to us."""
    found = _named("application", _ids(payload.get("application")))
    return found or _named("person", _ids(payload.get("candidate")))


def _job(payload: Payload) -> tuple[Hint, ...]:
    return _named("job", _ids(payload.get("job")))


def _part_of_job(payload: Payload) -> tuple[Hint, ...]:
    """Job posts come flat, deleted posts and stages nested; all name their job."""
    parts = (payload, payload.get("job_post"), payload.get("job_interview_stage"))
    found = tuple(job for part in parts for job in _ids(part, "job_id"))
    return _named("job", found[:1]) or (Hint(kind="everything"),)


def _job_deleted(payload: Payload) -> tuple[Hint, ...]:
    return _named("job", _ids(payload.get("job")), removed=True)


def _application_deleted(payload: Payload) -> tuple[Hint, ...]:
    return _named("application", _ids(payload.get("application")), removed=True)


def _person_deleted(payload: Payload) -> tuple[Hint, ...]:
    """Deleting a candidate sends no events for its applications; it lists them."""
    person = payload.get("person")
    listed = person.get("deleted_application_ids") if isinstance(person, dict) else None
    applications = [_ids({"id": found}) for found in listed] if isinstance(listed, list) else []
    return _named("person", _ids(person), removed=True) + tuple(
        hint for found in applications for hint in _named("application", found, removed=True)
    )


def _merged(payload: Payload) -> tuple[Hint, ...]:
    """The survivor is fetched again; the other one is gone and points at it."""
    person = payload.get("person")
    survivor = next(iter(_ids(person, "new_candidate_id")), "")
    losers = tuple(
        Hint(kind="person", id=found, removed=True, merged_into=survivor) for found in _ids(person)
    )
    return _named("person", (survivor,) if survivor else ()) + losers


def _anonymized(payload: Payload) -> tuple[Hint, ...]:
    return _named("person", _ids(payload, "candidate_id"))


def _nothing(payload: Payload) -> tuple[Hint, ...]:
    return ()


_READERS: Final[Mapping[str, Callable[[Payload], tuple[Hint, ...]]]] = {
    "ping": _nothing,
    "job_created": _job,
    "job_updated": _job,
    "job_approved": _job,
    "job_deleted": _job_deleted,
    "job_post_created": _part_of_job,
    "job_post_updated": _part_of_job,
    "job_post_deleted": _part_of_job,
    "job_interview_stage_deleted": _part_of_job,
    "delete_application": _application_deleted,
    "delete_candidate": _person_deleted,
    "merge_candidate": _merged,
    "candidate_anonymized": _anonymized,
}

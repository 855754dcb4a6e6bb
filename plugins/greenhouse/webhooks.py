"""Judges Greenhouse's webhooks: the signature over the raw bytes, then nothing but ids."""

from typing import Any, Final

import msgspec

from core.sdk import Delivery, Hint, Reception, Reply, body_key, signature_matches

_JOBS: Final = frozenset({"job_created", "job_updated", "job_approved"})
_POSTS: Final = frozenset({"job_post_created", "job_post_updated", "job_post_deleted", "job_interview_stage_deleted"})


def receive(delivery: Delivery, secrets: tuple[str, ...]) -> Reception:
    """Verify `Signature: sha256 <hex>` over the body as sent; the key is the vendor's event id.

    Greenhouse escapes before it signs, so the body is never parsed and written again to check it.
    """
    key = delivery.headers.get("greenhouse-event-id", "") or body_key(delivery.body)
    refusal = _refusal(delivery, secrets)
    if refusal:
        return Reception(key=key, refusal=refusal)
    try:
        content = msgspec.json.decode(delivery.body)
    except msgspec.DecodeError:
        return Reception(key=key, refusal="The webhook's body is not JSON.")
    action = content.get("action") if isinstance(content, dict) else None
    payload = content.get("payload") if isinstance(content, dict) else None
    if not isinstance(action, str) or not isinstance(payload, dict):
        return Reception(key=key, refusal="The webhook's body has no action.")
    return Reception(key=key, event=action, hints=tuple(_hints(action, payload)), reply=Reply(status=200))


def _refusal(delivery: Delivery, secrets: tuple[str, ...]) -> str:
    if not any(secrets):
        return "No webhook secret key is entered here, so deliveries cannot be verified."
    form, _, digest = delivery.headers.get("signature", "").partition(" ")
    if form != "sha256" or not digest:
        return "The webhook carries no signature. Give it the secret key that is entered here."
    if not signature_matches(secrets, delivery.body, digest):
        return "The webhook's signature does not match the secret key that is entered here."
    return ""


def _hints(action: str, payload: dict[str, Any]) -> list[Hint]:
    if action in _JOBS:
        return [Hint(kind="everything")]
    if action in _POSTS:
        return [Hint(kind="everything")]
    if action == "job_deleted":
        return _gone("job", payload.get("job"))
    if action == "delete_application":
        return _gone("application", payload.get("application"))
    if action == "delete_candidate":
        person = payload.get("person") or payload.get("candidate")
        deleted = payload.get("deleted_application_ids") or []
        return _gone("person", person) + [
            Hint(kind="application", id=str(found), removed=True) for found in deleted
        ]
    if action == "merge_candidate":
        return _merged(payload.get("person"))
    if action == "candidate_anonymized":
        return _present("person", {"id": payload.get("candidate_id")})
    return _present("application", payload.get("application")) or _present("person", payload.get("candidate"))


def _present(kind: Any, found: Any) -> list[Hint]:
    key = found.get("id") if isinstance(found, dict) else None
    return [Hint(kind=kind, id=str(key))] if key is not None else []


def _gone(kind: Any, found: Any) -> list[Hint]:
    return [Hint(kind=hint.kind, id=hint.id, removed=True) for hint in _present(kind, found)]


def _merged(person: Any) -> list[Hint]:
    if not isinstance(person, dict) or person.get("id") is None:
        return []
    survivor = str(person.get("new_candidate_id") or "")
    loser = Hint(kind="person", id=str(person["id"]), removed=True, merged_into=survivor)
    return [Hint(kind="person", id=survivor), loser] if survivor else [loser]

"""Webhooks: what arrived, what a connector makes of it, and the signature forms vendors use."""

import hashlib
import hmac
from datetime import datetime
from typing import Literal

import msgspec

HintKind = Literal["job", "person", "application", "document", "everything"]


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One webhook request as received: raw body bytes, headers with lower-case names, the moment it came."""

    body: bytes
    headers: dict[str, str]
    received_at: datetime


class Hint(msgspec.Struct, frozen=True, kw_only=True):
    """Says what should be fetched again; `id` is the vendor's identifier, empty for "everything".

    `removed` marks that the vendor says the object is gone, `merged_into` the survivor of a merge.
    """

    kind: HintKind
    id: str = ""
    removed: bool = False
    merged_into: str = ""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What the host answers the vendor; handshakes put their echo in `headers` or `body`."""

    status: int = 200
    headers: dict[str, str] = msgspec.field(default_factory=dict)
    body: str = ""


class Reception(msgspec.Struct, frozen=True, kw_only=True):
    """A connector's judgement of a delivery.

    `key` is the vendor's event id, or a digest of the body where there is none: a second delivery with
    the same key changes nothing. `refusal` is empty for an accepted delivery and otherwise says why not.
    """

    key: str
    hints: tuple[Hint, ...] = ()
    reply: Reply = Reply()
    refusal: str = ""
    event: str = ""


def body_key(body: bytes) -> str:
    """A stable key for vendors without event ids: the SHA-256 of the raw body."""
    return hashlib.sha256(body).hexdigest()


def hmac_sha256(secret: str, message: bytes) -> str:
    """The lower-case hexadecimal HMAC-SHA256 of the message."""
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def signature_matches(secrets: tuple[str, ...], message: bytes, given: str) -> bool:
    """True when any secret signs the message as given; compares in constant time, tries every secret.

    Several secrets are valid while one is being rotated. An empty secret never matches.
    """
    digest = given.strip().lower().encode()
    found = [
        hmac.compare_digest(hmac_sha256(secret, message).encode(), digest) for secret in secrets if secret
    ]
    return any(found)

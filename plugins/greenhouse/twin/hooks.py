"""Greenhouse's webhooks: one event each, pinged when made, signed, sent again until answered with 200."""

import hmac
import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import httpx
import msgspec

from core.sdk.testing.twin import Delivery, WebhookSender
from plugins.greenhouse.twin.account import Account
from plugins.greenhouse.twin.settings import TwinSettings

_MINUTES = (1, 15, 60, 120, 240, 480)
EVENTS = (
    "application_updated",
    "candidate_anonymized",
    "candidate_stage_change",
    "delete_application",
    "delete_candidate",
    "department_deleted",
    "hire_candidate",
    "interview_deleted",
    "job_approved",
    "job_created",
    "job_deleted",
    "job_interview_stage_deleted",
    "job_post_created",
    "job_post_deleted",
    "job_post_updated",
    "job_updated",
    "merge_candidate",
    "new_candidate_application",
    "new_prospect_application",
    "offer_approved",
    "offer_created",
    "offer_deleted",
    "offer_updated",
    "office_deleted",
    "reject_candidate",
    "scorecard_deleted",
    "unhire_candidate",
    "unreject_candidate",
    "update_candidate",
)


class Hook(msgspec.Struct, kw_only=True):
    """A webhook as an admin sets it up."""

    id: int
    name: str
    event: str
    url: str
    secret: str
    active: bool = True
    created_at: str = ""
    basic_user: str = ""
    basic_password: str = ""
    headers: dict[str, str] = {}


class Hooks:
    """The account's webhooks and what was sent to them."""

    def __init__(
        self,
        account: Account,
        clock: Callable[[], datetime],
        settings: Callable[[], TwinSettings],
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._account = account
        self._clock = clock
        self._settings = settings
        self.sender = WebhookSender(
            clock=clock, waits=(), accepted=lambda status: status == 200, transport=transport
        )
        self.hooks: dict[int, Hook] = {}
        self.scale()

    def scale(self) -> None:
        """Take over the time scale of the settings."""
        self.sender.waits = tuple(60 * wait * self._settings().webhook_time_scale for wait in _MINUTES)

    async def create(self, hook: Hook) -> Hook:
        """Add a webhook and ping it; one that does not answer the ping with 200 is disabled."""
        hook.id = (4_000_000 + len(self.hooks) + 1) * 1000 + 2
        hook.created_at = _plain(self._clock())
        self.hooks[hook.id] = hook
        delivery = self._send(hook, "ping", self._ping(hook))
        await self.sender.pump()
        hook.active = delivery.state == "delivered"
        if not hook.active:
            self.sender.abandon(delivery.id)
        return hook

    def listens(self, event: str) -> bool:
        """True when some active webhook is about the event; spares building a body nobody gets."""
        return any(hook.active and hook.event == event for hook in self.hooks.values())

    def announce(self, event: str, payload: dict[str, Any]) -> None:
        """Queue the event for every active webhook that listens to it."""
        for hook in self.hooks.values():
            if hook.active and hook.event == event:
                self._send(hook, event, payload)

    def _send(self, hook: Hook, action: str, payload: dict[str, Any]) -> Delivery:
        body = encode(
            {
                "action": action,
                "payload": payload,
                "organization_id": self._account.id,
                "organization_name": self._account.name,
            }
        )
        number = f"{len(self.sender.deliveries) + 1:06d}"

        def headers(attempt: int) -> dict[str, str]:
            event_id = number if self._settings().stable_event_id else f"{number}{attempt}"
            return _headers(hook, body, event_id)

        return self.sender.enqueue(
            hook_id=str(hook.id), event=action, url=hook.url, body=body, headers=headers
        )

    def _ping(self, hook: Hook) -> dict[str, Any]:
        return {
            "web_hook_id": hook.id,
            "endpoint_url": hook.url,
            "created_at": hook.created_at,
            "updated_at": hook.created_at,
            "name": hook.name,
            "event": hook.event.replace("_", " ").capitalize(),
            "active": hook.active,
            "content-type": "application/json",
        }


def encode(body: dict[str, Any]) -> bytes:
    r"""JSON as the sender writes it: compact, with non-ASCII, `<` and `>` as \uXXXX."""
    text = json.dumps(body, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").encode()


def signature(secret: str, body: bytes) -> str:
    """The value of the `Signature` header."""
    return f"sha256 {hmac.new(secret.encode(), body, sha256).hexdigest()}"


def _headers(hook: Hook, body: bytes, event_id: str) -> dict[str, str]:
    headers = {
        **hook.headers,
        "Content-Type": "application/json",
        "User-Agent": "Greenhouse twin",
        "Signature": signature(hook.secret, body),
        "Greenhouse-Event-ID": event_id,
    }
    if hook.basic_user:
        pair = f"{hook.basic_user}:{hook.basic_password}"
        headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    return headers


def _plain(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

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
from plugins.greenhouse.twin.account import Account, Row
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
    """A webhook as an admin sets it up; the account has a row of the same id without its secrets."""

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
    max_attempts: int = len(_MINUTES) + 1
    ping: int | None = None
    """The delivery of the last ping while its outcome is open."""


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
        self.add(hook)
        await self.settle()
        return hook

    def add(self, hook: Hook, **shown: Any) -> Row:
        """Add a webhook and queue its ping; nothing is sent to it before `settle`. `shown` goes into its row."""
        row = self._account.add(
            "webhooks",
            self._clock(),
            name=hook.name,
            endpoint_url=hook.url,
            event_action_type=hook.event,
            max_attempts=hook.max_attempts,
            deactivated=not hook.active,
            **shown,
        )
        hook.id, hook.created_at = row["id"], _plain(self._clock())
        self.hooks[hook.id] = hook
        self.ping(hook)
        return row

    def ping(self, hook: Hook) -> None:
        """Queue a ping for a webhook that is meant to be active."""
        if hook.active:
            hook.ping = self._send(hook, "ping", self._ping(hook)).id

    async def settle(self) -> None:
        """Send open pings; a webhook that does not answer its own with 200 is disabled."""
        pinged = [hook for hook in self.hooks.values() if hook.ping is not None]
        if pinged:
            await self.sender.pump()
        for hook in pinged:
            if hook.ping is None:  # another call settled it while this one waited
                continue
            delivery, hook.ping = self.sender.deliveries[hook.ping], None
            if delivery.state != "delivered":
                self.sender.abandon(delivery.id)
                self.switch(hook.id, active=False)

    def switch(self, hook_id: int, *, active: bool) -> Hook:
        """Enable or disable; raises KeyError for an unknown id."""
        hook = self.hooks[hook_id]
        hook.active = active
        self._account.change("webhooks", hook_id, self._clock(), deactivated=not active)
        return hook

    def remove(self, hook_id: int) -> None:
        """Delete a webhook; what waits to be sent to it is given up."""
        del self.hooks[hook_id]
        self._account.remove("webhooks", hook_id)
        for delivery in self.sender.deliveries.values():
            if delivery.hook_id == str(hook_id) and delivery.state == "pending":
                self.sender.abandon(delivery.id)

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
            hook_id=str(hook.id),
            event=action,
            url=hook.url,
            body=body,
            headers=headers,
            most=hook.max_attempts,
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

"""Write endpoints about webhooks, which production keeps for Greenhouse's partners.

They are answered before the ping is sent, so the answer cannot tell yet whether the ping will disable the
webhook; nothing else is handled until it has.
"""

from typing import Any

from plugins.greenhouse.twin.account import Row
from plugins.greenhouse.twin.hooks import EVENTS, Hook
from plugins.greenhouse.twin.refusals import unprocessable
from plugins.greenhouse.twin.write_table import WriteCall, write

_REQUIRED = (
    "endpoint_url:str!",
    "name:str!",
    f"event_action_type={'|'.join(EVENTS)}!",
    "secret_key:str!",
    "max_attempts:int!",
)
_OPTIONAL = """deactivated:bool basic_auth_username:str basic_auth_password:str additional_headers:str
error_recipient_email:str"""
_RESERVED = {
    "content-type",
    "content-length",
    "greenhouse-event-id",
    "authorization",
    "user-agent",
    "signature",
}
_TO_HOOK = {
    "endpoint_url": "url",
    "name": "name",
    "event_action_type": "event",
    "secret_key": "secret",
    "max_attempts": "max_attempts",
    "basic_auth_username": "basic_user",
    "basic_auth_password": "basic_password",
}
_SHOWN = (
    "endpoint_url",
    "name",
    "event_action_type",
    "max_attempts",
    "additional_headers",
    "error_recipient_email",
    "deactivated",
)


@write("POST", "webhooks", "create", f"{' '.join(_REQUIRED)} {_OPTIONAL}")
def create_webhook(call: WriteCall) -> tuple[int, Any]:
    hook = Hook(id=0, name="", event="", url="", secret="")
    _take_over(hook, call.body)
    shown = {name: call.body.get(name) for name in ("additional_headers", "error_recipient_email")}
    return 201, call.shown("webhooks", call.world.hooks.add(hook, **shown))


@write("PATCH", "webhooks/id", "update", f"{' '.join(_REQUIRED).replace('!', '')} {_OPTIONAL}")
def edit_webhook(call: WriteCall) -> tuple[int, Any]:
    world, hook = call.world, call.world.hooks.hooks[call.row_id]
    _take_over(hook, call.body)
    world.hooks.ping(hook)
    changed: Row = {name: call.body[name] for name in _SHOWN if call.body.get(name) is not None}
    return 200, call.shown("webhooks", world.account.change("webhooks", hook.id, world.clock(), **changed))


@write("DELETE", "webhooks/id", "destroy")
def delete_webhook(call: WriteCall) -> tuple[int, Any]:
    call.world.hooks.remove(call.row_id)
    return 200, {"message": f"Webhook {call.row_id} deleted successfully"}


def _take_over(hook: Hook, body: dict[str, Any]) -> None:
    headers = _headers(body.get("additional_headers") or "")
    address, attempts = body.get("endpoint_url"), body.get("max_attempts")
    if address is not None and not address.startswith(("http://", "https://")):
        raise unprocessable({"endpoint_url": "is not an address"})
    if attempts is not None and not 1 <= attempts <= 7:
        raise unprocessable({"max_attempts": "must be 1 to 7"})
    for name, attribute in _TO_HOOK.items():
        if body.get(name) is not None:
            setattr(hook, attribute, body[name])
    hook.active = not body.get("deactivated", not hook.active)
    hook.headers = headers if "additional_headers" in body else hook.headers


def _headers(text: str) -> dict[str, str]:
    """`Name: value`, one a line; raises 422 for names the sender keeps for itself."""
    pairs = [line.partition(":") for line in text.splitlines() if line.strip()]
    headers = {name.strip(): value.strip() for name, _, value in pairs}
    taken = [name for name in headers if not name or name.lower() in _RESERVED]
    if taken:
        raise unprocessable({"additional_headers": f"cannot set {', '.join(taken)}"})
    return headers

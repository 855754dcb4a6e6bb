"""Asks Greenhouse for access tokens, and says in words why it gives none."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from core.sdk import AuthFailed, BadData, ConnectorContext, ConnectorError, Misconfigured, Response, Token
from plugins.greenhouse.mapping import moment
from plugins.greenhouse.wire import said, said_at

_LONGEST: Final = 366 * 24 * 3600
_SUBJECT: Final = re.compile(r"\b(sub|subject|user|invalid_grant)\b")


async def mint(context: ConnectorContext) -> Token:
    """A token of the client-credentials grant, acting as the configured user.

    Raises AuthFailed for wrong or revoked credentials, Misconfigured for what a field can mend.
    """
    settings = context.settings
    answer = await context.http.request(
        "POST",
        settings["token_url"],
        form=_form(settings),
        basic=(settings["client_id"], settings["client_secret"]),
        headers={"accept": "application/json"},
    )
    if answer.status != 200:
        raise _refusal(answer, settings)
    return _token(answer, context.now())


def _form(settings: Mapping[str, str]) -> dict[str, str]:
    subject = settings.get("acting_user", "")
    if subject and not (subject.isascii() and subject.isdigit()):
        raise Misconfigured(
            "The acting user's ID must be a number.",
            field="acting_user",
            hint="It is the last part of the address of the user's page in Greenhouse.",
        )
    return {"grant_type": "client_credentials", **({"sub": subject} if subject else {})}


def _token(answer: Response, now: datetime) -> Token:
    try:
        body = answer.json()
    except BadData:
        body = None
    if not isinstance(body, dict) or not isinstance(body.get("access_token"), str):
        raise _no_service()
    return Token(access=body["access_token"], expires_at=_end(body, now, said_at(answer) or now))


def _end(body: Mapping[str, Any], now: datetime, theirs: datetime) -> datetime | None:
    """When the token ends by our clock: production states a moment of its own clock, the docs seconds."""
    stated, seconds = moment(body.get("expires_at")), body.get("expires_in")
    if stated:
        life = (stated - theirs).total_seconds()
    elif isinstance(seconds, int | float) and not isinstance(seconds, bool):
        life = float(seconds)
    else:
        return None
    return now + timedelta(seconds=life) if 0 < life < _LONGEST else None


def _no_service() -> Misconfigured:
    return Misconfigured(
        "Nothing at the token address gives out tokens.",
        field="token_url",
        hint="Leave the token address as it was preset, unless Greenhouse told you another one.",
    )


def _refusal(answer: Response, settings: Mapping[str, str]) -> ConnectorError:
    words = said(answer).lower()
    if answer.status in {301, 302, 307, 308, 404, 405}:
        return _no_service()
    if "scope" in words:
        return Misconfigured(
            "The credential has no scopes.",
            hint="Tick the scopes in the Dev Center under Manage Scopes, then check again.",
        )
    if "suffix" in words:
        return Misconfigured(
            "This is not a client ID of Greenhouse.",
            field="client_id",
            hint="Copy it again from the Dev Center.",
        )
    if settings.get("acting_user") and _SUBJECT.search(words):
        return Misconfigured(
            "Greenhouse does not let the integration act as this user: unknown, or deactivated.",
            field="acting_user",
            hint="Enter the numeric ID of an active Site Admin.",
        )
    return AuthFailed(
        "Greenhouse does not accept the client ID and secret: wrong, or revoked.",
        hint="Copy both again from the Dev Center, or make a new credential; a secret is shown only once.",
    )

"""What Greenhouse's answers say besides their rows: refusals in words, the next page, the time there."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from core.sdk import BadData, ConnectorError, Forbidden, NotFound, Rejected, Response

_NEXT: Final = re.compile(r'<([^>]*)>\s*;\s*rel="?next"?', re.IGNORECASE)
_CLIENT_ID: Final = re.compile(r"client_id=\S+")
_LONGEST: Final = 300


def next_cursor(response: Response) -> str:
    """The cursor of the next page, empty on the last.

    Only the cursor is taken from the link: our token goes to the configured address and nowhere else, and
    a stored cursor outlives a change of that address. The last page has an empty link or none.
    """
    link = _NEXT.search(response.headers.get("link", ""))
    if link is None:
        return ""
    cursor = parse_qs(urlsplit(link[1]).query).get("cursor", [""])[0]
    if not cursor:
        raise BadData("Greenhouse's link to the next page has no cursor.", hint="Report this.")
    return cursor


def said_at(response: Response) -> datetime | None:
    """The moment of the answer by Greenhouse's clock, to the second; None when it is not told."""
    try:
        found = parsedate_to_datetime(response.headers.get("date", ""))
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else None


def said(response: Response) -> str:
    """Greenhouse's words in a refusal, without the client id that some of them echo."""
    try:
        body = response.json()
    except BadData:
        return f"error {response.status}"
    words = _words(body) if isinstance(body, dict) else []
    return _CLIENT_ID.sub("client_id", "; ".join(words) or f"error {response.status}")[:_LONGEST]


def _words(body: dict[str, Any]) -> list[str]:
    found = [body.get("error"), body.get("error_description"), body.get("message")]
    errors = body.get("errors")
    for error in errors if isinstance(errors, list) else ():
        if isinstance(error, dict):
            found += [f"{name}: {text}" for name, text in error.items()]
        else:
            found.append(error)
    return [str(word) for word in found if word][:4]


def refusal(response: Response, resource: str) -> ConnectorError:
    """What an answer that is no success means for the caller."""
    if response.status == 403:
        return Forbidden(
            f"Greenhouse does not allow access to {resource}.",
            permission=resource,
            hint="Tick its scope on the credential, and check that the acting user is a Site Admin.",
        )
    if response.status == 404:
        return NotFound(
            f"Greenhouse has no such {resource}.",
            hint="If this stays, check the API address in the settings.",
        )
    return Rejected(
        f"Greenhouse refused {resource}: {said(response)}", hint="Check the integration's settings."
    )

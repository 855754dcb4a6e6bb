"""Calls Harvest v3: tokens, pages by Link, batches of ids, pacing by the vendor's own headers."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from core.sdk import (
    AuthFailed,
    BadData,
    ConnectorContext,
    Forbidden,
    Misconfigured,
    NotFound,
    Rejected,
    Response,
    Token,
)

BATCH: Final = 50
"""Ids in one filter, the most the vendor takes."""
PER_PAGE: Final = 500
_RESERVE: Final = 4
"""Calls left in a window for what people wait for."""
_WINDOW: Final = 30.0
"""Seconds; windows begin at :00 and :30 of the wall clock."""
_NEXT: Final = re.compile(r'<([^>]+)>;\s*rel="?next"?')
_EXPIRED: Final = 422

Row = dict[str, Any]


class CursorExpired(Exception):
    """The vendor no longer knows a page; the listing starts again."""


class Harvest:
    """An authenticated, paced client for one connection."""

    def __init__(self, context: ConnectorContext) -> None:
        self._context = context
        self._api = context.settings["api_url"].rstrip("/")
        self._pace = asyncio.Lock()
        self._quiet_until: datetime | None = None
        self.server_time: str = ""

    async def page(self, target: str, params: Mapping[str, str] | None = None) -> tuple[list[Row], str]:
        """One page and the address of the next, empty on the last.

        `target` is a resource name with `params`, or the address of a next page. Raises CursorExpired.
        """
        url = target if target.startswith("http") else f"{self._api}/{target}"
        answer = await self.call("GET", url, params=params)
        if answer.status == _EXPIRED and "cursor=" in target:
            raise CursorExpired
        rows = self._good(answer, target)
        if not isinstance(rows, list):
            raise BadData("Greenhouse did not answer with a list.", reference=target.partition("?")[0])
        link = _NEXT.search(answer.headers.get("link", ""))
        return [row for row in rows if isinstance(row, dict)], link[1] if link else ""

    async def every(self, resource: str, params: Mapping[str, str] | None = None) -> AsyncIterator[Row]:
        """All rows of a listing; a listing whose cursor expires starts again, so rows may come twice."""
        for _ in range(3):
            try:
                rows, following = await self.page(resource, {"per_page": str(PER_PAGE), **(params or {})})
                while True:
                    for row in rows:
                        yield row
                    if not following:
                        return
                    rows, following = await self.page(following)
            except CursorExpired:
                continue
        raise BadData("Greenhouse keeps forgetting where a listing stood.", reference=resource)

    async def batched(self, resource: str, field: str, ids: Iterable[str], **params: str) -> list[Row]:
        """All rows whose `field` is one of the ids, fifty at a time."""
        wanted = sorted(set(ids))
        found: list[Row] = []
        for start in range(0, len(wanted), BATCH):
            chosen = ",".join(wanted[start : start + BATCH])
            found += [row async for row in self.every(resource, {field: chosen, **params})]
        return found

    async def send(self, method: str, path: str, body: Mapping[str, Any]) -> Any:
        """A write; returns the answer's JSON, or None for an empty answer."""
        answer = await self.call(method, f"{self._api}/{path}", json=dict(body))
        return self._good(answer, path)

    async def probe(self, path: str) -> int:
        """The status of an empty write, which changes nothing: it is refused by validation or by scope."""
        return (await self.call("POST", f"{self._api}/{path}", json={})).status

    async def call(
        self, method: str, url: str, *, params: Mapping[str, str] | None = None, json: Any = None
    ) -> Response:
        """One authenticated call; a token that is refused once is replaced once."""
        token = await self._context.tokens.current(self._mint)
        answer = await self._paced(method, url, token, params, json)
        if answer.status == 401:
            token = await self._context.tokens.current(self._mint, stale=token)
            answer = await self._paced(method, url, token, params, json)
        if answer.status == 401:
            raise AuthFailed(
                "Greenhouse no longer accepts the credentials.",
                hint="Make a new secret in the Dev Center and reconnect.",
            )
        return answer

    async def _paced(
        self, method: str, url: str, token: Token, params: Mapping[str, str] | None, json: Any
    ) -> Response:
        async with self._pace:
            now = self._context.now()
            if self._quiet_until and self._quiet_until > now:
                await self._context.http.wait((self._quiet_until - now).total_seconds())
            self._quiet_until = None
        answer = await self._context.http.request(
            method, url, params=params, json=json, headers={"authorization": f"Bearer {token.access}"}
        )
        self.server_time = answer.headers.get("date", "")
        remaining = answer.headers.get("x-ratelimit-remaining", "")
        if remaining.isdigit() and int(remaining) <= _RESERVE:
            self._quiet_until = _next_window(self._context.now())
        return answer

    async def _mint(self, _: Token | None) -> Token:
        settings = self._context.settings
        form = {"grant_type": "client_credentials"}
        if settings.get("acting_user"):
            form["sub"] = settings["acting_user"]
        answer = await self._context.http.request(
            "POST",
            settings["token_url"],
            form=form,
            basic=(settings["client_id"], settings["client_secret"]),
            headers={"accept": "application/json"},
        )
        if answer.status != 200:
            raise _token_error(answer)
        return _token(answer.json(), self._context.now())

    def _good(self, answer: Response, what: str) -> Any:
        if answer.status < 300:
            return answer.json() if answer.body.strip() else None
        resource = what.partition("?")[0].removeprefix(self._api + "/")
        said = _said(answer)
        if answer.status == 403:
            raise Forbidden(
                f"Greenhouse does not allow {resource}.",
                permission=resource,
                hint="Tick its scope on the credential, and check that the acting user is a Site Admin.",
            )
        if answer.status == 404:
            raise NotFound(f"Greenhouse has no such {resource}.")
        raise Rejected(f"Greenhouse refused {resource}: {said}", hint="Check the integration's settings.")


def _next_window(now: datetime) -> datetime:
    seconds = now.second % _WINDOW + now.microsecond / 1e6
    return now + timedelta(seconds=_WINDOW - seconds + 0.15)


def _token(body: Any, now: datetime) -> Token:
    if not isinstance(body, dict) or not body.get("access_token"):
        raise BadData("Greenhouse gave no access token.")
    expires = None
    if body.get("expires_at"):
        expires = datetime.fromisoformat(str(body["expires_at"]).replace("Z", "+00:00"))
    elif body.get("expires_in"):
        expires = now + timedelta(seconds=int(body["expires_in"]))
    return Token(access=str(body["access_token"]), expires_at=expires)


def _token_error(answer: Response) -> AuthFailed | Misconfigured:
    said = _said(answer).lower()
    if "scope" in said:
        return Misconfigured(
            "The credential has no scopes.", hint="Tick the scopes in the Dev Center under Manage Scopes."
        )
    if "suffix" in said or "client id" in said:
        return Misconfigured(
            "This is not a client ID of Greenhouse.", field="client_id", hint="Copy it again from the Dev Center."
        )
    if "sub" in said.split() or "subject" in said or "user" in said:
        return Misconfigured(
            "Greenhouse does not know the acting user.",
            field="acting_user",
            hint="Enter the numeric ID of an active Site Admin.",
        )
    return AuthFailed(
        "Greenhouse does not accept the client ID and secret.",
        hint="Copy both again from the Dev Center; a secret is shown only once.",
    )


def _said(answer: Response) -> str:
    """The vendor's words, without ids that only the log should know."""
    try:
        body = answer.json()
    except BadData:
        return f"error {answer.status}"
    if not isinstance(body, dict):
        return f"error {answer.status}"
    words = [body.get("error_description") or body.get("error") or body.get("message") or ""]
    words += [str(error) for error in body.get("errors") or ()][:2]
    return re.sub(r"client_id=\S+", "client_id", "; ".join(str(word) for word in words if word))[:300]


def ids_of(rows: Sequence[Row], field: str) -> list[str]:
    """The distinct ids in a field of the rows, as strings, empty ones left out."""
    return sorted({str(row[field]) for row in rows if row.get(field) is not None})

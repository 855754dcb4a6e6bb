"""Calls Harvest v3: pages by cursor, batches of ids, pacing by the vendor's own headers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from core.sdk import AuthFailed, BadData, ConnectorContext, Response, Token, Unavailable
from plugins.greenhouse.tokens import mint
from plugins.greenhouse.wire import next_cursor, refusal, said_at

BATCH: Final = 50
"""Ids in one filter, the most the vendor takes."""
PER_PAGE: Final = 500
RESTARTS: Final = 3
"""How often one listing may lose its place before something is wrong."""
_RESERVE: Final = 4
"""Calls left in a window for what people wait for."""
_WINDOW: Final = 30.0
"""Seconds; windows begin at :00 and :30 of the wall clock, whatever `X-RateLimit-Reset` says."""
_MARGIN: Final = 0.15
_JUMP: Final = timedelta(seconds=2)
_UNAUTHORIZED: Final = 401
_UNPROCESSABLE: Final = 422

Row = dict[str, Any]


class CursorExpired(Exception):
    """The vendor no longer knows a page; the listing starts again."""


class Harvest:
    """An authenticated, paced client for one connection."""

    def __init__(self, context: ConnectorContext) -> None:
        self._context = context
        self._api = context.settings["api_url"].rstrip("/")
        self._gate, self._asking = asyncio.Lock(), asyncio.Lock()
        self._quiet_until: datetime | None = None
        self.drift: timedelta | None = None
        """How far Greenhouse's clock is ahead of ours; None until an answer told the time."""

    def their_time(self, ours: datetime) -> datetime:
        """A moment of our clock as Greenhouse's clock showed it."""
        return ours + (self.drift or timedelta(0))

    async def page(
        self, resource: str, params: Mapping[str, str] | None = None, *, cursor: str = ""
    ) -> tuple[list[Row], str]:
        """One page and the cursor of the next, empty on the last. Raises CursorExpired."""
        answer = await self.call("GET", resource, params={"cursor": cursor} if cursor else params)
        if cursor and answer.status == _UNPROCESSABLE:
            raise CursorExpired
        rows = _content(answer, resource)
        if not isinstance(rows, list):
            raise BadData("Greenhouse did not answer with a list.", reference=resource)
        return [row for row in rows if isinstance(row, dict)], next_cursor(answer)

    async def every(self, resource: str, params: Mapping[str, str] | None = None) -> AsyncIterator[Row]:
        """All rows of a listing; a listing whose cursor expires starts again, so rows may come twice."""
        asked = {"per_page": str(PER_PAGE), **(params or {})}
        for _ in range(RESTARTS + 1):
            try:
                rows, cursor = await self.page(resource, asked)
                while True:
                    for row in rows:
                        yield row
                    if not cursor:
                        return
                    rows, cursor = await self.page(resource, cursor=cursor)
            except CursorExpired:
                continue
        raise lost_place(resource)

    async def in_batches(
        self, resource: str, field: str, ids: Iterable[str], **params: str
    ) -> AsyncIterator[Row]:
        """All rows whose `field` is one of the ids, fifty at a time; no ids, no call."""
        wanted = sorted(set(ids))
        for start in range(0, len(wanted), BATCH):
            asked = {field: ",".join(wanted[start : start + BATCH]), **params}
            async for row in self.every(resource, asked):
                yield row

    async def batched(self, resource: str, field: str, ids: Iterable[str], **params: str) -> list[Row]:
        """The rows of `in_batches` in a list."""
        return [row async for row in self.in_batches(resource, field, ids, **params)]

    async def send(self, method: str, path: str, body: Mapping[str, Any]) -> Any:
        """A write; returns the answer's JSON, or None for an empty answer."""
        return _content(await self.call(method, path, json=dict(body)), path.partition("/")[0])

    async def probe(self, method: str, path: str) -> int:
        """The status of a write without content, which is refused by scope, by validation or as unknown."""
        return (await self.call(method, path, json={})).status

    async def call(
        self, method: str, path: str, *, params: Mapping[str, str] | None = None, json: Any = None
    ) -> Response:
        """One authenticated call; a token that is refused once is replaced once. Raises AuthFailed."""
        token = await self._token()
        answer = await self._paced(method, path, token, params, json)
        if answer.status == _UNAUTHORIZED:
            token = await self._token(stale=token)
            answer = await self._paced(method, path, token, params, json)
        if answer.status == _UNAUTHORIZED:
            raise AuthFailed(
                "Greenhouse no longer accepts the credentials.",
                hint="Make a new secret in the Dev Center and reconnect.",
            )
        return answer

    async def _token(self, stale: Token | None = None) -> Token:
        async with self._asking:  # one of several calls at once is enough to ask
            return await self._context.tokens.current(self._mint, stale=stale)

    async def _mint(self, _: Token | None) -> Token:
        return await mint(self._context)

    async def _paced(
        self, method: str, path: str, token: Token, params: Mapping[str, str] | None, json: Any
    ) -> Response:
        async with self._gate:
            await self._keep_quiet()
        sent = self._context.now()
        answer = await self._context.http.request(
            method,
            f"{self._api}/{path}",
            params=params,
            json=json,
            headers={"authorization": f"Bearer {token.access}"},
        )
        self._learn(answer, sent)
        return answer

    async def _keep_quiet(self) -> None:
        until, self._quiet_until = self._quiet_until, None
        if until and until > self._context.now():
            await self._context.http.wait((until - self._context.now()).total_seconds())

    def _learn(self, answer: Response, sent: datetime) -> None:
        """The window a call counted in is the one it was sent in: an answer may arrive in the next one."""
        told = said_at(answer)
        if told is not None:
            self._meet(told - self._context.now())
        remaining = answer.headers.get("x-ratelimit-remaining", "")
        if remaining.isdigit() and int(remaining) <= _RESERVE:
            theirs = self.their_time(sent)
            self._quiet_until = sent + (_window_end(theirs) - theirs)

    def _meet(self, seen: timedelta) -> None:
        """Dates are cut to the second and travel a while, so the largest difference is the truest."""
        if self.drift is None or seen > self.drift or self.drift - seen > _JUMP:
            self.drift = seen


async def together(*work: Awaitable[list[Row]]) -> list[list[Row]]:
    """All results once all have ended; only then raises the first error, so that no call runs on unseen."""
    results = await asyncio.gather(*work, return_exceptions=True)
    found: list[list[Row]] = []
    for result in results:
        if isinstance(result, BaseException):
            raise result
        found.append(result)
    return found


def lost_place(resource: str) -> BadData:
    """The error of a listing whose cursors expire again and again."""
    return BadData("Greenhouse keeps forgetting where a listing stood.", reference=resource)


def ids_of(rows: Sequence[Row], field: str) -> list[str]:
    """The distinct ids in a field of the rows, as strings, empty ones left out."""
    return sorted({str(row[field]) for row in rows if row.get(field) is not None})


def _content(answer: Response, resource: str) -> Any:
    if answer.status >= 300:
        raise refusal(answer, resource)
    try:
        return answer.json() if answer.body.strip() else None
    except BadData as error:
        # A gateway's error page says nothing about the call: it may have been carried out.
        raise Unavailable(
            "Greenhouse's answer could not be read.",
            hint="We keep trying. If it stays, check the API address in the settings.",
        ) from error


def _window_end(moment: datetime) -> datetime:
    past = (moment.second + moment.microsecond / 1e6) % _WINDOW
    return moment + timedelta(seconds=_WINDOW - past + _MARGIN)

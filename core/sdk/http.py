"""The HTTP client a plugin is given: allow-listed hosts, no redirects, size caps, honest waiting.

Statuses below 500 other than 429 come back as responses: their meaning is the connector's business.
"""

import asyncio
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self

import httpx
import msgspec

from core.sdk.errors import BadData, Misconfigured, RateLimited, Unavailable

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PAUSES = (0.5, 2.0, 5.0)
_DEFAULT_WAIT = 30.0

Sleep = Callable[[float], Awaitable[None]]
OnWait = Callable[[float], Awaitable[None]]
Params = Mapping[str, str | int | float | bool] | list[tuple[str, str]]


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """A whole answer: status code, headers with lower-case names, body bytes."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON; raises BadData when it is not JSON."""
        try:
            return msgspec.json.decode(self.body)
        except msgspec.DecodeError as error:
            raise BadData(
                "The answer is not valid JSON.", hint="Try again; report it if it stays."
            ) from error


class Http:
    """An asynchronous client bound to the hosts its connection may call.

    A 429 waits as the vendor says, at most `patience` seconds in all, then raises RateLimited. Failed
    connections, time-outs and 5xx answers are retried for safe methods only and end as Unavailable: after
    an unsafe one the connector must read back before it tries again.
    """

    def __init__(
        self,
        hosts: frozenset[str],
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        timeout: float = 30.0,
        patience: float = 900.0,
        max_bytes: int = 32 * 1024 * 1024,
        sleep: Sleep = asyncio.sleep,
        on_wait: OnWait | None = None,
    ) -> None:
        self._hosts = hosts
        self._patience = patience
        self._max_bytes = max_bytes
        self._sleep = sleep
        self._on_wait = on_wait
        self._transport = transport
        self._timeout = timeout
        self._opened: httpx.AsyncClient | None = None

    @property
    def _client(self) -> httpx.AsyncClient:
        """The client, made with the first request: a connector that only plans never pays for TLS."""
        if self._opened is None:
            self._opened = httpx.AsyncClient(
                transport=self._transport, timeout=self._timeout, follow_redirects=False
            )
        return self._opened

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        if self._opened is not None:
            await self._opened.aclose()

    async def request(
        self,
        method: str,
        url: str,
        *,
        params: Params | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        basic: tuple[str, str] | None = None,
        max_bytes: int | None = None,
        seconds: float | None = None,
    ) -> Response:
        """Send one request and return the answer, within `seconds` for each step of it.

        Raises Misconfigured for a host outside the allow-list, RateLimited, Unavailable, and BadData for
        an answer larger than `max_bytes`.
        """
        target = self._client.build_request(
            method,
            url,
            params=params,  # type: ignore[arg-type]  # httpx spells the same shapes as invariant types
            content=None if json is None else msgspec.json.encode(json),
            data=form,
            headers={**({"content-type": "application/json"} if json is not None else {}), **(headers or {})},
            timeout=self._timeout if seconds is None else seconds,
        )
        if basic:
            target.headers["authorization"] = f"Basic {b64encode(':'.join(basic).encode()).decode()}"
        self._admit(target.url)
        return await self._patiently(target, max_bytes or self._max_bytes)

    def _admit(self, url: httpx.URL) -> None:
        authority = f"{url.host}:{url.port}" if url.port else url.host
        if url.scheme not in {"http", "https"} or not {url.host, authority} & self._hosts:
            raise Misconfigured(
                f"Calls to {url.host or 'this address'} are not allowed for this connection.",
                hint="Check the addresses in the integration's settings.",
            )

    async def _patiently(self, target: httpx.Request, max_bytes: int) -> Response:
        waited = 0.0
        while True:
            response = await self._retrying(target, max_bytes)
            if response.status != 429:
                return response
            pause = retry_after(response)
            waited += pause
            if waited > self._patience:
                raise RateLimited("The service asks to slow down.", retry_after=pause)
            await self.wait(pause)

    async def wait(self, seconds: float) -> None:
        """Wait as the vendor's limits ask, where people can see it."""
        if self._on_wait:
            await self._on_wait(seconds)
        await self._sleep(seconds)

    async def _retrying(self, target: httpx.Request, max_bytes: int) -> Response:
        pauses = _PAUSES if target.method in _SAFE else ()
        for pause in (*pauses, None):
            try:
                response = await self._once(target, max_bytes)
            except httpx.TransportError as error:
                if pause is None:
                    raise Unavailable(f"{target.url.host} did not answer.", hint="We keep trying.") from error
            else:
                if response.status < 500:
                    return response
                if pause is None:
                    raise Unavailable(
                        f"{target.url.host} answered with error {response.status}.", hint="We keep trying."
                    )
            await self._sleep(pause)
        raise AssertionError("unreachable: the last pause is None")

    async def _once(self, target: httpx.Request, max_bytes: int) -> Response:
        answer = await self._client.send(target, stream=True)
        try:
            chunks, size = [], 0
            async for chunk in answer.aiter_bytes():
                size += len(chunk)
                if size > max_bytes:
                    raise BadData(
                        f"The answer is larger than {max_bytes // 1024 // 1024} MB.",
                        hint="Open it in the ATS instead.",
                    )
                chunks.append(chunk)
        finally:
            await answer.aclose()
        return Response(
            status=answer.status_code,
            headers={name.lower(): value for name, value in answer.headers.items()},
            body=b"".join(chunks),
        )


def retry_after(response: Response) -> float:
    """Seconds to wait before the next call; 30 when the vendor does not say or says it unreadably."""
    try:
        return max(0.0, float(response.headers.get("retry-after", "")))
    except ValueError:
        return _DEFAULT_WAIT

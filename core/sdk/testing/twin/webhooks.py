"""Sends webhooks over real HTTP and tries again on a schedule, as vendors do."""

import asyncio
import ssl
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Literal

import httpx
import msgspec

State = Literal["pending", "delivered", "failed"]
Headers = Callable[[int], dict[str, str]]
"""Attempt number, from 1, to the headers of that attempt."""


_AT_ONCE = 4
"""Hooks served at the same time: an endpoint should not be flooded by its own simulator."""


@cache
def _certificates() -> ssl.SSLContext:
    """Reading the trusted certificates takes longer than a delivery, so it is done once."""
    return httpx.create_ssl_context()


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One try: the status that came back, or 0 and what went wrong."""

    at: datetime
    status: int
    error: str = ""


class Delivery(msgspec.Struct, kw_only=True):
    """One event on its way to one address; `body` is exactly what is sent."""

    id: int
    hook_id: str
    event: str
    url: str
    body: bytes
    due: datetime | None
    most: int | None = None
    """Attempts at most; None leaves it to the schedule."""
    state: State = "pending"
    attempts: list[Attempt] = []


class WebhookSender:
    """A queue of deliveries; `waits` are the seconds between attempts, so there are one more attempts.

    Deliveries of one hook go out in order, hooks do not wait for each other. Nothing is sent until
    `pump` or `run` is called.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        waits: Sequence[float],
        accepted: Callable[[int], bool],
        timeout: float = 10.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._clock = clock
        self.waits = tuple(waits)
        self._accepted = accepted
        self._timeout = timeout
        self._transport = transport
        self._headers: dict[int, Headers] = {}
        self._pending: set[int] = set()
        self._pumping = asyncio.Lock()
        self._lanes = asyncio.Semaphore(_AT_ONCE)
        self.deliveries: dict[int, Delivery] = {}

    def enqueue(
        self, *, hook_id: str, event: str, url: str, body: bytes, headers: Headers, most: int | None = None
    ) -> Delivery:
        """Queue one event for one address, due now and tried at most `most` times."""
        delivery = Delivery(
            id=len(self.deliveries) + 1,
            hook_id=hook_id,
            event=event,
            url=url,
            body=body,
            due=self._clock(),
            most=most,
        )
        self.deliveries[delivery.id] = delivery
        self._headers[delivery.id] = headers
        self._pending.add(delivery.id)
        return delivery

    def resend(self, delivery_id: int) -> Delivery:
        """Make a delivery due again, whatever became of it; raises KeyError for an unknown one."""
        delivery = self.deliveries[delivery_id]
        delivery.state, delivery.due = "pending", self._clock()
        self._pending.add(delivery_id)
        return delivery

    def abandon(self, delivery_id: int) -> None:
        """Give a delivery up: no more attempts."""
        delivery = self.deliveries[delivery_id]
        delivery.state, delivery.due = "failed", None
        self._pending.discard(delivery_id)

    async def pump(self) -> int:
        """Send everything that is due and return how many attempts were made."""
        async with self._pumping:
            due = self._due()
            if due:
                async with self._client() as client:
                    await asyncio.gather(*(self._in_order(client, queue) for queue in due.values()))
            return sum(map(len, due.values()))

    async def run(self, pause: float = 0.05) -> None:
        """Pump until cancelled."""
        while True:
            await self.pump()
            await asyncio.sleep(pause)

    def _due(self) -> dict[str, list[Delivery]]:
        due: dict[str, list[Delivery]] = defaultdict(list)
        for number in sorted(self._pending):
            delivery = self.deliveries[number]
            if delivery.due and delivery.due <= self._clock():
                due[delivery.hook_id].append(delivery)
        return due

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(timeout=self._timeout, transport=self._transport, verify=_certificates())

    async def _in_order(self, client: httpx.AsyncClient, queue: list[Delivery]) -> None:
        async with self._lanes:
            for delivery in queue:
                await self._attempt(client, delivery)

    async def _attempt(self, client: httpx.AsyncClient, delivery: Delivery) -> None:
        headers = self._headers[delivery.id](len(delivery.attempts) + 1)
        status, error = 0, ""
        try:
            answer = await client.post(delivery.url, content=delivery.body, headers=headers)
            status = answer.status_code
        except httpx.HTTPError as problem:
            error = f"{type(problem).__name__}: {problem}"
        delivery.attempts.append(Attempt(at=self._clock(), status=status, error=error))
        self._settle(delivery, done=not error and self._accepted(status))

    def _settle(self, delivery: Delivery, *, done: bool) -> None:
        made = len(delivery.attempts)
        if done:
            delivery.state, delivery.due = "delivered", None
        elif made > len(self.waits) or (delivery.most is not None and made >= delivery.most):
            delivery.state, delivery.due = "failed", None
        else:
            delivery.due = self._clock() + timedelta(seconds=self.waits[made - 1])
            return
        self._pending.discard(delivery.id)

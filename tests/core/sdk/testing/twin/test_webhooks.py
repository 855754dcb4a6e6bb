from datetime import UTC, datetime

import httpx
import pytest

from core.sdk.testing.twin import TwinClock, WebhookSender

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("anyio_backend", ["asyncio"])]


class Endpoint:
    """Answers with the given statuses in turn, then 200; 0 stands for a connection that fails."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.got: list[tuple[str, bytes]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.got.append((request.headers["x-attempt"], request.content))
        status = self.statuses.pop(0) if self.statuses else 200
        if not status:
            raise httpx.ConnectError("refused")
        return httpx.Response(status)


def sender(clock: TwinClock, endpoint: Endpoint, waits: tuple[float, ...] = (10, 20)) -> WebhookSender:
    return WebhookSender(
        clock=clock,
        waits=waits,
        accepted=lambda status: status == 200,
        transport=httpx.MockTransport(endpoint),
    )


def enqueue(hooks: WebhookSender, body: bytes = b"{}", hook_id: str = "h") -> int:
    delivery = hooks.enqueue(
        hook_id=hook_id,
        event="e",
        url="https://x.example",
        body=body,
        headers=lambda attempt: {"x-attempt": str(attempt)},
    )
    return delivery.id


async def test_attempts_follow_the_waits_and_then_it_has_failed() -> None:
    clock, endpoint = TwinClock(START, frozen=True), Endpoint(500, 0, 500)
    hooks = sender(clock, endpoint)
    number = enqueue(hooks)
    made = [await hooks.pump()]
    for seconds in (9, 1, 19, 1, 100):
        clock.advance(seconds)
        made.append(await hooks.pump())
    assert made == [1, 0, 1, 0, 1, 0]
    delivery = hooks.deliveries[number]
    assert delivery.state == "failed"
    assert [attempt.status for attempt in delivery.attempts] == [500, 0, 500]
    assert "refused" in delivery.attempts[1].error
    assert [attempt for attempt, _ in endpoint.got] == ["1", "2", "3"]


async def test_what_is_accepted_is_not_sent_again_unless_asked() -> None:
    clock, endpoint = TwinClock(START, frozen=True), Endpoint()
    hooks = sender(clock, endpoint)
    number = enqueue(hooks)
    await hooks.pump()
    clock.advance(1000)
    assert await hooks.pump() == 0
    hooks.resend(number)
    assert await hooks.pump() == 1
    assert len(endpoint.got) == 2


async def test_deliveries_of_one_hook_keep_their_order() -> None:
    endpoint = Endpoint()
    hooks = sender(TwinClock(START, frozen=True), endpoint)
    bodies = [str(number).encode() for number in range(20)]
    for body in bodies:
        enqueue(hooks, body)
    await hooks.pump()
    assert [body for _, body in endpoint.got] == bodies


async def test_an_abandoned_delivery_is_not_tried_again() -> None:
    clock, endpoint = TwinClock(START, frozen=True), Endpoint(500)
    hooks = sender(clock, endpoint)
    number = enqueue(hooks)
    await hooks.pump()
    hooks.abandon(number)
    clock.advance(1000)
    assert await hooks.pump() == 0
    assert hooks.deliveries[number].state == "failed"

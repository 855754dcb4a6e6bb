import asyncio
import hashlib
import hmac
import json
from base64 import b64encode
from typing import Any

import pytest

from core.clock import new_id, now
from core.errors import NotFound
from core.sdk.delivery import Delivery
from core.services import board, profiles, tasks, webhooks
from core.store import connections, deliveries, scope
from core.store.engine import value

pytestmark = pytest.mark.anyio
SECRET = "a webhook secret"


def _signed(body: bytes, event: str, secret: str = SECRET) -> dict[str, str]:
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"signature": f"sha256 {digest}", "greenhouse-event-id": event}


async def _deliveries(world: Any) -> int:
    async with scope.tenant(world.actor.tenant_id):
        return int(await value("SELECT count(*) FROM delivery WHERE connection = $1", world.connection))


async def test_a_new_application_is_on_the_board_scored_though_nobody_asked(world: Any, until: Any) -> None:
    jobs = {row["name"]: row["id"] for row in world.twin.rows("jobs")}
    text = (
        b"Lena Brandt\nBuilt data pipelines in Python and SQL for six years, and ran Kafka clusters for orders."
        * 3
    )
    file = {"filename": "cv.txt", "content": b64encode(text).decode()}
    person = {"first_name": "Lena", "last_name": "Brandt"}
    made = world.twin.act("apply", candidate=person, job_id=jobs["Data Engineer"], files=[file])
    body = json.dumps(
        {"action": "new_candidate_application", "payload": {"application": {"id": made["id"]}}}
    ).encode()
    assert (await webhooks.receive(world.connection, body, _signed(body, "e0"))).accepted

    async def scored() -> bool:
        cards = [card for column in await board.columns(world.actor, world.job) for card in column.cards]
        return any(card.name == "Lena Brandt" and card.score is not None for card in cards)

    await until(scored)


async def test_a_deleted_candidate_leaves_the_board(world: Any, until: Any) -> None:
    gone = next(row for row in world.twin.rows("candidates") if row["first_name"] == "Scan")
    body = json.dumps({"action": "delete_candidate", "payload": {"person": {"id": gone["id"]}}}).encode()
    assert (await webhooks.receive(world.connection, body, _signed(body, "e9"))).accepted

    async def left() -> bool:
        cards = [card for column in await board.columns(world.actor, world.job) for card in column.cards]
        return all(card.name != "Scan Ner" for card in cards)

    await until(left)


async def test_what_was_erased_in_the_ats_is_gone_here_as_well(world: Any, until: Any) -> None:
    erased = next(row for row in world.twin.rows("candidates") if row["first_name"] == "Jonas")
    cards = [card for column in await board.columns(world.actor, world.job) for card in column.cards]
    application = next(card.id for card in cards if card.name == "Jonas Weil")
    assert (await profiles.profile(world.actor, application)).documents
    world.twin.act("anonymize", id=erased["id"])
    payload = {"candidate_id": erased["id"], "anonymized_fields": ["full_name", "attachments"]}
    body = json.dumps({"action": "candidate_anonymized", "payload": payload}).encode()
    assert (await webhooks.receive(world.connection, body, _signed(body, "e10"))).accepted

    async def erased_here() -> bool:
        found = await profiles.profile(world.actor, application)
        return not found.documents and found.score is None and "Weil" not in found.name

    await until(erased_here)


async def test_a_wrong_signature_is_refused_and_somebody_is_told_until_a_right_one_comes(world: Any) -> None:
    body = json.dumps({"action": "ping", "payload": {}}).encode()
    before = await _deliveries(world)
    answer = await webhooks.receive(world.connection, body, _signed(body, "e1", "another secret"))
    assert answer.reply.status == 401
    assert await _deliveries(world) == before
    assert any(task.kind == "webhook" for task in await tasks.list_tasks(world.actor))
    assert (await webhooks.receive(world.connection, body, _signed(body, "e1"))).accepted
    assert not any(task.kind == "webhook" for task in await tasks.list_tasks(world.actor))


async def test_a_replayed_delivery_is_answered_and_changes_nothing(world: Any) -> None:
    body = json.dumps({"action": "ping", "payload": {}}).encode()
    for _ in range(3):
        assert (await webhooks.receive(world.connection, body, _signed(body, "e2"))).reply.status == 200
    async with scope.tenant(world.actor.tenant_id):
        assert await value("SELECT count(*) FROM delivery WHERE dedupe_key LIKE 'e2 %'") == 1


async def test_a_webhook_and_the_end_of_a_sync_never_wait_for_each_other(world: Any) -> None:
    arrived, finishing = asyncio.Event(), asyncio.Event()

    async def webhook() -> None:
        async with scope.tenant(world.actor.tenant_id):
            delivery = Delivery(body=b"{}", headers={}, received_at=now())
            await deliveries.keep(world.connection, delivery, key="e3", event="ping", hints=(), headers={})
            arrived.set()
            await finishing.wait()
            await connections.change(world.connection, webhook_seen_at=now())

    async def sync() -> None:
        async with scope.tenant(world.actor.tenant_id):
            await connections.change(world.connection, last_synced_at=now())
            await arrived.wait()
            finishing.set()
            await connections.enter(world.connection, "active", "Everything is in sync.")

    await asyncio.gather(webhook(), sync())


async def test_an_address_nobody_has_is_not_found(instance: None) -> None:
    with pytest.raises(NotFound):
        await webhooks.receive(new_id(), b"{}", {})

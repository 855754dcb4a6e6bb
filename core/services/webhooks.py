"""Receives webhooks: stored before they are answered, verified, never believed beyond their ids."""

from uuid import UUID

import msgspec
import structlog

from core.clock import now
from core.errors import NotFound
from core.jobs.queue import enqueue
from core.sdk.connector import Connector, ConnectorContext
from core.sdk.delivery import Delivery, Reception, Reply
from core.sdk.http import Http
from core.services import plugin_settings
from core.services.connecting import LooseTokens, entry_for, webhook_secrets
from core.store import connections, deliveries, doors, records
from core.store.connections import ConnectionRow
from core.store.scope import tenant

_KEPT = frozenset({"greenhouse-event-id", "event-id", "event-name", "user-agent", "content-type"})
_log = structlog.stdlib.get_logger()


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the vendor is answered, and whether the delivery was accepted."""

    reply: Reply
    accepted: bool


async def receive(connection_id: UUID, body: bytes, headers: dict[str, str]) -> Answer:
    """Judge and keep one delivery; raises NotFound for an address nobody has.

    What was answered with 2xx is committed. A second delivery with the same key is answered the same and
    changes nothing.
    """
    tenant_id = await doors.tenant_of_connection(connection_id)
    if tenant_id is None:
        raise NotFound("This address is not in use.", "Copy it anew from the integration's page.")
    async with tenant(tenant_id):
        row = await connections.get(connection_id)
    if row is None or row.state == "disconnected":
        raise NotFound("This integration is disconnected.", "Remove the webhook in the ATS.")
    delivery = Delivery(body=body, headers=headers, received_at=now())
    reception = (await _judge(tenant_id, row)).receive(delivery, webhook_secrets(row))
    if reception.refusal:
        await _refused(tenant_id, row, reception)
        return Answer(reply=Reply(status=401, body=reception.refusal), accepted=False)
    await _keep(tenant_id, row, delivery, reception)
    return Answer(reply=reception.reply, accepted=True)


async def _judge(tenant_id: UUID, row: ConnectionRow) -> Connector:
    entry = await entry_for(tenant_id, row.connector)
    context = ConnectorContext(
        settings=plugin_settings.opened(row), http=Http(frozenset()), tokens=LooseTokens(), log=_log, now=now
    )
    return entry.make(context)


async def _keep(tenant_id: UUID, row: ConnectionRow, delivery: Delivery, reception: Reception) -> None:
    headers = {name: value for name, value in delivery.headers.items() if name in _KEPT}
    async with tenant(tenant_id):
        fresh = await deliveries.keep(
            row.id,
            delivery,
            key=reception.key,
            event=reception.event,
            hints=reception.hints,
            headers=headers,
        )
        await records.settle_task("webhook", str(row.id))
        await connections.change(row.id, webhook_seen_at=now())
        if fresh and reception.hints:
            await enqueue("follow_hints", row.id)


async def _refused(tenant_id: UUID, row: ConnectionRow, reception: Reception) -> None:
    _log.warning("webhook refused", connection=str(row.id), reason=reception.refusal)
    async with tenant(tenant_id):
        await records.open_task(
            "webhook",
            str(row.id),
            f"{row.title} sends webhooks that cannot be verified",
            body=f"{reception.refusal} Nothing is lost: changes are still read every minute.",
            link=f"/settings/integrations/{row.id}",
        )

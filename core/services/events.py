"""Tells plugins what happened: stored with the fact, told in order by the worker, at least once."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec
import structlog

from core.jobs.queue import enqueue
from core.sdk.events import ApplicationMoved, ApplicationScored, ConnectionFailed, Event
from core.services.runtime import runtime
from core.store import events
from core.store.events import Untold
from core.store.scope import current_tenant, tenant

_EVENTS: Final[dict[str, type[Event]]] = {
    "application_scored": ApplicationScored,
    "application_moved": ApplicationMoved,
    "connection_failed": ConnectionFailed,
}
_HOOKS: Final = {kind: hook for hook, kind in _EVENTS.items()}
_PAGE = 100
_log = structlog.stdlib.get_logger()


async def announce(found: Sequence[Event]) -> None:
    """Store events in the transaction that made them true; what no plugin listens to is not kept.

    Call it last: until the commit nobody else of the tenant can announce anything.
    """
    heard = [event for event in found if runtime().dispatcher.listened_to(_HOOKS[type(event)])]
    if heard:
        await events.add([(_HOOKS[type(event)], msgspec.json.encode(event)) for event in heard])
        await enqueue("tell", current_tenant())


async def tell(tenant_id: UUID, _: UUID) -> None:
    """Task: tell the tenant's events, oldest first, until none is left.

    One is forgotten only after it was told, so that a killed worker tells it again rather than never.
    """
    while waiting := await _waiting(tenant_id):
        for event in waiting:
            await _tell(event)
            async with tenant(tenant_id):
                await events.told(event.id)


async def _waiting(tenant_id: UUID) -> list[Untold]:
    async with tenant(tenant_id):
        return await events.untold(_PAGE)


async def _tell(waiting: Untold) -> None:
    try:
        event = msgspec.json.decode(waiting.body, type=_EVENTS[waiting.hook])
    except (KeyError, msgspec.ValidationError):
        # Stored by another version of Shortlist; kept, it would stand in the way of all others for ever.
        _log.warning("event not understood", hook=waiting.hook)
        return
    await runtime().dispatcher.emit(waiting.hook, event)


async def untold(tenant_id: UUID) -> None:
    """Queue the telling of events without a job: the net under every crash."""
    async with tenant(tenant_id):
        if await events.any_untold():
            await enqueue("tell", tenant_id, hurry=False)

"""Rings the tabs that show what changed; each then asks for itself, with its own cookie and rights."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

import msgspec
import structlog

from core.services.live import Change, changes

_PAUSE: Final = 0.1
"""Seconds in which changes of one screen are gathered."""
_PER_TAB: Final = 0.005
_log = structlog.stdlib.get_logger()

Ring = Callable[[str, str, list[str]], Awaitable[bool]]


class _Tab(msgspec.Struct, frozen=True):
    tenant_id: UUID
    member_id: UUID
    topic: str
    subject: str
    beside: str = ""


_tabs: dict[str, _Tab] = {}
_waiting: dict[tuple[UUID, str, str], set[str]] = {}


def subscribe(token: str, tenant_id: UUID, member_id: UUID, topic: str, subject: str) -> None:
    """Remember what a tab shows now; a tab shows one page at a time."""
    _tabs[token] = _Tab(tenant_id, member_id, topic, subject)


def beside(token: str, application: str) -> None:
    """Remember whose profile stands beside the tab's page; empty for nobody's."""
    if token in _tabs:
        _tabs[token] = msgspec.structs.replace(_tabs[token], beside=application)


@asynccontextmanager
async def ringing(ring: Ring) -> AsyncIterator[None]:
    """Carry changes to tabs while the block runs."""
    tasks = [asyncio.create_task(_gather()), asyncio.create_task(_deliver(ring))]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _gather() -> None:
    async for change in changes():
        key = (change.tenant_id, change.topic, str(change.id or ""))
        _waiting.setdefault(key, set()).update(change.parts)


async def _deliver(ring: Ring) -> None:
    while True:
        await asyncio.sleep(max(_PAUSE, _PER_TAB * len(_tabs)))
        due = dict(_waiting)
        _waiting.clear()
        for (tenant_id, topic, subject), parts in due.items():
            change = Change(tenant_id=tenant_id, topic=topic, parts=tuple(sorted(parts)))
            await _ring(ring, change, subject)


async def _ring(ring: Ring, change: Change, subject: str) -> None:
    for token, tab in list(_tabs.items()):
        if tab.tenant_id != change.tenant_id or not _concerns(tab, change, subject):
            continue
        try:
            if not await ring(token, change.topic, list(change.parts)):
                _tabs.pop(token, None)
        except Exception as error:
            # A tab may vanish between the question whether it is there and the ring.
            _log.warning("tab not reached", error=type(error).__name__)
            _tabs.pop(token, None)


def _concerns(tab: _Tab, change: Change, subject: str) -> bool:
    if change.topic == "notice":
        return str(tab.member_id) == subject
    if change.topic == "jobs":
        return tab.topic == "jobs"
    if change.topic == "profile" and tab.beside == subject:
        return True
    return tab.topic == change.topic and tab.subject in {"", subject}


__all__ = ["beside", "ringing", "subscribe"]

"""Two strangers' notifiers, and an instance whose worker runs when a test wants it to."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from core import clock
from core.jobs.queue import Later
from core.jobs.worker import Worker
from core.services import notices, tasks
from core.services.access import Actor
from core.services.notifying import carry
from core.services.runtime import Runtime
from core.services.work import TASKS
from core.store.engine import rows, value
from core.store.scope import nobody, tenant

NOTIFIERS = """
import asyncio
from core.sdk import Field, NotifierEntry, hookimpl

sent, tried, made, troubles = [], [], [], []

class Channel:
    def __init__(self, settings):
        made.append(dict(settings))
        self.settings = settings

    async def check(self):
        if self.settings.get("room") == "nowhere":
            from core.sdk import Misconfigured
            raise Misconfigured("There is no such room.", field="room", hint="Name another one.")

    async def send(self, notice):
        tried.append(notice)
        if troubles:
            trouble = troubles.pop(0)
            if trouble == "hang":
                await asyncio.sleep(600)
            raise trouble
        sent.append(notice)

@hookimpl
def shortlist_notifiers():
    yield NotifierEntry(key="NAME", title="The NAME channel", fields=FIELDS, make=Channel)
"""
FIELDS = '(Field(name="room", label="Room"), Field(name="pass", label="Password", kind="secret"))'
SETTINGS = {"room": "lobby", "pass": "canary-77-pass"}


async def nothing() -> None:
    """No tick: the tests say when time goes on."""
    return


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """An instance with two strangers' notifiers, and a worker that runs when a test wants it to."""

    runtime: Runtime
    mine: Actor
    colleague: UUID
    other: Actor

    def of(self, name: str) -> Any:
        """The module of a notifier: what it was made with, what it tried and sent, what to raise."""
        return self.runtime.catalog.manager.get_plugin(name)

    async def notify(self, title: str, *to: UUID, link: str = "/board") -> None:
        async with tenant(self.mine.tenant_id):
            await notices.notify(to or [self.mine.member_id], title, body="Look there.", link=link)

    async def work(self) -> None:
        """Run the worker until nothing about notices can be done now."""
        async with (
            Worker(self.runtime.database, TASKS, tick=nothing, patience=10.0).running(),
            asyncio.timeout(60),
        ):
            while await _busy():  # noqa: ASYNC110  # the worker does it, without telling us
                await asyncio.sleep(0.05)

    async def states(self, name: str) -> list[tuple[str, str]]:
        async with tenant(self.mine.tenant_id):
            found = await rows(
                "SELECT s.state, s.error FROM sending s JOIN channel c ON c.id = s.channel "
                "WHERE c.notifier = $1 ORDER BY s.id",
                name,
            )
        return [(row["state"], row["error"]) for row in found]

    async def asked(self) -> list[tuple[str, str]]:
        return [(t.title, t.body) for t in await tasks.list_tasks(self.mine) if t.kind == "notifier"]

    async def later(self, name: str, seconds: float) -> None:
        """Do what the channel's job does when that many seconds have passed."""
        async with tenant(self.mine.tenant_id):
            channel = await value("SELECT id FROM channel WHERE notifier = $1", name)

        async def then() -> None:
            stepping = clock.SteppingClock(datetime.now(UTC))  # noqa: TID251  # jobs were put off from now
            stepping.advance(seconds)
            clock.use(stepping)
            with suppress(Later):
                await carry(self.mine.tenant_id, channel)

        await asyncio.create_task(then())


async def _busy() -> bool:
    async with nobody():
        return bool(
            await value(
                "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' OR (status = 'todo' "
                "AND (scheduled_at IS NULL OR scheduled_at <= now()))"
            )
        )

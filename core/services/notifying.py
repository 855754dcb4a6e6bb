"""Carries notices through the tenant's channels: each through each once, whatever a notifier does.

A notice that cannot be carried now is tried again by itself; what only a person can mend holds the channel
back and becomes one task, settled by the next notice that arrives.
"""

from datetime import timedelta
from typing import Final, NoReturn
from uuid import UUID

import structlog

from core.clock import now
from core.errors import ShortlistError
from core.jobs.queue import Later, enqueue
from core.registry import failure
from core.sdk.errors import (
    AuthFailed,
    BadData,
    ConnectorError,
    Forbidden,
    Misconfigured,
    NotFound,
    RateLimited,
    Rejected,
)
from core.sdk.fields import problems
from core.sdk.notifier import Notice, NotifierEntry
from core.services import plugin_settings
from core.services.channels import SECONDS, TASK
from core.services.plugins import enabled_plugins
from core.services.runtime import runtime
from core.store import channels, records, sendings
from core.store.channels import ChannelRow
from core.store.scope import tenant
from core.store.sendings import Sending

_ATTEMPTS: Final = 12
_IN_A_ROW: Final = 3
"""Failures after which the rest of what waits is left for later: it is the channel, not the notice."""
_ASK_AGAIN: Final = 3600.0
"""Seconds until a channel that needs a person is tried again: a mail server counts wrong passwords."""
_PATIENCE: Final = 86400.0
"""The longest a notifier may ask to wait."""
_FOR_A_PERSON: Final = (AuthFailed, Forbidden, Misconfigured)
_log = structlog.stdlib.get_logger()


async def spread(tenant_id: UUID, notice: UUID) -> None:
    """Task: put a notice into every channel the tenant uses."""
    enabled = await enabled_plugins(tenant_id)
    async with tenant(tenant_id):
        for channel in await _in_use(enabled):
            if await sendings.add(notice, channel):
                await enqueue("carry", channel)


async def _in_use(enabled: frozenset[str]) -> list[UUID]:
    """Channels that are set up; a notifier that needs no settings is as soon as its plugin is on."""
    known = await channels.every()
    found = []
    for key, offered in sorted(runtime().catalog.notifiers.items()):
        if offered.plugin not in enabled:
            continue
        if key in known:
            found.append(known[key].id)
        elif not problems(offered.entry.fields, {}):
            found.append(await channels.present(key))
    return found


async def carry(tenant_id: UUID, channel: UUID) -> None:
    """Task: send what waits in a channel; comes back for what could not be sent yet."""
    in_a_row = 0
    while in_a_row < _IN_A_ROW and (went := await _carry_one(tenant_id, channel)) is not None:
        in_a_row = 0 if went else in_a_row + 1
    async with tenant(tenant_id):
        until = await sendings.next_due(channel)
    if until is not None:
        least = 30.0 if in_a_row == _IN_A_ROW else 1.0
        raise Later(max(least, (until - now()).total_seconds()), "notices wait")


async def _carry_one(tenant_id: UUID, channel: UUID) -> bool | None:
    """Whether the next notice is done with; None when nothing is due."""
    async with tenant(tenant_id):
        row = await channels.get(channel)
        sending = await sendings.due(channel) if row else None
    if row is None or sending is None:
        return None
    if row.paused_until is not None and row.paused_until > now():
        raise Later((row.paused_until - now()).total_seconds(), "the channel rests")
    found = runtime().catalog.notifiers.get(row.notifier)
    async with tenant(tenant_id):
        if found is None or found.plugin not in await enabled_plugins(tenant_id):
            # Switched on again next week, it must not pour out what nobody waits for any more.
            await sendings.drop(channel)
            return None
        if not sending.active:
            await sendings.end(sending.id, "dropped")
            return True
    error = await _send(row, found.entry, sending)
    return await _settle(tenant_id, row, found.entry, sending, error)


async def _send(row: ChannelRow, entry: NotifierEntry, sending: Sending) -> BaseException | None:
    try:
        settings = plugin_settings.with_defaults(entry.fields, row)
    except ShortlistError as error:
        return Misconfigured(error.message, hint=error.hint)
    wrong = problems(entry.fields, settings)
    if wrong:
        return Misconfigured(next(iter(wrong.values())), hint="Complete the settings.")
    link = f"{runtime().settings.url}{sending.link}" if sending.link.startswith("/") else sending.link
    notice = Notice(
        key=f"{sending.notification}:{entry.key}",
        recipient=sending.email,
        subject=sending.title,
        body=sending.body,
        link=link,
    )

    async def send() -> None:
        await entry.make(settings).send(notice)

    return await failure(send, SECONDS)


async def _settle(
    tenant_id: UUID, row: ChannelRow, entry: NotifierEntry, sending: Sending, error: BaseException | None
) -> bool:
    """Note what came of it; True when the notice is done with. Raises Later when the channel has to rest."""
    if error is None:
        await _arrived(tenant_id, row, sending)
        return True
    _log.warning("notice not sent", notifier=entry.key, error=type(error).__name__, words=_words(error))
    wait = _wait(error)
    if wait is not None:
        await _rest(tenant_id, row, entry, error, wait)
    async with tenant(tenant_id):
        if isinstance(error, Rejected | BadData | NotFound):
            await sendings.end(sending.id, "failed", _words(error))
            return True
        await _again(entry, sending, error)
        return False


def _wait(error: BaseException | None) -> float | None:
    """For how many seconds the whole channel has to rest."""
    if isinstance(error, RateLimited):
        return error.retry_after if 1.0 <= error.retry_after <= _PATIENCE else 60.0
    return _ASK_AGAIN if isinstance(error, _FOR_A_PERSON) else None


async def _rest(
    tenant_id: UUID, row: ChannelRow, entry: NotifierEntry, error: BaseException, seconds: float
) -> NoReturn:
    async with tenant(tenant_id):
        await channels.pause(row.id, now() + timedelta(seconds=seconds))
        if isinstance(error, _FOR_A_PERSON):
            await _ask_for_help(entry, error)
    raise Later(seconds, "the channel rests")


async def _arrived(tenant_id: UUID, row: ChannelRow, sending: Sending) -> None:
    async with tenant(tenant_id):
        await sendings.end(sending.id, "sent")
        await records.settle_task(TASK, row.notifier)
        if row.paused_until is not None:
            await channels.pause(row.id, None)


async def _again(entry: NotifierEntry, sending: Sending, error: BaseException) -> None:
    """Put the notice off, each time twice as long, or give it up and tell the admin."""
    if sending.attempts + 1 >= _ATTEMPTS:
        await sendings.end(sending.id, "failed", _words(error))
        await _ask_for_help(entry, error)
        return
    pause = timedelta(seconds=min(5.0 * 2**sending.attempts, 600.0))
    await sendings.put_off(sending.id, now() + pause, _words(error))


def _words(error: BaseException) -> str:
    """What may be shown: a plugin's own fault by its type alone, since its words may quote settings."""
    if isinstance(error, ConnectorError):
        return str(error)[:500]
    if isinstance(error, TimeoutError):
        return f"It did not answer within {SECONDS:.0f} seconds."
    return f"It failed ({type(error).__name__}); this is a fault of the plugin."


async def _ask_for_help(entry: NotifierEntry, error: BaseException) -> None:
    await records.open_task(
        TASK,
        entry.key,
        f"Notices do not arrive: {entry.title}",
        body=f"{_words(error)} All notices are in the bell.",
        link=f"/settings/plugins/notifiers/{entry.key}",
    )


async def unsent(tenant_id: UUID) -> None:
    """Queue what is due in channels but has no job: the net under every crash."""
    async with tenant(tenant_id):
        for channel in await sendings.channels_due():
            await enqueue("carry", channel, hurry=False)

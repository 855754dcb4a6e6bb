"""What a notifier is: a channel that carries a notice to people outside the web interface."""

from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

import msgspec

from core.sdk.fields import Field


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A message to one member; `link` leads into Shortlist. Never holds a candidate's masked identity."""

    key: str
    recipient: str
    subject: str
    body: str
    link: str = ""


@runtime_checkable
class Notifier(Protocol):
    """Delivers notices; may raise `core.sdk.errors.ConnectorError` types, with the same meaning."""

    async def check(self) -> None:
        """Try the channel without disturbing anybody; raises when it would not work."""
        ...

    async def send(self, notice: Notice) -> None:
        """Deliver one notice; the host calls again with the same `key` after an unclear failure."""
        ...


class NotifierEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What a plugin registers for one channel."""

    key: str
    title: str
    fields: tuple[Field, ...]
    make: Callable[[Mapping[str, str]], Notifier]
    sdk: str = "1"

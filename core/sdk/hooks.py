"""The hooks a plugin may implement.

Registration hooks are synchronous, do no I/O and are called once at start. Event hooks are
asynchronous, hear one frozen struct after it was committed, and only for tenants that enabled the
plugin. A plugin is a module or an instance registered under the entry-point group `shortlist`.
"""

from collections.abc import Iterable

import pluggy

from core.sdk.connector import ConnectorEntry
from core.sdk.events import ApplicationMoved, ApplicationScored, ConnectionFailed
from core.sdk.notifier import NotifierEntry
from core.sdk.scorer import ScorerEntry

PROJECT = "shortlist"
SDK_VERSION = "1.1"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """Every hook, with the shape plugins must give it."""

    @hookspec
    def shortlist_connectors(self) -> Iterable[ConnectorEntry]:
        """Connectors this plugin brings.

        @hookimpl
        def shortlist_connectors():
            yield ConnectorEntry(key="acme", title="Acme ATS", fields=(), make=AcmeConnector, hosts=hosts)
        """
        return ()

    @hookspec
    def shortlist_scorers(self) -> Iterable[ScorerEntry]:
        """Scorers this plugin brings."""
        return ()

    @hookspec
    def shortlist_notifiers(self) -> Iterable[NotifierEntry]:
        """Notifiers this plugin brings."""
        return ()

    @hookspec
    async def application_scored(self, event: ApplicationScored) -> None:
        """An application has a new score."""

    @hookspec
    async def application_moved(self, event: ApplicationMoved) -> None:
        """A person moved an application."""

    @hookspec
    async def connection_failed(self, event: ConnectionFailed) -> None:
        """A connection needs a person."""

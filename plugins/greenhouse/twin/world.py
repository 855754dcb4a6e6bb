"""Everything a running twin consists of."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx

from core.sdk.testing.twin import CallLog, FaultBook, FixedWindow
from plugins.greenhouse.twin import files
from plugins.greenhouse.twin.account import Account, Row
from plugins.greenhouse.twin.auth import Keys
from plugins.greenhouse.twin.events import Bodies
from plugins.greenhouse.twin.hooks import Hooks
from plugins.greenhouse.twin.listing import Lister
from plugins.greenhouse.twin.present import Presenter
from plugins.greenhouse.twin.settings import TwinSettings

API_SECONDS, TOKEN_SECONDS = 30, 60


class World:
    """An account with its keys, webhooks, limits, faults and clock; one event loop uses it at a time."""

    def __init__(
        self,
        account: Account,
        settings: TwinSettings,
        clock: Callable[[], datetime],
        *,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.account = account
        self.settings = settings
        self.clock = clock
        self.base_url = ""
        self.calls = CallLog()
        self.faults = FaultBook()
        self.keys = Keys(account, clock)
        self.lister = Lister(account, clock)
        self.hooks = Hooks(account, clock, lambda: self.settings, transport)
        self.api_limit = FixedWindow(settings.calls_per_window, API_SECONDS, clock)
        self.token_limit = FixedWindow(settings.tokens_per_window, TOKEN_SECONDS, clock)
        self._requests = 0

    def configure(self, settings: TwinSettings) -> None:
        """Use other settings from now on."""
        self.settings = settings
        self.api_limit.limit = settings.calls_per_window
        self.token_limit.limit = settings.tokens_per_window
        self.hooks.scale()

    def next_request_id(self) -> str:
        """A new request id in the shape of a UUID."""
        self._requests += 1
        digits = f"{self._requests:032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    @property
    def files_url(self) -> str:
        return self.settings.files_url or f"{self.base_url}/files"

    def presenter(self) -> Presenter:
        """What turns rows into answers right now."""
        return Presenter(self.account, self.settings, now=self.clock(), files_url=self.files_url)

    def bodies(self) -> Bodies:
        """What builds webhook bodies right now."""
        now, seconds = self.clock(), self.settings.url_seconds
        return Bodies(self.account, lambda row: files.link(self.files_url, row, now, seconds))

    def announce(self, event: str, payload: dict[str, Any]) -> None:
        """Tell the webhooks."""
        self.hooks.announce(event, payload)

    def announce_application(self, event: str, row: Row) -> None:
        """Tell the webhooks about an application."""
        if self.hooks.listens(event):
            self.hooks.announce(event, self.bodies().application(row, event))

    def touch(self, *, candidate_id: int | None = None, application_id: int | None = None) -> None:
        """Move the parents' `updated_at` after a change of a child, if the switch says so."""
        if not self.settings.children_touch_parents:
            return
        for resource, row_id in (("candidates", candidate_id), ("applications", application_id)):
            if row_id is not None and self.account.get(resource, row_id):
                self.account.change(resource, row_id, self.clock())

"""The notifier: one SMTP conversation for each notice, each failure in words of what to do."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Final

import aiosmtplib

from core.sdk import Misconfigured, Notice
from plugins.notify_email.failures import explained
from plugins.notify_email.message import compose, sender_address

_SECONDS: Final = 20.0
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class EmailNotifier:
    """Delivers notices over the mail server of its settings."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._host = settings.get("host", "").strip()
        self._port = settings.get("port", "") or "587"
        self._security = settings.get("security", "") or "starttls"
        self._username = settings.get("username", "")
        self._password = settings.get("password", "")
        self._sender = settings.get("sender", "").strip()
        self._sender_name = settings.get("sender_name", "Shortlist")

    async def check(self) -> None:
        """Sign in and ask whether the sender may send, without sending anything."""
        sender = sender_address(self._sender, self._sender_name)
        async with self._connected() as server:
            await server.mail(sender.addr_spec)
            await server.rset()

    async def send(self, notice: Notice) -> None:
        """Deliver one notice. Raises Unavailable when it may be tried again, Rejected when not."""
        message = compose(notice, self._sender, self._sender_name)
        async with self._connected() as server:
            await server.send_message(message)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[aiosmtplib.SMTP]:
        self._refuse_open_password()
        try:
            server = aiosmtplib.SMTP(
                hostname=self._host,
                port=int(self._port),
                use_tls=self._security == "tls",
                start_tls=self._security == "starttls",
                timeout=_SECONDS,
            )
            async with server:
                if self._username:
                    await server.login(self._username, self._password)
                yield server
        except (aiosmtplib.SMTPException, OSError, ValueError, OverflowError) as error:
            raise explained(error, self._host) from error

    def _refuse_open_password(self) -> None:
        if self._username and self._security == "none" and self._host not in _LOCAL:
            raise Misconfigured(
                "The password would travel unencrypted.",
                field="security",
                hint="Choose STARTTLS or TLS, or leave the user name empty.",
            )

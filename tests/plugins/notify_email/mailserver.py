"""A real SMTP server on a free port, with sign-in, TLS and refusals on demand."""

import asyncio
import ssl
import warnings
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Inbox:
    """What the server took, and what it answers when asked to refuse: verb to reply line."""

    user, password = "mailer", "canary-password-51"

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.over_tls: list[bool] = []
        self.replies: dict[str, str] = {}
        self.port = 0
        self.server: asyncio.Server | None = None

    async def close(self) -> None:
        """Nobody answers at the port any more."""
        assert self.server is not None
        self.server.close()
        await self.server.wait_closed()

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.replies.get("MAIL", "250 OK")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "RCPT" not in self.replies:
            envelope.rcpt_tos.append(address)
        return self.replies.get("RCPT", "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if "DATA" not in self.replies:
            content = envelope.content if isinstance(envelope.content, bytes) else b""
            self.messages.append(message_from_bytes(content, policy=default))  # type: ignore[arg-type]
            self.over_tls.append(session.ssl is not None)
        return self.replies.get("DATA", "250 OK")


def _signed_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    good = isinstance(data, LoginPassword) and data.password.decode() == Inbox.password
    return AuthResult(success=good, handled=False)


async def open_inbox(
    *, sign_in: bool = False, tls: ssl.SSLContext | None = None, port: int = 0, **options: Any
) -> Inbox:
    """Starts a server: `tls` speaks TLS from the first byte, `tls_context` offers STARTTLS; 0 is a free port."""
    inbox = Inbox()
    if sign_in:
        options |= {"authenticator": _signed_in, "auth_required": True, "auth_require_tls": False}
    loop = asyncio.get_running_loop()

    def conversation() -> SMTP:
        with warnings.catch_warnings():
            # A relay on this very machine may take a password without TLS; aiosmtpd warns of it.
            warnings.simplefilter("ignore", UserWarning)
            return SMTP(inbox, hostname="localhost", loop=loop, **options)

    inbox.server = await loop.create_server(conversation, "127.0.0.1", port, ssl=tls)
    inbox.port = inbox.server.sockets[0].getsockname()[1]
    return inbox

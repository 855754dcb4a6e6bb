"""A real SMTP server on a free port, with sign-in, TLS and refusals on demand."""

import asyncio
import datetime
import ssl
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


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


@pytest.fixture
async def serve() -> AsyncIterator[Callable[..., Awaitable[Inbox]]]:
    """Starts servers: `tls` speaks TLS from the first byte, `tls_context` offers STARTTLS; 0 is a free port."""
    servers: list[asyncio.Server] = []

    async def start(
        *, sign_in: bool = False, tls: ssl.SSLContext | None = None, port: int = 0, **options: Any
    ) -> Inbox:
        inbox = Inbox()
        if sign_in:
            options |= {"authenticator": _signed_in, "auth_required": True, "auth_require_tls": False}
        loop = asyncio.get_running_loop()

        def conversation() -> SMTP:
            with warnings.catch_warnings():
                # A relay on this very machine may take a password without TLS; aiosmtpd warns of it.
                warnings.simplefilter("ignore", UserWarning)
                return SMTP(inbox, hostname="localhost", loop=loop, **options)

        server = await loop.create_server(conversation, "127.0.0.1", port, ssl=tls)
        servers.append(server)
        inbox.server = server
        inbox.port = server.sockets[0].getsockname()[1]
        return inbox

    yield start
    for server in servers:
        server.close()
        await server.wait_closed()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """A certificate of our own for this machine, and the server's side of it."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    start = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start.replace(year=2120))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "public.pem", folder / "private.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return public, context


@pytest.fixture
def trusted(certificate: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """The server's side, while this process trusts the certificate the way an operator would make it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    return certificate[1]

"""Notices arrive over a real SMTP server, and every way it can go wrong says what to do."""

import socket
import ssl
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.registry import load_catalog
from core.sdk import AuthFailed, ConnectorError, Misconfigured, Notice, Notifier, Rejected, Unavailable
from core.sdk.fields import problems
from plugins.notify_email import shortlist_notifiers
from plugins.notify_email.message import compose
from plugins.notify_email.notifier import EmailNotifier

SENDER = "shortlist@example.com"
RECIPIENT = "jo@example.org"
Serve = Callable[..., Any]


def made(inbox: Any, **settings: str) -> Notifier:
    (entry,) = shortlist_notifiers()
    values = {"host": "127.0.0.1", "port": str(inbox.port), "security": "none", "sender": SENDER, **settings}
    assert problems(entry.fields, values) == {}
    return entry.make(values)


def notice(**values: str) -> Notice:
    given = {
        "key": "n-1",
        "recipient": RECIPIENT,
        "subject": "3 candidates wait for you",
        "body": "Backend Engineer: 3 applications were shared with you.",
        "link": "https://shortlist.example.com/jobs/1",
    }
    return Notice(**{**given, **values})


def test_the_host_offers_it_under_its_key() -> None:
    offered = load_catalog(only=frozenset({"notify_email"})).notifiers["email"]
    assert (offered.plugin, offered.entry.title) == ("notify_email", "E-mail")


@pytest.mark.anyio
async def test_a_notice_arrives_with_its_words_and_its_link(serve: Serve) -> None:
    inbox = await serve()
    await made(inbox).send(notice())
    (message,) = inbox.messages
    assert message["From"] == "Shortlist <shortlist@example.com>"
    assert message["To"] == RECIPIENT
    assert message["Subject"] == "3 candidates wait for you"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().split() == (notice().body + " " + notice().link).split()


@pytest.mark.anyio
async def test_the_same_notice_sent_again_has_the_same_message_id(serve: Serve) -> None:
    inbox = await serve()
    for key in ("n-1", "n-1", "n-2"):
        await made(inbox).send(notice(key=key))
    ids = [message["Message-ID"] for message in inbox.messages]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.anyio
async def test_umlauts_and_emoji_survive(serve: Serve) -> None:
    inbox = await serve()
    await made(inbox, sender_name="Größe & Co").send(notice(subject="Zoë ✓ 候補者", body="Grüße 👋\n.\nEnde"))
    (message,) = inbox.messages
    assert message["Subject"] == "Zoë ✓ 候補者"
    assert "Grüße 👋\n.\nEnde" in message.get_content().replace("\r\n", "\n")
    assert message["From"].addresses[0].display_name == "Größe & Co"


@pytest.mark.anyio
async def test_check_tries_sign_in_and_sender_and_sends_nothing(serve: Serve) -> None:
    inbox = await serve(sign_in=True)
    await made(inbox, username=inbox.user, password=inbox.password).check()
    assert inbox.messages == []


@pytest.mark.anyio
async def test_a_wrong_password_asks_to_enter_it_again_and_does_not_repeat_it(serve: Serve) -> None:
    inbox = await serve(sign_in=True)
    with pytest.raises(AuthFailed) as failure:
        await made(inbox, username=inbox.user, password="wrong-canary-77").check()
    assert "wrong-canary-77" not in str(failure.value)
    assert "Enter them again" in str(failure.value)


@pytest.mark.anyio
async def test_a_password_never_travels_unencrypted_beyond_this_machine() -> None:
    (entry,) = shortlist_notifiers()
    settings = {
        "host": "mail.example.com",
        "port": "25",
        "security": "none",
        "sender": SENDER,
        "username": "u",
    }
    with pytest.raises(Misconfigured, match="unencrypted") as failure:
        await entry.make(settings).check()
    assert failure.value.field == "security"


@pytest.mark.anyio
async def test_starttls_with_sign_in(serve: Serve, trusted: ssl.SSLContext) -> None:
    inbox = await serve(sign_in=True, tls_context=trusted, require_starttls=True)
    notifier = made(inbox, security="starttls", username=inbox.user, password=inbox.password)
    await notifier.check()
    await notifier.send(notice())
    assert inbox.over_tls == [True]


@pytest.mark.anyio
async def test_tls_from_the_first_byte(serve: Serve, trusted: ssl.SSLContext) -> None:
    inbox = await serve(tls=trusted)
    await made(inbox, host="localhost", security="tls").send(notice())
    assert len(inbox.messages) == 1


@pytest.mark.anyio
@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_certificate_nobody_vouches_for_is_refused(
    serve: Serve, certificate: tuple[Any, ssl.SSLContext], security: str
) -> None:
    option = "tls" if security == "tls" else "tls_context"
    inbox = await serve(**{option: certificate[1]})
    with pytest.raises(Misconfigured, match="certificate") as failure:
        await made(inbox, security=security).send(notice())
    assert failure.value.field == "security"
    assert inbox.messages == []


@pytest.mark.anyio
async def test_a_server_without_starttls_gets_no_mail(serve: Serve) -> None:
    inbox = await serve()
    with pytest.raises(Misconfigured) as failure:
        await made(inbox, security="starttls").send(notice())
    assert failure.value.field == "security"
    assert inbox.messages == []


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("verb", "reply", "expected"),
    [
        ("RCPT", "550 no such user jo@example.org", Rejected),
        ("RCPT", "451 greylisted, try later", Unavailable),
        ("MAIL", "553 not your address", Misconfigured),
        ("MAIL", "452 too many", Unavailable),
        ("DATA", "554 looks like spam", Rejected),
        ("DATA", "421 closing", Unavailable),
    ],
)
async def test_replies_decide_between_trying_again_and_giving_up(
    serve: Serve, verb: str, reply: str, expected: type[ConnectorError]
) -> None:
    inbox = await serve()
    inbox.replies[verb] = reply
    with pytest.raises(expected) as failure:
        await made(inbox).send(notice())
    assert RECIPIENT not in str(failure.value), "the server's words may hold addresses"
    assert failure.value.hint


@pytest.mark.anyio
async def test_nobody_listening_is_unavailable_not_a_crash() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"host": "127.0.0.1", "port": str(port), "security": "none", "sender": SENDER}
    (entry,) = shortlist_notifiers()
    with pytest.raises(Unavailable, match="did not answer"):
        await entry.make(settings).send(notice())


@pytest.mark.anyio
@pytest.mark.parametrize("sender", ["", "nobody", "a@b\nBcc: x@y.example", "two@a.example, three@b.example"])
async def test_an_unusable_sender_points_at_its_field(serve: Serve, sender: str) -> None:
    (entry,) = shortlist_notifiers()
    inbox = await serve()
    settings = {"host": "127.0.0.1", "port": str(inbox.port), "security": "none", "sender": sender}
    with pytest.raises(Misconfigured) as failure:
        await entry.make(settings).check()
    assert failure.value.field == "sender"


@pytest.mark.anyio
@pytest.mark.parametrize(
    "recipient", ["", "jo", "jo@", "jo@example.org\r\nBcc: all@example.org", "a@b.c, d@e.f"]
)
async def test_an_unusable_recipient_is_final(serve: Serve, recipient: str) -> None:
    inbox = await serve()
    with pytest.raises(Rejected):
        await made(inbox).send(notice(recipient=recipient))
    assert inbox.messages == []


@given(subject=st.text(), body=st.text(st.characters(exclude_categories=["Cs"])), name=st.text(max_size=60))
def test_no_text_can_add_a_header_or_a_recipient(subject: str, body: str, name: str) -> None:
    plain = message_from_bytes(compose(notice(subject="x"), SENDER, "").as_bytes(), policy=default)
    message = message_from_bytes(
        compose(notice(subject=subject, body=body), SENDER, name).as_bytes(), policy=default
    )
    assert set(map(str.lower, message.keys())) <= set(map(str.lower, plain.keys()))
    assert [address.addr_spec for address in message["To"].addresses] == [RECIPIENT]
    assert [address.addr_spec for address in message["From"].addresses] == [SENDER]


@pytest.mark.anyio
async def test_a_port_that_cannot_be_is_told_beside_its_field() -> None:
    wrong = EmailNotifier({"host": "127.0.0.1", "port": "99999", "sender": "a@b.example"})
    with pytest.raises(Misconfigured, match="no such port") as refused:
        await wrong.check()
    assert refused.value.field == "port"

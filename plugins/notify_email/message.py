"""A notice as an e-mail: plain text, and recognisable when it comes twice."""

import hashlib
import re
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from typing import Final

from core.sdk import Misconfigured, Notice, Rejected

_SPACE: Final = re.compile(r"[\s\x00-\x1f\x7f]+")
_LONGEST: Final = 200
"""Characters of a subject; longer ones are cut by mail programs anyway."""


def compose(notice: Notice, sender: str, sender_name: str) -> EmailMessage:
    """The message. Raises Misconfigured for an unusable sender, Rejected for an unusable recipient.

    The Message-ID follows from the notice's key: a notice sent again after an unclear failure shows once in
    mail programs that drop repeated ids.
    """
    origin = sender_address(sender, sender_name)
    message = EmailMessage(policy=SMTP)
    message["From"] = origin
    message["To"] = _recipient(notice.recipient)
    message["Subject"] = one_line(notice.subject)[:_LONGEST]
    message["Date"] = formatdate(usegmt=True)
    digest = hashlib.sha256(notice.key.encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{digest}@{origin.domain.encode('idna').decode()}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies to notices
    message.set_content("\n\n".join(filter(None, (notice.body.strip(), notice.link))) + "\n")
    return message


def sender_address(sender: str, name: str) -> Address:
    """The sender as an address; raises Misconfigured."""
    try:
        return Address(display_name=one_line(name), addr_spec=_plain(sender))
    except (ValueError, MessageError) as error:
        raise Misconfigured(
            "The sender address is not an e-mail address.",
            field="sender",
            hint="Enter one such as shortlist@example.com.",
        ) from error


def _recipient(recipient: str) -> Address:
    try:
        return Address(addr_spec=_plain(recipient))
    except (ValueError, MessageError) as error:
        raise Rejected(
            "The member's e-mail address cannot be used.", hint="Correct it under Settings > Members."
        ) from error


def _plain(address: str) -> str:
    local, at, domain = address.strip().rpartition("@")
    if not (local and at and domain) or _SPACE.search(address.strip()):
        raise ValueError("not one address")
    domain.encode("idna")
    return f"{local}@{domain}"


def one_line(text: str) -> str:
    """The text on one line: a line break would start another header."""
    return _SPACE.sub(" ", text).strip()

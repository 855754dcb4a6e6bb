"""Attachment links: signed, valid for seven days, on another host and without a bearer token."""

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import quote

from plugins.greenhouse.twin.account import Account, Row, StoredFile, is_number

_SECRET = b"the twin's storage key"
_FORM = "%Y%m%dT%H%M%SZ"


class StorageError(Exception):
    """A refusal of the storage host: HTTP status, S3's code and message."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message

    @property
    def xml(self) -> bytes:
        body = f"<Error><Code>{self.code}</Code><Message>{self.message}</Message></Error>"
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()


def link(base: str, attachment: Row, now: datetime, seconds: int) -> str:
    """The address of an attachment's bytes, valid for so many seconds from now."""
    key = f"{attachment['id']}/{attachment['filename'].replace('/', '_')}"
    date = now.astimezone(UTC).strftime(_FORM)
    query = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Date": date,
        "X-Amz-Expires": str(seconds),
        "X-Amz-SignedHeaders": "host",
        "X-Amz-Signature": _signature(key, date, str(seconds)),
    }
    return f"{base}/{quote(key)}?" + "&".join(f"{name}={value}" for name, value in query.items())


def fetch(
    account: Account, key: str, query: Mapping[str, str], *, authorization: str, now: datetime
) -> StoredFile:
    """The file a link leads to; raises StorageError in S3's words."""
    if authorization:
        text = "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, "
        raise StorageError(400, "InvalidArgument", text + "Signature query string parameter or the header")
    date, seconds = query.get("X-Amz-Date", ""), query.get("X-Amz-Expires", "")
    if not date or not is_number(seconds):
        raise StorageError(403, "AccessDenied", "Access Denied")
    if not hmac.compare_digest(_signature(key, date, seconds), query.get("X-Amz-Signature", "")):
        raise StorageError(403, "SignatureDoesNotMatch", "The request signature does not match.")
    if datetime.strptime(date, _FORM).replace(tzinfo=UTC) + timedelta(seconds=int(seconds)) <= now:
        raise StorageError(403, "AccessDenied", "Request has expired")
    number = key.partition("/")[0]
    file = account.files.get(int(number)) if is_number(number) else None
    if file is None:
        raise StorageError(404, "NoSuchKey", "The specified key does not exist.")
    return file


def _signature(key: str, date: str, seconds: str) -> str:
    return hmac.new(_SECRET, f"{key}\n{date}\n{seconds}".encode(), sha256).hexdigest()

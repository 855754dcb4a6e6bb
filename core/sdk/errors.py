"""What can go wrong at the border between the host and a plugin.

ConnectorError            the message is safe to show; details go to the log
├─ AuthFailed             the connection pauses and the admin is asked to reconnect; never retried
├─ Forbidden              one feature lacks a permission; that feature is switched off, the rest goes on
├─ Misconfigured          shown at the field it names; never retried
├─ RateLimited            waits as told; does not count as a failure
├─ Unavailable            retried with growing pauses; the breaker counts it
├─ Rejected               the vendor's answer is final; shown; never retried
├─ NotFound               the object is gone or invisible; the host treats it as removed
└─ BadData                the record is set aside with its reference; the page goes on
"""


class ConnectorError(Exception):
    """A failure a plugin reports to the host.

    `message` says what happened and `hint` what the reader can do next; both are shown to people, so
    neither may hold a secret or personal data.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class AuthFailed(ConnectorError):
    """The credentials are wrong, expired or revoked."""


class Forbidden(ConnectorError):
    """The credentials work but may not do this one thing; `permission` names what is missing."""

    def __init__(self, message: str, *, permission: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.permission = permission


class Misconfigured(ConnectorError):
    """A setting is wrong; `field` names it so that the form can point there."""

    def __init__(self, message: str, *, field: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.field = field


class RateLimited(ConnectorError):
    """The vendor asks to wait `retry_after` seconds."""

    def __init__(self, message: str, *, retry_after: float, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after


class Unavailable(ConnectorError):
    """The vendor cannot be reached, answers 5xx, or answers nothing in time."""


class Rejected(ConnectorError):
    """The vendor refused the request for good."""


class NotFound(ConnectorError):
    """The object does not exist or this credential cannot see it."""


class BadData(ConnectorError):
    """One record could not be understood; `reference` names it without personal data."""

    def __init__(self, message: str, *, reference: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.reference = reference

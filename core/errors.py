"""What can go wrong in the application, as people and API clients see it.

Told
├─ ShortlistError
│  ├─ NotSignedIn     401  sign in first
│  ├─ NotAllowed      403  the role may not do this
│  ├─ NotFound        404  it does not exist, or belongs to somebody else
│  ├─ Invalid         422  what was entered cannot be used; `fields` says where
│  ├─ Conflict        409  it has changed or exists already
│  └─ Broken          503  something we depend on does not work right now
└─ DatabaseAway       503  stands apart: whoever handles an error of the application must not take it for one
"""

from collections.abc import Mapping


class Told(Exception):
    """`message` says what happened, `hint` what the reader can do next; both are safe to show."""

    status = 500

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class ShortlistError(Told):
    """What the application itself has to say against what was asked."""


class NotSignedIn(ShortlistError):
    """There is no valid session."""

    status = 401


class NotAllowed(ShortlistError):
    """The member's role does not include this action."""

    status = 403


class NotFound(ShortlistError):
    """The thing does not exist in this tenant."""

    status = 404


class Invalid(ShortlistError):
    """The input cannot be used; `fields` maps each field name to its sentence."""

    status = 422

    def __init__(self, message: str, hint: str = "", *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message, hint)
        self.fields = dict(fields or {})


class Conflict(ShortlistError):
    """The thing changed in the meantime or exists already."""

    status = 409


class Broken(ShortlistError):
    """Something Shortlist depends on does not work right now."""

    status = 503


class DatabaseAway(Told):
    """The database cannot be reached right now; what was asked for may be asked again.

    No ShortlistError, which an integration takes as a reason to stop until somebody acts.
    """

    status = 503

    def __init__(self) -> None:
        super().__init__(
            "The database cannot be reached right now.",
            "Try again in a minute. If it stays like this, tell whoever runs this instance.",
        )

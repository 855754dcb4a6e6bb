"""The ways Greenhouse says no."""

from typing import Any

from plugins.greenhouse.twin.settings import TwinSettings


class Refused(Exception):
    """An answer that is not a success: status, JSON body (None for an empty one) and extra headers."""

    def __init__(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body
        self.headers = headers or {}


def unauthorized() -> Refused:
    text = "Token could not be decoded. Please ensure your token is from a trusted source."
    return Refused(401, {"message": "Unauthorized", "errors": [text]})


def not_found() -> Refused:
    return Refused(404, {"message": "Resource not found"})


def unprocessable(*errors: str | dict[str, str]) -> Refused:
    return Refused(422, {"message": "Unprocessable Content", "errors": list(errors)})


def forbidden(settings: TwinSettings, reason: str) -> Refused:
    """403; its body is unconfirmed, hence a switch."""
    bodies: dict[str, Any] = {
        "message": {"message": "Forbidden"},
        "errors": {"message": "Forbidden", "errors": [reason]},
        "empty": None,
    }
    return Refused(403, bodies[settings.forbidden_body])


def too_many(wait: float) -> Refused:
    return Refused(429, {"message": "Too Many Requests"}, {"retry-after": str(max(1, int(wait) + 1))})

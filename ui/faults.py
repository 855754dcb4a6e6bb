"""What people read when something of ours breaks: what happened, what to do, and a number to quote."""

import reflex as rx
import structlog
from reflex.event import EventSpec

from core.clock import new_id

_log = structlog.stdlib.get_logger()


def event_failed(exception: Exception) -> EventSpec | None:
    """An event raised something nobody expected: log it whole, say it short."""
    number = str(new_id())[-8:]
    _log.error("event failed", number=number, exc_info=exception)
    return rx.toast.error(
        "Something went wrong on our side.",
        description=f"Nothing was lost. Try again; if it happens again, tell your admin the number {number}.",
        duration=15000,
        id="fault",
    )


def screen_failed(exception: Exception) -> None:
    """A browser reported an error of the screens."""
    _log.error("screen failed", error=str(exception)[:2000])

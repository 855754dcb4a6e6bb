"""How times and numbers are said on screens, and read from their fields."""

from datetime import datetime
from typing import Any


def iso(moment: datetime | None) -> str:
    """A moment for the browser, which says it in the reader's own time; empty for never."""
    return moment.isoformat() if moment else ""


def day(moment: datetime | None) -> str:
    """A date in the form everybody reads the same way."""
    return moment.strftime("%-d %b %Y") if moment else ""


def exact(moment: datetime | None) -> str:
    """The moment itself, where it must not depend on the reader."""
    return moment.strftime("%Y-%m-%d %H:%M UTC") if moment else ""


def in_days(count: int) -> str:
    """How long a card has stood where it is."""
    return "today" if count <= 0 else f"{count} d"


def size(count: int) -> str:
    """Bytes in the unit people use."""
    return f"{count / 1024 / 1024:.1f} MB" if count >= 1024 * 1024 else f"{max(1, count // 1024)} KB"


def plural(count: int, one: str, many: str = "") -> str:
    """The count with its noun."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def whole(value: Any) -> int:
    """The whole number of a field, 0 for anything else.

    A number field or a slider sends a number, a text, or nothing when it is empty, whatever a handler's annotation
    says.
    """
    text = str(value)
    return int(text) if text.isdecimal() else 0

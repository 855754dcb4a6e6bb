"""How times and numbers are said on screens."""

from datetime import datetime

from core.clock import now


def ago(moment: datetime | None) -> str:
    """How long ago, in the largest unit that fits; empty for never."""
    if moment is None:
        return ""
    seconds = max(0, int((now() - moment).total_seconds()))
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= length:
            return f"{seconds // length} {unit} ago"
    return "just now" if seconds < 5 else f"{seconds} s ago"


def days(moment: datetime | None) -> str:
    """Whole days since, for cards."""
    if moment is None:
        return ""
    count = (now() - moment).days
    return "today" if count <= 0 else f"{count} d"


def day(moment: datetime | None) -> str:
    """A date in the form everybody reads the same way."""
    return moment.strftime("%-d %b %Y") if moment else ""


def exact(moment: datetime | None) -> str:
    """The moment itself, for tooltips."""
    return moment.strftime("%Y-%m-%d %H:%M UTC") if moment else ""


def size(count: int) -> str:
    """Bytes in the unit people use."""
    return f"{count / 1024 / 1024:.1f} MB" if count >= 1024 * 1024 else f"{max(1, count // 1024)} KB"


def plural(count: int, one: str, many: str = "") -> str:
    """The count with its noun."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"

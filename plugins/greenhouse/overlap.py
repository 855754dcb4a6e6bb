"""Moments in cursors, and the filter for what changed since one, with an overlap."""

from datetime import datetime, timedelta
from typing import Final

from plugins.greenhouse.mapping import moment

OVERLAP: Final = timedelta(minutes=5)
"""How far a delta reaches back: a row may become visible later than its time says."""


def stamp(at: datetime) -> str:
    """A moment in UTC as Harvest writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def updated_since(since: str) -> str:
    """The value of an `updated_at` filter, for a moment written by `stamp`."""
    at = moment(since)
    return f"gte|{stamp(at - OVERLAP)}" if at else ""

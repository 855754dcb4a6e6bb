"""Bytes in, an honest reading out: in a child process with limits, for files strangers sent."""

from typing import TYPE_CHECKING, Any

from core.documents.readability import quality
from core.documents.reading import HiddenText, Limits, Line, Reading, ReadStatus

if TYPE_CHECKING:
    from core.documents.reader import DocumentReader

__all__ = ["DocumentReader", "HiddenText", "Limits", "Line", "ReadStatus", "Reading", "quality"]


def __getattr__(name: str) -> Any:
    """Import the parent's side late: the child runs without an event loop and without sockets."""
    if name != "DocumentReader":
        raise AttributeError(name)
    from core.documents.reader import DocumentReader

    return DocumentReader

"""Bytes in, an honest reading out: in a child process with limits, for files strangers sent."""

from core.documents.reader import DocumentReader
from core.documents.reading import HiddenText, Limits, Line, Reading, ReadStatus

__all__ = ["DocumentReader", "HiddenText", "Limits", "Line", "ReadStatus", "Reading"]

"""Words a PDF says stand for what it draws (ActualText, ISO 32000-1, 14.9.4): kept where they are short.

Writers need it for ligatures and hyphens. A long one could say anything, and nobody would see it.
"""

import ctypes
from typing import Any, Final

from pypdfium2 import raw

_LONGEST: Final = 6
"""Characters; more than any ligature or bullet stands for."""
_KEY: Final = b"ActualText"
_MOST: Final = 200


def without_long_claims(page: Any) -> list[str]:
    """Take such claims off a page's text, before it is read; what they said."""
    said: list[str] = []
    for written in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,)):
        for place in reversed(range(raw.FPDFPageObj_CountMarks(written.raw))):
            mark = raw.FPDFPageObj_GetMark(written.raw, place)
            text = _actual_text(mark)
            if len(text) > _LONGEST:
                raw.FPDFPageObj_RemoveMark(written.raw, mark)
                said.append(text)
    return list(dict.fromkeys(said))[:_MOST]


def _actual_text(mark: Any) -> str:
    needed = ctypes.c_ulong()
    if not raw.FPDFPageObjMark_GetParamStringValue(mark, _KEY, None, 0, needed) or needed.value <= 2:
        return ""
    target = (ctypes.c_ushort * (needed.value // 2 + 1))()
    raw.FPDFPageObjMark_GetParamStringValue(mark, _KEY, target, needed.value, needed)
    return bytes(target)[: needed.value - 2].decode("utf-16-le", "replace")

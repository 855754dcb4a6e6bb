"""Finds words of another script in a text: they give origin away and no scorer can read them."""

import re
from collections import Counter
from typing import Final

from core.screening.deidentify.folding import WORD, script
from core.screening.deidentify.spans import Span

_LANGUAGES: Final = frozenset(
    "中文 汉语 漢語 普通话 国语 粤语 日本語 한국어 русский українська български српски македонски беларуская العربية فارسی"
    " اردو ελληνικά עברית हिन्दी हिंदी मराठी বাংলা தமிழ் తెలుగు ગુજરાતી ਪੰਜਾਬੀ ไทย ქართული հայերեն አማርኛ".split()
)


def foreign(text: str) -> list[Span]:
    """Words of two letters and more in a script the text is not written in, but for names of languages."""
    if text.isascii():
        return []
    words = [(match, script(match[0][0])) for match in WORD.finditer(text)]
    scripts = Counter(written for _, written in words)
    if not words or scripts["LATIN"] < 0.8 * len(words):
        return []
    return [
        Span(*match.span())
        for match, written in words
        if written not in {"LATIN", "MICRO"}
        and (len(match[0]) > 1 or written == "CJK")
        and not re.search("[A-Za-z]", match[0])
        and match[0].lower() not in _LANGUAGES
    ]

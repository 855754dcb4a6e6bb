"""Words of any script in one spelling: without case and marks, and in Latin letters by their sound."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_MARKS: Final = "".join(
    map(chr, (c for c in range(0x300, 0x10000) if unicodedata.category(chr(c)) in {"Mn", "Mc"}))
)
WORD: Final = re.compile(rf"[^\W\d_](?:[^\W\d_]+|[{_MARKS}\u200c\u200d]+)*")
"""A word of any script with the marks that belong to its letters."""

_PLAIN: Final = str.maketrans("łŁøØđĐðÐıßæÆœŒəƏħŧ", "lLoOdDdDisaAoOaAht", "ʻʼʽʾʿˈ’‘'`´\u200c\u200d\u0640")
_WIDE: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe", "đ": "dj"}
    | {"Ä": "ae", "Ö": "oe", "Ü": "ue", "Ø": "oe", "Å": "aa", "Æ": "ae", "Œ": "oe", "Đ": "dj"}
    | {"þ": "th", "Þ": "th", "ñ": "ny", "ə": "e"}
)


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Lower case without marks."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", word).translate(_PLAIN))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


@lru_cache(maxsize=8192)
def spellings(word: str) -> frozenset[str]:
    """How a name may be written without its marks: Jürgen is Jurgen and Juergen."""
    if word.isascii():
        return frozenset((word.lower(),))
    composed = unicodedata.normalize("NFC", word)
    return frozenset((fold(word), fold(composed.translate(_WIDE))))


def narrowed(key: str) -> str:
    """The spelling without the letters that stand for marks: mueller is muller."""
    return re.sub(r"(?<=[aou])e(?!$)|(?<=a)a", "", key) if len(key) >= 5 else key


def script(character: str) -> str:
    """The script of a letter, as the first word of its Unicode name; all of CJK is one."""
    if character.isascii():
        return "LATIN"
    name = unicodedata.name(character, "LATIN").split()[0]
    return "CJK" if name in {"HIRAGANA", "KATAKANA", "HANGUL", "KATAKANA-HIRAGANA"} else name


_CYRILLIC: Final = dict(
    zip("абвгдезийклмнопрстуфхыэіїєґўјћ", "abvgdeziiklmnoprstufhyeiieguic", strict=True)
) | {
    "ё": "e", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ь": "", "ъ": "",
    "ђ": "dj", "љ": "l", "њ": "n", "џ": "dz",
}  # fmt: skip
_GREEK: Final = dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstifo", strict=True)) | {
    "θ": "th", "χ": "ch", "ψ": "ps",
}  # fmt: skip
_ARABIC: Final = dict(zip("بتجحخدذرزسصضطظغفقكلمنهةکپگیيوچژ", "btghhddrzssdtzgfqklmnhhkpgyywcz", strict=True)) | {
    "ث": "th", "ش": "sh", "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ى": "a", "ع": "", "ء": "", "ئ": "", "ؤ": "",
}  # fmt: skip
_HEBREW: Final = dict(zip("בגדהוזחטיכךלמםנןסעפףצץקרשת", "bgdhvzhtykklmmnnsapfzzkrst", strict=True)) | {
    "א": "a"
}
_LETTERS: Final = _CYRILLIC | _GREEK | _ARABIC | _HEBREW
_LEADS: Final = "g kk n d tt r m b pp s ss - j jj ch k t p h".split()
_VOWELS: Final = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_TAILS: Final = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split()


def romanised(word: str) -> str:
    """The word in Latin letters, as far as its letters alone tell."""
    return "".join(_roman(character) for character in unicodedata.normalize("NFC", word.lower()))


def _roman(character: str) -> str:
    if "가" <= character <= "힣":
        lead, rest = divmod(ord(character) - 0xAC00, 588)
        vowel, tail = divmod(rest, 28)
        return f"{_LEADS[lead]}{_VOWELS[vowel]}{_TAILS[tail]}".replace("-", "")
    return _LETTERS.get(character) or _LETTERS.get(unicodedata.normalize("NFD", character)[0], character)


_SOUNDS: Final = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"tsch|tch|ch|cz", "c"), (r"shch|sch|sh|sz", "s"), (r"zh|dzh|dj|gh|j", "g"), (r"kh|ck|q", "k"),
        (r"ph", "f"), (r"th", "t"), (r"x", "ks"), (r"w", "v"), (r"c(?=[eiy])", "s"), (r"z", "s"),
        (r"[aeiouyh]", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """The consonants of a word as they sound, equal for most ways to spell a name in Latin letters."""
    key = fold(romanised(word))
    for pattern, put in _SOUNDS:
        key = pattern.sub(put, key)
    return key

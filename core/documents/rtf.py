"""RTF: the hidden parts are taken out first, the rest is left to striprtf.

After the Rich Text Format specification 1.9.1.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec
from striprtf.striprtf import rtf_to_text

from core.documents.asides import worth_showing
from core.documents.office import CONTRAST, NARROW, TINY, TWIPS_AWAY
from core.documents.reading import Failure, Found, HiddenText, Limits, Piece

_MAX_DEPTH: Final = 200
_TOKEN: Final = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-f]{2})|\\[^a-z]|[{}]|[^\\{}]+", re.I | re.S
)
_COLOURS: Final = re.compile(r"\{\\colortbl\b([^{}]{0,20000})\}")
_ASIDES: Final = frozenset(("annotation",))
_COMMENT: Final = "a comment"
_TABLES: Final = frozenset(
    ("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata", "datastore", "listtable")
)


class _Look(msgspec.Struct):
    """How the letters of a group are set."""

    vanish: bool = False
    colour: int = 0
    ground: int = 0
    half_points: int = 24
    deleted: bool = False
    width: int = 100
    away: bool = False
    flat: bool = False
    table: bool = False
    aside: bool = False


def read_rtf(data: bytes, limits: Limits) -> Found:
    """The visible text of an RTF file, hidden, white and unreadably small text apart."""
    source = data.decode("latin-1")
    shown: list[str] = []
    hidden: dict[str, list[str]] = {}
    for token, text, reason in _tokens(source):
        if reason and text is not None:
            hidden.setdefault(reason, []).append(text)
        else:
            shown.append(token)
    visible: str = rtf_to_text("".join(shown), errors="ignore")  # type: ignore[no-untyped-call]
    return Found(
        pieces=[Piece(text=line) for line in visible.splitlines()],
        hidden=[
            HiddenText(reason=reason, text="".join(parts))
            for reason, parts in hidden.items()
            if reason != _COMMENT or worth_showing("".join(parts))
        ],
    )


def _tokens(source: str) -> Iterator[tuple[str, str | None, str]]:
    """Each token, the letters it stands for, and why they are not seen."""
    colours = _colour_table(source)
    looks = [_Look()]
    coded = False
    for match in _TOKEN.finditer(source):
        token, (word, number, code) = match.group(), match.groups()
        text = None
        if token == "{":
            looks.append(msgspec.structs.replace(looks[-1]))
            if len(looks) > _MAX_DEPTH:
                raise Failure("unsafe")
        elif token == "}":
            looks = looks[:-1] if len(looks) > 1 else looks
        elif word:
            _apply(looks[-1], word, number)
            text = chr(int(number) % 0x10000) if word == "u" and number else None
        elif code:
            text = bytes.fromhex(code).decode("cp1252", "replace")
        elif not token.startswith("\\"):
            text = token[1:] if coded else token  # after a code stands what older programs show for it
        coded = word == "u"
        yield token, text, "" if looks[-1].table else _hidden_because(looks[-1], colours)


def _apply(look: _Look, word: str, number: str | None) -> None:
    if word in {"pard", "sectd"}:
        look.away = look.flat = False
    if word == "plain":
        look.vanish = look.deleted = False
        look.colour, look.ground, look.half_points, look.width = 0, 0, 24, 100
    elif word == "v":
        look.vanish = number != "0"
    elif word == "cf":
        look.colour = int(number or 0)
    elif word in {"cb", "chcbpat", "highlight", "cbpat", "clcbpat"}:
        look.ground = int(number or 0)
    elif word == "fs":
        look.half_points = int(number or 24)
    elif word in _TABLES:
        look.table = True
    elif word in _ASIDES:
        look.aside = True
    else:
        _apply_place(look, word, number)


def _apply_place(look: _Look, word: str, number: str | None) -> None:
    if word == "deleted":
        look.deleted = number != "0"
    elif word == "charscalex":
        look.width = int(number or 100)
    elif word in {"li", "ri", "fi", "lin", "rin"}:
        look.away = abs(int(number or 0)) > TWIPS_AWAY
    elif word == "sl":
        look.flat = -20 * TINY < int(number or 0) < 0


def _colour_table(source: str) -> list[int | None]:
    """The brightness of each colour of the file; None where the reader of the file chooses."""
    found = _COLOURS.search(source)
    colours: list[int | None] = []
    for entry in (found.group(1) if found else "").split(";"):
        parts = [re.search(rf"\\{name}(\d{{1,3}})", entry) for name in ("red", "green", "blue")]
        values = [int(part.group(1)) for part in parts if part]
        full = len(values) == 3
        colours.append(round(0.299 * values[0] + 0.587 * values[1] + 0.114 * values[2]) if full else None)
    return colours


def _hidden_because(look: _Look, colours: list[int | None]) -> str:
    if look.aside:
        return _COMMENT
    if look.vanish:
        return "marked as hidden"
    if look.deleted:
        return "deleted, but still in the file"
    if 0 < look.half_points < 2 * TINY or look.width < NARROW or look.flat:
        return "too small to see"
    if look.away:
        return "outside the page"
    ink = colours[look.colour] if 0 < look.colour < len(colours) else None
    ground = colours[look.ground] if 0 < look.ground < len(colours) else 255
    same = ink is not None and ground is not None and abs(ink - ground) < CONTRAST
    return "the colour of its background" if same else ""

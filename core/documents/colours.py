"""Colours as style sheets write them, as six hexadecimal digits."""

import colorsys
import re
from functools import lru_cache
from typing import Final

from PIL.ImageColor import colormap

_FUNCTION: Final = re.compile(r"(rgba?|hsla?)\(([^()]*)\)", re.I)
_CLEAR: Final = 0.1
"""How opaque letters must be to be seen."""


@lru_cache(maxsize=1024)
def colour(value: str) -> str:
    """Six hexadecimal digits, or "" where the colour is not understood."""
    value = value.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{3,4}", value):
        return "".join(digit * 2 for digit in value[1:4])
    if re.fullmatch(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?", value):
        return value[1:7]
    if found := _FUNCTION.match(value):
        return _computed(found[1], re.split(r"[\s,/]+", found[2].strip()))
    named = colormap.get(value, "")
    return named[1:7] if isinstance(named, str) else ""


def is_clear(value: str) -> bool:
    """True for a colour nobody sees because it lets everything through."""
    value = value.strip().lower()
    if value == "transparent":
        return True
    if re.fullmatch(r"#[0-9a-f]{4}|#[0-9a-f]{8}", value):
        digits = value[4] * 2 if len(value) == 5 else value[7:]
        return int(digits, 16) / 255 < _CLEAR
    found = _FUNCTION.match(value)
    parts = re.split(r"[\s,/]+", found[2].strip()) if found else []
    return len(parts) == 4 and (_number(parts[3]) or 0.0) < _CLEAR


def _computed(kind: str, parts: list[str]) -> str:
    numbers = [_number(part.removesuffix("deg")) for part in parts[:3]]
    if len(numbers) < 3 or any(number is None for number in numbers):
        return ""
    first, second, third = (number or 0.0 for number in numbers)
    if kind.startswith("hsl"):
        mixed = colorsys.hls_to_rgb(first % 360 / 360, min(third, 1.0), min(second, 1.0))
        first, second, third = (255 * share for share in mixed)
    elif "%" in parts[0]:
        first, second, third = (255 * share for share in (first, second, third))
    return "".join(f"{min(max(round(part), 0), 255):02x}" for part in (first, second, third))


def _number(part: str) -> float | None:
    try:
        return float(part[:-1]) / 100 if part.endswith("%") else float(part)
    except ValueError:
        return None

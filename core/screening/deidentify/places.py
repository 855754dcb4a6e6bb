"""Countries, towns and peoples by name, and which words look like part of a postal address."""

import re
from functools import cache
from importlib.resources import files
from typing import Final


@cache
def _lines() -> tuple[frozenset[str], frozenset[str]]:
    """Names of places, and of who comes from them, in lower case."""
    places: set[str] = set()
    people: set[str] = set()
    source = files("core.screening.deidentify").joinpath("places.txt").read_text("utf-8")
    for line in source.splitlines():
        if line.startswith("="):
            places |= set(line[1:].split())
        elif not line.startswith("#"):
            for entry in line.split("|"):
                place, _, nations = entry.partition(":")
                places.add(place.strip())
                people |= set(nations.split())
    return frozenset(places - {""}), frozenset(people)


def places() -> frozenset[str]:
    """Countries and large towns in lower case."""
    return _lines()[0]


def peoples() -> frozenset[str]:
    """Words for who comes from a country, in lower case."""
    return _lines()[1]


POSTCODE: Final = re.compile(
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}|[A-Z]\d[A-Z][ -]?\d[A-Z]\d|(?:[A-Z]{1,2}-)?\d{5}(?:-\d{3,4})?|\d{2}-\d{3}|\d{3}[ ]\d{2}"
    r"|\d{4}[ ]?[A-Z]{2}|\d{4}-\d{3}|\d{3}[ -]?\d{3}|[A-Z]{2}[ ]\d{5}|(?:[A-Z]{1,3}-)?\d{4})\b|〒\d{3}-\d{4}"
)
_SMALL: Final = frozenset(
    "de la le les du des da do dos del der den di upon on am an im in of the and sur sous el al y e i w nad pod st ste saint"
    " zu zum bei und van den het 's ob na".split()
)


def is_place(words: str) -> bool:
    """True for a known country or town, or a row of them: "Leeds, UK"."""
    parts = [part.strip(" .()") for part in re.split(r"[,/]|[ ][\-–][ ]", words) if part.strip(" .()")]
    return bool(parts) and all(_is_known(part.lower()) for part in parts)


def _is_known(part: str) -> bool:
    return part in places() or (
        " " in part and all(word in places() or word in {"greater", "city", "area"} for word in part.split())
    )


def looks_like_place(words: str) -> bool:
    """True for up to five words as names of places are written, with numbers of houses or areas among them."""
    parts = words.replace(",", " ").split()
    return 0 < len(parts) <= 8 and all(
        part[0].isupper() or part[0].isdigit() or part.lower() in _SMALL or not part[0].isalnum()
        for part in parts
    )

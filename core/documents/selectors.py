"""Selectors of style sheets, matched against an element and those it stands in.

Types, classes, ids, attributes, descendants and children are understood. A selector with anything else is
left out, because taking it for more than it says would accuse honest pages.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

_COMPOUND: Final = re.compile(r"(?:[a-z][\w-]*|\*)?(?:[.#][\w-]+|\[[\w-]+(?:[~|^$*]?=[^\]]*)?\])*")
_SIMPLE: Final = re.compile(r"[.#][\w-]+|\[[^\]]+\]")
_MOST: Final = 8
"""Parts of one selector."""


class Element(msgspec.Struct, frozen=True):
    """A tag with its attributes; names are in lower case."""

    tag: str
    attributes: dict[str, str] = msgspec.field(default_factory=dict)
    classes: frozenset[str] = frozenset()


class _Compound(msgspec.Struct, frozen=True):
    tag: str
    simple: tuple[str, ...]
    child: bool
    """Stands directly in the one before."""


class Rule(msgspec.Struct, frozen=True):
    """A selector from left to right, with what its last part is found by, and its specificity."""

    parts: tuple[_Compound, ...]
    key: str
    weight: tuple[int, int, int]


def rule_of(selector: str) -> Rule | None:
    """The selector in parts; None for one that is not understood."""
    words = re.sub(r"\s*>\s*", " >", selector.strip()).split()
    if not 0 < len(words) <= _MOST:
        return None
    parts = []
    for word in words:
        compound = word.removeprefix(">")
        if not compound or not _COMPOUND.fullmatch(compound):
            return None
        tag = re.match(r"[a-z][\w-]*", compound)
        parts.append(
            _Compound(
                tag=tag[0] if tag else "",
                simple=tuple(_SIMPLE.findall(compound)),
                child=word.startswith(">"),
            )
        )
    return Rule(parts=tuple(parts), key=_key(parts[-1]), weight=_weight(parts))


def _key(last: _Compound) -> str:
    named = [part for part in last.simple if part[0] in ".#"]
    return named[0] if named else last.tag or "*"


def _weight(parts: list[_Compound]) -> tuple[int, int, int]:
    simple = [name for part in parts for name in part.simple]
    ids = sum(name.startswith("#") for name in simple)
    return ids, len(simple) - ids, sum(part.tag != "" for part in parts)


def keyed(element: Element) -> Iterator[str]:
    """What rules for an element may be found by."""
    yield "*"
    yield element.tag
    for name in sorted(element.classes):
        yield f".{name}"
    if element.attributes.get("id"):
        yield f"#{element.attributes['id'].lower()}"


def fits(rule: Rule, path: list[Element]) -> bool:
    """True when the last element of the path is what the rule is for."""
    if not _is(rule.parts[-1], path[-1]):
        return False
    place = len(path) - 2
    direct = rule.parts[-1].child
    for part in reversed(rule.parts[:-1]):
        while place >= 0 and not direct and not _is(part, path[place]):
            place -= 1
        if place < 0 or not _is(part, path[place]):
            return False
        place, direct = place - 1, part.child
    return True


def _is(part: _Compound, element: Element) -> bool:
    if part.tag and part.tag != element.tag:
        return False
    return all(_has(element, name) for name in part.simple)


def _has(element: Element, name: str) -> bool:
    if name.startswith("."):
        return name[1:] in element.classes
    if name.startswith("#"):
        return element.attributes.get("id", "").lower() == name[1:]
    key, sign, wanted = re.match(r"\[([\w-]+)([~|^$*]?=)?([^\]]*)\]", name).groups()  # type: ignore[union-attr]
    found = element.attributes.get(key)
    wanted = wanted.strip("\"' ")
    if found is None or not sign:
        return found is not None
    found = found.lower()
    tests = {"=": found == wanted, "^=": found.startswith(wanted), "$=": found.endswith(wanted)}
    return tests.get(sign, wanted in found)

"""Skills by their names: aliases that mean the same, and broader skills that one shows as well."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec

from core.sdk.text.spellings import variants

_WORD = re.compile(r"[^\W_]+(?:[.+#&'’\-][^\W_]+)*[+#]*|\.[^\W\d_]+")


class Skill(msgspec.Struct, frozen=True, kw_only=True):
    """A skill: its name, other spellings, and the broader skills whoever has it has too.

    `cased` are the spellings whose capitals count: "Excel" is a program, "excel" a verb. A `kind` is a kind of
    tools ("relational databases"), and the tools that show the same kind are neighbours.
    """

    name: str
    aliases: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    cased: frozenset[str] = frozenset()
    kind: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A skill named in a text: `text[start:end]`."""

    skill: str
    start: int
    end: int


class Lexicon:
    """Finds skills in text by whole words, longest name first."""

    def __init__(self, skills: tuple[Skill, ...]) -> None:
        self._skills = {skill.name: skill for skill in skills}
        self._kinds = frozenset(skill.name for skill in skills if skill.kind)
        self._names: dict[tuple[str, ...], str] = {}
        self._cased: dict[tuple[str, ...], str] = {}
        self._add(skills)
        self._lengths = _lengths(self._names)
        self._broader = {name: self._climb(name) for name in self._skills}

    @property
    def skills(self) -> tuple[Skill, ...]:
        """Every skill, in the order given."""
        return tuple(self._skills.values())

    def _add(self, skills: tuple[Skill, ...]) -> None:
        """What is written out comes first, so that no derived spelling takes another skill's place."""
        for skill in skills:
            for spelling in skill.spellings:
                self._names.setdefault(words_of(spelling), skill.name)
                if spelling in skill.cased:
                    self._cased[words_of(spelling)] = "".join(_words_as_written(spelling))
        for skill in skills:
            for spelling in skill.spellings:
                for variant in variants(spelling) if spelling not in skill.cased else ():
                    self._names.setdefault(words_of(variant), skill.name)

    def find(self, text: str) -> list[Found]:
        """Every skill named in the text, in order, not overlapping."""
        words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
        lowered = [word.lower() for word, _, _ in words]
        found, place = [], 0
        while place < len(words):
            length = self._match(lowered, words, place) if lowered[place] in self._lengths else 0
            if length:
                name = self._names[tuple(lowered[place : place + length])]
                found.append(Found(skill=name, start=words[place][1], end=words[place + length - 1][2]))
            place += length or 1
        return found

    def _match(self, lowered: list[str], words: list[tuple[str, int, int]], place: int) -> int:
        for length in self._lengths[lowered[place]]:
            key = tuple(lowered[place : place + length])
            if len(key) == length and key in self._names:
                written = "".join(word for word, _, _ in words[place : place + length])
                if _has_capitals_of(written, self._cased.get(key, "")):
                    return length
        return 0

    def broader(self, skill: str) -> frozenset[str]:
        """Everything somebody with this skill has shown, the skill itself included."""
        return self._broader.get(skill) or frozenset({skill})

    def _climb(self, skill: str) -> frozenset[str]:
        found: set[str] = set()
        queue = [skill]
        while queue:
            name = queue.pop()
            if name not in found:
                found.add(name)
                queue += self._skills[name].shows if name in self._skills else ()
        return frozenset(found)

    def related(self, one: str, other: str) -> bool:
        """True when the two are tools of one kind, so that who knows one learns the other soon."""
        if one == other or one not in self._skills or other not in self._skills:
            return False
        return not self._kinds.isdisjoint(
            set(self._skills[one].shows).intersection(self._skills[other].shows)
        )


def words_of(spelling: str) -> tuple[str, ...]:
    """What two spellings have in common when they are one: their words, without capitals and punctuation."""
    return tuple(word.lower() for word in _words_as_written(spelling))


def _words_as_written(spelling: str) -> list[str]:
    return [match.group() for match in _WORD.finditer(spelling)]


def _lengths(names: Iterable[tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    """By first word, the numbers of words of the names that begin with it, longest first."""
    found: dict[str, set[int]] = {}
    for name in names:
        found.setdefault(name[0], set()).add(len(name))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def _has_capitals_of(written: str, spelling: str) -> bool:
    """Whether every capital of the spelling is one in the text; a heading may have more of them."""
    return all(here.isupper() for here, there in zip(written, spelling, strict=False) if there.isupper())


@cache
def default_lexicon() -> Lexicon:
    """The lexicon that ships with Shortlist."""
    source = files("core.sdk.text").joinpath("skills.txt").read_text("utf-8")
    return Lexicon(tuple(_parse(line) for line in source.splitlines() if line.strip() and line[0] != "#"))


def _parse(line: str) -> Skill:
    names, _, shows = line.partition(">")
    spellings = [part.strip() for part in names.removeprefix("*").split("|")]
    name, *aliases = [spelling.removeprefix("^") for spelling in spellings]
    return Skill(
        name=name,
        aliases=tuple(alias for alias in aliases if alias),
        shows=tuple(part.strip() for part in shows.split(",") if part.strip()),
        cased=frozenset(spelling[1:] for spelling in spellings if spelling.startswith("^")),
        kind=names.startswith("*"),
    )

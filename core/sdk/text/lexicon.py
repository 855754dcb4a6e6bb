"""Skills by their names: aliases that mean the same, and broader skills that one shows as well."""

import re
from functools import cache
from importlib.resources import files

import msgspec

_WORD = re.compile(r"[^\W_]+(?:[.+#&'’\-][^\W_]+)*[+#]*|\.[^\W\d_]+")


_KINDS_OF_TOOLS = frozenset(
    {
        "relational databases",
        "NoSQL",
        "data warehousing",
        "workflow orchestration",
        "stream processing",
        "message queues",
        "data visualisation",
        "front-end development",
        "cloud",
        "container orchestration",
        "infrastructure as code",
        "continuous integration",
        "monitoring",
        "automated testing",
        "CAD",
        "ERP",
        "CRM",
        "help desk",
        "UI design",
        "graphic design",
    }
)


class Skill(msgspec.Struct, frozen=True, kw_only=True):
    """A skill: its name, other spellings, and the broader skills whoever has it has too."""

    name: str
    aliases: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A skill named in a text: `text[start:end]`."""

    skill: str
    start: int
    end: int


class Lexicon:
    """Finds skills in text by whole words, longest name first."""

    def __init__(self, skills: tuple[Skill, ...]) -> None:
        self._skills = {skill.name: skill for skill in skills}
        self._names: dict[tuple[str, ...], str] = {}
        for skill in skills:
            for spelling in (skill.name, *skill.aliases):
                self._names.setdefault(tuple(w.group().lower() for w in _WORD.finditer(spelling)), skill.name)
        self._longest = max((len(name) for name in self._names), default=1)
        self._cased = {
            "go",
            "r",
            "c",
            "rest",
            "excel",
            "word",
            "access",
            "spring",
            "swift",
            "rust",
            "sap",
            "node",
            "spark",
            "flow",
            "make",
            "ant",
            "puppet",
            "chef",
            "salt",
            "act",
            "air",
            "bash",
            "dart",
            "phoenix",
        }

    def find(self, text: str) -> list[Found]:
        """Every skill named in the text, in order, not overlapping."""
        words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
        lowered = [word.lower() for word, _, _ in words]
        found, place = [], 0
        while place < len(words):
            length = self._match(lowered, words, place)
            if length:
                name = self._names[tuple(lowered[place : place + length])]
                found.append(Found(skill=name, start=words[place][1], end=words[place + length - 1][2]))
            place += length or 1
        return found

    def _match(self, lowered: list[str], words: list[tuple[str, int, int]], place: int) -> int:
        for length in range(min(self._longest, len(lowered) - place), 0, -1):
            if tuple(lowered[place : place + length]) in self._names:
                word = words[place][0]
                if length == 1 and lowered[place] in self._cased and word[0].islower():
                    continue
                return length
        return 0

    def broader(self, skill: str) -> frozenset[str]:
        """Everything somebody with this skill has shown, the skill itself included."""
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
        return bool(set(self._skills[one].shows) & set(self._skills[other].shows) & _KINDS_OF_TOOLS)


@cache
def default_lexicon() -> Lexicon:
    """The lexicon that ships with Shortlist."""
    source = files("core.sdk.text").joinpath("skills.txt").read_text("utf-8")
    return Lexicon(tuple(_parse(line) for line in source.splitlines() if line.strip() and line[0] != "#"))


def _parse(line: str) -> Skill:
    names, _, shows = line.partition(">")
    name, *aliases = [part.strip() for part in names.split("|")]
    return Skill(
        name=name,
        aliases=tuple(alias for alias in aliases if alias),
        shows=tuple(part.strip() for part in shows.split(",") if part.strip()),
    )

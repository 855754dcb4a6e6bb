"""From what is known of a person to the words that would give them away."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise, permutations, product
from typing import Final

import msgspec

from core.screening.deidentify.folding import WORD, fold, narrowed, script, sound, spellings
from core.screening.deidentify.occupations import POST_NOMINAL, is_skill, is_work
from core.screening.deidentify.places import places
from core.sdk.text import MONTHS

PARTICLES: Final = frozenset(
    "van von der den de del della dei di da do dos das du des la le las los el al bin ibn bint binti ben abu abd umm ul ur"
    " ter ten te op 't zu zum zur af av y e i san santa st saint mc mac o d l n u ap ferch na ni nic st. a/l a/p s/o d/o"
    " bar ha ould uz dit vom aus in t auf".split()
)
TITLES: Final = frozenset(
    "mr mrs ms miss mx dr prof professor sir madam dame lady lord herr frau mme mlle sr sra srta senor senora don dona"
    " monsieur madame pan pani shri sri smt kumari ing dipl mag rev fr eng er haji ustadh sheikh".split()
)


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the person, to be taken out wherever it stands."""

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    """Folded words to look for.

    `strong` words are names wherever they stand; `weak` ones are words of the language too and need a
    sentence that shows a person; of these, `skills` need the most. `glued` are handles like "jroe";
    `rows` are whole names in order, `particles` what joins their parts, `wholes` stand in scripts that write no spaces; `sounds` compare names across scripts, `foreign` when
    one of them is not Latin.
    """

    strong: frozenset[str]
    weak: frozenset[str]
    skills: frozenset[str]
    initials: frozenset[str]
    particles: frozenset[str]
    rows: tuple[tuple[str, ...], ...]
    glued: frozenset[str]
    long: tuple[str, ...]
    wholes: tuple[str, ...]
    spaced: tuple[str, ...]
    sounds: dict[str, str]
    foreign: bool
    dotted: tuple[str, ...]


def name_words(name: str) -> list[str]:
    """The words of a name as written: no titles, nothing after a degree or in the brackets of pronouns."""
    name = re.sub(r"\((?:s?he|they)\b[^)]*\)", " ", name, flags=re.IGNORECASE)
    found: list[str] = []
    for match in WORD.finditer(name.replace("_", " ")):
        word = match[0]
        if fold(word) in TITLES and (not found or name[match.end() : match.end() + 1] == "."):
            continue
        if found and POST_NOMINAL.fullmatch(word) and name[: match.start()].rstrip().endswith(","):
            break
        found.append(word)
    return found


@lru_cache(maxsize=16)
def keys_of(identity: Identity) -> Keys:
    """All that would give this person away; asked several times in a row for each text of theirs."""
    rows = [words for name in identity.names if (words := name_words(name))]
    rows += [one + other for one, other in permutations(rows[:2], 2)]
    rows += [words for name in identity.names for part in name.split() if len(words := name_words(part)) > 1]
    parts = list(dict.fromkeys(word for words in rows for word in words))
    own = {key for part in parts for key in _spelt(part)}
    called = {nick for key in own for nick in nicknames().get(key, ())} - own
    mailed = set(_mailed(identity.emails)) - own
    ends = {fold(words[at]) for words in rows for at in (0, -1) if words[at][0].isupper()}
    small = (own & PARTICLES) - ends | set(_lower(identity.names))
    named = own - small
    strong = {key for key in named if len(key) > 1 and not is_word(key)} | {
        c for c in called if len(c) > 3 and not is_word(c)
    }
    weak = (named | called | mailed) - strong - small
    return Keys(
        strong=frozenset(strong),
        weak=frozenset(weak),
        skills=frozenset(key for key in weak if is_skill(key) or key in MONTHS),
        initials=frozenset(key[0] for key in own),
        particles=frozenset(small),
        rows=tuple(sorted(_turned(rows))),
        glued=frozenset(_glued(rows)),
        long=tuple(sorted(key for key in named if len(key) >= 3)),
        wholes=tuple(sorted(_wholes(parts, identity.names), key=len, reverse=True)),
        spaced=tuple(_spaced(rows)),
        sounds=_sounds(parts),
        foreign=any(script(part[0]) != "LATIN" for part in parts),
        dotted=tuple(sorted({"".join(fold(w)[0] for w in words) for words in rows if len(words) > 1})),
    )


def _lower(names: Iterable[str]) -> Iterator[str]:
    """What a name writes small, as "in" of "in 't Veld"; never what follows a hyphen, as in "Min-jun"."""
    for name in names:
        for word in name.split() if name != name.lower() else ():
            if word[0].islower() and (first := WORD.search(word)):
                yield fold(first[0])


def _turned(rows: Iterable[list[str]]) -> set[tuple[str, ...]]:
    """Whole names with the last word in front, or the first at the end, as well."""
    folded = [tuple(map(fold, words)) for words in rows if len(words) > 1]
    return {turned for row in folded for turned in (row, row[-1:] + row[:-1], row[1:] + row[:1])}


@lru_cache(maxsize=8192)
def is_word(key: str) -> bool:
    """True for a name that is also a word of the language, a skill, a trade, a month or a place."""
    return (
        len(key) < 3 or key in _words() or key in MONTHS or key in places() or is_work(key) or is_skill(key)
    )


@cache
def _words() -> frozenset[str]:
    return frozenset(word for line in _rows("words.txt") for word in line.split())


def _rows(name: str) -> Iterator[str]:
    source = files("core.screening.deidentify").joinpath(name).read_text("utf-8")
    return (line for line in source.splitlines() if line and not line.startswith("#"))


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """What people of a given name are called as well, and back; folded."""
    found: dict[str, set[str]] = {}
    for line in _rows("nicknames.txt"):
        formal, _, short = line.partition(":")
        for name in map(fold, formal.split()):
            for nick in map(fold, short.split()):
                found.setdefault(name, set()).add(nick)
                found.setdefault(nick, set()).add(name)
    return {name: frozenset(others) for name, others in found.items()}


def _spelt(part: str) -> set[str]:
    keys = set(spellings(part))
    return keys | {narrowed(key) for key in keys if len(key) > 4}


_NOBODY: Final = frozenset(
    "info mail email contact hello hi office job jobs work cv resume career me my the hr admin team studio web home pro real"
    " official gmail outlook yahoo proton protonmail icloud example com org net co uk".split()
)


def _mailed(emails: Iterable[str]) -> Iterator[str]:
    for email in emails:
        for word in re.split(r"[^\w]|[\d_]", fold(email.partition("@")[0])):
            if len(word) >= 3 and word not in _NOBODY and not is_work(word) and not is_skill(word):
                yield word


def _glued(rows: Iterable[list[str]]) -> Iterator[str]:
    """Names written as one: annemarie, janeroe, jroe, roej, janer."""
    flat = [[min(spellings(word), key=len) for word in words] for words in rows]
    for words in flat:
        for one, other in pairwise(words):
            yield one + other
        if len(words) > 1:
            first, last = words[0], words[-1]
            yield from ("".join(words), first + last, last + first, first[0] + last, last + first[0])
            yield from (first + last[0], "".join(w[0] for w in words[:-1]) + last, f"{first[0]}{last[:3]}")


def _wholes(parts: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    """Names in scripts without spaces, in both orders."""
    close = [part for part in parts if script(part[0]) in {"CJK", "THAI", "LAO", "KHMER", "MYANMAR"}]
    yield from (part for part in close if len(part) > 1)
    yield from (one + other for one, other in permutations(close[:5], 2))
    yield from (name for name in names if close and len(name) > 1 and not re.search(r"\s", name))


def _spaced(rows: Iterable[list[str]]) -> Iterator[str]:
    """Patterns of names with a blank between their letters, as headings and OCR have them."""
    found = {spelt for words in rows for word in words for spelt in spellings(word)}
    for words in rows:
        whole = [sorted({fold(word), *spellings(word), fold(word.upper())}) for word in words]
        found |= {"".join(one) for one in product(*whole)} if len(words) < 5 else {"".join(map(fold, words))}
    for letters in sorted(found, key=len, reverse=True):
        if len(letters) >= 3:
            yield r"(?<!\w)" + r"[\s.\-'’ʻʼ\u0300-\u036f]{1,6}".join(map(re.escape, letters)) + r"(?!\w)"


def _sounds(parts: Iterable[str]) -> dict[str, str]:
    """The consonants of each part, with the script it is written in."""
    return {sound(part): script(part[0]) for part in parts if len(sound(part)) >= 2 and len(part) > 2}

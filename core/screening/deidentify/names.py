"""Finds a known person's names in a text, however they are written, and leaves words that only look so."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from core.screening.deidentify.folding import WORD, fold, script, sound, spellings
from core.screening.deidentify.keys import PARTICLES, TITLES, Keys, is_word
from core.screening.deidentify.occupations import POST_NOMINAL, is_work
from core.screening.deidentify.spans import Span
from core.sdk.text import MONTHS


class Word(NamedTuple):
    """A word of the text that could belong to the name, and how: strong, weak, initial, particle, other."""

    start: int
    end: int
    key: str
    kind: str


def names(text: str, keys: Keys) -> list[Span]:
    """Every name of the person in the text."""
    kinds: dict[str, tuple[str, str]] = {}
    words = [_word(match, keys, kinds) for match in WORD.finditer(text)]
    sure = {n for n, word in enumerate(words) if word.kind == "strong"}
    sure |= {n for n, word in enumerate(words) if word.kind == "weak" and _told(text, words, n, keys)}
    sure |= _in_full(text, words, keys)
    _grow(text, words, sure, keys)
    spans = [_full(text, words[n]) for n in sorted(sure)]
    return spans + list(_wholes(text, keys)) + list(_spaced(text, keys)) + list(_initials(text, keys))


def _word(match: re.Match[str], keys: Keys, kinds: dict[str, tuple[str, str]]) -> Word:
    raw = match[0]
    if raw not in kinds:
        key = fold(raw)
        kinds[raw] = (key, _kind(raw, key, keys))
    return Word(match.start(), match.end(), *kinds[raw])


def _kind(raw: str, key: str, keys: Keys) -> str:
    if key in keys.strong or (not raw.isascii() and not keys.strong.isdisjoint(spellings(raw))):
        return "strong"
    if key in keys.weak:
        return "weak"
    if key in keys.particles:
        return "particle"
    if len(key) > 4 and key[-1] == "s" and key[:-1] in keys.strong:
        return "strong"
    if len(raw) == 1 and (raw.isupper() or key in keys.initials):
        return "initial"
    if key in PARTICLES:
        return "particle"
    return "strong" if _is_glued(key, keys) or _sounds_alike(raw, keys) else "other"


def _is_glued(key: str, keys: Keys) -> bool:
    if len(key) >= 4 and key in keys.glued and not is_word(key):
        return True
    return len(key) >= 7 and sum(part in key for part in keys.long) > 1 and _covered(key, keys.long)


def _covered(key: str, parts: Sequence[str]) -> bool:
    """Two different parts of the name stand in the word without overlapping."""
    for part in sorted(parts, key=len, reverse=True):
        if part in key:
            rest = key.replace(part, " ", 1)
            return any(other in rest for other in parts if other != part)
    return False


def _sounds_alike(raw: str, keys: Keys) -> bool:
    """The same name in another script."""
    if len(raw) < 3 or not keys.sounds:
        return False
    if raw.isascii() and not keys.foreign:
        return False
    theirs = keys.sounds.get(sound(raw), "")
    if not theirs or theirs == script(raw[0]):
        return False
    return not raw.isascii() or (raw[0].isupper() and len(sound(raw)) >= 3 and not is_word(fold(raw)))


def _in_full(text: str, words: Sequence[Word], keys: Keys) -> set[int]:
    """Words that stand in a row as in the name, all of them with capitals or none."""
    found: set[int] = set()
    for place, word in enumerate(words):
        if word.kind in {"weak", "particle"}:
            for row in keys.rows:
                here = words[place : place + len(row)]
                if tuple(w.key for w in here) == row and _same_case(text, here) and _in_row(text, here):
                    found.update(range(place, place + len(row)))
    return found


def _in_row(text: str, words: Sequence[Word]) -> bool:
    """Nothing between the words but what joins names; one comma where the line has no other: "King, Ruby"."""
    gaps = [text[one.end : other.start] for one, other in pairwise(words)]
    loose = [gap for gap in gaps if not _TIGHT.fullmatch(gap)]
    return not loose or (
        len(loose) == 1 and loose[0].strip() == "," and _line(text, words[0]).count(",") == 1
    )


def _same_case(text: str, words: Sequence[Word]) -> bool:
    """Names have capitals; after a hyphen, and in particles, they may lack them."""
    return all(
        text[w.start].isupper()
        or w.kind == "particle"
        or text[w.start - 1] in "-‐'’"
        or script(text[w.start]) != "LATIN"
        for w in words
    )


_NEAR: Final = re.compile(r"[ \t.\-‐–'’‘ʼ`_/()\"“”„]{0,3}|[ \t]?,[ \t]?")
_TIGHT: Final = re.compile(r"[ \t.\-‐'’‘ʼ`_]{0,3}")


def _grow(text: str, words: Sequence[Word], sure: set[int], keys: Keys) -> None:
    """Add what belongs to a name that is sure: initials, particles, weak parts, a middle name between two."""
    queue = sorted(sure)
    while queue:
        place = queue.pop()
        for step in (-1, 1):
            other = place + step
            if 0 <= other < len(words) and other not in sure and _joins(text, words, place, step, keys):
                sure.add(other)
                queue.append(other)
    for place in sorted(sure):
        middle = place + 1
        if middle + 1 in sure and middle not in sure and _is_middle(text, words, middle):
            sure.add(middle)


def _gap(text: str, one: Word, other: Word) -> str:
    return text[one.end : other.start] if one.start < other.start else text[other.end : one.start]


def _joins(text: str, words: Sequence[Word], place: int, step: int, keys: Keys) -> bool:
    here, other = words[place], words[place + step]
    gap = _gap(text, here, other)
    raw = text[other.start : other.end]
    if other.kind == "initial":
        if raw.islower() and gap not in {".", "_", "-"}:
            return False
        dotted = text[other.end : other.end + 1] in {".", "'", "’"}
        sentence = step > 0 and not dotted and ("." in gap or raw == "I")
        return bool(_TIGHT.fullmatch(gap)) and not sentence and (dotted or other.key in keys.initials)
    if other.kind == "weak":
        same_case = raw[0].isupper() or text[here.start].islower() or not gap.strip("-._")
        ends = ". " in gap and min(here, other).end - min(here, other).start > 2
        return bool(_NEAR.fullmatch(gap)) and same_case and "," not in gap and not ends
    if other.kind == "particle" and _TIGHT.fullmatch(gap):
        beyond = words[place + 2 * step] if 0 <= place + 2 * step < len(words) else None
        inside = beyond is not None and beyond.kind in {"strong", "weak", "particle"}
        if other.key in keys.particles and (step < 0 or raw[0].isupper()):
            return True
        return (
            step > 0 and beyond is not None and inside and bool(_TIGHT.fullmatch(_gap(text, other, beyond)))
        )
    beside = {"-", "‐", " "} if keys.foreign else {"-", "‐"}
    doubled = other.kind == "other" and gap in beside and raw[0].isupper() and here.kind == "strong"
    return doubled and text[here.start].isupper() and not is_word(other.key)


def _is_middle(text: str, words: Sequence[Word], place: int) -> bool:
    before, word, after = words[place - 1 : place + 2]
    raw = text[word.start : word.end]
    close = _gap(text, before, word).strip("\"“”„'’() ") == "" == _gap(text, word, after).strip("\"“”„'’() ")
    return close and raw[0].isupper() and "\n" not in text[before.end : after.start] and not is_work(raw)


_TITLED: Final = re.compile(
    r"(?:\b(?:[Mm]r|[Mm]rs|[Mm]s|[Mm]x|Miss|Dr|Prof|Professor|Sir|Madam|Herr|Frau|Señora?|Mme|Sra?|Pani?|Shri|Smt|Rev|Fr|Ing|Dipl)\.?(?:-Ing\.)?[ \t]+)+$"
)
_ENDING: Final = re.compile(r"[ \t]?['’]s?(?!\w)|[\d_]+\w*|[-_.]?\d{1,4}(?!\w)")
_DOMAIN: Final = re.compile(r"(?:\.[a-z][\w-]{1,12})*\.[a-z]{2,6}(?:/[^\s|,;)]*)?(?![\w])")


def _full(text: str, word: Word) -> Span:
    """The name with its title, the ending of its genitive, the figures of a handle or the rest of a domain."""
    first = max(0, word.start - 24)
    title = _TITLED.search(text[first : word.start])
    start = first + title.start() if title else word.start
    end = word.end
    if ending := _ENDING.match(text, end):
        end = ending.end()
    elif domain := _DOMAIN.match(text, end):
        end = end if re.search(r"\.(?:pdf|docx?|odt|rtf|txt|html?)$", domain[0]) else domain.end()
    return Span(start, end)


_ACTS: Final = frozenset(
    "is was has had does did leads led works worked brings brought joined joins holds held manages managed runs ran built"
    " builds wrote writes speaks spoke taught teaches trained trains cares cared earned earns completed completes began"
    " started starts developed develops designed designs supports supported oversees oversaw handles handled coordinates"
    " coordinated organised organises organized organizes created creates improved improves increased reduced won received"
    " became grew lives lived studied studies graduated enjoys likes loves wants seeks offers knows knew took takes made makes"
    " gave gives kept keeps served serves helped helps showed shows proved thrives excels combines founded launched"
    " delivered delivers achieved achieves mentors mentored supervises supervised answers answered plans planned"
    " maintains maintained reports reported assisted assists directed directs moved introduced introduces cooked sold".split()
)
_ASKED: Final = frozenset(
    "dear hi hello hey hire hires meet meets recommend trust trusts praise praised appoint appointed colleague friend knew"
    " regards sincerely faithfully truly wishes thanks cheers i'm i’m am name's called contact call"
    " thank met hired recommend recommended recommends congratulated thanked asked told invited named know known"
    " signed yours respectfully gratefully cordially mr mrs ms miss dr prof sir".split()
)
_PEOPLE: Final = frozenset(
    "by with for from to that because where when while and but if as than like of about how under before after since"
    " mentored promoted supervised managed trained employed joined see let says said".split()
)


def _told(text: str, words: Sequence[Word], place: int, keys: Keys) -> bool:
    """The sentence shows that a word which is a name as well means the person here."""
    word = words[place]
    raw = text[word.start : word.end]
    if not raw[0].isupper() and script(raw[0]) == "LATIN":
        return False
    doubly = word.key in keys.skills
    if _with_another(text, words, place, doubly=doubly) or _alone(text, words, place, doubly=doubly):
        return True
    if _dated(text, word):
        return False
    if raw.isupper() and len(raw) > 1 and _has_lower_line(text, word):
        return False
    before, after = _previous(text, words, place), _following(text, words, place)
    if text[word.end : word.end + 2] in {"'s", "’s"} or before in _ASKED | TITLES or after in _ACTS:
        return True
    if _NAMED.search(text[max(0, word.start - 16) : word.start]):
        return True
    if word.key in MONTHS and before in {"with", "alongside"}:
        return True
    return not doubly and _mid_sentence(text, words, place, before)


_NAMED: Final = re.compile(
    r"\b(?:known as|called|name is|named|goes by|go by|call me|I am|I['’]m)[ ]+$", re.IGNORECASE
)


def _has_lower_line(text: str, word: Word) -> bool:
    line = _line(text, word)
    return any(character.islower() for character in line)


def _line(text: str, word: Word) -> str:
    return text[text.rfind("\n", 0, word.start) + 1 : (text + "\n").index("\n", word.end)]


def _previous(text: str, words: Sequence[Word], place: int) -> str:
    if not place or text[words[place - 1].end : words[place].start].strip(" \t.,:'’\n"):
        return ""
    before = words[place - 1]
    if before.key == "m" and text[before.start - 1 : before.start] in {"'", "’"}:
        return "am"
    gap = text[before.end : words[place].start]
    return before.key if "\n" not in gap or before.key in _ASKED else ""


def _following(text: str, words: Sequence[Word], place: int) -> str:
    if place + 1 >= len(words) or text[words[place].end : words[place + 1].start] != " ":
        return ""
    return text[words[place + 1].start : words[place + 1].end]


def _with_another(text: str, words: Sequence[Word], place: int, *, doubly: bool) -> bool:
    """Beside a further part of the name: "Ruby King", "King, Ruby" at the start of a line, "R. King"."""
    for step in (-1, 1):
        other = words[place + step] if 0 <= place + step < len(words) else None
        if other is None:
            continue
        gap = _gap(text, words[place], other)
        if other.kind == "strong" and _NEAR.fullmatch(gap):
            return "," not in gap or not doubly
        if (
            other.kind == "weak"
            and re.fullmatch(r"[ \t]{1,2}|-|\.[ \t]", gap)
            and text[other.start].isupper()
        ):
            return not _dated(text, words[place])
        if other.kind == "initial" and step < 0 and re.fullmatch(r"\.[ \t]?", gap):
            return True
        if other.kind == "particle" and gap == " " and _past(text, words, place, step):
            return True
    return False


def _past(text: str, words: Sequence[Word], place: int, step: int) -> bool:
    """Past particles stands another part of the name: "Chase de la Cruz"."""
    at = place + step
    while 0 <= at < len(words) and words[at].kind == "particle":
        at += step
    return 0 <= at < len(words) and words[at].kind in {"strong", "weak"} and abs(at - place) < 5


def _alone(text: str, words: Sequence[Word], place: int, *, doubly: bool) -> bool:
    """A line with nothing but the name: a heading or a signature; never one skill in a list of them."""
    line = _line(text, words[place])
    begins = text.rfind("\n", 0, words[place].start) + 1
    inside = [
        word for word in words[max(0, place - 5) : place + 6] if begins <= word.start < begins + len(line)
    ]
    if not all(
        w.kind != "other" or POST_NOMINAL.fullmatch(text[w.start : w.end]) or w.key in TITLES for w in inside
    ):
        return False
    if len(inside) > 1 and "," not in line:
        return len(line) < 60
    return (
        not text[:begins].strip()
        or bool(
            re.search(
                r"(?i)\b(?:regards|sincerely|faithfully|truly|wishes|thanks|name|cv|resume|vitae)\W*$",
                text[max(0, begins - 40) : begins],
            )
        )
        or (len(inside) > 1 and not doubly)
    )


def _dated(text: str, word: Word) -> bool:
    """A month: "May 2019", "since May", "1 May"."""
    if word.key not in MONTHS:
        return False
    after, before = text[word.end : word.end + 8], text[max(0, word.start - 12) : word.start]
    return bool(
        re.match(r"[ \t.,'’/\-–]*\d|[ \t]*[\-–][ \t]*\w|[ \t]+(?:to|and|of|until)\b", after)
        or re.search(
            r"(?:\d(?:st|nd|rd|th)?|\b(?:in|since|until|till|from|to|by|of|and|late|early|mid|last|next|between)|[\-–])[ \t]*$",
            before,
            re.IGNORECASE,
        )
    )


_ARTICLES: Final = frozenset(
    "the a an our my this that these its their your every each any no some all more".split()
)


def _mid_sentence(text: str, words: Sequence[Word], place: int, before: str) -> bool:
    """A capital where a sentence needs none, and no other capital beside it that would make it a title."""
    after = _following(text, words, place)
    if not before or before in _ARTICLES or after[:1].isupper():
        return False
    gap = text[words[place - 1].end : words[place].start]
    lower = text[words[place - 1].start].islower()
    if gap == ", ":
        return lower and text[words[place].end : words[place].end + 1] == ","
    return lower and gap == " " and (before in _PEOPLE or not after or after[:1].islower())


def _wholes(text: str, keys: Keys) -> Iterator[Span]:
    for whole in keys.wholes:
        start = text.find(whole)
        while start >= 0:
            end = start + len(whole)
            after = re.match(r"\s?(?:先生|女士|小姐|さん|様|氏|씨|님)", text[end : end + 4])
            yield Span(start, end + (after.end() if after else 0))
            start = text.find(whole, end)


def _spaced(text: str, keys: Keys) -> Iterator[Span]:
    if not re.search(r"(?:\b\w[ .]{1,4}){3}", text):
        return
    folded = "".join(fold(c) if len(fold(c)) == 1 else c for c in text)
    for pattern in keys.spaced:
        for match in re.finditer(pattern, folded):
            yield Span(match.start(), match.end())


_DEGREES: Final = frozenset(
    "ba ma bs ms be me md jd pe it hr uk us eu eg ie am pm bsc dc la ny ai qa ui ux pr ra bc ad np pa".split()
)


def _initials(text: str, keys: Keys) -> Iterator[Span]:
    """J.R. or J. R. for the whole name; JR only where nothing else stands or in brackets."""
    for letters in keys.dotted:
        upper = letters.upper()
        if upper not in text and f"{upper[0]}." not in text:
            continue  # most texts have none, and an expression for each person costs more than to look
        dotted = r"\.[ \t]?".join(map(re.escape, upper)) + r"\."
        if letters not in _DEGREES:
            yield from (Span(*m.span()) for m in re.finditer(rf"(?<![\w.]){dotted}(?![\w])", text))
        yield from (
            Span(*m.span())
            for m in re.finditer(
                rf"(?m)^[ \t]*(?:{re.escape(upper)}|{dotted})[ \t]*$|(?<=\(){re.escape(upper)}(?=\))", text
            )
        )

"""Guesses who wrote a text, for want of an ATS that knows, and what else a known person is called in it."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from core.screening.deidentify.addresses import streets
from core.screening.deidentify.contacts import contacts, emails, slugs
from core.screening.deidentify.folding import WORD, fold, script, sound
from core.screening.deidentify.keys import PARTICLES, Identity, is_word, keys_of, name_words, nicknames
from core.screening.deidentify.occupations import POST_NOMINAL, is_work, tells_of_work
from core.screening.deidentify.page import Page
from core.screening.deidentify.places import is_place
from core.screening.deidentify.spans import Span
from core.sdk.text import MONTHS


class _Candidate(NamedTuple):
    name: str
    points: int


class _Head(NamedTuple):
    """A line that may hold a name: its place among the lines with something on them, and what speaks for it."""

    text: str
    order: int
    points: int


_LEAST: Final = 4
_TOP: Final = 14
_OTHERS: Final = re.compile(r"(?im)^\W*(?:references?|referees|recommendations)\b[^\n]{0,20}$")
_CLOSING: Final = re.compile(
    r"(?i)^\W*(?:(?:yours|kind|best|warm|many|with)\b.{0,24}|regards|sincerely|thanks|thank you|respectfully|mit freundlichen grüßen|cordialement|atentamente|saludos|z poważaniem)\W*$"
)
_LABELLED: Final = re.compile(
    r"(?im)(?:^|(?<=[|•·]))\W*(?:(?:full|first|candidate(?:['’]?s)?|applicant(?:['’]?s)?|legal|preferred|complete)[ \t]+)?(?:name|candidate|applicant|nombre|nom|nome|imię i nazwisko|naam|namn|navn"
    r"|姓名|名前|氏名|이름|성명|имя|фио|الاسم|όνομα)[ \t]*(?:\([^)\n]*\))?[ \t]*[:：\-–|\t][ \t]*([^\n|•·;(]{2,60})"
)
_SAID: Final = re.compile(
    r"\b(?:[Mm]y name is|I am|I['’]m|called|[Tt]his is|[Hh]ier schreibt)[ \t]+((?:[^\W\d_a-z][\w.'’-]*[ \t]+){0,4}[^\W\d_a-z][\w'’-]*)|"
    r"\bI, ((?:[^\W\d_a-z][\w.'’-]*[ \t]+){1,4}[^\W\d_a-z][\w'’-]*),"
)
_FILE: Final = re.compile(
    r"(?:(?:CV|Resume|resume|cv|Lebenslauf|Letter)[_\- ]+)?([^\W\d_a-z][^\W\d_]+(?:[_\-][^\W\d_a-z][^\W\d_]+){1,3})(?:[_\- ](?:CV|Resume|resume|cv|\d+))*\.(?:pdf|docx?|odt|rtf)"
)
_PREFIX: Final = re.compile(
    r"(?i)^\W*(?:(?:resume|résumé|curriculum vitae|cv|lebenslauf|c\.v\.|application|cover letter)(?:[ \t]+(?:of|for|from|by))?(?:\W+|$))+"
)
_SPLIT: Final = re.compile(r"[|•·;\t●▪◦<>\[\]]|[ ]{2,}|[ ][\-–—/][ ]|[()]")


def guessed(text: str) -> Identity:
    """The person the text seems to be by: the name that agrees best with its place and with the e-mail."""
    own = _without_others(text)
    page = Page(own)
    mails = emails(page)[:3]
    hints = fold(" ".join([mail.partition("@")[0] for mail in mails] + slugs(page)[:4]))
    candidates = list(_candidates(page, re.sub(r"[\d]", " ", hints)))
    best = max(candidates, key=lambda candidate: candidate.points, default=None)
    if best is None or best.points < _LEAST:
        return Identity(emails=tuple(mails))
    parts = {fold(word) for word in name_words(best.name) if len(word) > 2}
    kin = [
        c.name for c in candidates if c.points >= 3 and parts & {fold(word) for word in name_words(c.name)}
    ]
    return Identity(names=tuple(dict.fromkeys([best.name, *kin])), emails=tuple(mails))


def _without_others(text: str) -> str:
    """The text without its references, which give names and addresses of others, unless it opens with them."""
    found = _OTHERS.search(text, 200)
    return text[: found.start()] if found and not _CLOSING.search(text[found.start() :]) else text


def _candidates(page: Page, hints: str) -> Iterator[_Candidate]:
    text = page.text
    for found in _LABELLED.finditer(text):
        yield from _judged(found[1], 6, hints, single=True)
    for found in _SAID.finditer(text):
        yield from _judged(found[1] or found[2], 3, hints, single=True)
    for found in _FILE.finditer(text):
        yield from _judged(re.sub(r"[_\-]", " ", found[1]), 3, hints)
    heads = _heads(page, [*contacts(page), *streets(page)])
    for head in heads:
        for segment in _segments(head.text):
            yield from _judged(segment, head.points, hints, single=head.order < 2)
    yield from _stacked(heads, hints)
    yield from _spelled(text, heads, hints)


def _heads(page: Page, spans: Sequence[Span]) -> list[_Head]:
    """The lines at the top, around contacts and under a closing."""
    lines = []
    for line in page.lines:
        if line.text.strip():
            hit = any(span.start < line.end and span.end > line.start for span in spans)
            lines.append((_blanked(line.text, line.start, spans) if hit else line.text, hit))
    found = []
    for order, (shown, _) in enumerate(lines):
        near = any(hit for _, hit in lines[max(0, order - 3) : order + 4])
        closed = any(_CLOSING.match(before) for before, _ in lines[max(0, order - 2) : order])
        points = max(4 - order, 1 if order < _TOP else 0) + 2 * near + 4 * closed
        if len(shown) < 120 and (order < _TOP or near or closed):
            found.append(_Head(shown, order, points))
    return found


def _blanked(line: str, begins: int, spans: Sequence[Span]) -> str:
    for span in spans:
        if span.start < begins + len(line) and span.end > begins:
            start, end = max(0, span.start - begins), min(len(line), span.end - begins)
            line = line[:start] + "|" * (end - start) + line[end:]
    return line


def _segments(line: str) -> Iterator[str]:
    for piece in _SPLIT.split(_PREFIX.sub("", line)):
        part = re.sub(r"(?i)^\W*(?:name|contact|e-?mail|phone|tel)\W+", "", piece).strip(" .,:-–_*#|")
        first, _, rest = part.partition(",")
        rest = rest.partition(",")[0].strip()
        yield first
        if rest and len(rest.split()) < 4 and not POST_NOMINAL.match(rest):
            yield f"{rest} {first}"


def _judged(raw: str, points: int, hints: str, *, single: bool = False) -> Iterator[_Candidate]:
    words = _name_at_start(raw, hints)
    if not words or len(words) > 6:
        return
    keys = [re.sub(r"[^\w]", "", fold(word)) for word in words]
    short = frozenset(re.findall(r"[^\W\d_]+", hints))
    agreeing = sum(key in hints if len(key) > 2 else key in short and len(key) == 2 for key in keys)
    points += min(8, 4 * agreeing) + (2 if any(key in nicknames() for key in keys) else 0)
    points += 2 if any(len(key) == 1 for key in keys[1:]) else 0
    full = [key for key in keys if key not in PARTICLES]
    points -= sum(is_word(key) and len(key) > 1 for key in full) if not agreeing else 0
    if len(full) < 2 and script(words[0][0]) == "LATIN":
        points -= 0 if agreeing or (single and points >= 6) else 4
    if is_place(" ".join(words)) and not agreeing:
        return
    yield _Candidate(" ".join(words), points)


_NAMELY: Final = re.compile(r"['’]?(?:[^\W\d_]/)?[^\W\d_](?:[\w.'’ʻʼ`´\-‐·]|[\u0300-\u036f])*")


_JOINING: Final = frozenset("as at by in is it me my of on to".split())


def _name_at_start(raw: str, hints: str = "") -> list[str]:
    """The words a stretch begins with as long as they are written like a name and are no trade."""
    words: list[str] = []
    short = len(raw.split()) < 4 and all(piece[0].isupper() for piece in raw.split())
    for piece in raw.split():
        word = piece.strip(',:;"“”„*')
        if not word or not _NAMELY.fullmatch(word) or "_" in word or any(c.isdigit() for c in word):
            return [] if len(words) < 2 else words
        if POST_NOMINAL.fullmatch(word) and words:
            return words
        if _is_no_name(word.strip("."), hints) and not (
            short and len(word) == 2 and fold(word) not in _JOINING
        ):
            return [] if len(words) < 2 else words
        if word[0].islower() and script(word[0]) == "LATIN" and not _is_particle(word) and raw != raw.lower():
            return []
        words.append(word)
    return words if not (raw == raw.lower() and raw.isascii() and len(words) not in {2, 3}) else []


def _is_no_name(word: str, hints: str) -> bool:
    """A trade or heading, unless the e-mail says it is a name; months are names as well."""
    if len(word) < 2 or _is_particle(word) or fold(word) in MONTHS:
        return False
    told = fold(word) in (hints if len(word) > 2 else re.findall(r"[^\W\d_]+", hints))
    return is_work(word) and not told


def _is_particle(word: str) -> bool:
    return (
        (word[0].islower() or word.isupper()) and re.split(r"[\-'’]", fold(word))[0] in PARTICLES
    ) or word in {"'t", "’t"}


def _stacked(heads: Sequence[_Head], hints: str) -> Iterator[_Candidate]:
    """First and last name on lines of their own."""
    for one, other in itertools.pairwise(heads):
        words = one.text.split() + other.text.split()
        if (
            other.order == one.order + 1
            and one.order < 4
            and len(one.text.split()) <= 2
            and len(words) <= 4
            and not tells_of_work(" ".join(words))
        ):
            yield from _judged(" ".join(words), one.points, hints)


_LETTER: Final = r"[^\W\d_](?:[ ]?[\u0300-\u036f])*"
_LETTERS: Final = re.compile(
    rf"(?<!\w)(?:{_LETTER}[ ](?:[\-'’][ ])?){{2,}}{_LETTER}(?!\w)(?:[ ]{{2,}}(?:{_LETTER}[ ](?:[\-'’][ ])?)*{_LETTER}(?!\w))*"
    rf"|^(?:{_LETTER}[ ])+{_LETTER}(?:[ ]{{2,}}(?:{_LETTER}[ ])+{_LETTER})+$"
)


def _spelled(text: str, heads: Sequence[_Head], hints: str) -> Iterator[_Candidate]:
    """Names in a heading with a blank between the letters."""
    for head in heads:
        if (found := _LETTERS.search(head.text)) and not found[0].islower():
            words = [word.replace(" ", "") for word in re.split(r"[ ]{2,}", found[0])]
            if len(words) == 1:
                words = _split_by(text, words[0], hints)
            if not any(_is_no_name(word, hints) for word in words):
                yield _Candidate(" ".join(words), head.points + 3)


def _split_by(text: str, letters: str, hints: str) -> list[str]:
    """Where a row of letters falls into two words that stand elsewhere in the text or in the e-mail."""
    known = {fold(match[0]) for match in WORD.finditer(text)} | set(re.findall(r"[^\W\d_]+", hints))
    key = fold(letters)
    cuts = [cut for cut in range(2, len(key) - 1) if (key[:cut] in known) + (key[cut:] in known)]
    best = max(cuts, key=lambda cut: (key[:cut] in known) + (key[cut:] in known), default=0)
    return [letters[:best], letters[best:]] if best else [letters]


def also_called(page: Page, identity: Identity, reach: Sequence[Span]) -> tuple[str, ...]:
    """What else the text calls a known person: longer forms beside the name, nicknames, earlier names."""
    keys = keys_of(identity)
    known = keys.strong | keys.weak
    found: list[str] = []
    for head in _heads(page, reach):
        for segment in _segments(head.text):
            words = _name_at_start(segment)
            strong = any(fold(word) in keys.strong for word in words)
            shared = sum(fold(word) in known or _sounds(word, keys.sounds) for word in words)
            if (
                2 <= len(words) <= 6
                and shared
                and shared >= len(words) - 2
                and (shared > 1 or (head.order < 3 and strong))
            ):
                found.append(" ".join(words))
    return tuple(dict.fromkeys([*found, *_nicks(page.text, known)]))


def _sounds(word: str, sounds: dict[str, str]) -> bool:
    written = sounds.get(sound(word), "")
    return bool(written) and written != script(word[0])


_NICK: Final = re.compile(
    r"([^\W\d_]+)[ \t]+(?:[\"“„'‘(][ \t]?|(?:aka|a\.k\.a\.|alias|née|nee|born|geb\.|formerly|known as|goes by)[ \t]+)([^\W\d_a-z][^\W\d_]+)[\"”“'’)]?"
)
_GOES_BY: Final = re.compile(
    r"(?i:\b(?:known as|goes by|go by|called|call me|preferred name(?: is)?:?|nickname(?: is)?:?|maiden name(?: is)?:?|née|friends call me))[ \t]+[\"“'‘]?([^\W\d_a-z][^\W\d_]+)"
)


def _nicks(text: str, known: frozenset[str]) -> Iterator[str]:
    top = text[:600]
    for found in _NICK.finditer(top):
        if fold(found[1]) in known and not is_work(found[2]) and not POST_NOMINAL.fullmatch(found[2]):
            yield found[2]
    for found in _GOES_BY.finditer(text):
        if not is_word(fold(found[1])):
            yield found[1]

"""The things a sentence names: skills the lexicon knows, and products and methods the span model finds beside them."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from core.screening.spans import Span
from core.sdk.text import default_lexicon, languages
from core.sdk.text.lexicon import Found

LISTED: Final = re.compile(
    r"\s*(?:(?:[,;/&]|\band/or\b|\band\b|\bor\b|\bas well as\b|\bplus\b)\s*)+(?:(?:also|either|both)\s+)?",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"(?<![\w.])[A-Z][\w+#.-]*|\w*[a-z][A-Z]\w*|\w*[A-Za-z][\w-]*\d[\w.-]*")
_CAPITALS_BEFORE: Final = re.compile(r"(?:(?<!\w)[A-Z0-9][\w+#-]*\s+)+\Z")
_CAPITALS_AFTER: Final = re.compile(r"(?:\s+[A-Z0-9][\w+#-]*)+")
_LONGEST_NAME: Final = 4
"""Words; what is longer describes something and is no product's name."""


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """`sentence[start:end]` names a skill: by the lexicon's name when it is known, else by its own words."""

    name: str
    start: int
    end: int
    known: bool = True
    product: bool = False


def named(sentence: str, spans: Iterable[Span]) -> list[Named]:
    """Every thing the sentence names, in order, not overlapping.

    Of what the lexicon does not know only names count, such as "Crossplane" or "SAP EWM": common words the
    model marks ("query tuning") tell what kind a sentence is, but do not make a requirement of their own.
    """
    marked = _wholes(sentence, [span for span in spans if span.kind == "knowledge"])
    known = _compounds(
        sentence, [_whole_name(sentence, found, marked) for found in default_lexicon().find(sentence)]
    )
    new = [
        _new(sentence, span.start, span.end)
        for span in marked
        if not any(_touch(span, thing) for thing in known)
    ]
    names = [thing for thing in new if thing.product or " " not in thing.name]
    names = [thing for thing in names if not languages(thing.name)]
    things = [*known, *(thing for thing in names if not _aside(sentence, thing.start))]
    return _completed(sentence, sorted(things, key=lambda thing: thing.start))


def _aside(sentence: str, place: int) -> bool:
    """What stands in brackets explains what stands before them."""
    return sentence.count("(", 0, place) > sentence.count(")", 0, place)


def _completed(sentence: str, things: Sequence[Named]) -> list[Named]:
    """With the names that neither lexicon nor model knows, but that stand in one list with those they do."""
    cuts = [match.span() for match in LISTED.finditer(sentence)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(sentence)]
    items = [_new(sentence, start, end) for start, end in zip(starts, ends, strict=True)]
    sure = {n for n, item in enumerate(items) if any(_ends_of(item, thing) for thing in things)}
    new = {n for n, item in enumerate(items) if item.product and not _aside(sentence, item.start)} - sure
    reached = set(sure)
    for number in (*range(len(items)), *reversed(range(len(items)))):
        if number in new and {number - 1, number + 1} & reached:
            reached.add(number)
    more = [items[n] for n in reached - sure if not any(_touch(items[n], thing) for thing in things)]
    return sorted([*things, *more], key=lambda thing: thing.start)


def _ends_of(item: Named, thing: Named) -> bool:
    """Whether the thing is all of a list's member, or the last words of its first one."""
    return item.start <= thing.start and thing.end == item.end


def _whole_name(sentence: str, found: Found, spans: Iterable[Span]) -> Named:
    """The lexicon knows "Terraform"; what is asked may be "Terraform Cloud"."""
    start, end = found.start, found.end
    for span in spans:
        if span.start <= found.start and found.end <= span.end:
            before = _CAPITALS_BEFORE.search(sentence, max(span.start, 1), found.start)
            after = _CAPITALS_AFTER.match(sentence, found.end, span.end)
            start, end = before.start() if before else start, after.end() if after else end
    return Named(name=found.skill, start=start, end=end)


def _wholes(sentence: str, spans: Sequence[Span]) -> list[Span]:
    """Where commas part a list, words that nothing parts are one name, though the model, which sees none, parted it."""
    whole: list[Span] = []
    parted = bool(LISTED.search(sentence))
    for span in spans:
        if parted and whole and not sentence[whole[-1].end : span.start].strip():
            whole[-1] = msgspec.structs.replace(whole[-1], end=span.end)
        else:
            whole.append(span)
    return whole


def _compounds(sentence: str, known: Sequence[Named]) -> list[Named]:
    """A product and what it is for are one thing: "Sage payroll"."""
    kept: list[Named] = []
    for thing in known:
        joined = kept and not sentence[kept[-1].end : thing.start].strip()
        if joined and thing.name.islower() and not kept[-1].name.islower():
            kept[-1] = msgspec.structs.replace(kept[-1], end=thing.end)
        elif not kept or thing.start >= kept[-1].end:
            kept.append(thing)
    return kept


def _touch(span: Span | Named, thing: Named) -> bool:
    return span.start < thing.end and thing.start < span.end


def _new(sentence: str, start: int, end: int) -> Named:
    text = sentence[start:end].strip(" .,;:()")
    start = sentence.find(text, start)
    words = text.split()
    # The first word of a sentence is capitalised whatever it is.
    first = start > 0 or len(words) == 1 or any(_odd(word) for word in words[:1])
    product = 1 <= len(words) <= _LONGEST_NAME and first and all(_NAME.fullmatch(word) for word in words)
    other = not languages(text)
    return Named(name=text, start=start, end=start + len(text), known=False, product=product and other)


def _odd(word: str) -> bool:
    """Spelled as no ordinary word is: "AWS", "iOS", "k8s"."""
    return any(letter.isupper() or letter.isdigit() for letter in word[1:])

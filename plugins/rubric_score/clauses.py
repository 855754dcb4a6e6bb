"""A sentence in its parts, and what each part says about what it names: denied, planned, or somebody else's."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from plugins.rubric_score.cues import AGENTS, DOER, DOUBLE, INTENTION, NEGATION, PAST, SEEKING, TRUSTED

_KEPT: Final = 16384
"""Answers kept: the same places are asked about for every requirement of a job."""
Place = tuple[int, int]
"""(start, end) in characters of the sentence."""

_CUT: Final = re.compile(
    r"[;:]|,(?!\d)|\.\s|\s[–—-]\s|[()]|\s+(?=(?:but|however|although|though|while|whereas|whilst|yet still)\b)"
    r"|\s+(?=(?:and|where|so|which|because|after|before|until|since)\s+(?:I|my|the|our|an?)\b)"
)
_LISTED: Final = re.compile(r"^[\s,;]*(?:(?:or|nor|and)\s+)?(?:[\w+#./'’-]+\s*){1,4}$", re.IGNORECASE)
_LAST: Final = re.compile(r"^[\s,;]*(?:or|nor)\b|\b(?:or|nor)\s+[\w+#./'’ -]+$", re.IGNORECASE)
_LIST_OF_NO: Final = re.compile(r"\b(?:no|not|without|never|neither|nor|none of)\b(?! only)", re.IGNORECASE)
_HOLDS: Final = re.compile(r"\b(?:is|are|was|were|has|have|had|do|did|does)\b", re.IGNORECASE)


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_EMPTY: Final = _listed(
    "yet so far ever them it these there though myself at all any more anymore in of mine own part for to me that "
    "this either done used held had been have has was were is are needed one as i'm afraid i"
)


@lru_cache(maxsize=_KEPT)
def parts_of(text: str) -> tuple[Place, ...]:
    """The sentence cut where another statement may begin; the parts cover all of it."""
    cuts = [0, *(match.start() for match in _CUT.finditer(text)), len(text)]
    places = pairwise(cuts)
    return tuple(place for place in places if text[place[0] : place[1]].strip(" ,;:()–—-."))


def part_at(text: str, start: int) -> int:
    """Which part a character stands in."""
    parts = parts_of(text)
    return next((number for number, (_, last) in enumerate(parts) if start < last), max(len(parts) - 1, 0))


def stretch(text: str, start: int, end: int) -> Place:
    """From the beginning of the part with `start` to the end of the part with the last character."""
    parts = parts_of(text)
    if not parts:
        return 0, len(text)
    return parts[part_at(text, start)][0], parts[part_at(text, max(start, end - 1))][1]


def leaning(text: str, start: int, end: int) -> Place:
    """The part around the place, with those before it that it only goes on with: ", mainly A, B and C"."""
    first, last = stretch(text, start, end)
    parts = parts_of(text)
    number = part_at(text, first)
    while number and _goes_on(text[parts[number][0] : parts[number][1]]):
        number -= 1
        first = parts[number][0]
    return first, last


def _goes_on(part: str) -> bool:
    return bool(_GOES_ON.match(part)) or (part[0] == "," and not _VERB.search(part))


_VERB: Final = re.compile(
    r"\bI\b|\b"
    + PAST
    + r"\b|\b(?:is|are|was|were|have|has|had|do|does|by|with|for|since|from|at|no|not)\b|\d",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(
    r"^[\s,;:(–—-]*(?:(?:mainly|mostly|especially|for (?:instance|example)|e\.g\.?|such as|including|like"
    r"|above all|among them"
    r"|i\.e\.?|namely|in particular|preferably|ideally|say)\b|(?:(?:or|and"
    r"|nor)\s+)?[\w+#./’'-]+(?:\s+[\w+#./’'-]+)?[\s.]*$)",
    re.IGNORECASE,
)


@lru_cache(maxsize=_KEPT)
def is_denied(text: str, start: int, end: int) -> bool:
    """True when the text says that what stands at the place is not so.

    A "no" counts for its own part, for a list it begins ("no A, B or C"), and for what stands before it when
    it names nothing of its own ("Docker, but not yet").
    """
    first, last = stretch(text, start, end)
    own = text[first:last]
    if DOUBLE.search(own):
        return False
    if found := NEGATION.search(text, first, last):
        return not _denies_another(found, last, start, end)
    return _in_list_of_no(text, first) or _taken_back(text, last)


def _denies_another(found: re.Match[str], last: int, start: int, end: int) -> bool:
    """ "Keeps the ledgers without a licence": what is denied stands behind, and the place before it."""
    text = found.string
    if found.start() < max(start, end):
        return False
    between = text[end : found.start()]
    if _HOLDS.search(between) or _HOLDS.match(text, found.end() + 1):
        return False
    return bool(re.match(r"(?:no|without)$", found[0], re.IGNORECASE)) and _names_more(
        text[found.end() : last]
    )


def _names_more(rest: str) -> bool:
    return bool(set(re.findall(r"[^\W\d_][\w'’]+", rest.lower())) - _EMPTY)


def _in_list_of_no(text: str, first: int) -> bool:
    """Whether the part goes on with a list that began with "no" and ends with "or"."""
    parts = parts_of(text)
    number = part_at(text, first)
    if not _LISTED.match(text[parts[number][0] : parts[number][1]]):
        return False
    before = number - 1
    while before > 0 and _LISTED.match(text[parts[before][0] : parts[before][1]]):
        if _LIST_OF_NO.search(text, *parts[before]):
            break
        before -= 1
    if before < 0 or text[parts[number][0]] != ",":
        return False
    began = _LIST_OF_NO.search(text, *parts[before])
    if began is None or DOUBLE.search(text, *parts[before]):
        return False
    tail = [text[a:b] for a, b in parts[before + 1 :]]
    return any(_LAST.search(piece.strip(" ,")) for piece in tail[:6] if _LISTED.match(piece))


def _taken_back(text: str, last: int) -> bool:
    """Whether what follows says no to what stands before: "X, but not yet", "X, Y and Z are new to me"."""
    return (
        _followed_by_no(text, last) or _list_denied(text, last) or bool(_NONE_OF_THEM.search(text, last - 1))
    )


_NONE_OF_THEM: Final = re.compile(
    r"\bnone of (?:them|these|those|which)\b|\bI (?:\w+ )?(?:speak|know|have|hold|use|used|own|play) none\b"
    r"|:\s*none\b|\bnot one of them\b",
    re.IGNORECASE,
)


def _end_of_list(text: str, last: int) -> int:
    """Where the list ends that the part ending here belongs to: "A, B and C were done by others"."""
    parts = parts_of(text)
    number = next((n for n, place in enumerate(parts) if place[1] == last), None)
    if number is None or not _LISTED.match(text[parts[number][0] : last]):
        return last
    for first, end in parts[number + 1 :]:
        if text[first] != ",":
            return last
        if not _LISTED.match(text[first:end]):
            return end if _ENDS_LIST.match(text[first:end]) else last
        last = end
    return last


_ENDS_LIST: Final = re.compile(
    r"^,\s*(?:(?:and|or)\s+)?(?:[\w+#./-]+\s+){1,3}(?:and|or)\s+(?:[\w+#./-]+\s+){1,3}\w+"
)


def _list_denied(text: str, last: int) -> bool:
    parts = parts_of(text)
    number = next((n for n, place in enumerate(parts) if place[1] == last), None)
    if number is None or not _LISTED.match(text[parts[number][0] : last]):
        return False
    for first, end in parts[number + 1 :]:
        piece = text[first:end]
        if denial := _SUBJECTS_DENIED.match(piece):
            return not DOUBLE.search(denial[0])
        if piece[0] != "," or not _LISTED.match(piece):
            return False
    return False


_SUBJECTS_DENIED: Final = re.compile(
    r"^\s*,\s*(?:(?:and|or)\s+)?[\w+#./-]+(?:\s[\w+#./-]+){0,2}?(?:\s+(?:and|or)\s+[\w+#./-]+(?:\s[\w+#./-]+)?)?"
    r"\s+(?:is|are|was|were|remain(?:s|ed)?|lie|lay)\s+(?:\w+\s+){0,2}?(?:" + NEGATION.pattern + ")",
    re.IGNORECASE,
)


def _followed_by_no(text: str, last: int) -> bool:
    following = next((place for place in parts_of(text) if place[0] >= last), None)
    if following is None:
        return False
    found = NEGATION.search(text, *following)
    if found is None or DOUBLE.search(text, *following):
        return False
    lead = text[following[0] : found.start()]
    return not _names_more(
        re.sub(r"(?i)\b(?:but|though|however|still|also|which|and)\b", " ", lead)
    ) and not (_names_more(text[found.end() : following[1]]))


@lru_cache(maxsize=_KEPT)
def is_planned(text: str, start: int, end: int) -> bool:
    """True when the part around the place tells of a plan, a wish or the job looked for."""
    first, last = leaning(text, start, end)
    if INTENTION.search(text, first, last):
        return True
    sought = SEEKING.search(text)
    if sought and sought.start() <= start < sought.end():
        return True
    following = next((place for place in parts_of(text) if place[0] >= last), None)
    if following is None:
        return False
    after = text[following[0] : following[1]].strip(" ,;:–—-")
    return bool(_ONLY_PLANNED.match(after) or INTENTION.match(after))


_ONLY_PLANNED: Final = re.compile(
    r"(?:(?:planned (?:for|in|next)|intended|aimed at|a plan|a wish|a goal|perhaps|maybe|hopefully|to come"
    r"|still to come|next on my list)\b"
    r"|(?:first )?(?:course|lessons?|training|exam) planned\b)",
    re.IGNORECASE,
)


def is_sought(text: str, start: int, end: int) -> bool:
    """True when the place belongs to the job somebody looks for, which tells nothing of what they have done."""
    sought = SEEKING.search(text)
    if sought is None or sought.start() > _OPENING:
        return False
    return start >= sought.end() and not _TURN.search(text, sought.end(), start)


_OPENING: Final = 25
"""Characters within which a sentence that tells what somebody looks for begins with it."""
_TURN: Final = re.compile(r"\.\s|;|\bI\b|\bmy\b", re.IGNORECASE)


@lru_cache(maxsize=_KEPT)
def is_others(text: str, start: int, end: int) -> bool:
    """True when somebody else did what stands at the place."""
    if TRUSTED.search(text):
        return False
    first, last = leaning(text, start, end)
    last = _end_of_list(text, last)
    if _subject_is_another(text, first):
        return True
    named = ((kind, agent.search(text, first, last)) for kind, agent in AGENTS.items())
    return any(_reaches(kind, found, start, end) for kind, found in named if found)


def _subject_is_another(text: str, first: int) -> bool:
    """ "Our agency, which is based in Riga, ran ...": the doer stands before what is said of it."""
    parts = parts_of(text)
    number = part_at(text, first)
    if number < 2 or not _BEGINS_WITH_DEED.match(text[first : parts[number][1]]):
        return False
    aside, subject = (text[a:b] for a, b in (parts[number - 1], parts[number - 2]))
    return bool(
        re.match(r"[\s,]*(?:which|who|whose|that)\b", aside) and _ONLY_DOER.fullmatch(subject.strip(" ,;"))
    )


_BEGINS_WITH_DEED: Final = re.compile(r"[\s,]*" + PAST + r"\b", re.IGNORECASE)
_ONLY_DOER: Final = re.compile(r"(?:and |but )?" + DOER, re.IGNORECASE)
_BY_MEANS_OF: Final = re.compile(r"\s+(?:with|in|on|using|through|via)\s+", re.IGNORECASE)


def _reaches(kind: str, found: re.Match[str], start: int, end: int) -> bool:
    """A doer named behind has done what stands before it; one named in front what follows."""
    if kind != "behind":
        return found.start() <= start
    if _BY_MEANS_OF.fullmatch(found.string[found.end() : start]):
        return True
    return found.start() >= start or found.end() >= end

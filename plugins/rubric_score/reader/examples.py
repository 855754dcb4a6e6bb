"""What the reader learns from: requirements with passages and the match a person gave each."""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec

from core.sdk.scorer import Match
from core.sdk.text import date_ranges, months_between, sentences, without_recency, year_amounts
from plugins.rubric_score.amounts import amounts_in, asks_size, without_sizes
from plugins.rubric_score.headings import standing_under
from plugins.rubric_score.reader import Pair
from plugins.rubric_score.words import stems
from plugins.rubric_score.years import without_amounts

AS_OF: Final = date(2026, 11, 25)
"""The day "present" means in all of the material."""
_HALF_OF_A_YEAR: Final = 6
"""Months: who has worked half of the asked time and yet is "not met" has worked in another trade."""
_OF_A_TRADE: Final = frozenset({"experience", "hard_skill"})
_TRIES: Final = 400
"""Pairs looked at for each that is near."""
SUBJECT: Final = "(subject)"
"""Begins the group of examples of what a requirement of years is about."""
_A_WHILE: Final = 0.5
"""Years from which on experience is asked; "two Saturdays a month" is none."""


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """One passage for one requirement; `group` names what is read together: a class of passages, or a resume.

    `of_its_trade` is true of a requirement that hardly any other job has, `dates_other_work` of the dated line of a
    position of another trade where years of one are asked.
    """

    requirement: str
    passage: str
    match: Match
    group: str
    resume: bool = False
    under: str = ""
    of_its_trade: bool = False
    dates_other_work: bool = False

    @property
    def pair(self) -> Pair:
        """As the reader gets it."""
        return Pair(self.requirement, self.passage, self.under)


def examples(paths: Sequence[Path]) -> list[Example]:
    """All examples of these files, in order.

    A line holds a requirement with its passages ({"class", "requirement", "passages": [{"evidence", "match"}]}), or
    with two of them ("better" and "worse"), or the requirements of a job with resumes, sentence by sentence
    ({"job", "requirements", "resumes": [{"kind", "lines": [{"text", "more", "shows": {place: match}}]}]}, where
    "more" marks a sentence that goes on in the line of the one before). A requirement is its text, or an object with
    its "text" and "category".
    """
    lines = (line for path in paths for line in path.read_text("utf-8").splitlines() if line.strip())
    return [example for line in lines for example in _examples(json.loads(line))]


def _examples(said: dict[str, Any]) -> Iterator[Example]:
    if "resumes" in said:
        for number, resume in enumerate(said["resumes"]):
            yield from _of_resume(said, resume, f"{said['job']} {number} {resume['kind']}")
        return
    for passage in said["passages"] if "passages" in said else [said["better"], said["worse"]]:
        example = Example(
            requirement=said["requirement"],
            passage=passage["evidence"],
            match=passage["match"],
            group=said["class"],
        )
        yield example
        yield from _without_its_size(example)


def _of_resume(said: dict[str, Any], resume: dict[str, Any], group: str) -> Iterator[Example]:
    told = list(zip(resume["lines"], _statements(resume["lines"]), strict=True))
    for place, asked in enumerate(said["requirements"]):
        requirement, category = (asked, "") if isinstance(asked, str) else (asked["text"], asked["category"])
        for line, (passage, under) in told:
            match = line.get("shows", {}).get(str(place), "not_stated")
            example = Example(
                requirement=requirement,
                passage=passage,
                match=match,
                group=group,
                resume=True,
                under=under,
                of_its_trade=category in _OF_A_TRADE,
            )
            yield example
            yield from _of_its_subject(example)
            yield from _without_its_size(example)


def _of_its_subject(example: Example) -> Iterator[Example]:
    """Of a requirement of years also what is asked apart from how many: a position shows it however short.

    What was done in the position is left out where nobody said it shows the trade: it was labelled for the years.
    """
    asked = _asked_years(example.requirement)
    spans = date_ranges(example.passage, AS_OF)
    shows = example.match in {"met", "partly"}
    long_enough = months_between(spans) >= asked * _HALF_OF_A_YEAR
    other = bool(spans) and (example.match == "not_stated" or (example.match == "not_met" and long_enough))
    if asked and (shows or other):
        yield msgspec.structs.replace(
            example,
            requirement=without_amounts(example.requirement),
            match="met" if shows else "not_stated",
            group=f"{SUBJECT} {example.group}",
            dates_other_work=not shows,
        )


def _without_its_size(example: Example) -> Iterator[Example]:
    """Of a requirement of some size also what is asked apart from how much: a smaller one shows it too."""
    sized = asks_size(example.requirement) and not _asked_years(example.requirement)
    told = example.match == "not_stated" or amounts_in(example.passage)
    if sized and told:
        yield msgspec.structs.replace(
            example,
            requirement=without_sizes(example.requirement),
            match="not_stated" if example.match == "not_stated" else "met",
            group=f"{SUBJECT} {example.group}",
        )


def _asked_years(requirement: str) -> float:
    """The years of experience asked; 0 for none."""
    asked = (years for years, _, _ in year_amounts(without_recency(requirement)))
    return max((years for years in asked if years >= _A_WHILE), default=0.0)


def text_of(lines: Sequence[dict[str, Any]]) -> str:
    """A resume as it was written."""
    return "".join(f"{' ' if line.get('more') else chr(10)}{line['text']}" for line in lines)[1:]


def _statements(lines: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Each line as it is read, without what marks it as an item of a list, and the line it stands under.

    By the same rules as when a resume is scored.
    """
    text = text_of(lines)
    split = sentences(text)
    told = list(zip(split, standing_under(split, AS_OF), strict=True))
    found, at = [], 0
    for line in lines:
        end = at + len(line["text"])
        own = [(sentence, under) for sentence, under in told if at <= sentence.start < end]
        found.append((text[own[0][0].start : end].strip(), own[0][1]) if own else (line["text"], ""))
        at = end + 1
    return found


def strangers(
    found: Sequence[Example], is_near: Callable[[str, str], bool], count: int, rng: random.Random
) -> list[Example]:
    """So many sentences of other jobs' resumes beside a requirement that they come near and do not bear on.

    Within one job all resumes are of one trade or its neighbours; applications are not. What shares a word with the
    requirement is left out, and so are papers, languages and hours, which any job may ask.
    """
    asked = sorted({(e.requirement, e.group) for e in found if e.resume and e.of_its_trade})
    said = sorted({(e.passage, e.under, e.group) for e in found if e.resume and len(e.passage.split()) > 1})
    chosen: list[Example] = []
    for _ in range(count * _TRIES):
        (requirement, one), (passage, under, other) = rng.choice(asked), rng.choice(said)
        if one.split(" ")[0] == other.split(" ")[0] or stems(requirement) & stems(f"{passage} {under}"):
            continue
        if is_near(requirement, passage):
            chosen.append(
                Example(
                    requirement=requirement,
                    passage=passage,
                    match="not_stated",
                    group="strangers",
                    resume=True,
                    under=under,
                )
            )
        if len(chosen) == count:
            break
    return chosen


def thinned(found: Sequence[Example], keep: float, rng: random.Random) -> list[Example]:
    """Without a share of the sentences of resumes that bear on nothing, which are by far the most."""
    return [e for e in found if not e.resume or e.match != "not_stated" or rng.random() < keep]

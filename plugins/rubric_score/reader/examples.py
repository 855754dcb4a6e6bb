"""What the reader learns from: requirements with passages and the match a person gave each."""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from core.sdk.scorer import Match


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """One passage for one requirement; `group` names what is read together: a class of passages, or a resume."""

    requirement: str
    passage: str
    match: Match
    group: str
    resume: bool = False


def examples(paths: Sequence[Path]) -> list[Example]:
    """All examples of these files, in order.

    A line holds a requirement with its passages ({"class", "requirement", "passages": [{"evidence", "match"}]}), or
    with two of them ("better" and "worse"), or the requirements of a job with resumes, sentence by sentence
    ({"job", "requirements", "resumes": [{"kind", "sentences": [{"text", "shows": {place: match}}]}]}).
    """
    lines = (line for path in paths for line in path.read_text("utf-8").splitlines() if line.strip())
    return [example for line in lines for example in _examples(json.loads(line))]


def _examples(said: dict[str, Any]) -> Iterator[Example]:
    if "resumes" in said:
        yield from _of_resumes(said)
        return
    for passage in said["passages"] if "passages" in said else [said["better"], said["worse"]]:
        yield Example(
            requirement=said["requirement"],
            passage=passage["evidence"],
            match=passage["match"],
            group=said["class"],
        )


def _of_resumes(said: dict[str, Any]) -> Iterator[Example]:
    for place, requirement in enumerate(said["requirements"]):
        for number, resume in enumerate(said["resumes"]):
            for sentence in resume["sentences"]:
                yield Example(
                    requirement=requirement,
                    passage=sentence["text"],
                    match=sentence["shows"].get(str(place), "not_stated"),
                    group=f"{said['job']} {number} {resume['kind']}",
                    resume=True,
                )


def thinned(found: Sequence[Example], keep: float, rng: random.Random) -> list[Example]:
    """Without a share of the sentences of resumes that bear on nothing, which are by far the most."""
    return [e for e in found if not e.resume or e.match != "not_stated" or rng.random() < keep]

"""The same cases in other processes, with other hash seeds, threads, page sizes and orders.

Run as a program it prints a digest of what comes out for each case:

    python tests/benchmarks/circumstances.py DATA CASES SEED THREADS PAGE ORDER
"""

import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
from cases import PER_RUBRIC, Case, application, pool_of, random_cases, warm_scorer
from command import files_of, own_folder

from core.screening import Thresholds, assess
from core.sdk.scorer import Scorer

_CIRCUMSTANCES: Final = (
    ("hash seed 0, 1 thread, one by one", "0", 1, 1, 1),
    ("hash seed 1, 2 threads, 20 at once", "1", 2, 20, 2),
)
"""Hash seed, threads, how many applications are judged at once, and the seed of their order."""


def digests(scorer: Scorer, cases: Sequence[Case], *, page: int, order: int) -> dict[int, str]:
    """SHA-256 of each case's whole assessment, by its number; order 0 is as given."""
    groups = [range(n, min(n + PER_RUBRIC, len(cases))) for n in range(0, len(cases), PER_RUBRIC)]
    dice = random.Random(order)
    found: dict[int, str] = {}
    for group in dice.sample(groups, len(groups)) if order else groups:
        places = dice.sample(group, len(group)) if order else list(group)
        for start in range(0, len(places), page):
            found |= _page(scorer, cases, places[start : start + page])
    return found


def _page(scorer: Scorer, cases: Sequence[Case], places: Sequence[int]) -> dict[int, str]:
    submissions = [application(str(n), "\n".join(cases[n].lines)) for n in places]
    assessed = assess(scorer, cases[places[0]].rubric, submissions, Thresholds())
    return {
        place: hashlib.sha256(msgspec.json.encode(one)).hexdigest()
        for place, one in zip(places, assessed, strict=True)
    }


def digests_elsewhere(data: Path, cases: int, seed: int) -> Iterator[tuple[str, dict[int, str]]]:
    """The circumstances in words, and what a process of its own finds under them."""
    for name, hash_seed, *rest in _CIRCUMSTANCES:
        arguments = map(str, (data, cases, seed, *rest))
        printed = _run([sys.executable, __file__, *arguments], hash_seed)
        yield name, {int(place): digest for place, digest in json.loads(printed).items()}


def command_differs(data: Path) -> tuple[int, int]:
    """How many results of `shortlist score --json` were compared, and how many were not the same bytes."""
    jobs = [json.loads(line) for line in data.read_text("utf-8").splitlines() if line.strip()]
    with own_folder() as folder:
        pairs = [pair for job in jobs[:3] for pair in _scored_twice(folder, job)]
    return len(pairs), sum(one != other for one, other in pairs)


def _scored_twice(folder: Path, job: dict[str, Any]) -> list[tuple[str, str]]:
    """Each resume's result from one process, and from another that has them in another order."""
    (text, rubric), files = files_of(folder, job, [resume["text"] for resume in job["resumes"]])
    around = ["--job", str(text), "--rubric", str(rubric)]
    one = _results(around, files, "0")
    other = _results(around, files[::-1], "1")
    return list(zip(one, other[::-1], strict=True))


def _results(around: Sequence[str], files: Sequence[Path], hash_seed: str) -> list[str]:
    command = [sys.executable, "-m", "core.cli", "score", *around, "--as-of", "2026-11-25", "--json"]
    return [json.dumps(result) for result in json.loads(_run([*command, *map(str, files)], hash_seed))]


def _run(command: Sequence[str], hash_seed: str) -> str:
    told = os.environ | {"PYTHONHASHSEED": hash_seed}
    return subprocess.run(command, env=told, capture_output=True, text=True, check=True).stdout


def _main() -> None:
    data, (count, seed, threads, page, order) = Path(sys.argv[1]), map(int, sys.argv[2:])
    cases = random_cases(pool_of(data), count, seed)
    print(json.dumps(digests(warm_scorer(threads), cases, page=page, order=order)))


if __name__ == "__main__":
    _main()

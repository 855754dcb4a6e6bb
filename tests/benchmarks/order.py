"""Order: of two resumes for one job, does the better one get the higher score, and is each match right?

    python tests/benchmarks/order.py [--data tests/benchmarks/data/order.jsonl] [--extract] [--show [WORD]]

A line of the data is a job: {"job", "text", "rubric": [requirement], "resumes": [{"id", "kind", "rank",
"text", "matches": {requirement id: match}}]}; rank 1 is the best resume, and pairs of one rank are left out.
Ours is `shortlist score` with that rubric, or with --extract the requirements it finds in the text itself
(whose matches cannot be compared). Beside it stand the whole job against the whole resume by MiniLM and by
TF-IDF, and MiniLM's max-sim of the rubric's requirements. Ties count as wrong for everybody; no score
stands below every score.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from command import answer_of, files_of, own_folder
from peers import MiniLM, tf_idf

_DATA = Path(__file__).parent / "data" / "order.jsonl"
_COLUMNS = ("ordered", "MiniLM", "TF-IDF", "max-sim")


def main() -> None:
    """Run it and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=_DATA)
    parser.add_argument("--extract", action="store_true", help="score by the requirements found in the text")
    parser.add_argument("--scorer", default="rubric", help="key of the scorer")
    parser.add_argument("--setting", action="append", default=[], help="NAME=VALUE of the scorer's settings")
    parser.add_argument("--as-of", default="2026-11-25", help="the day “present” means in the resumes")
    parser.add_argument(
        "--show", nargs="?", const="", help="print the wrong matches, all or those of jobs with this word"
    )
    options = parser.parse_args()
    jobs = [json.loads(line) for line in options.data.read_text("utf-8").splitlines() if line.strip()]
    found = [_scored(job, options) for job in jobs]
    model = MiniLM()
    columns = [_columns(model, job, results) for job, results in zip(jobs, found, strict=True)]
    matches = [[] if options.extract else list(_matches(*entry)) for entry in zip(jobs, found, strict=True)]
    _print_jobs(jobs, columns, matches)
    _print_kinds(jobs, found, [match for of_job in matches for match in of_job])
    if options.show is not None:
        _show_pairs(jobs, found, options.show)
        _show_matches(jobs, matches, options.show)


def _scored(job: dict[str, Any], options: argparse.Namespace) -> list[dict[str, Any]]:
    """The result of `shortlist score` for each resume, in the data's order."""
    with own_folder() as folder:
        (text, rubric), files = files_of(folder, job, [resume["text"] for resume in job["resumes"]])
        given = () if options.extract else ("--rubric", rubric)
        settings = [part for setting in options.setting for part in ("--setting", setting)]
        around = ("--scorer", options.scorer, *settings, "--as-of", options.as_of)
        results: list[dict[str, Any]] = answer_of("score", "--job", text, *given, *around, *files)
        return results


def _columns(model: MiniLM, job: dict[str, Any], results: list[dict[str, Any]]) -> dict[str, list[bool]]:
    """For ours and each peer, whether each pair of resumes is in the right order."""
    texts = [resume["text"] for resume in job["resumes"]]
    demands = [requirement["text"] for requirement in job["rubric"]]
    scores = {
        "ordered": [_score(result) for result in results],
        "MiniLM": model.cosines(job["text"], texts),
        "TF-IDF": tf_idf(job["text"], texts),
        "max-sim": [model.max_sim(demands, text) for text in texts],
    }
    return {name: [found[a] > found[b] for a, b in _pairs(job)] for name, found in scores.items()}


def _score(result: dict[str, Any]) -> float:
    return -1.0 if result["score"] is None else float(result["score"])


def _pairs(job: dict[str, Any]) -> Iterator[tuple[int, int]]:
    """Places of two resumes, the better one first."""
    ranks = [resume["rank"] for resume in job["resumes"]]
    for one, other in combinations(range(len(ranks)), 2):
        if ranks[one] != ranks[other]:
            yield (one, other) if ranks[one] < ranks[other] else (other, one)


class _Match:
    """One requirement of one resume, as a person and as we judged it."""

    def __init__(
        self, resume: dict[str, Any], requirement: dict[str, Any], row: dict[str, Any] | None
    ) -> None:
        self.resume, self.requirement, self.row = resume, requirement, row
        self.expected: str = resume["matches"][requirement["id"]]
        self.got: str = row["match"] if row else "no score"

    @property
    def right(self) -> bool:
        return self.got == self.expected


def _matches(job: dict[str, Any], results: list[dict[str, Any]]) -> Iterator[_Match]:
    for resume, result in zip(job["resumes"], results, strict=True):
        rows = {row["id"]: row for row in result["requirements"]}
        for requirement in job["rubric"]:
            yield _Match(resume, requirement, rows.get(requirement["id"]))


def _print_jobs(
    jobs: list[dict[str, Any]], columns: list[dict[str, list[bool]]], matches: list[list[_Match]]
) -> None:
    print(f"{'job':44} {'pairs':>5} {'ordered':>8} {'MiniLM':>7} {'TF-IDF':>7} {'max-sim':>7} {'matches':>8}")
    for job, own, of_job in zip(jobs, columns, matches, strict=True):
        _print_row(job["job"], own, of_job)
    together = {name: [one for own in columns for one in own[name]] for name in _COLUMNS}
    _print_row("all", together, [match for of_job in matches for match in of_job])


def _print_row(name: str, columns: dict[str, list[bool]], matches: list[_Match]) -> None:
    ordered, *peers = (_share(columns[column]) for column in _COLUMNS)
    right = f"{_share([match.right for match in matches]):8.1%}" if matches else f"{'–':>8}"
    beside = " ".join(f"{peer:7.1%}" for peer in peers)
    print(f"{name[:44]:44} {len(columns['ordered']):5} {ordered:8.1%} {beside} {right}")


def _share(found: Sequence[bool]) -> float:
    return sum(found) / len(found)


def _print_kinds(
    jobs: list[dict[str, Any]], found: list[list[dict[str, Any]]], matches: list[_Match]
) -> None:
    """By kind of resume: the mean score, and the share of matches that are right."""
    scores: dict[str, list[float]] = {}
    for job, results in zip(jobs, found, strict=True):
        for resume, result in zip(job["resumes"], results, strict=True):
            scores.setdefault(resume["kind"], []).append(max(0.0, _score(result)))
    print(f"\n{'kind of resume':20} {'score':>6} {'matches':>8}")
    for kind, own in sorted(scores.items(), key=lambda entry: -sum(entry[1]) / len(entry[1])):
        right = [match.right for match in matches if match.resume["kind"] == kind]
        share = f"{_share(right):8.1%}" if right else f"{'–':>8}"
        print(f"{kind:20} {sum(own) / len(own):6.1f} {share}")
    if matches:
        _print_confusions(matches)


def _print_confusions(matches: list[_Match]) -> None:
    names = ("met", "partly", "not_stated", "not_met")
    got = (*names, *sorted({match.got for match in matches} - set(names)))
    counted = Counter((match.expected, match.got) for match in matches)
    print(f"\n{'expected':12} " + " ".join(f"{name:>10}" for name in got))
    for expected in names:
        print(f"{expected:12} " + " ".join(f"{counted[expected, name]:10}" for name in got))


def _show_pairs(jobs: list[dict[str, Any]], found: list[list[dict[str, Any]]], word: str) -> None:
    print("\npairs in the wrong order: the better resume and its score, the worse one and its")
    for job, results in zip(jobs, found, strict=True):
        for a, b in _pairs(job) if word.lower() in job["job"].lower() else ():
            if _score(results[a]) <= _score(results[b]):
                one, other = (f"{job['resumes'][n]['kind']} {results[n]['score']}" for n in (a, b))
                print(f"  {job['job'][:44]:44} {one:20} {other}")


def _show_matches(jobs: list[dict[str, Any]], matches: list[list[_Match]], word: str) -> None:
    for job, of_job in zip(jobs, matches, strict=True):
        wrong = [match for match in of_job if not match.right]
        if word.lower() in job["job"].lower() and wrong:
            print(f"\n== {job['job']}: {len(wrong)} wrong of {len(of_job)}")
            for match in wrong:
                _show_one(match)


def _show_one(match: _Match) -> None:
    asked = match.requirement
    print(f"\n{asked['id']} {asked['text']} [{asked['category']}], {match.resume['kind']}")
    print(f"  expected {match.expected}, got {match.got}: {match.row['reason'] if match.row else ''}")
    for evidence in match.row["evidence"] if match.row else ():
        print(f"  “{evidence['quote']}”")


if __name__ == "__main__":
    main()

"""Fits what all readings of a resume come to beside what the comparators said, and says how well they do together.

    python tests/benchmarks/fit_wholes.py --data FILE... --test FILE... [--out plugins/rubric_score/reader/wholes.json]

The data are resumes in the reader's own format that the reader was not trained on; the match of a whole resume is
what its author gave ("matches"), or the best that any line shows. On the test files nothing is fitted.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from scipy.optimize import minimize

from core.screening.deidentify import Identity, deidentify, recognised
from core.screening.matching import typed
from core.screening.points import FULL, points_for
from core.sdk import Material, Requirement, Source
from core.sdk.scorer import Extent, Match
from plugins.rubric_score.cases import Case, case_of
from plugins.rubric_score.demands import demand_of
from plugins.rubric_score.judging import to_compare
from plugins.rubric_score.meaning import Meaning
from plugins.rubric_score.model import Exact, Model
from plugins.rubric_score.nearby import Nearby
from plugins.rubric_score.passages import RANK
from plugins.rubric_score.reader.examples import AS_OF, text_of
from plugins.rubric_score.reader.model import Reader
from plugins.rubric_score.reader.wholes import (
    KINDS,
    TOLD,
    WHOLES_FILE,
    Seen,
    Weights,
    Wholes,
    best_of,
    denial_in,
    denials_of,
    kinds_of,
    steps_of,
)
from plugins.rubric_score.resumes import Resume
from plugins.rubric_score.text import read

_RIDGE = 0.005
"""Keeps weights of rare cases small."""
_OF_A_TRADE = frozenset({"experience", "hard_skill"})


class Known(NamedTuple):
    """A requirement of a resume: what is seen of it, unless positions are counted, and the match a person gave."""

    resume: str
    kind: str
    seen: Seen | None
    match: Match
    counted: tuple[Match, Extent]

    def found(self, wholes: Wholes) -> Match:
        """The match with these weights."""
        return self.seen.match(wholes) if self.seen else self.counted[0]

    def worth(self, wholes: Wholes) -> int:
        """What that earns of a hundred points."""
        return points_for(
            self.found(wholes), FULL, self.seen.extent(wholes) if self.seen else self.counted[1]
        )


def main() -> None:
    """Run it, print the shares of right matches, and store the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--test", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=WHOLES_FILE)
    options = parser.parse_args()
    scorer = _Seer()
    known = [one for path in options.data for one in scorer.known(path)]
    strangers = [one for path in options.data for one in scorer.strangers(path)]
    wholes = _fitted([(one.seen, one.match) for one in (*known, *strangers) if one.seen])
    options.out.write_bytes(msgspec.json.format(msgspec.json.encode(wholes), indent=1) + b"\n")
    _print("fitted on", known, wholes)
    _print("strangers", strangers, wholes)
    for path in options.test:
        _print(path.stem, list(scorer.known(path)), wholes)


class _Seer:
    """Everything that is known of a resume before it is weighed."""

    def __init__(self) -> None:
        self._reader, self._model = Reader(), Model(Exact())

    def known(self, path: Path) -> Iterator[Known]:
        """Each requirement of each resume of a file."""
        jobs = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for job in jobs:
            yield from self._of_job(job)

    def strangers(self, path: Path) -> Iterator[Known]:
        """Resumes for the next job beside what is of the trade in this one: nothing of it is shown."""
        jobs = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for job, other in zip(jobs, [*jobs[1:], jobs[0]], strict=True):
            asked = [
                one for one in job["requirements"] if isinstance(one, dict) and one["category"] in _OF_A_TRADE
            ]
            silent = {str(place): "not_stated" for place in range(len(asked))}
            resumes_of = [resume | {"matches": silent} for resume in other["resumes"]]
            yield from self._of_job(job | {"requirements": asked, "resumes": resumes_of})

    def _of_job(self, job: dict[str, Any]) -> Iterator[Known]:
        demands = [demand_of(_requirement(asked, place)) for place, asked in enumerate(job["requirements"])]
        reads = [read(_material(resume["lines"])) for resume in job["resumes"]]
        meaning = Meaning(self._model.encode, lambda: self._reader.near)
        meaning.foresee(to_compare(demands, reads))
        nearby = Nearby(self._reader, meaning)
        cases = [[case_of(demand, found, meaning) for demand in demands] for found in reads]
        rows = [[Resume(case, nearby) for case in row] for row in cases]
        nearby.read(
            pair
            for row in zip(cases, rows, strict=True)
            for case, one in zip(*row, strict=True)
            for pair in one.first_pairs()
        )
        for number, (resume, row) in enumerate(
            zip(job["resumes"], zip(cases, rows, strict=True), strict=True)
        ):
            given = _matches(resume, len(demands))
            for case, one, match in zip(*row, given, strict=True):
                yield _known(f"{job['job']}\t{number}", resume["kind"], case, one, match)


def _known(resume: str, kind: str, case: Case, one: Resume, match: Match) -> Known:
    if case.counted:
        settled = one.settle()
        return Known(resume, kind, None, match, (settled.match, settled.extent))
    return Known(resume, kind, one.seen, match, ("not_stated", "half"))


def _requirement(asked: str | dict[str, str], place: int) -> Requirement:
    text = asked if isinstance(asked, str) else asked["text"]
    whole, *_ = typed(text)
    named = {"category": whole.category} | ({} if isinstance(asked, str) else asked)
    return msgspec.convert({**named, "id": f"r{place}", "text": text, "must_have": True}, Requirement)


def _material(lines: Sequence[dict[str, Any]]) -> Material:
    whole = text_of(lines)
    text = deidentify(whole, recognised(whole, Identity(names=()))).text
    return Material(id="", sources=(Source(name="resume", text=text),), as_of=AS_OF)


def _matches(resume: dict[str, Any], asked: int) -> list[Match]:
    if "matches" in resume:
        return [resume["matches"][str(place)] for place in range(asked)]
    shown = [line.get("shows", {}) for line in resume["lines"]]
    return [
        max((one.get(str(place), "not_stated") for one in shown), key=lambda match: RANK[match])
        for place in range(asked)
    ]


def _fitted(known: Sequence[tuple[Seen, Match]]) -> Wholes:
    told = [seen for seen, _ in known]
    best = np.array([best_of(seen) for seen in told])
    met = np.array([match == "met" for _, match in known])
    shown = np.array([match in {"met", "partly"} for _, match in known])
    silent = [(seen, match) for seen, match in known if match in {"not_stated", "not_met"}]
    denials = np.array([denials_of(seen) for seen, _ in silent])
    denied = np.array([match == "not_met" for _, match in silent])
    return Wholes(
        met=_regression(best, told, met),
        shown=_regression(best, told, shown),
        denied=_regression(denials, [seen for seen, _ in silent], denied, falling=True),
    )


def _regression(readings: Any, seen: Sequence[Seen], wanted: Any, *, falling: bool = False) -> Weights:
    """A logistic regression; no weight but those of kinds and denials is below zero, unless `falling`."""
    told = np.array([steps_of(one.told) for one in seen])
    kinds = np.array([kinds_of(one.kind) for one in seen])
    denial = np.array([[0.0 if falling else denial_in(one)] for one in seen])
    given = np.hstack([readings, told, kinds, denial])
    free = (None, None)
    low = [free if falling else (0.0, None)] * (readings.shape[1] + told.shape[1])

    def loss(weights: Any) -> tuple[float, Any]:
        share = 1 / (1 + np.exp(-(given @ weights)))
        own = -np.mean(np.log(np.where(wanted, share, 1 - share) + 1e-9)) + _RIDGE * np.mean(weights**2)
        return float(own), given.T @ (share - wanted) / len(wanted) + 2 * _RIDGE * weights / len(weights)

    start = np.zeros(given.shape[1])
    bounds = [*low, *[free] * len(KINDS), (None, 0.0)]
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x
    cuts = np.cumsum([readings.shape[1], len(TOLD) - 1, len(KINDS)])
    *parts, (against,) = (tuple(np.round(part, 3).tolist()) for part in np.split(found, cuts))
    return Weights(*parts, denial=against)


def _print(name: str, known: Sequence[Known], wholes: Wholes) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    worth: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for one in known:
        match = one.found(wholes)
        right[one.kind].append(match == one.match)
        right["all"].append(match == one.match)
        worth[one.resume].append((points_for(one.match, FULL), one.worth(wholes)))
    sums = {resume: tuple(map(sum, zip(*worths, strict=True))) for resume, worths in worth.items()}
    pairs = [
        (a, b)
        for a, b in combinations(sums, 2)
        if a.split("\t")[0] == b.split("\t")[0] and sums[a][0] != sums[b][0]
    ]
    in_order = [(sums[a][0] - sums[b][0]) * (sums[a][1] - sums[b][1]) > 0 for a, b in pairs]
    ordered = f"ordered {np.mean(in_order):.1%}; " if in_order else ""
    shares = ", ".join(f"{kind} {np.mean(own):.0%}" for kind, own in sorted(right.items()))
    print(f"{name}: {ordered}matches right: {shares}")


if __name__ == "__main__":
    main()

"""What must hold for every application: the sum, monotony, and the same bytes under all circumstances.

    python tests/benchmarks/properties.py [--data tests/benchmarks/data/order.jsonl] [--cases 10000]

Cases are drawn from the rubrics and resumes of a file in the format of order.jsonl: some requirements of a
job with random weights, and lines of its applicants and of others.

sum          the points add up to the score, and what could be reached to 100.
monotone     adding a line lowers neither a requirement's points nor the score, when that line alone supports
             a requirement and contradicts none. Beside it stands whole-document TF-IDF, whose likeness to
             the job's requirements should not fall either.
same bytes   the same case gives the same bytes in other processes with another hash seed, number of threads,
             page size and order; in the command's JSON with its receipt too.
"""

import argparse
import random
from pathlib import Path

from cases import Case, Pool, application, pool_of, random_cases, warm_scorer
from circumstances import command_differs, digests, digests_elsewhere
from monotony import Addition, additions, lowered, made_small, peer_lowers

from core.screening import Assessed, Thresholds, assess
from plugins.rubric_score.scorer import RubricScorer

_DATA = Path(__file__).parent / "data" / "order.jsonl"


def main() -> None:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=_DATA)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--show", type=int, default=5, help="so many violations are printed, made small")
    options = parser.parse_args()
    pool, scorer = pool_of(options.data), warm_scorer()
    cases = random_cases(pool, options.cases, options.seed)
    print(f"{'property':34} {'cases':>7} {'violations':>10} {'TF-IDF':>7}", flush=True)
    _row("monotone", *_monotone(scorer, pool, cases, options))
    _row("sum of points", len(cases), sum(not _adds_up(scorer, case) for case in cases))
    here = digests(scorer, cases, page=7, order=0)
    for name, elsewhere in digests_elsewhere(options.data, options.cases, options.seed):
        _row(f"same bytes: {name}", len(cases), sum(here[n] != elsewhere.get(n) for n in here))
    _row("same bytes: the command", *command_differs(options.data))


def _row(name: str, cases: int, violations: int, peer: int | None = None) -> None:
    print(f"{name:34} {cases:7} {violations:10} {'–' if peer is None else peer:>7}", flush=True)


def _monotone(
    scorer: RubricScorer, pool: Pool, cases: list[Case], options: argparse.Namespace
) -> tuple[int, int, int]:
    """How many additions were tried, how many lowered something with us, and how many with the peer."""
    tried = list(additions(scorer, pool, cases, random.Random(options.seed)))
    wrong = [addition for addition in tried if lowered(scorer, addition)]
    for addition in wrong[: options.show]:
        _print_small(scorer, made_small(scorer, addition))
    return len(tried), len(wrong), sum(map(peer_lowers, tried))


def _print_small(scorer: RubricScorer, addition: Addition) -> None:
    before, after = (_judged(scorer, addition, lines) for lines in (addition.case.lines, addition.longer))
    print("\nlowered by the line with a plus:")
    for place, line in enumerate(addition.longer):
        print(f"  {'+' if place == addition.place else ' '} {line}")
    texts = {one.id: one.text for one in addition.case.rubric.requirements}
    for one, other in zip(before.judgements, after.judgements, strict=True):
        print(f"  {texts[one.requirement_id]}: {one.match} → {other.match}")
        print(f"    {one.reason} → {other.reason}")


def _judged(scorer: RubricScorer, addition: Addition, lines: tuple[str, ...]) -> Assessed:
    text = "\n".join(lines)
    return assess(scorer, addition.case.rubric, [application("1", text)], Thresholds())[0]


def _adds_up(scorer: RubricScorer, case: Case) -> bool:
    text = "\n".join(case.lines)
    sheet = assess(scorer, case.rubric, [application("1", text)], Thresholds())[0].sheet
    if sheet.score is None:
        return True
    reached = sum(row.points for row in sheet.results)
    return reached == sheet.score and sum(row.max_points for row in sheet.results) == 100


if __name__ == "__main__":
    main()

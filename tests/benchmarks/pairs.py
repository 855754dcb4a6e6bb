"""Minimal pairs: of two passages for one requirement, is the better one judged better?

    python tests/benchmarks/pairs.py [--data tests/benchmarks/data/pairs_held_out.jsonl] [--show CLASS]

A line of the data is {"class", "requirement", "better": {"evidence", "match"}, "worse": {...}}. Beside us
stand the bundled model's cosine and rapidfuzz's token_set_ratio on the same pairs. "Right" is the share of
the single judgements that are exactly the match a person gave. Ties count as wrong for everybody.
"""

import argparse
import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from peers import MiniLM, token_set_ratio

from core.screening.matching import Passage, PassageMatch, match_passages
from plugins.rubric_score.scorer import RubricScorer

_DATA = Path(__file__).parent / "data" / "pairs_held_out.jsonl"
_TODAY = date(2026, 11, 25)


def main() -> None:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=_DATA)
    parser.add_argument(
        "--show", default="", help="print the pairs of this class, or of all, that went wrong"
    )
    options = parser.parse_args()
    pairs = [json.loads(line) for line in options.data.read_text("utf-8").splitlines() if line.strip()]
    found = _judged(pairs)
    by_class: dict[str, list[int]] = defaultdict(list)
    for place, pair in enumerate(pairs):
        by_class[pair["class"]].append(place)
    columns = {
        "ordered": [found[2 * n].score > found[2 * n + 1].score for n in range(len(pairs))],
        "MiniLM": _ordered_by(pairs, _cosines(pairs)),
        "rapidfuzz": _ordered_by(pairs, _fuzzy(pairs)),
    }
    right = [
        (found[2 * n].match == pair["better"]["match"]) + (found[2 * n + 1].match == pair["worse"]["match"])
        for n, pair in enumerate(pairs)
    ]
    _print(by_class, columns, right)
    if options.show:
        _show(pairs, found, columns["ordered"], options.show)


def _judged(pairs: list[dict[str, Any]]) -> list[PassageMatch]:
    passages = [
        Passage(requirement=pair["requirement"], evidence=pair[side]["evidence"])
        for pair in pairs
        for side in ("better", "worse")
    ]
    return match_passages(RubricScorer(), passages, _TODAY)


def _ordered_by(pairs: list[dict[str, Any]], scores: list[float]) -> list[bool]:
    return [scores[2 * n] > scores[2 * n + 1] for n in range(len(pairs))]


def _texts(pairs: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(pair["requirement"], pair[side]["evidence"]) for pair in pairs for side in ("better", "worse")]


def _cosines(pairs: list[dict[str, Any]]) -> list[float]:
    model = MiniLM()
    asked, said = (model.vectors(texts) for texts in zip(*_texts(pairs), strict=True))
    return [float(a @ b) for a, b in zip(asked, said, strict=True)]


def _fuzzy(pairs: list[dict[str, Any]]) -> list[float]:
    return [token_set_ratio(asked, said) for asked, said in _texts(pairs)]


def _print(by_class: dict[str, list[int]], columns: dict[str, list[bool]], right: list[int]) -> None:
    print(f"{'class':36} {'pairs':>5} {'ordered':>8} {'right':>7} {'MiniLM':>7} {'rapidfuzz':>9}")
    rows = [*sorted(by_class.items()), ("all", [place for places in by_class.values() for place in places])]
    for name, places in rows:
        share = {column: sum(values[n] for n in places) / len(places) for column, values in columns.items()}
        exact = sum(right[n] for n in places) / (2 * len(places))
        print(
            f"{name:36} {len(places):5} {share['ordered']:8.1%} {exact:7.1%} "
            f"{share['MiniLM']:7.1%} {share['rapidfuzz']:9.1%}"
        )


def _show(pairs: list[dict[str, Any]], found: list[PassageMatch], ordered: list[bool], which: str) -> None:
    for number, pair in enumerate(pairs):
        sides = [(side, found[2 * number + n]) for n, side in enumerate(("better", "worse"))]
        exact = all(result.match == pair[side]["match"] for side, result in sides)
        if which in {"all", pair["class"]} and not (ordered[number] and exact):
            print(f"\n{pair['class']}{'' if ordered[number] else ' *'}: {pair['requirement']}")
            for side, result in sides:
                said = pair[side]
                print(f"  {said['match']:10} {result.match:10} {said['evidence']}\n{'':23} {result.reason}")


if __name__ == "__main__":
    main()

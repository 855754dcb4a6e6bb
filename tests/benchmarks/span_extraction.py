"""Does extraction find the spans people marked in job ads? Strict and overlap F1 on a file of SkillSpan.

    python tests/benchmarks/span_extraction.py --data dev.json     (or SKILLSPAN_DATA=dev.json)

A line of the data is {"tokens": [...], "tags_skill": [...], "tags_knowledge": [...]} with B, I and O for tags,
as github.com/kris927b/SkillSpan publishes them. Beside our span model stands our lexicon alone, run on the same
words; it knows no layer of skills, so everything it finds counts as knowledge. The peers' figures were measured
on SkillSpan's test split and are given for orientation; they are not run here.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from core.screening.spans.measure import Ends, Layered, Scores, score, spans_of
from core.screening.spans.tagger import default_tagger
from core.screening.spans.words import Row, read_rows
from core.sdk.text import default_lexicon

_MUST: Final = (45.0, 66.0)
_STRETCH: Final = (55.0, 80.0)
_PEERS: Final = (
    ("CRF with an ESCO feature (test split)", 28.3, 53.3, 42.0, 64.2),
    ("phrases of the train split looked up (test split)", 12.3, 24.1, 19.6, 37.4),
    ("ESCO labels looked up (test split)", 1.5, 19.5, 10.7, 16.1),
    ("ESCOXLM-R, 560 million parameters, published (test split)", None, None, 62.6, None),
)
"""(who, strict F1 of skill, knowledge, both, overlap F1 of both)"""


def main() -> int:
    """Run it and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = os.environ.get("SKILLSPAN_DATA")
    parser.add_argument("--data", type=Path, default=default and Path(default), required=not default)
    rows = read_rows(parser.parse_args().data)
    gold = [(spans_of(row.tags_skill), spans_of(row.tags_knowledge)) for row in rows]
    ours, speed = _timed(_by_model, rows)
    lexicon, lexicon_speed = _timed(_by_lexicon, rows)
    print(f"{len(rows)} sentences, {sum(len(skill) + len(knowledge) for skill, knowledge in gold)} spans\n")
    print(f"{'F1, strict / overlap':58} {'skill':>12} {'knowledge':>12} {'both':>12}")
    model = score(gold, ours)
    _print("Shortlist's span model, on this file", model)
    _print("Shortlist's lexicon alone, on this file", score(gold, lexicon))
    for name, skill, knowledge, both, overlap in _PEERS:
        print(f"{name:58} {_pair(skill):>12} {_pair(knowledge):>12} {_pair(both, overlap):>12}")
    print(f"\nwords a second, one thread: model {speed:,.0f}, lexicon {lexicon_speed:,.0f}")
    return _verdict(model["both"])


def _timed(
    find: Callable[[Sequence[Row]], list[Layered]], rows: Sequence[Row]
) -> tuple[list[Layered], float]:
    find(rows[:1])
    began = time.perf_counter()
    found = find(rows)
    return found, sum(len(row.tokens) for row in rows) / (time.perf_counter() - began)


def _by_model(rows: Sequence[Row]) -> list[Layered]:
    return default_tagger().tag([row.tokens for row in rows])


def _by_lexicon(rows: Sequence[Row]) -> list[Layered]:
    return [([], list(_named(row.tokens))) for row in rows]


def _named(words: Sequence[str]) -> list[Ends]:
    starts = [sum(len(word) + 1 for word in words[:place]) for place in range(len(words))]
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    return [
        (
            next(place for place, end in enumerate(ends) if end > found.start),
            next(place for place, end in enumerate(ends) if end >= found.end) + 1,
        )
        for found in default_lexicon().find(" ".join(words))
    ]


def _print(name: str, scores: dict[str, Scores]) -> None:
    cells = [_pair(values.strict, values.overlap) for values in scores.values()]
    print(f"{name:58} " + " ".join(f"{cell:>12}" for cell in cells))


def _pair(strict: float | None, overlap: float | None = None) -> str:
    return " / ".join("–" if value is None else f"{value:.1f}" for value in (strict, overlap))


def _verdict(both: Scores) -> int:
    reached = {
        name: both.strict >= strict and both.overlap >= overlap
        for name, (strict, overlap) in (("must", _MUST), ("stretch", _STRETCH))
    }
    for name, (strict, overlap) in (("must", _MUST), ("stretch", _STRETCH)):
        print(f"{name}: {strict:.0f} / {overlap:.0f} {'reached' if reached[name] else 'NOT reached'}")
    return 0 if reached["must"] else 1


if __name__ == "__main__":
    sys.exit(main())

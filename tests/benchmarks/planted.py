"""Planted evidence: is the passage that shows a requirement the first one quoted, and is every quote real?

    python tests/benchmarks/planted.py [--data FILE ...] [--quotes 10000] [--show]

The data are minimal pairs in the format of pairs.py; of each pair whose better passage meets the
requirement, that passage is planted as a line among the positions of somebody in another line of work.
Right is a first quote that lies in the planted passage. Beside it stands the sentence most like the
requirement by MiniLM, by TF-IDF and by rapidfuzz. Then quotes are drawn, from these and from random
applications, until there are enough: each must stand at its place in the text that came in, and in the text
that was scored.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
from cases import AS_OF, application, pool_of, random_cases, warm_scorer
from peers import MiniLM, tf_idf, token_set_ratio

from core.screening import Assessed, Identity, Prepared, Submission, Thresholds, conclude, prepare
from core.screening.matching import typed
from core.sdk.scorer import Rubric
from core.sdk.testing.cast import CastPerson, make_cast
from core.sdk.testing.cast.plain import lines
from core.sdk.text import sentences
from plugins.rubric_score.scorer import RubricScorer

_FOLDER = Path(__file__).parent / "data"
_DATA = sorted(_FOLDER.glob("pairs_*.jsonl"))


class Plant(msgspec.Struct, frozen=True, kw_only=True):
    """A requirement, and an application with a passage that shows it between `start` and `end`."""

    demand: str
    passage: str
    submission: Submission
    start: int

    @property
    def text(self) -> str:
        return self.submission.texts["resume"]

    def holds(self, start: int, end: int) -> bool:
        """Whether a stretch of the text is of the passage or contains it, and is of no other line."""
        first, last = self.start, self.start + len(self.passage)
        return (first <= start and end <= last) or (start <= first and last <= end)


def main() -> None:
    """Run it and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", default=_DATA)
    parser.add_argument("--quotes", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--show", action="store_true", help="print the passages that were not quoted first")
    options = parser.parse_args()
    plants = list(_plants(options.data, random.Random(options.seed)))
    scorer = warm_scorer()
    judged = [_judged(scorer, Rubric(requirements=typed(plant.demand)), plant.submission) for plant in plants]
    right = [_right(plant, found) for plant, (_, found) in zip(plants, judged, strict=True)]
    _print(plants, right)
    if options.show:
        _show(plants, [found for _, found in judged], right)
    _print_invented(judged, scorer, options)


def _plants(files: Sequence[Path], dice: random.Random) -> Iterator[Plant]:
    people = [application.person for application in make_cast(applications=200, jobs=8).applications]
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            pair = json.loads(line)
            if pair["better"]["match"] == "met":
                yield _plant(pair, dice.choice(people), dice)


def _plant(pair: dict[str, Any], person: CastPerson, dice: random.Random) -> Plant:
    """Among the lines from the first position on; what follows the positions is left away."""
    texts = [text for _, text in lines(person)]
    texts = texts[: texts.index("Education")]
    passage = " ".join(pair["better"]["evidence"].split())
    bullets = [
        place for place, (kind, _) in enumerate(lines(person)) if kind == "bullet" and place < len(texts)
    ]
    place = dice.choice(bullets)
    start = len("\n".join([*texts[:place], ""]))
    identity = Identity(
        names=(f"{person.first_name} {person.last_name}",), emails=(person.email,), phones=(person.phone,)
    )
    text = "\n".join([*texts[:place], passage, *texts[place:]])
    submission = Submission(id="1", texts={"resume": text}, identity=identity, as_of=AS_OF)
    return Plant(demand=pair["requirement"], passage=passage, submission=submission, start=start)


def _judged(scorer: RubricScorer, rubric: Rubric, submission: Submission) -> tuple[Prepared, Assessed]:
    """The text that was scored, and what came of it."""
    prepared = prepare(submission)
    (judgements,) = scorer.judge(rubric, [prepared.material])
    return prepared, conclude(rubric, prepared, judgements, Thresholds())


def _right(plant: Plant, found: Assessed) -> dict[str, bool]:
    """For ours and each peer, whether what stands first lies in the passage."""
    said = sentences(plant.text)
    texts = [sentence.text for sentence in said]
    likeness = {
        "MiniLM": _model().cosines(plant.demand, texts),
        "TF-IDF": tf_idf(plant.demand, texts),
        "rapidfuzz": [token_set_ratio(plant.demand, text) for text in texts],
    }
    best = {name: said[max(range(len(said)), key=values.__getitem__)] for name, values in likeness.items()}
    peers = {name: plant.holds(sentence.start, sentence.end) for name, sentence in best.items()}
    return {"quoted": _first_quotes_lie_in(plant, found), **peers}


@cache
def _model() -> MiniLM:
    return MiniLM()


def _first_quotes_lie_in(plant: Plant, found: Assessed) -> bool:
    """A demand in several parts is quoted right when each part that is shown is."""
    first = {shown.requirement_id: shown for shown in reversed(found.shown)}
    return bool(first) and all(plant.holds(shown.start, shown.end) for shown in first.values())


def _print(plants: Sequence[Plant], right: Sequence[dict[str, bool]]) -> None:
    print(f"{'planted':>8} " + " ".join(f"{name:>10}" for name in right[0]))
    shares = (sum(found[name] for found in right) / len(right) for name in right[0])
    print(f"{len(plants):8} " + " ".join(f"{share:10.1%}" for share in shares))


def _show(plants: Sequence[Plant], judged: Sequence[Assessed], right: Sequence[dict[str, bool]]) -> None:
    for plant, assessed, found in zip(plants, judged, right, strict=True):
        if not found["quoted"]:
            print(f"\n{plant.demand}\n  planted: {plant.passage}")
            for row in assessed.sheet.results:
                quotes = [one.quote for one in assessed.shown if one.requirement_id == row.requirement_id]
                print(f"  {row.match}: {row.reason} {' | '.join(quotes)}")


def _print_invented(
    judged: Sequence[tuple[Prepared, Assessed]], scorer: RubricScorer, options: argparse.Namespace
) -> None:
    looked_at = invented = 0
    for prepared, assessed in chain(judged, _others(scorer, options.quotes, options.seed)):
        if looked_at >= options.quotes:
            break
        looked_at += len(assessed.shown)
        invented += _invented(prepared, assessed)
    print(f"\n{looked_at} quotes looked up, {invented} invented")


def _others(scorer: RubricScorer, count: int, seed: int) -> Iterator[tuple[Prepared, Assessed]]:
    for case in random_cases(pool_of(_FOLDER / "order.jsonl"), count, seed):
        yield _judged(scorer, case.rubric, application("1", "\n".join(case.lines)))


def _invented(prepared: Prepared, assessed: Assessed) -> int:
    """How many quotes do not stand where they are said to, in what came in or in what was scored."""
    came, scored = prepared.submission.texts, {one.name: one.text for one in prepared.material.sources}
    quotes = [
        *((came, shown) for shown in assessed.shown),
        *((scored, quote) for judgement in assessed.judgements for quote in judgement.evidence),
    ]
    return sum(not one.quote or texts[one.source][one.start : one.end] != one.quote for texts, one in quotes)


if __name__ == "__main__":
    main()

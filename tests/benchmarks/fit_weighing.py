"""Fits what a reading is worth beside what the comparators said, and says how well the two do together.

    python tests/benchmarks/fit_weighing.py --data FILE... [--out plugins/rubric_score/reader/weighing.json]

The data are files of passages in the reader's own format that the reader was not trained on. Five times the weights
are fitted on four fifths of the requirements and tried on the rest; what is stored is fitted on all.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression

from core.screening.matching import typed
from core.sdk import PASSAGE, Material, Source
from core.sdk.scorer import Match
from plugins.rubric_score.cases import pair_of, quoted_in, silent_on, state_of
from plugins.rubric_score.demands import Demand, demand_of
from plugins.rubric_score.judging import judge_demand, to_compare
from plugins.rubric_score.meaning import Meaning
from plugins.rubric_score.model import Exact, Model
from plugins.rubric_score.reader import MATCHES, Pair
from plugins.rubric_score.reader.examples import AS_OF, SUBJECT, Example, examples
from plugins.rubric_score.reader.model import Reader
from plugins.rubric_score.reader.weighing import NAMED, SILENT, STATES, WEIGHING_FILE, features
from plugins.rubric_score.text import Read, read

_PARTS = 5


class Weighable(msgspec.Struct, frozen=True):
    """One passage as the weighing sees it, with the match a person gave."""

    pair: Pair
    near: float
    state: str
    match: Match
    group: str


def main() -> None:
    """Run it, print the shares of right matches, and store the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, default=WEIGHING_FILE)
    options = parser.parse_args()
    reader, model = Reader(), Model(Exact())
    found = list(_weighable(list(_cases(examples(options.data))), Meaning(model.encode, lambda: reader.near)))
    readings = reader.read(one.pair for one in found)
    given = np.stack([features(o.state, readings[o.pair], o.near) for o in found])
    wanted = np.array([MATCHES.index(one.match) for one in found])
    _print(found, wanted, _tried(given, wanted, [one.group for one in found]))
    fitted = _fitted(given, wanted)
    stored = {
        "states": list(STATES),
        "weights": np.round(fitted.coef_, 3).tolist(),
        "bias": np.round(fitted.intercept_, 3).tolist(),
    }
    options.out.write_text(json.dumps(stored) + "\n", "utf-8")


class Case(msgspec.Struct, frozen=True):
    """A requirement with a passage for it."""

    demand: Demand
    found: Read
    match: Match


def _cases(found: Sequence[Example]) -> Iterator[Case]:
    for example in found:
        if not example.group.startswith(SUBJECT):
            first, *more = typed(example.requirement)
            whole = msgspec.structs.replace(first, text=example.requirement) if more else first
            material = Material(id="", sources=(Source(name=PASSAGE, text=example.passage),), as_of=AS_OF)
            yield Case(demand_of(whole), read(material), example.match)


def _weighable(cases: Sequence[Case], meaning: Meaning) -> Iterator[Weighable]:
    texts = {text for case in cases for text in to_compare([case.demand], [case.found])}
    meaning.foresee(texts)
    for case in cases:
        yield from _told(case, meaning)


def _told(case: Case, meaning: Meaning) -> Iterator[Weighable]:
    """What the comparators quote, or the first sentence where they quote nothing."""
    asked = case.demand.requirement
    told = judge_demand(case.demand, case.found, meaning)
    quoted = quoted_in(told.judgement, case.found)
    if statements := quoted or case.found.statements[:1]:
        yield Weighable(
            pair=pair_of(asked, statements),
            near=max(meaning.near(asked.text, s.text) for s in statements),
            state=state_of(told, quoted) if quoted else silent_on(asked),
            match=case.match,
            group=asked.text,
        )


def _fitted(given: Any, wanted: Any) -> Any:
    return LogisticRegression(max_iter=4000, C=0.5).fit(given, wanted)


def _tried(given: Any, wanted: Any, groups: Sequence[str]) -> Any:
    parts = np.array([crc32(group.encode()) % _PARTS for group in groups])
    found = np.zeros(len(wanted), int)
    for part in range(_PARTS):
        others = parts != part
        fitted = _fitted(given[others], wanted[others])
        found[~others] = fitted.predict(given[~others])
    return found


def _rule_of(state: str) -> int:
    """The place of the match the comparators gave."""
    if state in SILENT:
        return MATCHES.index("not_stated")
    return MATCHES.index("partly" if state == NAMED else state.removesuffix(" firmly"))  # type: ignore[arg-type]


def _print(found: Sequence[Weighable], wanted: Any, tried: Any) -> None:
    rules = np.array([_rule_of(one.state) for one in found])
    right = [(guess == wanted).mean() for guess in (rules, tried)]
    print(f"{len(found)} passages, matches right: comparators {right[0]:.1%}, weighed {right[1]:.1%}")


if __name__ == "__main__":
    main()

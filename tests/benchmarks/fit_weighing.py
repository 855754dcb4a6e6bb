"""Fits what a reading is worth beside what the comparators said, and says how well the two do together.

    python tests/benchmarks/fit_weighing.py --data FILE... [--out plugins/rubric_score/reader/weighing.json]

The data are files of passages and of resumes in the reader's own format that the reader was not trained on. Five
times the weights are fitted on four fifths of the requirements, or jobs, and tried on the rest; what is stored is
fitted on all. A sentence of a resume counts less than a passage: there are many, and most bear on nothing.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression

from core.screening.matching import typed
from core.sdk import Material, Source
from core.sdk.scorer import Match
from plugins.rubric_score.cases import pair_of, quoted_in, silent_on, state_of
from plugins.rubric_score.demands import Demand, demand_of
from plugins.rubric_score.judging import judge_demand, to_compare
from plugins.rubric_score.meaning import Meaning
from plugins.rubric_score.model import Exact, Model
from plugins.rubric_score.passages import RANK
from plugins.rubric_score.reader import MATCHES, Pair
from plugins.rubric_score.reader.examples import AS_OF, SUBJECT, Example, examples
from plugins.rubric_score.reader.model import Reader
from plugins.rubric_score.reader.near import NEAR
from plugins.rubric_score.reader.weighing import NAMED, SILENT, STATES, WEIGHING_FILE, features
from plugins.rubric_score.text import Read, Statement, read

_PARTS = 5
_OF_A_RESUME = 0.3


class Weighable(msgspec.Struct, frozen=True):
    """One passage as the weighing sees it, with the match a person gave."""

    pair: Pair
    near: float
    state: str
    match: Match
    group: str
    resume: bool


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
    counts = np.array([_OF_A_RESUME if one.resume else 1.0 for one in found])
    _print(found, wanted, _tried(given, wanted, counts, [one.group for one in found]))
    fitted = _fitted(given, wanted, counts)
    stored = {
        "states": list(STATES),
        "weights": np.round(fitted.coef_, 3).tolist(),
        "bias": np.round(fitted.intercept_, 3).tolist(),
    }
    options.out.write_text(json.dumps(stored) + "\n", "utf-8")


class Case(msgspec.Struct, frozen=True):
    """A requirement with what is read together for it: one passage, or the sentences of a resume."""

    demand: Demand
    found: Read
    together: list[Example]


def _cases(found: Sequence[Example]) -> Iterator[Case]:
    whole_demands = (example for example in found if not example.group.startswith(SUBJECT))
    for requirement, asked in groupby(whole_demands, key=lambda e: e.requirement):
        whole = typed(requirement)
        demand = demand_of(
            whole[0] if len(whole) == 1 else msgspec.structs.replace(whole[0], text=requirement)
        )
        for number, example in enumerate(of_one := list(asked)):
            if not example.resume:
                yield _case(demand, [example])
            elif number == 0 or example.group != of_one[number - 1].group:
                yield _case(demand, [e for e in of_one if e.group == example.group])


def _case(demand: Demand, together: list[Example]) -> Case:
    text = "\n".join(example.passage for example in together)
    source = Source(name="resume", text=text)
    return Case(demand, read(Material(id="", sources=(source,), as_of=AS_OF)), together)


def _weighable(cases: Sequence[Case], meaning: Meaning) -> Iterator[Weighable]:
    texts = {text for case in cases for text in to_compare([case.demand], [case.found])}
    texts |= {statement.text for case in cases for statement in case.found.statements}
    meaning.foresee(texts | {case.demand.requirement.text for case in cases})
    for case in cases:
        yield from _told(case, meaning)


def _told(case: Case, meaning: Meaning) -> Iterator[Weighable]:
    """What the comparators quote as one passage, and each other sentence that would be read."""
    asked, resume = case.demand.requirement, case.together[0].resume
    told = judge_demand(case.demand, case.found, meaning)
    quoted = quoted_in(told.judgement, case.found)
    silent = [[s] for s in case.found.statements if s not in quoted]
    for statements in [quoted, *silent] if resume or not silent else [quoted or silent[0]]:
        near = max((meaning.near(asked.text, s.text) for s in statements), default=-1.0)
        if statements and (statements is quoted or near >= NEAR or not resume):
            yield Weighable(
                pair=pair_of(asked, statements),
                near=near,
                state=state_of(told, quoted) if statements is quoted else silent_on(asked),
                match=_best(statements, case.together),
                group=case.together[0].group if resume else asked.text,
                resume=resume,
            )


def _best(statements: Sequence[Statement], together: Sequence[Example]) -> Match:
    """The best match a person gave to a line with one of the statements."""
    text = "\n".join(example.passage for example in together)
    lines = {text.count("\n", 0, statement.sentence.start) for statement in statements}
    given = [example.match for line, example in enumerate(together) if line in lines]
    return max(given or [together[0].match], key=lambda match: RANK[match])


def _fitted(given: Any, wanted: Any, counts: Any) -> Any:
    return LogisticRegression(max_iter=4000, C=0.5).fit(given, wanted, sample_weight=counts)


def _tried(given: Any, wanted: Any, counts: Any, groups: Sequence[str]) -> Any:
    parts = np.array([crc32(group.split(" ")[0].encode()) % _PARTS for group in groups])
    found = np.zeros(len(wanted), int)
    for part in range(_PARTS):
        others = parts != part
        fitted = _fitted(given[others], wanted[others], counts[others])
        found[~others] = fitted.predict(given[~others])
    return found


def _rule_of(state: str) -> int:
    """The place of the match the comparators gave."""
    if state in SILENT:
        return MATCHES.index("not_stated")
    return MATCHES.index("partly" if state == NAMED else state.removesuffix(" firmly"))  # type: ignore[arg-type]


def _print(found: Sequence[Weighable], wanted: Any, tried: Any) -> None:
    rules = np.array([_rule_of(one.state) for one in found])
    print(f"{'':12} {'passages':>9} {'comparators':>12} {'weighed':>8}")
    for name, resume in (("passages", False), ("of resumes", True)):
        own = np.array([one.resume == resume for one in found])
        if own.any():
            right = [(guess[own] == wanted[own]).mean() for guess in (rules, tried)]
            print(f"{name:12} {own.sum():9} {right[0]:12.1%} {right[1]:8.1%}")


if __name__ == "__main__":
    main()

"""Job titles: of all titles, do those of the same line of work come first?

    python tests/benchmarks/titles.py --data FOLDER

The folder holds the set of Avature (github.com/Avature/jobtitlesimilarity-dataset, Apache-2.0):
queries.tsv and corpus_documents.tsv (id, title), annotations.tsv (query, 0, document, 1). Printed is the
mean average precision of what ranks titles; a title that is asked for counts as wrong where it stands itself.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from peers import MiniLM, tf_idf, token_set_ratio
from ranking import average_precision, best_first

from plugins.rubric_score.model import Model
from plugins.rubric_score.titles import Titles as Space

Numbers = NDArray[Any]


class Titles(msgspec.Struct, frozen=True, kw_only=True):
    """Asked titles, all titles, and for each asked one the places of those that are right."""

    asked: tuple[str, ...]
    all: tuple[str, ...]
    right: tuple[frozenset[int], ...]


def main() -> None:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    titles, model = _read(options.data), MiniLM()
    print(f"{len(titles.asked)} titles against {len(titles.all)}")
    for name, scored in _columns(titles, model).items():
        print(f"{name:24} MAP {_map(titles, scored):.3f}", flush=True)


def _read(folder: Path) -> Titles:
    asked, every = (
        {row[0]: row[1] for row in _rows(folder / name)} for name in ("queries.tsv", "corpus_documents.tsv")
    )
    places = {name: place for place, name in enumerate(every)}
    right: dict[str, set[int]] = {name: set() for name in asked}
    for query, _, document, relevant in _rows(folder / "annotations.tsv"):
        if relevant == "1":
            right[query].add(places[document])
    return Titles(
        asked=tuple(asked.values()),
        all=tuple(every.values()),
        right=tuple(frozenset(found) for found in right.values()),
    )


def _rows(file: Path) -> list[list[str]]:
    return [line.split("\t") for line in file.read_text("utf-8").splitlines() if line]


def _columns(titles: Titles, model: MiniLM) -> dict[str, Numbers]:
    """For each method the scores, a row for each asked title."""
    model.vectors(titles.all)

    def each(scored: Callable[[str], Sequence[float]]) -> Numbers:
        return np.array([scored(one) for one in titles.asked])

    return {
        "rapidfuzz token_set": each(lambda one: [token_set_ratio(one, other) for other in titles.all]),
        "TF-IDF 1-2 gram": each(lambda one: tf_idf(one, titles.all)),
        "MiniLM": each(lambda one: model.cosines(one, titles.all)),
        "Shortlist": Space(Model().encode).compared(titles.asked, titles.all),
    }


def _map(titles: Titles, scored: Numbers) -> float:
    return float(
        np.mean(
            [
                average_precision(best_first(row), right)
                for row, right in zip(scored, titles.right, strict=True)
            ]
        )
    )


if __name__ == "__main__":
    main()

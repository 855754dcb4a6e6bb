"""Job titles: of all titles, do those of the same line of work come first?

    python tests/benchmarks/titles.py --data FOLDER [--occupations FILE]

The folder holds the set of Avature (github.com/Avature/jobtitlesimilarity-dataset, Apache-2.0):
queries.tsv and corpus_documents.tsv (id, title), annotations.tsv (query, 0, document, 1). Printed is the
mean average precision of what ranks titles; a title that is asked for counts as wrong where it stands itself.

With --occupations, a csv of ESCO with PREFERREDLABEL and ALTLABELS, MiniLM's space is first bent so that
titles of one occupation come together and those of different ones apart (linear discriminants; Fisher
1936). The product has no such map yet: this shows what it would give.
"""

import argparse
import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from peers import MiniLM, tf_idf, token_set_ratio
from ranking import average_precision, best_first

Numbers = NDArray[Any]
_DIRECTIONS = 150
_STEADIED = 0.3
"""Share of the mean spread that is added in every direction, so that rare ones are not blown up."""
_LABELS = 5


class Titles(msgspec.Struct, frozen=True, kw_only=True):
    """Asked titles, all titles, and for each asked one the places of those that are right."""

    asked: tuple[str, ...]
    all: tuple[str, ...]
    right: tuple[frozenset[int], ...]


def main() -> None:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--occupations", type=Path)
    options = parser.parse_args()
    titles, model = _read(options.data), MiniLM()
    print(f"{len(titles.asked)} titles against {len(titles.all)}")
    for name, scored in _columns(titles, model).items():
        print(f"{name:24} MAP {_map(titles, scored):.3f}", flush=True)
    if options.occupations:
        scored = _bent(titles, model, list(_occupations(options.occupations)))
        print(f"{'MiniLM bent by ESCO':24} MAP {_map(titles, scored):.3f}")


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


def _occupations(file: Path) -> Iterator[list[str]]:
    """Of each occupation its preferred label and some of the others, spread over their list."""
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            others = [label.strip() for label in row["ALTLABELS"].splitlines() if label.strip()]
            step = max(1, len(others) // (_LABELS - 1))
            yield [row["PREFERREDLABEL"], *others[::step][: _LABELS - 1]]


def _bent(titles: Titles, model: MiniLM, occupations: list[list[str]]) -> Numbers:
    groups = np.repeat(np.arange(len(occupations)), [len(labels) for labels in occupations])
    labels = model.vectors([label for own in occupations for label in own])
    middle, bend = labels.mean(axis=0), _discriminants(labels - labels.mean(axis=0), groups)
    asked, every = (_unit((model.vectors(side) - middle) @ bend) for side in (titles.asked, titles.all))
    similar: Numbers = asked @ every.T
    return similar


def _discriminants(rows: Numbers, groups: Numbers) -> Numbers:
    """Directions in which groups differ most for how much they differ within, the best first."""
    sizes = np.bincount(groups)
    centres = np.zeros((len(sizes), rows.shape[1]))
    np.add.at(centres, groups, rows)
    centres = (centres / sizes[:, None])[groups]
    within, between = ((part.T @ part) / len(rows) for part in (rows - centres, centres))
    steady = _STEADIED * np.trace(within) / len(within) * np.eye(len(within))
    spread, axes = np.linalg.eigh(within + steady)
    narrow = axes / np.sqrt(spread)
    _, turned = np.linalg.eigh(narrow.T @ between @ narrow)
    found: Numbers = narrow @ turned[:, ::-1][:, :_DIRECTIONS]
    return found


def _unit(rows: Numbers) -> Numbers:
    found: Numbers = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return found


if __name__ == "__main__":
    main()

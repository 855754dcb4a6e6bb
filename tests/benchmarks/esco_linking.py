"""Linking: of all ESCO skills, do those that people gave a sentence come first?

    python tests/benchmarks/esco_linking.py --data FILE ... --labels FILE

The data are annotations of the TechWolf sets (csv with sentence, span, sub_span, label; Decorte et al. 2022),
the labels all preferred labels of ESCO 1.1.0, a line each. Sentences without a label of that list are left
out. Printed are RP@5 and the mean reciprocal rank of ours, `core.sdk.text.linking.Linker`, and beside it of
rapidfuzz, letters (TF-IDF of 3 to 5), MiniLM on whole sentences and on windows of 4 and 8 words, and the
hybrid z(sentence) + z(windows) + 0.3 z(letters) of them.
"""

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from peers import MiniLM, token_set_ratio
from ranking import best_first, r_precision_at, reciprocal_rank

from core.sdk.text.linking import Linker, windows

Scores = NDArray[Any]
_BESIDE = (4, 8)


def main() -> None:
    """Run it and print a table for each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--labels", type=Path, required=True)
    options = parser.parse_args()
    labels = [line for line in options.labels.read_text("utf-8").splitlines() if line]
    model = MiniLM()
    linker, peers = Linker(labels, model.vectors), _Peers(labels, model)
    for file in options.data:
        _print(file.name, _asked(file, labels), linker, peers)


def _asked(file: Path, labels: Sequence[str]) -> dict[str, set[int]]:
    """By sentence, the places of its labels."""
    places = {label: place for place, label in enumerate(labels)}
    found: dict[str, set[int]] = {}
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["label"] in places:
                found.setdefault(row["sentence"], set()).add(places[row["label"]])
    return found


class _Peers:
    """What others rank labels by."""

    def __init__(self, labels: Sequence[str], model: MiniLM) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._labels, self._model = labels, model
        self._vectors = model.vectors(labels)
        self._letters = TfidfVectorizer(analyzer="char", ngram_range=(3, 5), sublinear_tf=True)
        self._rows = self._letters.fit_transform(labels)

    def scores(self, sentence: str) -> dict[str, Scores]:
        """For each method the likeness to each label."""
        whole = self._vectors @ self._model.vectors([sentence])[0]
        near = (self._vectors @ self._model.vectors(windows(sentence, _BESIDE)).T).max(axis=1)
        letters = (self._rows @ self._letters.transform([sentence]).T).toarray()[:, 0]
        return {
            "rapidfuzz token_set": np.array([token_set_ratio(sentence, label) for label in self._labels]),
            "letters TF-IDF": letters,
            "MiniLM sentence": whole,
            "MiniLM windows 4/8": near,
            "hybrid": _z(whole) + _z(near) + 0.3 * _z(letters),
        }


def _z(values: Scores) -> Scores:
    return (values - values.mean()) / (values.std() + 1e-9)


def _print(name: str, asked: dict[str, set[int]], linker: Linker, peers: _Peers) -> None:
    found: dict[str, list[tuple[float, float]]] = {}
    for sentence, right in asked.items():
        for method, scores in (peers.scores(sentence) | {"Shortlist": linker.scores(sentence)}).items():
            order = best_first(scores)
            measured = (r_precision_at(order, right, 5), reciprocal_rank(order, right))
            found.setdefault(method, []).append(measured)
    print(f"{name}: {len(asked)} sentences, {sum(map(len, asked.values()))} labels")
    for method, measures in found.items():
        precision, rank = (100 * float(np.mean(column)) for column in zip(*measures, strict=True))
        print(f"  {method:20} RP@5 {precision:5.1f}   MRR {rank:5.1f}")


if __name__ == "__main__":
    main()

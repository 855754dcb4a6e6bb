"""Which of many known names a sentence is about: skills of a taxonomy, for instance.

Three signs are added up, each measured against how it usually stands (z over all names): the sentence as a
whole, its windows of one to three words, and its letters. Short windows find the names inside a long
sentence (max-sim). From the windows' likeness a part of each name's crowding is taken: in spaces of many
dimensions some points are near to everything (hubness; Radovanović et al., JMLR 2010).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Scores = NDArray[np.float64]
Encode = Callable[[Sequence[str]], Vectors]
"""Unit vectors, a row for each text."""

_WINDOWS: Final = (1, 2, 3)
_LETTERS: Final = 0.3
_CROWDING: Final = 0.3
_NEIGHBOURS: Final = 10
_GRAMS: Final = (3, 4, 5)
_ROWS: Final = 2000
"""Names compared with all others at once."""


class Linker:
    """Ranks names for sentences; made once for many sentences."""

    def __init__(self, names: Sequence[str], encode: Encode) -> None:
        self.names = tuple(names)
        self._encode = encode
        self._vectors = encode(self.names)
        self._crowding = _crowding(self._vectors)
        self._letters = _Letters(self.names)

    def scores(self, sentence: str) -> Scores:
        """How much the sentence is about each name, in the names' order; only comparable within itself."""
        vectors = self._encode([sentence, *windows(sentence, _WINDOWS)])
        likeness = self._vectors @ vectors.T
        nearest = likeness[:, 1:].max(axis=1) - _CROWDING * self._crowding
        return _z(likeness[:, 0]) + _z(nearest) + _LETTERS * _z(self._letters.cosines(sentence))

    def best(self, sentence: str, count: int = 5) -> list[str]:
        """The names the sentence is most about; of equal ones the earlier."""
        order = np.argsort(-self.scores(sentence), kind="stable")
        return [self.names[place] for place in order[:count]]


def windows(sentence: str, lengths: Sequence[int]) -> list[str]:
    """Every run of so many words, each once; a shorter sentence is its own window."""
    words = sentence.split()
    runs = (
        " ".join(words[start : start + length])
        for length in lengths
        for start in range(max(1, len(words) - length + 1))
    )
    return list(dict.fromkeys(runs))


def _z(values: NDArray[np.floating]) -> Scores:
    wide = values.astype(np.float64)
    return np.asarray((wide - wide.mean()) / (wide.std() + 1e-9), dtype=np.float64)


def _crowding(vectors: Vectors) -> Vectors:
    """The mean likeness of each name to those nearest to it, but for itself."""
    near = min(_NEIGHBOURS, len(vectors) - 1)
    if near < 1:
        return np.zeros(len(vectors), dtype=np.float32)
    parts = []
    for start in range(0, len(vectors), _ROWS):
        likeness = vectors[start : start + _ROWS] @ vectors.T
        nearest = np.partition(likeness, -near - 1, axis=1)[:, -near - 1 :]
        parts.append((nearest.sum(axis=1) - nearest.max(axis=1)) / near)
    return np.concatenate(parts)


class _Letters:
    """TF-IDF of runs of three to five letters (Salton and Buckley 1988), as lists by run."""

    def __init__(self, names: Sequence[str]) -> None:
        counted = [_grams(name) for name in names]
        spread = Counter(gram for grams in counted for gram in grams)
        self._rarity = {gram: np.log((1 + len(names)) / (1 + n)) + 1 for gram, n in spread.items()}
        self._size = len(names)
        lists: dict[str, tuple[list[int], list[float]]] = {gram: ([], []) for gram in spread}
        for place, grams in enumerate(counted):
            for gram, weight in self._weights(grams).items():
                lists[gram][0].append(place)
                lists[gram][1].append(weight)
        self._lists = {gram: (np.array(at), np.array(of)) for gram, (at, of) in lists.items()}

    def _weights(self, grams: Counter[str]) -> dict[str, float]:
        weights = {
            gram: (1 + np.log(n)) * self._rarity[gram] for gram, n in grams.items() if gram in self._rarity
        }
        norm = float(np.sqrt(sum(weight**2 for weight in weights.values()))) or 1.0
        return {gram: weight / norm for gram, weight in weights.items()}

    def cosines(self, text: str) -> Scores:
        """With each name."""
        found = np.zeros(self._size)
        for gram, weight in self._weights(_grams(text)).items():
            places, weights = self._lists[gram]
            found[places] += weight * weights
        return found


def _grams(text: str) -> Counter[str]:
    plain = " ".join(text.lower().split())
    return Counter(plain[start : start + n] for n in _GRAMS for start in range(len(plain) - n + 1))

"""How alike two texts are for the bundled sentence model."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from plugins.rubric_score.model import Vectors
from plugins.rubric_score.reader.near import Near, nearness
from plugins.rubric_score.titles import Titles

_LONGEST: Final = 400
_STEPS: Final = 1000
"""Similarities are compared in thousandths: far coarser than what differs between machines."""


def key(text: str) -> str:
    """What of a text the model is given."""
    return text[:_LONGEST]


class Meaning:
    """How alike two texts are, in thousandths; what was foreseen is encoded at once, the rest when asked for."""

    def __init__(
        self, encode: Callable[[Iterable[str]], dict[str, Vectors]], near: Callable[[], Near]
    ) -> None:
        self._encode, self._near_of = encode, near
        self._titles = Titles(self._encoded)
        self._vectors: dict[str, Vectors] = {}
        self._asked: dict[str, NDArray[np.float64]] = {}
        self._said: dict[str, NDArray[np.float64]] = {}

    def foresee(self, texts: Iterable[str]) -> None:
        """Encode these now."""
        keys = {key(text) for text in texts}
        if keys:
            self._vectors |= self._encode(keys)

    def _encoded(self, texts: Iterable[str]) -> dict[str, Vectors]:
        self._need(*texts)
        return self._vectors

    def similar(self, one: str, other: str) -> float:
        """The cosine of their vectors, rounded to thousandths."""
        self._need(one, other)
        product = float(self._vectors[key(one)] @ self._vectors[key(other)])
        return round(product * _STEPS) / _STEPS

    def near(self, asked: str, said: str) -> float:
        """How likely it is, from -1 to 1, that a passage bears on a requirement at all."""
        self._need(asked, said)
        if asked not in self._asked:
            self._asked[asked] = self._near_of().asked(self._vectors[key(asked)])
        if said not in self._said:
            self._said[said] = self._near_of().said(self._vectors[key(said)])
        return nearness(self._asked[asked], self._said[said])

    def same_work(self, trade: str, titles: Sequence[str]) -> list[float]:
        """How surely each title names the line of work a trade does, 0 to 1 in thousandths."""
        found = self._titles.compared([key(trade)], [key(title) for title in titles])[0]
        return [round(float(one) * _STEPS) / _STEPS for one in found]

    def _need(self, *texts: str) -> None:
        if missing := {key(text) for text in texts} - self._vectors.keys():
            self.foresee(missing)

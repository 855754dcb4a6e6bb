"""How alike two texts are for the bundled sentence model."""

from collections.abc import Callable, Iterable
from typing import Final

from plugins.rubric_score.model import Vectors

_LONGEST: Final = 400
_STEPS: Final = 1000
"""Similarities are compared in thousandths: far coarser than what differs between machines."""


def key(text: str) -> str:
    """What of a text the model is given."""
    return text[:_LONGEST]


class Meaning:
    """How alike two texts are, in thousandths; what was foreseen is encoded at once, the rest when asked for."""

    def __init__(self, encode: Callable[[Iterable[str]], dict[str, Vectors]]) -> None:
        self._encode = encode
        self._vectors: dict[str, Vectors] = {}

    def foresee(self, texts: Iterable[str]) -> None:
        """Encode these now."""
        keys = {key(text) for text in texts}
        if keys:
            self._vectors |= self._encode(keys)

    def similar(self, one: str, other: str) -> float:
        """The cosine of their vectors, rounded to thousandths."""
        missing = {key(one), key(other)} - self._vectors.keys()
        if missing:
            self.foresee(missing)
        product = float(self._vectors[key(one)] @ self._vectors[key(other)])
        return round(product * _STEPS) / _STEPS

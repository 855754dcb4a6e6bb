"""Which passages may bear on a requirement at all: two linear maps laid over the sentence model's vectors.

The sentence model puts texts beside each other that read alike; a requirement and a deed that shows it seldom do.
The maps, one for either side, were trained on pairs of such (cf. contrastive training in Gao et al., 2021).
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
NEAR: Final = 0.15
"""From this nearness on a sentence is read."""
_STEPS: Final = 1000


class Near:
    """`maps` has the two matrices, (384, 384) each, as "near.asked" and "near.said"."""

    def __init__(self, maps: dict[str, NDArray[Any]]) -> None:
        self._asked, self._said = (maps[f"near.{side}"].astype(np.float64).T for side in ("asked", "said"))

    def asked(self, vector: Vectors) -> NDArray[np.float64]:
        """A requirement's unit vector, of the sentence model's."""
        return _unit(vector.astype(np.float64) @ self._asked)

    def said(self, vector: Vectors) -> NDArray[np.float64]:
        """A passage's."""
        return _unit(vector.astype(np.float64) @ self._said)


def nearness(asked: NDArray[np.float64], said: NDArray[np.float64]) -> float:
    """The cosine in thousandths, as all likenesses are compared."""
    return round(float(asked @ said) * _STEPS) / _STEPS


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = vector / max(float(np.linalg.norm(vector)), 1e-12)
    return found

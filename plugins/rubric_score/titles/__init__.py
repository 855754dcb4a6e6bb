"""How close two job titles are: whether they name the same line of work, in whatever words.

"Staff nurse" and "registered general nurse" share little for a sentence model, "nurse" and "nursery owner" much. Titles
are compared in a space in which the titles of one occupation of ESCO lie together and those of different ones apart
(linear discriminants; Fisher 1936), and by the occupations each comes near (cf. explicit semantic analysis; Gabrilovich
and Markovitch 2007). `plugins.rubric_score.titles.fit` makes the file from a list of occupations.

This service uses the ESCO classification of the European Commission; of each occupation some titles are kept, as
vectors.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from plugins.rubric_score.model import WEIGHTS_SHA256, Vectors

TITLES_FILE: Final = Path(str(files("plugins.rubric_score.titles").joinpath("titles.safetensors")))
BASE: Final = "base"
"""Under this name the file says which sentence model it was made with."""
_SOFT: Final = 0.15
"""How fast an occupation counts less the farther it is from the nearest one."""
_PROFILE: Final = 0.7
"""What being near the same occupations counts beside being near each other."""
_STEPS: Final = 1000

Numbers = NDArray[np.float64]
Placed = tuple[Numbers, Numbers]
"""Where titles lie, (titles, n), and how they lie to the occupations, (titles, occupations); rows at length one."""


class Titles:
    """Compares titles; `encode` gives the sentence model's unit vectors.

    Raises RuntimeError, when first asked, for a file made with another sentence model.
    """

    def __init__(
        self, encode: Callable[[Iterable[str]], dict[str, Vectors]], file: Path = TITLES_FILE
    ) -> None:
        self._encode, self._file = encode, file
        self._kept: dict[str, tuple[Numbers, Numbers]] = {}

    def alike(self, one: str, other: str) -> float:
        """0 to 1, in thousandths: far coarser than what differs between machines."""
        return round(self.compared([one], [other]).item() * _STEPS) / _STEPS

    def compared(self, asked: Sequence[str], titles: Sequence[str]) -> Numbers:
        """(asked, titles), each from 0 to 1; those not met before are placed together."""
        if missing := sorted({*asked, *titles} - self._kept.keys()):
            vectors = self._encode(missing)
            rows = self._placed(np.stack([vectors[title] for title in missing]))
            self._kept |= dict(zip(missing, zip(*rows, strict=True), strict=True))
        (near, like), (other_near, other_like) = (self._rows(side) for side in (asked, titles))
        found: Numbers = (near @ other_near.T + _PROFILE * (like @ other_like.T)) / (1 + _PROFILE)
        return found.clip(0.0, 1.0)

    def _rows(self, titles: Sequence[str]) -> Placed:
        near, like = zip(*(self._kept[title] for title in titles), strict=True)
        return np.stack(near), np.stack(like)

    def _placed(self, vectors: Vectors) -> Placed:
        parts = _stored(self._file)
        bent = unit((vectors.astype(np.float64) - parts["middle"]) @ parts["bend"])
        near = np.maximum.reduceat(bent @ parts["titles"].T, parts["starts"].astype(np.int64), axis=1)
        return bent, unit(np.exp((near - near.max(axis=1, keepdims=True)) / _SOFT))


@cache
def _stored(file: Path) -> dict[str, Numbers]:
    """The middle (384,), the directions (384, n), titles so bent (all, n), and where each occupation's start."""
    with safe_open(file, framework="np") as stored:
        if stored.metadata()[BASE] != WEIGHTS_SHA256:
            raise RuntimeError(f"{file} was made with another sentence model; make it again.")
        return {name: stored.get_tensor(name).astype(np.float64) for name in stored.keys()}  # noqa: SIM118


def unit(rows: Any) -> Numbers:
    """The rows at length one."""
    found: Numbers = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return found

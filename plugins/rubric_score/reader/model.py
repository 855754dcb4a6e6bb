"""The trained reader at work: named by what it reads with, and asked once for each pair."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np
from safetensors import safe_open

from plugins.rubric_score.reader import Pair, Reading
from plugins.rubric_score.reader.halves import ExactHalves, Halves
from plugins.rubric_score.reader.laying import Laying, Shares
from plugins.rubric_score.reader.near import Near

MODEL_FILE: Final = Path(str(files("plugins.rubric_score.reader").joinpath("reader.safetensors")))
_READ: Final = 200_000
"""Readings that are kept."""


class Reader:
    """See `plugins.rubric_score.reader.Readings`; `open_halves` gets the model file and is called once."""

    def __init__(self, open_halves: Callable[[Path], Halves] = ExactHalves, model: Path = MODEL_FILE) -> None:
        self._open_halves, self._file = open_halves, model
        self._readings: OrderedDict[bytes, Reading] = OrderedDict()

    @cached_property
    def name(self) -> str:
        """The first digits of the model file's SHA-256, and what computes with it."""
        return f"reader.{digest_of(self._file)}.{self._halves.name}"

    @cached_property
    def near(self) -> Near:
        """The maps stored with the model; neither PyTorch nor the rest of it is loaded for them."""
        with safe_open(self._file, framework="np") as stored:
            return Near({name: stored.get_tensor(name) for name in ("near.asked", "near.said")})

    def read(self, pairs: Iterable[Pair]) -> dict[Pair, Reading]:
        """A reading for each distinct pair, computed only for pairs not met before."""
        wanted = {pair: _digest(pair) for pair in sorted(set(pairs))}
        missing = [pair for pair, digest in wanted.items() if digest not in self._readings]
        if missing:
            for pair, shares in self._laying.read(missing):
                self._readings[wanted[pair]] = _reading(shares)
        for digest in wanted.values():
            self._readings.move_to_end(digest)
        found = {pair: self._readings[digest] for pair, digest in wanted.items()}
        while len(self._readings) > _READ:
            self._readings.popitem(last=False)
        return found

    @cached_property
    def _halves(self) -> Halves:
        return self._open_halves(self._file)

    @cached_property
    def _laying(self) -> Laying:
        return Laying(self._halves)


def digest_of(model: Path) -> str:
    """The first digits of the file's SHA-256."""
    return hashlib.sha256(model.read_bytes()).hexdigest()[:12]


def _reading(shares: Shares) -> Reading:
    return Reading(*(int(share) for share in np.rint(shares)))


def _digest(pair: Pair) -> bytes:
    return hashlib.blake2b("\0".join(pair).encode(), digest_size=16).digest()

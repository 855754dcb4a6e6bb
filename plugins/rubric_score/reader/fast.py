"""Both halves of the reader, exact, or in eight bits where the extra `fast` is installed and proves itself."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from plugins.rubric_score.model import MOST_THREADS, Pieces, transformer
from plugins.rubric_score.reader import Pair
from plugins.rubric_score.reader.halves import ExactHalves, Halves, Scores, States, loaded
from plugins.rubric_score.reader.laying import Laying, Shares
from plugins.rubric_score.reader.model import digest_of
from plugins.rubric_score.rounding import (
    CHECKED,
    Trials,
    Twin,
    Unlike,
    kept,
    libraries,
    reference,
    write_twin,
)

_PAIRS: Final = Path(__file__).with_name("pairs.txt")
_MOST, _MEAN = 80.0, 10.0
"""Thousandths a share of a reading may differ by, at most and on average."""
_MARKS: Final = r"layer\.5\.(attention\.(self\.query|output\.dense)|intermediate\.dense)"
_LEFT: Final = {
    "apart": r".*layer\.\d\.output\.dense/.*",
    "joined": rf".*(network\.(inner|head)|layer\.\d\.output\.dense|{_MARKS})/.*",
}
"""What is not rounded of each half: products that would shift every reading, and those of the marks alone."""
_HALVES: Final = tuple(_LEFT)


def halves(
    trials: Trials, threads: int, model: Path, *, fast: Callable[[Path, int], Halves] | None = None
) -> Halves:
    """The halves of these trials' setting; those that cannot be used are replaced, and why is logged."""
    exact: Halves = ExactHalves(model, threads)
    return trials.trusted(
        "reader",
        lambda: (fast or Int8Halves)(model, threads),
        exact,
        lambda found: _prove(found, exact, model),
    )


def _prove(found: Halves, exact: Halves, model: Path) -> None:
    pairs = _pairs()[:CHECKED]
    parts = (digest_of(model), *map("\0".join, pairs))
    wanted = reference("reader-reference", parts, lambda: _readings(pairs, exact))
    off = np.abs(_readings(pairs, found) - wanted)
    if not (off.max() <= _MOST and off.mean() <= _MEAN):  # also true of NaN
        raise Unlike(
            f"readings of {len(pairs)} pairs differ from single precision by {off.max():.0f} thousandths at "
            f"most and {off.mean():.0f} on average, more than {_MOST:.0f} or {_MEAN:.0f}."
        )


def _readings(pairs: Sequence[Pair], found: Halves) -> Shares:
    """(pairs, 4) in thousandths"""
    by_pair = dict(Laying(found).read(pairs))
    return np.stack([by_pair[pair] for pair in pairs])


class Int8Halves:
    """Both rounded, on the processor; raises ImportError without OpenVINO."""

    def __init__(self, model: Path, threads: int = MOST_THREADS) -> None:
        parts = (*libraries(), digest_of(model), *map("\0".join, _pairs()))
        folder = kept("reader-int8", parts, lambda folder: _round(model, folder))
        self._apart, self._joined = (Twin(folder / f"{half}.xml", threads) for half in _HALVES)

    @property
    def name(self) -> str:
        """Names the rounded halves themselves: other machines and releases may round otherwise."""
        digests = ".".join(twin.digest for twin in (self._apart, self._joined))
        return f"openvino-int8.{digests}"

    def apart(self, pieces: Pieces, mask: Pieces) -> States:
        """See `Halves`."""
        return self._apart(pieces, mask)

    def joined(self, values: States, sides: Pieces, mask: Pieces) -> Scores:
        """See `Halves`."""
        return self._joined(values, sides, mask)


class _Watched:
    """Single precision that keeps what it was given."""

    name: Final = "watched"

    def __init__(self, exact: Halves) -> None:
        self._exact = exact
        self.given: dict[str, list[tuple[NDArray[Any], ...]]] = {half: [] for half in _HALVES}

    def apart(self, pieces: Pieces, mask: Pieces) -> States:
        self.given["apart"].append((pieces, mask))
        return self._exact.apart(pieces, mask)

    def joined(self, values: States, sides: Pieces, mask: Pieces) -> Scores:
        self.given["joined"].append((values, sides, mask))
        return self._exact.joined(values, sides, mask)


def _round(model: Path, folder: Path) -> None:
    import nncf
    import torch

    class Half(torch.nn.Module):
        def __init__(self, network: Any, half: str) -> None:
            super().__init__()
            self.network, self._half = network, half

        def forward(self, *arguments: Any) -> Any:
            return getattr(self.network, self._half)(*arguments)

    watched = _Watched(ExactHalves(model))
    _readings(_pairs()[CHECKED:], watched)
    # Attention written out, which the tracer can follow.
    network = loaded(model, transformer(attn_implementation="eager"))
    for half, left in _LEFT.items():
        ignored = nncf.IgnoredScope(patterns=[left])
        write_twin(Half(network, half), watched.given[half], folder / f"{half}.xml", ignored_scope=ignored)


def _pairs() -> list[Pair]:
    """A requirement, a passage and what it stands under in each line, between tabs; the first of them prove."""
    return [Pair(*line.split("\t")) for line in _PAIRS.read_text("utf-8").splitlines()]

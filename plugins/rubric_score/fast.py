"""The sentence model, exact or in eight-bit whole numbers where the extra `fast` is installed and proves itself."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from plugins.rubric_score.model import (
    MOST_THREADS,
    Exact,
    Model,
    Network,
    Pieces,
    Vectors,
    pooled,
    transformer,
)
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

_SENTENCES: Final = Path(__file__).with_name("sentences.txt")
_JOINED: Final = 6
_LEAST: Final = 0.99
_FILE: Final = "model.xml"


def network(
    trials: Trials, threads: int = MOST_THREADS, *, fast: Callable[[int], Network] | None = None
) -> Network:
    """The network of these trials' setting; one that cannot be used is replaced, and why is logged."""
    exact: Network = Exact(threads)
    return trials.trusted(
        "encoder", lambda: (fast or Int8)(threads), exact, lambda found: _prove(found, exact)
    )


def _prove(found: Network, exact: Network) -> None:
    checked = _sentences()[:CHECKED]
    wanted = reference("reference", checked, lambda: _vectors(checked, exact))
    worst = float((wanted * _vectors(checked, found)).sum(axis=1).min())
    if not worst >= _LEAST:  # also true of NaN
        raise Unlike(
            f"one of {CHECKED} sentences has a cosine of {worst:.3f} to single precision, below {_LEAST}."
        )


def _vectors(texts: Sequence[str], found: Network) -> Vectors:
    """(texts, 384)"""
    by_text = Model(found).encode(texts)
    return np.stack([by_text[text] for text in texts])


class Int8:
    """The rounded model on the processor; raises ImportError without OpenVINO."""

    def __init__(self, threads: int = MOST_THREADS) -> None:
        parts = (*libraries(), *_sentences())
        self._twin = Twin(kept("int8", parts, _round) / _FILE, threads)

    @property
    def name(self) -> str:
        """Names the rounded model itself: other machines and releases may round otherwise."""
        return f"openvino-int8.{self._twin.digest}"

    def __call__(self, pieces: Pieces, mask: Pieces) -> Vectors:
        """See `Network`."""
        return self._twin(pieces, mask)


def _round(folder: Path) -> None:
    import torch

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            # Attention written out, which the tracer can follow.
            self.network = transformer(attn_implementation="eager")

        def forward(self, pieces: Any, mask: Any) -> Any:
            return pooled(self.network, pieces, mask)

    batches = [(pieces, mask) for _, pieces, mask in Model().batches(_calibration())]
    write_twin(Whole(), batches, folder / _FILE)


def _calibration() -> list[str]:
    """Sentences and, for the long lengths, several in one; none of those that prove the result."""
    rest = _sentences()[CHECKED:]
    return rest + [" ".join(rest[start : start + _JOINED]) for start in range(0, len(rest), _JOINED)]


def _sentences() -> list[str]:
    return _SENTENCES.read_text("utf-8").splitlines()

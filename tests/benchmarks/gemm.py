"""How much arithmetic a core-second holds: the largest matrix products there are, and the sentence model's.

All in 10^9 multiplications and additions in a second of processor time, so that a busy machine matters less.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from plugins.rubric_score.model import Model, Network, usable

_ROUNDS = 12
_SIDE = 1024


def encoder_share(network: Network, texts: Sequence[str]) -> float:
    """The speed of the network over the batches these texts make, padding included: it is computed too."""
    batches = list(Model(network).batches(list(dict.fromkeys(texts))))
    work = sum(_work(pieces.shape) for _, pieces, _ in batches)
    return work / _fastest(lambda: [network(pieces, mask) for _, pieces, mask in batches], 3) / 1e9


def _work(shape: tuple[int, ...]) -> float:
    """Six layers of four products of 384 x 384, two of 384 x 1,536, and attention over the length."""
    rows, length = shape
    return rows * length * (12.0 * (4 * 384**2 + 2 * 384 * 1536) + 24.0 * 384 * length)


def peak_exact(threads: int) -> float:
    """Single precision, by PyTorch."""
    import torch

    torch.set_num_threads(usable(threads))
    one, other = torch.randn(_SIDE, _SIDE), torch.randn(_SIDE, _SIDE)
    return 2.0 * _SIDE**3 / _fastest(lambda: one @ other, _ROUNDS) / 1e9


def peak_fast(threads: int) -> float:
    """Eight bits, by OpenVINO: activations rounded on the way in, as in the model."""
    import openvino
    from openvino import opset13 as op

    values = op.parameter([_SIDE, _SIDE], np.float32)
    low, high = np.float32(-4), np.float32(4)
    weights = np.random.default_rng(1).integers(-127, 127, (_SIDE, _SIDE), dtype=np.int8)
    scaled = op.multiply(op.convert(op.constant(weights), "f32"), op.constant(np.float32(0.01)))
    rounded = op.fake_quantize(values, low, high, low, high, 256)
    model = openvino.Model([op.matmul(rounded, scaled, False, True)], [values])
    options = {"INFERENCE_NUM_THREADS": usable(threads), "INFERENCE_PRECISION_HINT": "f32"}
    run: Any = openvino.Core().compile_model(model, "CPU", options).create_infer_request()
    given = np.random.default_rng(2).normal(size=(_SIDE, _SIDE)).astype(np.float32)
    return 2.0 * _SIDE**3 / _fastest(lambda: run.infer([given]), _ROUNDS) / 1e9


def _fastest(once: Callable[[], object], rounds: int) -> float:
    once()
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        once()
        best = min(best, time.process_time() - begun)
    return best

"""What the reader computes with: a lower half that sees each text by itself, and an upper one that sees a pair."""

import json
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from plugins.rubric_score.model import MOST_THREADS, WEIGHTS_SHA256, Pieces, shared, usable

ABOUT: Final = "about"
"""The model file's own description: base weights, data, licence."""

States = NDArray[np.float32]
Scores = NDArray[np.float32]


class Halves(Protocol):
    """Both halves of the reader; each row depends on its row alone."""

    @property
    def name(self) -> str:
        """Names everything besides the model file that may give other readings: part of the scorer's version."""
        ...

    def apart(self, pieces: Pieces, mask: Pieces) -> States:
        """(texts, length, 384) of word pieces and their mask, both (texts, length)."""
        ...

    def joined(self, values: States, sides: Pieces, mask: Pieces) -> Scores:
        """(pairs, 4) scores of the matches; the arguments as in `network.Network.joined`."""
        ...


class ExactHalves:
    """Both in single precision by PyTorch, which is loaded with the first text."""

    name: Final = "fp32"

    def __init__(self, model: Path, threads: int = MOST_THREADS) -> None:
        self._model, self._threads = model, threads
        self._torch: Any = None
        self._network: Any = None
        self._base: Any = None
        """Held, so that a sentence model loaded after this is the same one."""

    def apart(self, pieces: Pieces, mask: Pieces) -> States:
        """See `Halves`."""
        return self._run("apart", pieces, mask)

    def joined(self, values: States, sides: Pieces, mask: Pieces) -> Scores:
        """See `Halves`."""
        return self._run("joined", values, sides, mask)

    def _run(self, half: str, *arrays: NDArray[Any]) -> NDArray[np.float32]:
        if self._network is None:
            self._load()
        with self._torch.inference_mode():
            tensors = (self._torch.from_numpy(array) for array in arrays)
            found: NDArray[np.float32] = getattr(self._network, half)(*tensors).float().numpy()
        return found

    def _load(self) -> None:
        import torch

        from plugins.rubric_score.reader.network import own_upper

        torch.set_num_threads(usable(self._threads))
        self._torch, self._base = torch, shared()
        self._network = loaded(self._model, own_upper(self._base))


def loaded(model: Path, encoder: Any) -> Any:
    """The network as trained, ready to read, with its changes in the encoder's upper layers.

    Raises RuntimeError for a model of other base weights.
    """
    from plugins.rubric_score.reader.network import Network

    network = Network(encoder)
    network.change(changes_of(model))
    return network.eval()


def changes_of(model: Path) -> dict[str, Any]:
    """What training changed, by name; raises RuntimeError for a model of other base weights."""
    import torch

    with safe_open(model, framework="np") as stored:
        if json.loads(stored.metadata()[ABOUT])["base"] != WEIGHTS_SHA256:
            raise RuntimeError(f"{model} was trained on another sentence model; train it again.")
        return {
            name: torch.from_numpy(stored.get_tensor(name).astype(np.float32))
            for name in stored.keys()  # noqa: SIM118
        }

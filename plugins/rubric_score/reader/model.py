"""The trained reader at work: loaded with the first pair, run in fixed shapes, lower layers once for each text."""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from plugins.rubric_score.model import MOST_THREADS, WEIGHTS_SHA256, filled, tokenizer, transformer, usable
from plugins.rubric_score.reader import Pair, Reading
from plugins.rubric_score.reader.near import Near

MODEL_FILE: Final = Path(str(files("plugins.rubric_score.reader").joinpath("reader.safetensors")))
LONGEST: Final = 96
"""Word pieces read of each text."""
ABOUT: Final = "about"
"""The model file's own description: base weights, data, licence."""
_LENGTHS: Final = (8, 16, 24, 32, 40, 48, 64, 80, 96, 128, 192, 288)
_PIECES: Final = 512
"""In a batch, or four rows if that is more."""
_TEXTS: Final = 2_000
"""Whose lower layers are kept: some 50 KB each."""
_READ: Final = 200_000
"""Readings that are kept."""
_ALL: Final = 1000

States = NDArray[np.float32]


class Reader:
    """See `plugins.rubric_score.reader.Readings`."""

    def __init__(self, threads: int = MOST_THREADS, model: Path = MODEL_FILE) -> None:
        self._threads, self._file = threads, model
        self._network: _Loaded | None = None
        self._readings: OrderedDict[bytes, Reading] = OrderedDict()

    @cached_property
    def name(self) -> str:
        """The first digits of the model file's SHA-256."""
        return f"reader.{hashlib.sha256(self._file.read_bytes()).hexdigest()[:12]}"

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
            self._network = self._network or _Loaded(self._file, self._threads)
            for pair, reading in self._network.read(missing):
                self._readings[wanted[pair]] = reading
        for digest in wanted.values():
            self._readings.move_to_end(digest)
        found = {pair: self._readings[digest] for pair, digest in wanted.items()}
        while len(self._readings) > _READ:
            self._readings.popitem(last=False)
        return found


class _Loaded:
    """The network with the trained changes in its weights, and a tokenizer."""

    def __init__(self, model: Path, threads: int) -> None:
        import torch

        torch.set_num_threads(usable(threads))
        self._torch, self._network = torch, loaded(model)
        self._tokenizer = tokenizer(LONGEST)
        self._states: OrderedDict[str, States] = OrderedDict()

    def read(self, pairs: Sequence[Pair]) -> Iterator[tuple[Pair, Reading]]:
        """Each pair with its reading, in no order."""
        told = [pair if pair.under else pair[:2] for pair in pairs]
        states = self._apart(sorted({text for sides in told for text in sides}))
        lengths = [sum(len(states[text]) for text in sides) for sides in told]
        for length, places in _batches(lengths):
            values = np.zeros((_rows(length), length, next(iter(states.values())).shape[1]), np.float32)
            sides, mask = (np.zeros(values.shape[:2], np.int64) for _ in range(2))
            mask[:, 0] = 1
            for row, place in enumerate(places):
                at = 0
                for side, text in enumerate(told[place]):
                    upto = at + len(states[text])
                    values[row, at:upto], sides[row, at:upto], mask[row, at:upto] = states[text], side, 1
                    at = upto
            scores = self._run(self._network.joined, values, sides, mask)
            yield from ((pairs[place], _reading(scores[row])) for row, place in enumerate(places))

    def _apart(self, texts: Sequence[str]) -> dict[str, States]:
        """(pieces, 384) for each text."""
        missing = [text for text in texts if text not in self._states]
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(missing)]
        for length, places in _batches([len(one) for one in ids]):
            shape = _rows(length), length
            states = self._run(self._network.apart, *filled([ids[place] for place in places], shape))
            for row, place in enumerate(places):
                self._states[missing[place]] = states[row, : len(ids[place])].copy()
        for text in texts:
            self._states.move_to_end(text)
        found = {text: self._states[text] for text in texts}
        while len(self._states) > _TEXTS:
            self._states.popitem(last=False)
        return found

    def _run(self, part: Any, *arrays: NDArray[Any]) -> States:
        with self._torch.inference_mode():
            found: States = part(*(self._torch.from_numpy(array) for array in arrays)).float().numpy()
        return found


def loaded(model: Path) -> Any:
    """The network as trained, ready to read; raises RuntimeError for a model of other base weights."""
    from plugins.rubric_score.reader.network import Network

    network = Network(transformer())
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


def _batches(lengths: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """(padded length, places) of one batch each, by length: the shape decides the order of sums."""
    by_length: dict[int, list[int]] = {}
    for place, own in enumerate(lengths):
        by_length.setdefault(next(length for length in _LENGTHS if own <= length), []).append(place)
    for length, places in sorted(by_length.items()):
        rows = _rows(length)
        yield from ((length, places[start : start + rows]) for start in range(0, len(places), rows))


def _rows(length: int) -> int:
    return max(4, _PIECES // length)


def _reading(scores: States) -> Reading:
    raised = np.exp(scores.astype(np.float64) - scores.max())
    return Reading(*(int(value) for value in np.rint(raised / raised.sum() * _ALL)))


def _digest(pair: Pair) -> bytes:
    return hashlib.blake2b("\0".join(pair).encode(), digest_size=16).digest()

"""The sentence model in eight-bit whole numbers (OpenVINO), where the extra `fast` is installed and proves itself.

Its weights and activations are rounded once, by NNCF, with sentences of ours; what comes out is kept in
`~/.cache/shortlist` under a name made of everything it was made from. Before it is used, 64 sentences it was
not rounded with must come out as in single precision, or single precision is used instead.
"""

import contextlib
import hashlib
import io
import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import numpy as np

from plugins.rubric_score.model import (
    MOST_THREADS,
    WEIGHTS_SHA256,
    Exact,
    Model,
    Network,
    Pieces,
    Vectors,
    pooled,
    transformer,
    usable,
)

_SENTENCES: Final = Path(__file__).with_name("sentences.txt")
_CHECKED: Final = 64
_JOINED: Final = 6
_LEAST: Final = 0.99
_LAYOUT: Final = "1"
"""Changed whenever this file would make another model from the same parts."""
_log: Final = logging.getLogger(__name__)


class Unlike(Exception):
    """A network's vectors are too far from those of single precision."""


def network(
    encoder: str, threads: int = MOST_THREADS, *, fast: Callable[[int], Network] | None = None
) -> Network:
    """The network for this setting, "exact" or "fast"; one that cannot be used is replaced, and why is logged."""
    exact = Exact(threads)
    if encoder != "fast":
        return exact
    try:
        found = (fast or Int8)(threads)
        _prove(found, exact)
    except Exception as error:
        # Whatever a library of another vendor raises on this machine: the model itself still works.
        _log.warning("The fast encoder is not used, the exact one is: %s", _why(error))
        return exact
    return found


def _why(error: Exception) -> str:
    if isinstance(error, ImportError | PackageNotFoundError):
        return "OpenVINO and NNCF are not installed. Install shortlist[fast], or set the encoder to exact."
    return f"{error or type(error).__name__}"


def _prove(found: Network, exact: Network) -> None:
    checked = _sentences()[:_CHECKED]
    wanted, given = _reference(checked, exact), _vectors(checked, found)
    worst = float((wanted * given).sum(axis=1).min())
    if not worst >= _LEAST:  # also true of NaN
        raise Unlike(
            f"one of {_CHECKED} sentences has a cosine of {worst:.3f} to single precision, below {_LEAST}."
        )


def _vectors(texts: Sequence[str], found: Network) -> Vectors:
    """(texts, 384)"""
    by_text = Model(found).encode(texts)
    return np.stack([by_text[text] for text in texts])


def _reference(texts: Sequence[str], exact: Network) -> Vectors:
    """The texts' vectors in single precision, kept so that later starts need no PyTorch."""
    kept = _place("reference", *texts) / "vectors.npy"
    if not kept.exists():
        _keep(kept.parent, lambda folder: np.save(folder / kept.name, _vectors(texts, exact)))
    found: Vectors = np.load(kept, allow_pickle=False)
    return found


class Int8:
    """The rounded model on the processor; raises ImportError without OpenVINO."""

    def __init__(self, threads: int = MOST_THREADS) -> None:
        # Neither library calls home: without this package each uses a stand-in of its own.
        sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
        import openvino

        place = _place("int8", openvino.__version__, version("nncf"), *_sentences())
        if not (place / "model.xml").exists():
            _keep(place, _round)
        digest = hashlib.sha256((place / "model.xml").read_bytes() + (place / "model.bin").read_bytes())
        self._name = f"openvino-int8.{digest.hexdigest()[:12]}"
        options = {"INFERENCE_NUM_THREADS": usable(threads), "INFERENCE_PRECISION_HINT": "f32"}
        compiled = openvino.Core().compile_model(str(place / "model.xml"), "CPU", options)
        self._run: Any = compiled.create_infer_request()

    @property
    def name(self) -> str:
        """Names the rounded model itself: other machines and releases may round otherwise."""
        return self._name

    def __call__(self, pieces: Pieces, mask: Pieces) -> Vectors:
        """See `Network`."""
        self._run.infer([pieces, mask])
        vectors: Vectors = self._run.get_output_tensor(0).data.copy()
        return vectors


def _round(folder: Path) -> None:
    """Write the rounded model into the folder; what the libraries print on the way is nobody's answer."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        _write_rounded(folder)


def _write_rounded(folder: Path) -> None:
    import nncf
    import openvino
    import torch

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            # Attention written out, which the tracer can follow.
            self.network = transformer(attn_implementation="eager")

        def forward(self, pieces: Any, mask: Any) -> Any:
            return pooled(self.network, pieces, mask)

    batches = [(pieces, mask) for _, pieces, mask in Model().batches(_calibration())]
    example = tuple(torch.from_numpy(part) for part in batches[0])
    plain = openvino.convert_model(Whole().eval(), example_input=example)
    rounded = nncf.quantize(
        plain, nncf.Dataset(batches), model_type=nncf.ModelType.TRANSFORMER, subset_size=len(batches)
    )
    openvino.save_model(rounded, folder / "model.xml", compress_to_fp16=False)


def _calibration() -> list[str]:
    """Sentences and, for the long lengths, several in one; none of those that prove the result."""
    rest = _sentences()[_CHECKED:]
    return rest + [" ".join(rest[start : start + _JOINED]) for start in range(0, len(rest), _JOINED)]


def _sentences() -> list[str]:
    return _SENTENCES.read_text("utf-8").splitlines()


def _place(kind: str, *parts: str) -> Path:
    made_from = "\0".join((_LAYOUT, WEIGHTS_SHA256, *parts))
    return (
        Path.home() / ".cache" / "shortlist" / f"{kind}-{hashlib.sha256(made_from.encode()).hexdigest()[:16]}"
    )


def _keep(place: Path, make: Callable[[Path], None]) -> None:
    """Make a folder whole or not at all; another process may be making the same."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent) as working:
        made = Path(working) / "made"
        made.mkdir()
        make(made)
        try:
            os.rename(made, place)
        except OSError:
            if not place.exists():
                raise

"""Eight-bit twins of the networks (OpenVINO, NNCF): made once, kept, named by their bytes, and trusted once proved.

Weights and activations are rounded with texts of ours; what comes out is kept in `~/.cache/shortlist` under a name
made of everything it was made from. Texts it was not rounded with must come out as in single precision, or single
precision is used instead.
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
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from plugins.rubric_score.model import WEIGHTS_SHA256, usable

CHECKED: Final = 64
"""How many texts, or pairs of them, prove a twin: none of those it was rounded with."""
_LAYOUT: Final = "2"
"""Changed whenever other twins would be made from the same parts."""
_log: Final = logging.getLogger(__name__)

Numbers = NDArray[np.float32]
Batches = Sequence[tuple[NDArray[Any], ...]]
T = TypeVar("T")


class Unlike(Exception):
    """What a network computes is too far from single precision."""


class Trials:
    """Uses what is fast where the setting is "fast" and it holds; what keeps several from it is logged once."""

    def __init__(self, encoder: str) -> None:
        self._wanted = encoder == "fast"
        self._said: set[str] = set()

    def trusted(self, what: str, fast: Callable[[], T], exact: T, prove: Callable[[T], None]) -> T:
        """The fast one, or the exact one when opening or `prove` raises; `what` names both in the log."""
        if not self._wanted:
            return exact
        try:
            found = fast()
            prove(found)
        except Exception as error:
            # Whatever a library of another vendor raises on this machine: the exact one still works.
            self._say(what, _why(error))
            return exact
        return found

    def _say(self, what: str, why: str) -> None:
        if why not in self._said:
            _log.warning("The fast %s is not used, the exact one is: %s", what, why)
        self._said.add(why)


def _why(error: Exception) -> str:
    if isinstance(error, ImportError | PackageNotFoundError):
        return "OpenVINO and NNCF are not installed. Install shortlist[fast], or set the encoder to exact."
    return f"{error or type(error).__name__}"


class Twin:
    """A rounded network on the processor."""

    def __init__(self, file: Path, threads: int) -> None:
        openvino = _openvino()
        digest = hashlib.sha256(file.read_bytes() + file.with_suffix(".bin").read_bytes())
        self.digest: Final = digest.hexdigest()[:12]
        options = {"INFERENCE_NUM_THREADS": usable(threads), "INFERENCE_PRECISION_HINT": "f32"}
        compiled = openvino.Core().compile_model(str(file), "CPU", options)
        self._run: Any = compiled.create_infer_request()

    def __call__(self, *arrays: NDArray[Any]) -> Numbers:
        """What the network makes of these."""
        self._run.infer(list(arrays))
        found: Numbers = self._run.get_output_tensor(0).data.copy()
        return found


def libraries() -> tuple[str, str]:
    """The releases that round, which decide what comes out; raises ImportError or PackageNotFoundError."""
    return str(_openvino().__version__), version("nncf")


def _openvino() -> Any:
    # Neither library calls home: without this package each uses a stand-in of its own.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    return openvino


def write_twin(network: Any, batches: Batches, file: Path, **options: Any) -> None:
    """Round a PyTorch network with batches of its arguments; `options` are further ones of `nncf.quantize`."""
    # What the libraries print is nobody's answer.
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        _write(network, batches, file, **options)


def _write(network: Any, batches: Batches, file: Path, **options: Any) -> None:
    import nncf
    import openvino
    import torch

    nncf.set_log_level(logging.ERROR)
    example = tuple(torch.from_numpy(part) for part in batches[0])
    plain = openvino.convert_model(network.eval(), example_input=example)
    rounded = nncf.quantize(
        plain,
        nncf.Dataset(batches),
        model_type=nncf.ModelType.TRANSFORMER,
        subset_size=len(batches),
        **options,
    )
    openvino.save_model(rounded, file, compress_to_fp16=False)


def reference(kind: str, parts: Sequence[str], compute: Callable[[], NDArray[Any]]) -> NDArray[Any]:
    """What single precision computes of these parts, kept so that later starts need no PyTorch."""
    folder = kept(kind, parts, lambda folder: np.save(folder / "vectors.npy", compute()))
    found: NDArray[Any] = np.load(folder / "vectors.npy", allow_pickle=False)
    return found


def kept(kind: str, parts: Sequence[str], make: Callable[[Path], None]) -> Path:
    """The folder of what is made of these parts, whole or not at all; another process may be making the same."""
    made_from = "\0".join((_LAYOUT, WEIGHTS_SHA256, *parts))
    digest = hashlib.sha256(made_from.encode()).hexdigest()[:16]
    place = Path.home() / ".cache" / "shortlist" / f"{kind}-{digest}"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent) as working:
            _make(place, Path(working) / "made", make)
    return place


def _make(place: Path, made: Path, make: Callable[[Path], None]) -> None:
    made.mkdir()
    make(made)
    try:
        os.rename(made, place)
    except OSError:
        if not place.exists():
            raise

"""What the reader computes with: named in the version, checked before it is trusted, its weights in memory once."""

import gc
import logging
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch

from plugins.rubric_score import shortlist_scorers
from plugins.rubric_score.model import Exact, Model, Pieces
from plugins.rubric_score.reader import Pair
from plugins.rubric_score.reader.fast import halves
from plugins.rubric_score.reader.halves import ExactHalves, Halves, Scores, States
from plugins.rubric_score.reader.model import Reader
from plugins.rubric_score.rounding import Trials

_PAIRS = (
    Pair("Experience in baking bread", "Shaped sourdough at two in the morning.", "Mill, Fulda, 2018 - 2024"),
    Pair("Experience in baking bread", "Sold bread at a market stall."),
)
_LINES = ("Tuned slow queries.", "Answered complaints of hotel guests every day.")
_WORD_VECTORS = (30522, 384)


class Changed:
    """Single precision with something done to its scores."""

    name = "changed"

    def __init__(self, change: Callable[[Scores], Scores], model: Path) -> None:
        self._exact, self._change = ExactHalves(model), change

    def apart(self, pieces: Pieces, mask: Pieces) -> States:
        return self._exact.apart(pieces, mask)

    def joined(self, values: States, sides: Pieces, mask: Pieces) -> Scores:
        return self._change(self._exact.joined(values, sides, mask))


def _reader(change: Callable[[Scores], Scores]) -> Reader:
    def fast(model: Path, threads: int) -> Halves:
        return Changed(change, model)

    return Reader(partial(halves, Trials("fast"), 1, fast=fast))


def _coarse(scores: Scores) -> Scores:
    return scores.astype(np.float16).astype(np.float32)


def _milder(scores: Scores) -> Scores:
    return scores * np.float32(0.5)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_fast_halves_that_are_close_enough_are_used_and_named() -> None:
    assert _reader(_coarse).name.endswith(".changed")


@pytest.mark.parametrize("change", [_milder, lambda scores: scores * np.nan])
def test_fast_halves_that_are_not_are_replaced_and_the_log_says_so_once(
    change: Callable[[Scores], Scores], caplog: pytest.LogCaptureFixture
) -> None:
    reader = _reader(change)
    assert reader.name == reader.name == Reader().name
    assert reader.read(_PAIRS) == Reader().read(_PAIRS)
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "The fast reader is not used, the exact one is: readings of 64 pairs" in record.getMessage()


def test_what_both_lack_is_said_once(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    (entry,) = shortlist_scorers()
    assert entry.make({"encoder": "fast"}).version == entry.make({}).version
    assert len(caplog.records) == 1


def test_readings_in_single_precision_are_kept_for_the_next_start(home: Path) -> None:
    assert _reader(_coarse).name.endswith(".changed")
    (kept,) = (home / ".cache" / "shortlist").glob("reader-reference-*/vectors.npy")
    # Another start compares with what was kept: the four matches in reverse are as unlike as can be.
    np.save(kept, np.load(kept)[:, ::-1])
    assert _reader(_coarse).name == Reader().name


def test_the_name_of_the_exact_reader_needs_no_pytorch() -> None:
    program = (
        "import sys; from plugins.rubric_score import shortlist_scorers; (entry,) = shortlist_scorers(); "
        "print(entry.make({}).version, 'torch' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.split()[-1] == "False"


def test_one_thread_reads_the_same_as_two() -> None:
    one, two = (Reader(partial(ExactHalves, threads=threads)) for threads in (1, 2))
    assert one.read(_PAIRS) == two.read(_PAIRS)


def test_the_sentence_models_weights_are_in_memory_once() -> None:
    before = _word_vectors()
    network, reader = Exact(), Reader()
    Model(network).encode(_LINES)
    reader.read(_PAIRS)
    assert _word_vectors() - before <= 1


def test_what_the_reader_has_learnt_leaves_the_sentence_model_as_it_was() -> None:
    network = Exact()
    before = Model(network).encode(_LINES)
    Reader().read(_PAIRS)
    after = Model(network).encode(_LINES)
    assert [before[line].tobytes() for line in _LINES] == [after[line].tobytes() for line in _LINES]


def _word_vectors() -> int:
    """How many tables of word vectors are in memory."""
    gc.collect()
    tables = {
        thing.data_ptr()
        for thing in gc.get_objects()
        if type(thing) is torch.nn.Parameter and tuple(thing.shape) == _WORD_VECTORS
    }
    return len(tables)

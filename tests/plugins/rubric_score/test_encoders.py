"""What computes meaning: named in the version, checked before it is trusted, asked once for each text."""

import logging
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import torch

from core.screening import extract
from core.sdk import Material, Scorer, Source
from plugins.rubric_score import shortlist_scorers
from plugins.rubric_score.fast import network
from plugins.rubric_score.model import Exact, Model, Pieces, Vectors
from plugins.rubric_score.rounding import Trials
from plugins.rubric_score.scorer import RubricScorer

_LINES = ("Tuned slow queries.", "Led six developers.", "Answered complaints of hotel guests every day.")


class Changed:
    """Single precision with something done to its vectors."""

    name = "changed"

    def __init__(self, change: Callable[[Vectors], Vectors]) -> None:
        self._exact, self._change = Exact(), change
        self.batches = 0

    def __call__(self, pieces: Pieces, mask: Pieces) -> Vectors:
        self.batches += 1
        return self._change(self._exact(pieces, mask))


def _turned(vectors: Vectors) -> Vectors:
    """Unit vectors with a cosine of 0.98 to the given ones."""
    noise = np.random.default_rng(1).normal(size=vectors.shape).astype(np.float32)
    noise -= (noise * vectors).sum(axis=1, keepdims=True) * vectors
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    return np.float32(0.98) * vectors + np.float32((1 - 0.98**2) ** 0.5) * noise


def _coarse(vectors: Vectors) -> Vectors:
    return vectors.astype(np.float16).astype(np.float32)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_a_fast_encoder_that_is_close_enough_is_used_and_named() -> None:
    scorer = RubricScorer(lambda: network(Trials("fast"), fast=lambda threads: Changed(_coarse)))
    assert ".changed." in scorer.version


@pytest.mark.parametrize("change", [_turned, lambda vectors: vectors * np.nan])
def test_a_fast_encoder_that_is_not_is_replaced_and_the_log_says_so_once(
    change: Callable[[Vectors], Vectors], caplog: pytest.LogCaptureFixture
) -> None:
    scorer = RubricScorer(lambda: network(Trials("fast"), fast=lambda threads: Changed(change)))
    assert scorer.version == scorer.version == RubricScorer().version
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "cosine" in record.getMessage()


def test_without_openvino_the_exact_encoder_works_and_the_log_says_what_to_install(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    (entry,) = shortlist_scorers()
    assert entry.make({"encoder": "fast"}).version == entry.make({}).version
    assert "Install shortlist[fast]" in caplog.text


def test_a_cache_that_cannot_be_written_costs_speed_and_nothing_else(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (home / ".cache").write_text("a file where a folder should be")
    assert network(Trials("fast"), fast=lambda threads: Changed(_coarse)).name == "fp32"
    assert ".cache" in caplog.text


def test_what_was_measured_in_single_precision_is_kept_for_the_next_start(home: Path) -> None:
    network(Trials("fast"), fast=lambda threads: Changed(_coarse))
    (kept,) = (home / ".cache" / "shortlist").iterdir()
    # Another start compares with what was kept: everything turned round is as unlike as can be.
    np.save(kept / "vectors.npy", -np.load(kept / "vectors.npy"))
    assert network(Trials("fast"), fast=lambda threads: Changed(_coarse)).name == "fp32"


def test_a_text_is_computed_once_whoever_brings_it() -> None:
    counting = Changed(lambda vectors: vectors)
    model = Model(counting)
    first = model.encode([*_LINES, *_LINES])
    asked = counting.batches
    again = model.encode(reversed(_LINES))
    assert counting.batches == asked
    assert {text: vector.tobytes() for text, vector in first.items()} == {
        text: vector.tobytes() for text, vector in again.items()
    }


def test_one_thread_gives_the_same_bytes_as_two() -> None:
    one, two = Model(Exact(1)).encode(_LINES), Model(Exact(2)).encode(_LINES)
    assert [one[text].tobytes() for text in _LINES] == [two[text].tobytes() for text in _LINES]


def test_one_core_is_one_core_for_the_reader_too() -> None:
    (entry,) = shortlist_scorers()
    scorer = entry.make({"threads": "1"})
    assert isinstance(scorer, Scorer)
    rubric = extract("Requirements:\n- Experience in baking bread")
    source = Source(name="resume", text="Shaped sourdough loaves every night.")
    scorer.judge(rubric, [Material(id="1", sources=(source,), as_of=date(2026, 11, 1))])
    assert torch.get_num_threads() == 1

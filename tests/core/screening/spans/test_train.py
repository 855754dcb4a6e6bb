"""The training script does what it says: the same files and seed give the same model, which the product reads."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

_ROWS = [
    {"tokens": ["Experience", "with", "Kafka"], "tags_skill": ["O"] * 3, "tags_knowledge": ["O", "O", "B"]},
    {"tokens": ["Lead", "a", "team"], "tags_skill": ["B", "I", "I"], "tags_knowledge": ["O"] * 3},
    {"tokens": ["We", "like", "cake"], "tags_skill": ["O"] * 3, "tags_knowledge": ["O"] * 3},
]


def _train(data: Path, out: Path) -> str:
    command = [sys.executable, "-m", "core.screening.spans.train", "--epochs", "2", "--batch", "2"]
    files = ["--train", str(data), "--dev", str(data), "--out", str(out)]
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=True, timeout=150)
    return done.stdout


@pytest.mark.slow
def test_training_again_gives_the_same_model(tmp_path: Path) -> None:
    data = tmp_path / "rows.json"
    data.write_text("\n".join(json.dumps(row) for row in _ROWS * 4), "utf-8")
    said = [_train(data, tmp_path / name) for name in ("one", "two")]
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert "epoch 2 of 2" in said[0]
    assert "strict" in said[0]

"""Trains the span model on SkillSpan and stores what it learnt: `python -m core.screening.spans.train --help`.

SkillSpan: Zhang, Jensen, Sonniks and Plank, NAACL 2022 (github.com/kris927b/SkillSpan). The same files, seed
and number of threads give the same model on one kind of machine.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import Tensor

from core.screening.spans.encoder import WEIGHTS_SHA256
from core.screening.spans.measure import Scores, score, spans_of
from core.screening.spans.network import Network
from core.screening.spans.tagger import ABOUT, MODEL_FILE, Tagger
from core.screening.spans.words import Chunk, Pieces, Row, model_folder, read_rows
from core.sdk.lowrank import descend, optimizer_for

_SEED: Final = 20261127
_TAGS: Final = {"O": 0, "B": 1, "I": 2}
_BUCKET: Final = 50
"""Batches sorted by length together: wide enough to save padding, narrow enough to stay random."""

Example = tuple[Chunk, Sequence[tuple[int, int]]]
"""A run of words and the (skill, knowledge) tags of each."""


def examples(rows: Sequence[Row], pieces: Pieces) -> list[Example]:
    """The rows as the network takes them; long ones in several runs."""
    found: list[Example] = []
    for row in rows:
        tags = [(_TAGS[s], _TAGS[k]) for s, k in zip(row.tags_skill, row.tags_knowledge, strict=True)]
        for chunk in pieces.chunks(row.tokens):
            found.append((chunk, tags[: len(chunk.firsts)]))
            tags = tags[len(chunk.firsts) :]
    return found


def batches(all_examples: Sequence[Example], size: int, rng: random.Random) -> Iterator[list[Example]]:
    """Every example once, in batches of like length, in an order of its own each time."""
    shuffled = rng.sample(all_examples, len(all_examples))
    grouped: list[list[Example]] = []
    for begin in range(0, len(shuffled), size * _BUCKET):
        near = sorted(shuffled[begin : begin + size * _BUCKET], key=lambda example: len(example[0].ids))
        grouped += [near[at : at + size] for at in range(0, len(near), size)]
    rng.shuffle(grouped)
    yield from grouped


def tensors(batch: Sequence[Example]) -> tuple[Tensor, ...]:
    """ids, spellings, attention, places of first pieces, tags, mask of words; padded to the longest."""
    longest = max(len(chunk.ids) for chunk, _ in batch)
    words = max(len(tags) for _, tags in batch)
    flat = torch.zeros(3, len(batch), longest, dtype=torch.long)
    firsts = torch.zeros(len(batch), words, dtype=torch.long)
    tagged = torch.zeros(len(batch), words, 2, dtype=torch.long)
    mask = torch.zeros(len(batch), words, dtype=torch.bool)
    for at, (chunk, tags) in enumerate(batch):
        flat[0, at, : len(chunk.ids)] = torch.tensor(chunk.ids)
        flat[1, at, : len(chunk.ids)] = torch.tensor(chunk.shapes)
        flat[2, at, : len(chunk.ids)] = 1
        firsts[at, : len(tags)] = torch.tensor(chunk.firsts)
        tagged[at, : len(tags)] = torch.tensor(tags)
        mask[at, : len(tags)] = True
    return flat[0], flat[1], flat[2], firsts, tagged, mask


def train(options: argparse.Namespace) -> dict[str, Scores]:
    """Trains, stores the model, and measures what was stored on the dev file."""
    torch.manual_seed(_SEED)
    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(True)
    pieces = Pieces(model_folder())
    rows = examples(read_rows(options.train), pieces)
    network = Network(_encoder()).train()
    rng = random.Random(_SEED)
    per_epoch = sum(1 for _ in batches(rows, options.batch, random.Random(0)))
    optimizer, schedule = optimizer_for(network, options.rate, per_epoch * options.epochs)
    for epoch in range(1, options.epochs + 1):
        began, total = time.monotonic(), 0.0
        for batch in batches(rows, options.batch, rng):
            total += _step(network, batch, optimizer)
            schedule.step()
        say = f"epoch {epoch} of {options.epochs}: loss {total / per_epoch:.4f}, {time.monotonic() - began:.0f} s"
        print(say, flush=True)
        store(network, options.out)
        if options.dev and (options.verbose or epoch == options.epochs):
            show(measure(options.out, options.dev))
    return measure(options.out, options.dev) if options.dev else {}


def _step(network: Network, batch: Sequence[Example], optimizer: Any) -> float:
    *given, tags, words = tensors(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = network(*given)
    loss = network.loss(scores, tags, words)
    return descend(network, loss, optimizer)


def _encoder() -> Any:
    from transformers import BertModel

    return BertModel.from_pretrained(
        str(model_folder()), add_pooling_layer=False, attn_implementation="eager"
    )


def store(network: Network, path: Path) -> None:
    """Writes what was trained in half precision; the base weights stay in their own package."""
    values = {name: value.numpy().astype(np.float16) for name, value in sorted(network.trained().items())}
    about = {
        "base": WEIGHTS_SHA256,
        "data": "SkillSpan train (Zhang et al., NAACL 2022; MIT, CC-BY-4.0)",
        "licence": "Apache-2.0",
    }
    # One entry: the file format does not keep the order of several, and the same model is to be the same bytes.
    save_file(values, path, metadata={ABOUT: json.dumps(about)})
    path.chmod(0o644)


def measure(model: Path, dev: Path) -> dict[str, Scores]:
    """Strict and overlap F1 of a stored model, computed as the product computes spans."""
    rows = read_rows(dev)
    found = Tagger(model).tag([row.tokens for row in rows])
    return score([(spans_of(row.tags_skill), spans_of(row.tags_knowledge)) for row in rows], found)


def show(scores: dict[str, Scores]) -> None:
    """Prints a line for each layer."""
    for name, values in scores.items():
        print(f"  {name:<10} strict {values.strict:5.1f}   overlap {values.overlap:5.1f}", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m core.screening.spans.train", description=__doc__)
    parser.add_argument("--train", type=Path, required=True, help="SkillSpan's train.json")
    parser.add_argument("--dev", type=Path, help="SkillSpan's dev.json, to measure on")
    parser.add_argument("--out", type=Path, default=MODEL_FILE, help="where the model goes (%(default)s)")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch", type=int, default=16, help="sentences a step")
    parser.add_argument("--rate", type=float, default=1e-3, help="highest learning rate")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--verbose", action="store_true", help="measure after every epoch")
    train(parser.parse_args(arguments))
    return 0


if __name__ == "__main__":
    sys.exit(main())

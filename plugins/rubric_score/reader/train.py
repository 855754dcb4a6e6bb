"""Trains the reader and stores what it learnt: `python -m plugins.rubric_score.reader.train --help`.

The same files, seed and number of threads give the same model on one kind of machine. An hour on two cores.
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
from tokenizers import Tokenizer
from torch import Tensor, nn

from core.sdk.lowrank import descend, optimizer_for
from plugins.rubric_score.model import WEIGHTS_SHA256, Exact, Model, folder, transformer
from plugins.rubric_score.reader import MATCHES
from plugins.rubric_score.reader.examples import Example, examples, thinned
from plugins.rubric_score.reader.measure import measure
from plugins.rubric_score.reader.model import ABOUT, LONGEST, MODEL_FILE
from plugins.rubric_score.reader.network import Network

_SEED: Final = 20261127
_SMOOTHED: Final = 0.05
_BUCKET: Final = 50
"""Batches sorted by length together: wide enough to save padding, narrow enough to stay random."""
_NEAR_ROUNDS: Final = 6
_NEAR_BATCH: Final = 256

Row = tuple[list[int], list[int], int]
"""(requirement's pieces, passage's pieces, place of the match)"""


def train(options: argparse.Namespace) -> None:
    """Trains, stores the model, and measures what was stored on the held-out files."""
    torch.manual_seed(_SEED)
    torch.set_num_threads(options.threads)
    found = thinned(examples(options.train), options.keep, random.Random(_SEED))
    print(f"{len(found)} examples", flush=True)
    maps = near_maps(found, options.threads)
    network = Network(transformer()).train()
    learnt, rng = rows(found), random.Random(_SEED)
    steps = options.epochs * len(list(_batches(learnt, options.batch, random.Random(0))))
    optimizer, schedule = optimizer_for(network, options.rate, steps)
    for epoch in range(1, options.epochs + 1):
        began, losses = time.monotonic(), []
        for batch in _batches(learnt, options.batch, rng):
            losses.append(_step(network, batch, optimizer))
            schedule.step()
        took = time.monotonic() - began
        print(f"epoch {epoch} of {options.epochs}: loss {np.mean(losses):.4f}, {took:.0f} s", flush=True)
        store(network, maps, options.out)
    if options.dev:
        measure(options.out, options.dev, options.threads)


def rows(found: Sequence[Example]) -> list[Row]:
    """The examples as word pieces."""
    tokenizer = Tokenizer.from_file(str(folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    texts = sorted({text for example in found for text in (example.requirement, example.passage)})
    encoded = tokenizer.encode_batch(texts)
    pieces = {text: one.ids for text, one in zip(texts, encoded, strict=True)}
    return [(pieces[e.requirement], pieces[e.passage], MATCHES.index(e.match)) for e in found]


def _batches(learnt: Sequence[Row], size: int, rng: random.Random) -> Iterator[list[Row]]:
    """Every row once, in batches of like length, in an order of its own each time."""
    shuffled = rng.sample(learnt, len(learnt))
    grouped: list[list[Row]] = []
    for begin in range(0, len(shuffled), size * _BUCKET):
        near = sorted(shuffled[begin : begin + size * _BUCKET], key=lambda row: len(row[0]) + len(row[1]))
        grouped += [near[at : at + size] for at in range(0, len(near), size)]
    rng.shuffle(grouped)
    yield from grouped


def _step(network: Network, batch: Sequence[Row], optimizer: Any) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = scores_of(network, batch)
    wanted = torch.tensor([match for _, _, match in batch])
    loss = nn.functional.cross_entropy(scores.float(), wanted, label_smoothing=_SMOOTHED)
    return descend(network, loss, optimizer)


def scores_of(network: Network, batch: Sequence[Row]) -> Tensor:
    """(rows, 4): the lower layers over either side, laid together, and the upper ones over both."""
    asked = _states(network, [row[0] for row in batch])
    said = _states(network, [row[1] for row in batch])
    wholes = [torch.cat(both) for both in zip(asked, said, strict=True)]
    values = nn.utils.rnn.pad_sequence(wholes, batch_first=True)
    sides, mask = (torch.zeros(values.shape[:2], dtype=torch.long) for _ in range(2))
    for row, (first, whole) in enumerate(zip(asked, wholes, strict=True)):
        sides[row, len(first) : len(whole)], mask[row, : len(whole)] = 1, 1
    return network.joined(values, sides, mask)


def _states(network: Network, texts: Sequence[list[int]]) -> list[Tensor]:
    longest = max(map(len, texts))
    pieces, mask = (torch.zeros(len(texts), longest, dtype=torch.long) for _ in range(2))
    for row, ids in enumerate(texts):
        pieces[row, : len(ids)], mask[row, : len(ids)] = torch.tensor(ids), 1
    values = network.apart(pieces, mask)
    return [values[row, : len(ids)] for row, ids in enumerate(texts)]


def near_maps(found: Sequence[Example], threads: int) -> dict[str, Tensor]:
    """The two maps of `Near`: what bears on a requirement comes near it, other passages go away from it."""
    vectors = Model(Exact(threads)).encode({text for e in found for text in (e.requirement, e.passage)})
    asked = torch.from_numpy(np.stack([vectors[e.requirement] for e in found]))
    said = torch.from_numpy(np.stack([vectors[e.passage] for e in found]))
    bears = torch.tensor([float(e.match != "not_stated") for e in found])
    groups = {text: n for n, text in enumerate(sorted({e.requirement for e in found}))}
    group = torch.tensor([groups[e.requirement] for e in found])
    maps = {f"near.{side}": nn.Parameter(torch.eye(asked.shape[1])) for side in ("asked", "said")}
    scale, bias = nn.Parameter(torch.tensor(12.0)), nn.Parameter(torch.tensor(-4.0))
    optimizer = torch.optim.AdamW([*maps.values(), scale, bias], lr=5e-4, weight_decay=0.02)

    def mapped(places: Tensor) -> tuple[Tensor, Tensor]:
        sides = (asked[places] @ maps["near.asked"].T, said[places] @ maps["near.said"].T)
        return nn.functional.normalize(sides[0], dim=-1), nn.functional.normalize(sides[1], dim=-1)

    positive = bears.nonzero()[:, 0]
    for _ in range(_NEAR_ROUNDS):
        for places in torch.split(positive[torch.randperm(len(positive))], _NEAR_BATCH):
            one, other = mapped(places)
            same = (group[places][:, None] == group[places][None]) & ~torch.eye(len(places), dtype=torch.bool)
            likeness = (one @ other.T * scale).masked_fill(same, -30.0)
            right = torch.arange(len(places))
            loss = nn.functional.cross_entropy(likeness, right) + nn.functional.cross_entropy(
                likeness.T, right
            )
            any_places = torch.randint(0, len(found), (4 * _NEAR_BATCH,))
            one, other = mapped(any_places)
            loss = loss + nn.functional.binary_cross_entropy_with_logits(
                (one * other).sum(-1) * scale + bias, bears[any_places]
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    return {name: value.detach() for name, value in maps.items()}


def store(network: Network, maps: dict[str, Tensor], path: Path) -> None:
    """Writes what was trained in half precision; the base weights stay in their own package."""
    trained = {**network.trained(), **maps}
    values = {name: value.numpy().astype(np.float16) for name, value in sorted(trained.items())}
    about = {
        "base": WEIGHTS_SHA256,
        "data": "Requirements and passages written for Shortlist (tests/benchmarks/data/reader)",
        "licence": "Apache-2.0",
    }
    # One entry: the file format does not keep the order of several, and the same model is to be the same bytes.
    save_file(values, path, metadata={ABOUT: json.dumps(about)})
    path.chmod(0o644)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m plugins.rubric_score.reader.train", description=__doc__)
    parser.add_argument("--train", type=Path, nargs="+", required=True, help="files to learn from")
    parser.add_argument("--dev", type=Path, nargs="*", help="files by other authors, to measure on")
    parser.add_argument("--out", type=Path, default=MODEL_FILE, help="where the model goes (%(default)s)")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=32, help="pairs a step")
    parser.add_argument("--rate", type=float, default=1e-3, help="highest learning rate")
    parser.add_argument("--keep", type=float, default=0.5, help="share of silent sentences of resumes used")
    parser.add_argument("--threads", type=int, default=2)
    train(parser.parse_args(arguments))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Trains the reader and stores what it learnt: `python -m plugins.rubric_score.reader.train --help`.

The same files, seed and number of threads give the same model on one kind of machine. An hour on two cores.
The model that is shipped came in two steps, see `docs/scoring.md`.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import Tensor, nn

from core.sdk.lowrank import descend, optimizer_for
from plugins.rubric_score.model import WEIGHTS_SHA256, Exact, Model, Vectors, filled, tokenizer, transformer
from plugins.rubric_score.reader import MATCHES
from plugins.rubric_score.reader.examples import Example, examples, strangers, thinned
from plugins.rubric_score.reader.halves import ABOUT, changes_of
from plugins.rubric_score.reader.laying import LONGEST
from plugins.rubric_score.reader.measure import measure
from plugins.rubric_score.reader.model import MODEL_FILE
from plugins.rubric_score.reader.near import Near, nearness
from plugins.rubric_score.reader.network import SIDES, Network

_SEED: Final = 20261127
_SMOOTHED: Final = 0.05
_BUCKET: Final = 50
"""Batches sorted by length together: wide enough to save padding, narrow enough to stay random."""
_NEAR_ROUNDS: Final = 6
_NEAR_BATCH: Final = 256
_APART_BATCH: Final = 64
_NEAR: Final = 0.1
"""From this nearness on a silent sentence is one that may be read."""
_FAR_KEPT: Final = 0.03
"""The share of other silent sentences that is learnt from."""


class Row(NamedTuple):
    """What the lower layers make of each side of an example, (pieces, 384) each, and the place of its match."""

    sides: tuple[Tensor, ...]
    match: int

    @property
    def length(self) -> int:
        """Of all sides together."""
        return sum(map(len, self.sides))


def train(options: argparse.Namespace) -> None:
    """Trains, stores the model, and measures what was stored on the held-out files."""
    torch.manual_seed(_SEED)
    torch.set_num_threads(options.threads)
    told, rng = examples(options.train), random.Random(_SEED)
    told = rng.sample(told, round(len(told) * options.share)) + examples(options.whole)
    vectors = Model(Exact(options.threads)).encode({text for e in told for text in e.pair})
    maps = maps_of(options.start) if options.start else near_maps(thinned(told, options.keep, rng), vectors)
    near = Nearness(Near({name: value.numpy() for name, value in maps.items()}), vectors)
    found = worth_reading(told, near, options.keep)
    found += strangers(told, lambda asked, said: near(asked, said) >= _NEAR, options.strangers, rng)
    print(f"{len(found)} examples", flush=True)
    network = Network(transformer())
    if options.start:
        network.go_on(changes_of(options.start))
    learnt = rows(network.eval(), found)
    # Dropout in the encoder costs more time than the examples it keeps from being learnt by heart.
    network.train().encoder.eval()
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


def rows(network: Network, found: Sequence[Example]) -> list[Row]:
    """The examples as the lower layers leave them; these are not trained, so each text is read once."""
    texts = sorted({text for example in found for text in example.pair if text})
    states = dict(zip(texts, _apart(network, texts), strict=True))
    states[""] = torch.zeros(0, network.encoder.config.hidden_size, dtype=torch.bfloat16)
    return [Row(tuple(states[text] for text in e.pair), MATCHES.index(e.match)) for e in found]


def _apart(network: Network, texts: Sequence[str]) -> list[Tensor]:
    ids = [encoding.ids for encoding in tokenizer(LONGEST).encode_batch(texts)]
    order = sorted(range(len(ids)), key=lambda place: len(ids[place]))
    states: dict[int, Tensor] = {}
    for begin in range(0, len(order), _APART_BATCH):
        places = order[begin : begin + _APART_BATCH]
        shape = len(places), len(ids[places[-1]])
        padded = (torch.from_numpy(part) for part in filled([ids[place] for place in places], shape))
        values = network.apart(*padded).to(torch.bfloat16)
        states |= {place: values[row, : len(ids[place])].clone() for row, place in enumerate(places)}
    return [states[place] for place in range(len(ids))]


def _batches(learnt: Sequence[Row], size: int, rng: random.Random) -> Iterator[list[Row]]:
    """Every row once, in batches of like length, in an order of its own each time."""
    shuffled = rng.sample(learnt, len(learnt))
    grouped: list[list[Row]] = []
    for begin in range(0, len(shuffled), size * _BUCKET):
        near = sorted(shuffled[begin : begin + size * _BUCKET], key=lambda row: row.length)
        grouped += [near[at : at + size] for at in range(0, len(near), size)]
    rng.shuffle(grouped)
    yield from grouped


def _step(network: Network, batch: Sequence[Row], optimizer: Any) -> float:
    scores = scores_of(network, batch)
    wanted = torch.tensor([row.match for row in batch])
    loss = nn.functional.cross_entropy(scores, wanted, label_smoothing=_SMOOTHED)
    return descend(network, loss, optimizer)


def scores_of(network: Network, batch: Sequence[Row]) -> Tensor:
    """(rows, 4): the sides laid together, and the upper layers over all."""
    values = nn.utils.rnn.pad_sequence([torch.cat(row.sides) for row in batch], batch_first=True)
    sides, mask = (torch.zeros(values.shape[:2], dtype=torch.long) for _ in range(2))
    for number, row in enumerate(batch):
        lengths = torch.tensor([len(side) for side in row.sides])
        sides[number, : row.length] = torch.repeat_interleave(torch.arange(len(SIDES)), lengths)
        mask[number, : row.length] = 1
    return network.joined(values.float(), sides, mask)


class Nearness:
    """How near a passage is to a requirement; either side is mapped once."""

    def __init__(self, near: Near, vectors: dict[str, Vectors]) -> None:
        self._asked = cache(lambda text: near.asked(vectors[text]))
        self._said = cache(lambda text: near.said(vectors[text]))

    def __call__(self, asked: str, said: str) -> float:
        return nearness(self._asked(asked), self._said(said))


def worth_reading(told: Sequence[Example], near: Nearness, keep: float) -> list[Example]:
    """Without most of the silent sentences that would not be read anyway, and a share of those that would.

    Dated lines are always read where years are asked, so those of other work are all kept.
    """
    rng = random.Random(_SEED)

    def is_kept(example: Example) -> bool:
        if not example.resume or example.match != "not_stated" or example.dates_other_work:
            return True
        return rng.random() < (keep if near(example.requirement, example.passage) >= _NEAR else _FAR_KEPT)

    return [example for example in told if is_kept(example)]


def maps_of(model: Path) -> dict[str, Tensor]:
    """The maps of a stored model."""
    return {name: value for name, value in changes_of(model).items() if name.startswith("near.")}


def near_maps(found: Sequence[Example], vectors: dict[str, Vectors]) -> dict[str, Tensor]:
    """The two maps of `Near`: what bears on a requirement comes near it, other passages go away from it."""
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
    parser.add_argument("--keep", type=float, default=0.5, help="share used of silent sentences of resumes")
    parser.add_argument("--strangers", type=int, default=12_000, help="sentences of other jobs' resumes used")
    parser.add_argument("--start", type=Path, help="a stored model to go on from, with its maps")
    parser.add_argument("--share", type=float, default=1.0, help="share used of the examples of --train")
    parser.add_argument(
        "--whole", type=Path, nargs="*", default=[], help="files to learn all of, whatever the share"
    )
    parser.add_argument("--threads", type=int, default=2)
    train(parser.parse_args(arguments))
    return 0


if __name__ == "__main__":
    sys.exit(main())

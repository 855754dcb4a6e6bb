"""Lays pairs of texts into batches of fixed shapes, so that company never changes a reading."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from plugins.rubric_score.model import Shape, batched, filled, tokenizer
from plugins.rubric_score.reader import Pair
from plugins.rubric_score.reader.halves import Halves, Scores, States

LONGEST: Final = 96
"""Word pieces read of each text."""
_ALL: Final = 1000
_LENGTHS: Final = (*range(8, 97, 8), 112, 128, 192, 288)
_TEXTS: Final = 2_000
"""Whose lower half is kept: some 50 KB each."""

Shares = NDArray[np.float64]


class Laying:
    """Reads pairs with these halves; the lower one once for each text."""

    def __init__(self, halves: Halves) -> None:
        self._halves = halves
        self._tokenizer = tokenizer(LONGEST)
        self._states: OrderedDict[str, States] = OrderedDict()

    def read(self, pairs: Sequence[Pair]) -> Iterator[tuple[Pair, Shares]]:
        """Each pair with how likely each match is, (4,) in thousandths; in no order."""
        told = [pair if pair.under else pair[:2] for pair in pairs]
        states = self._apart(sorted({text for sides in told for text in sides}))
        lengths = [sum(len(states[text]) for text in sides) for sides in told]
        for shape, places in batched(lengths, _LENGTHS):
            batch = _joined([[states[text] for text in told[place]] for place in places], shape)
            scores = self._halves.joined(*batch)
            yield from ((pairs[place], _shares(scores[row])) for row, place in enumerate(places))

    def _apart(self, texts: Sequence[str]) -> dict[str, States]:
        """(pieces, 384) for each text."""
        missing = [text for text in texts if text not in self._states]
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(missing)]
        for shape, places in batched([len(one) for one in ids], _LENGTHS):
            states = self._halves.apart(*filled([ids[place] for place in places], shape))
            for row, place in enumerate(places):
                self._states[missing[place]] = states[row, : len(ids[place])].copy()
        for text in texts:
            self._states.move_to_end(text)
        found = {text: self._states[text] for text in texts}
        while len(self._states) > _TEXTS:
            self._states.popitem(last=False)
        return found


def _joined(
    pairs: Sequence[Sequence[States]], shape: Shape
) -> tuple[States, NDArray[np.int64], NDArray[np.int64]]:
    """The arguments of `Halves.joined`: the sides of each pair one after the other."""
    values = np.zeros((*shape, pairs[0][0].shape[1]), np.float32)
    sides, mask = (np.zeros(shape, np.int64) for _ in range(2))
    mask[:, 0] = 1
    for row, pair in enumerate(pairs):
        at = 0
        for side, states in enumerate(pair):
            upto = at + len(states)
            values[row, at:upto], sides[row, at:upto], mask[row, at:upto] = states, side, 1
            at = upto
    return values, sides, mask


def _shares(scores: Scores) -> Shares:
    raised = np.exp(scores.astype(np.float64) - scores.max())
    shares: Shares = raised / raised.sum() * _ALL
    return shares

"""The reader in PyTorch: the bundled sentence model, whose upper layers see a requirement and a passage together.

The lower layers are the sentence model's own and read each text by itself, so that what they make of it is
computed once however many texts it is laid beside (as in PreTTR: MacAvaney et al., 2020). The upper ones carry
trained low-rank changes; a head turns what they see into the four matches.
"""

from copy import deepcopy
from typing import Any, Final

import torch
from torch import Tensor, nn

from core.sdk.lowrank import adapt, merge
from plugins.rubric_score.reader import MATCHES

SIDES: Final = ("asked", "said", "under")
"""The requirement, the passage, and the line the passage stands under, which may be missing."""
APART: Final = 3
"""Layers that read each text by itself; the rest of the six read both."""
_INNER: Final = 256
_WITHIN: Final = "encoder.encoder."
_DROPOUT: Final = 0.1


class Network(nn.Module):
    """`encoder` is the bundled BERT; what it has learnt already stays as it is."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder.requires_grad_(False)
        adapt(self.encoder.encoder.layer[APART:])
        size = int(encoder.config.hidden_size)
        self.side = nn.Parameter(torch.zeros(len(SIDES), size))
        self.dropout = nn.Dropout(_DROPOUT)
        self.inner = nn.Linear(4 * size, _INNER)
        self.head = nn.Linear(_INNER, len(MATCHES))

    def apart(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """(texts, length, 384): what the lower layers make of each text; both arguments (texts, length)."""
        with torch.no_grad():
            values = self.encoder.embeddings(input_ids=pieces)
            return self._through(self.encoder.encoder.layer[:APART], values, mask)

    def joined(self, values: Tensor, sides: Tensor, mask: Tensor) -> Tensor:
        """(pairs, 4) scores of the matches.

        `values` (pairs, length, 384) hold the pieces of each side as `apart` left them, one side after the other,
        `sides` (pairs, length) say which, by its place in `SIDES`, and `mask` is 0 where nothing stands.
        """
        *middle, last = self.encoder.encoder.layer[APART:]
        values = self._through(middle, values + self.side[sides], mask)
        asked, said = (mask * (sides == side) for side in (0, 1))
        # Gathered, so that a graph traced from this takes any number of pairs.
        second = asked.sum(1)[:, None, None].expand(-1, 1, values.shape[2])
        marks = self._last(last, torch.cat([values[:, :1], values.gather(1, second)], dim=1), values, mask)
        seen = torch.cat([*marks.unbind(1), _mean(values, asked), _mean(values, said)], dim=1).float()
        scores: Tensor = self.head(self.dropout(torch.relu(self.inner(self.dropout(seen)))))
        return scores

    def _last(self, layer: Any, marks: Tensor, values: Tensor, mask: Tensor) -> Tensor:
        """(pairs, 2, 384): what the last layer makes of the mark before either side; no more of it is needed."""
        own = layer.attention.self

        def by_head(found: Tensor) -> Tensor:
            return found.view(*found.shape[:2], own.num_attention_heads, -1).transpose(1, 2)

        asked, keys, told = map(by_head, (own.query(marks), own.key(values), own.value(values)))
        size = keys.shape[-1] ** 0.5
        likeness = (asked @ keys.transpose(2, 3) / size).masked_fill(mask[:, None, None, :] == 0, -torch.inf)
        seen = (likeness.softmax(-1) @ told).transpose(1, 2).flatten(2)
        marks = layer.attention.output(seen, marks)
        found: Tensor = layer.output(layer.intermediate(marks), marks)
        return found

    def change(self, changes: dict[str, Tensor]) -> None:
        """Take what training changed, as `trained` tells it, into the weights: nothing is added while reading."""
        self.go_on(changes)
        merge(self.encoder.encoder.layer[APART:])

    def go_on(self, changes: dict[str, Tensor]) -> None:
        """Start training from what was trained before."""
        self.load_state_dict({self._own_name(name): value for name, value in changes.items()}, strict=False)

    def trained(self) -> dict[str, Tensor]:
        """What training changed, by the names the stored model uses."""
        return {
            name.removeprefix(_WITHIN): value.detach()
            for name, value in self.named_parameters()
            if value.requires_grad
        }

    def _own_name(self, name: str) -> str:
        return _WITHIN + name if name.startswith("layer.") else name

    def _through(self, layers: Any, values: Tensor, mask: Tensor) -> Tensor:
        lowest = torch.finfo(values.dtype).min
        hidden = torch.where(mask[:, None, None, :] == 1, 0.0, lowest).to(values.dtype)
        for layer in layers:
            found = layer(values, hidden)
            values = found[0] if isinstance(found, tuple) else found
        return values


def own_upper(encoder: Any) -> Any:
    """The same encoder with upper layers of its own to change; all below is shared with the given one."""
    below = (encoder.embeddings, *encoder.encoder.layer[:APART])
    return deepcopy(encoder, {id(part): part for part in below})


def _mean(values: Tensor, mask: Tensor) -> Tensor:
    weights = mask.unsqueeze(-1).to(values.dtype)
    return (values * weights).sum(1) / weights.sum(1).clamp_min(1)

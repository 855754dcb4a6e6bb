"""The span model as PyTorch trains it: the bundled encoder, frozen, with low-rank changes and two chain heads.

Linear-chain conditional random field: Lafferty et al., 2001. Needed for training only.
"""

from typing import Any, Final

import torch
from torch import Tensor, nn

from core.screening.spans.words import SHAPES
from core.sdk.lowrank import adapt

TAGS: Final = 3
"""O, B, I, in this order."""
LAYERS: Final = 2
_DROPOUT: Final = 0.1
_FORBIDDEN: Final = -1e4


class Network(nn.Module):
    """Scores for the tags of every word in both layers, and for one tag following another."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder.requires_grad_(False)
        adapt(self.encoder.encoder.layer)
        size = int(encoder.config.hidden_size)
        self.shape = nn.Parameter(torch.zeros(SHAPES, size))
        self.dropout = nn.Dropout(_DROPOUT)
        self.head = nn.Linear(size, LAYERS * TAGS)
        self.transitions = nn.Parameter(torch.zeros(LAYERS, TAGS, TAGS))

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, firsts: Tensor) -> Tensor:
        """(batch, words, 2, 3) from (batch, pieces) of ids, spellings, attention and (batch, words) places."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.shape[shapes]
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        index = firsts.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        scores: Tensor = self.head(self.dropout(hidden.gather(1, index)))
        return scores.reshape(*scores.shape[:2], LAYERS, TAGS).float()

    def loss(self, scores: Tensor, tags: Tensor, words: Tensor) -> Tensor:
        """Mean negative log-likelihood per word of the right chains; `tags` (batch, words, 2), `words` a mask."""
        rules = self._rules()
        start = torch.zeros(TAGS)
        start[2] = _FORBIDDEN
        chosen = scores.gather(-1, tags.unsqueeze(-1)).squeeze(-1)
        steps = rules[torch.arange(LAYERS), tags[:, :-1], tags[:, 1:]]
        inside = words.unsqueeze(-1)
        gold = (chosen * inside).sum(1) + (steps * inside[:, 1:]).sum(1)
        state = scores[:, 0] + start
        for place in range(1, scores.shape[1]):
            moved = torch.logsumexp(state.unsqueeze(-1) + rules, dim=2) + scores[:, place]
            state = torch.where(words[:, place, None, None], moved, state)
        return (torch.logsumexp(state, dim=-1) - gold).sum() / words.sum()

    def _rules(self) -> Tensor:
        forbidden = torch.zeros(TAGS, TAGS)
        forbidden[0, 2] = _FORBIDDEN  # nothing goes on that has not begun
        return self.transitions + forbidden

    def trained(self) -> dict[str, Tensor]:
        """What training changed, by the names the stored model uses."""
        found = {
            name.removeprefix("encoder.encoder."): value
            for name, value in self.named_parameters()
            if value.requires_grad
        }
        return {name: value.detach() for name, value in found.items()}

"""Small trained changes to a bundled transformer: low-rank products added to its linear layers.

LoRA: Hu et al., 2021. A model that is one such change is a file of a few megabytes; the weights it changes stay
in the package they came in. Needs PyTorch, which is why `core.sdk` itself does not import this module.
"""

from collections.abc import Iterable
from typing import Any, Final

import torch
from torch import Tensor, nn

RANK: Final = 32
LINEAR: Final = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""The linear layers of one layer of BERT (Devlin et al., 2019)."""
_DROPOUT: Final = 0.1


class LowRank(nn.Module):
    """A frozen linear layer plus a trained product of two thin matrices."""

    def __init__(self, base: nn.Linear) -> None:
        super().__init__()
        self.base = base.requires_grad_(False)
        self.down = nn.Parameter(torch.empty(RANK, base.in_features))
        self.up = nn.Parameter(torch.zeros(base.out_features, RANK))
        self.dropout = nn.Dropout(_DROPOUT)
        nn.init.kaiming_uniform_(self.down, a=5**0.5)

    def forward(self, values: Tensor) -> Tensor:
        """(..., in) to (..., out)."""
        change = self.dropout(values) @ self.down.T @ self.up.T
        return torch.as_tensor(self.base(values) + change)


def adapt(layers: Iterable[Any]) -> None:
    """Give every linear layer of these layers of BERT a change of its own to train."""
    for layer in layers:
        for name in LINEAR:
            parent, _, own = name.rpartition(".")
            module = layer.get_submodule(parent)
            setattr(module, own, LowRank(getattr(module, own)))


def merge(layers: Iterable[Any]) -> None:
    """Add the changes to the weights they change and leave plain linear layers, as fast as before."""
    for layer in layers:
        for name in LINEAR:
            parent, _, own = name.rpartition(".")
            module = layer.get_submodule(parent)
            changed: LowRank = getattr(module, own)
            with torch.no_grad():
                changed.base.weight += changed.up @ changed.down
            setattr(module, own, changed.base)


def optimizer_for(network: nn.Module, rate: float, steps: int) -> tuple[Any, Any]:
    """AdamW for what is trained of the network, with a short warm-up and a linear way down to nothing."""
    trained = [value for value in network.parameters() if value.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=rate, weight_decay=0.01)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))
    )
    return optimizer, schedule


def descend(network: nn.Module, loss: Tensor, optimizer: Any) -> float:
    """One step down the gradient, clipped at length one; returns the loss."""
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_([value for value in network.parameters() if value.requires_grad], 1.0)
    optimizer.step()
    return float(loss.detach())

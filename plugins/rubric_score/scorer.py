"""Judges each requirement by comparators, and reads the passages again where words alone decided or found nothing."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Final

from core.sdk import Judgement, Material, Rubric
from plugins.rubric_score.demands import demand_of
from plugins.rubric_score.judging import judge_demand, to_compare
from plugins.rubric_score.meaning import Meaning
from plugins.rubric_score.model import WEIGHTS_SHA256, Exact, Model, Network, Vectors
from plugins.rubric_score.text import read

VERSION: Final = "8"


class RubricScorer:
    """See the package's docstring; implements `core.sdk.Scorer`."""

    def __init__(self, open_network: Callable[[], Network] = Exact) -> None:
        self._open = open_network
        self._model: Model | None = None

    @cached_property
    def _network(self) -> Network:
        return self._open()

    @property
    def version(self) -> str:
        """The code's version, the model's weights and what computes with them."""
        return f"{VERSION}+minilm.{WEIGHTS_SHA256[:12]}.{self._network.name}"

    @property
    def loaded(self) -> bool:
        """True once something needed the model."""
        return self._model is not None

    def judge(self, rubric: Rubric, materials: Sequence[Material]) -> Sequence[tuple[Judgement, ...]]:
        """See `core.sdk.Scorer.judge`."""
        reads = [read(material) for material in materials]
        demands = [demand_of(requirement) for requirement in rubric.requirements]
        meaning = Meaning(self._encode)
        meaning.foresee(to_compare(demands, reads))
        return [
            tuple(judge_demand(demand, found, meaning).judgement for demand in demands) for found in reads
        ]

    def _encode(self, texts: Iterable[str]) -> dict[str, Vectors]:
        if self._model is None:
            self._model = Model(self._network)
        return self._model.encode(texts)

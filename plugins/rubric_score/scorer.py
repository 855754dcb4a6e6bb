"""Judges each requirement by comparators, and reads the passages again where words alone decided or found nothing."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Final

import msgspec

from core.sdk import Judgement, Material, Rubric
from plugins.rubric_score.demands import demand_of
from plugins.rubric_score.judging import to_compare
from plugins.rubric_score.meaning import Meaning
from plugins.rubric_score.model import WEIGHTS_SHA256, Exact, Model, Network, Vectors
from plugins.rubric_score.reader import Readings
from plugins.rubric_score.reader.model import Reader
from plugins.rubric_score.second import Beside, SecondReading
from plugins.rubric_score.text import read

VERSION: Final = "12"


class RubricScorer:
    """See the package's docstring; implements `core.sdk.Scorer`."""

    def __init__(
        self, open_network: Callable[[], Network] = Exact, open_reader: Callable[[], Readings] = Reader
    ) -> None:
        self._open_network, self._open_reader = open_network, open_reader
        self._model: Model | None = None

    @cached_property
    def _network(self) -> Network:
        return self._open_network()

    @cached_property
    def _reader(self) -> Readings:
        return self._open_reader()

    @property
    def version(self) -> str:
        """The code's version, the models' weights and what computes with them."""
        return f"{VERSION}+minilm.{WEIGHTS_SHA256[:12]}.{self._network.name}.{self._reader.name}"

    @property
    def loaded(self) -> bool:
        """True once something needed the model."""
        return self._model is not None

    def judge(self, rubric: Rubric, materials: Sequence[Material]) -> Sequence[tuple[Judgement, ...]]:
        """See `core.sdk.Scorer.judge`."""
        reads = [read(material) for material in materials]
        demands = [demand_of(requirement) for requirement in rubric.requirements]
        meaning = Meaning(self._encode, lambda: self._reader.near)
        meaning.foresee(to_compare(demands, reads))
        second = SecondReading(self._reader, meaning)
        rows = [[second.beside(demand, found) for demand in demands] for found in reads]
        second.foresee([one for row in rows for one in row])
        return [tuple(map(_settled, row)) for row in rows]

    def _encode(self, texts: Iterable[str]) -> dict[str, Vectors]:
        if self._model is None:
            self._model = Model(self._network)
        return self._model.encode(texts)


def _settled(one: Beside) -> Judgement:
    return msgspec.structs.replace(one.settle(), leaning=one.leaning())

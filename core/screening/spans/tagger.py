"""Finds the skills and the knowledge a sentence names, with the trained model that ships beside this file."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from core.screening.spans import Kind, Span
from core.screening.spans.encoder import WEIGHTS_SHA256, Encoder
from core.screening.spans.measure import Ends, Layered, spans_of
from core.screening.spans.words import Pieces, Word, model_folder, split_words

MODEL_FILE: Final = Path(str(files("core.screening.spans").joinpath("skillspan.safetensors")))
ABOUT: Final = "about"
"""The model file's own description: base weights, data, licence."""
_TAGS: Final = "OBI"
_STEP: Final = 1024
"""Scores are rounded to 1/1024 before tags are chosen."""
_NEVER: Final = -(1 << 40)


class Tagger:
    """The span model: an encoder, a score for each tag of each word, and the best chain of tags."""

    def __init__(self, model: Path = MODEL_FILE) -> None:
        changes, base = _read(model)
        if base != WEIGHTS_SHA256:
            raise RuntimeError(f"{model} was trained on another sentence model; train it again.")
        folder = model_folder()
        self._pieces = Pieces(folder)
        self._encoder = Encoder(folder / "model.safetensors", changes)
        self._weights = changes["head.weight"].astype(np.float64).T
        self._bias = changes["head.bias"].astype(np.float64)
        self._rules = [_whole(layer.astype(np.float64)) for layer in changes["transitions"]]

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[Layered]:
        """The spans of each sentence, given as words, in both layers; counted in words."""
        runs = [
            (place, chunk) for place, words in enumerate(sentences) for chunk in self._pieces.chunks(words)
        ]
        tags: list[tuple[str, str]] = [("", "")] * len(sentences)
        hidden = self._encoder.hidden([chunk for _, chunk in runs])
        for (place, chunk), values in zip(runs, hidden, strict=True):
            scores = values[list(chunk.firsts)] @ self._weights + self._bias
            chains = [
                best_chain(_whole(scores[:, 3 * layer : 3 * layer + 3]), rules)
                for layer, rules in enumerate(self._rules)
            ]
            tags[place] = (tags[place][0] + chains[0], tags[place][1] + chains[1])
        return [(spans_of(skill), spans_of(knowledge)) for skill, knowledge in tags]

    def find(self, sentences: Sequence[str]) -> list[tuple[Span, ...]]:
        """The spans of each sentence, by place; what stands in one list of results depends on its sentence alone."""
        cut = [split_words(sentence) for sentence in sentences]
        texts = [[s[w.start : w.end] for w in words] for s, words in zip(sentences, cut, strict=True)]
        found = []
        for sentence, words, (skills, knowledge) in zip(sentences, cut, self.tag(texts), strict=True):
            spans = [_span("skill", words, ends) for ends in skills]
            spans += [
                _span("knowledge", words, ends) for one in knowledge for ends in _listed(sentence, words, one)
            ]
            found.append(tuple(sorted(spans, key=lambda span: (span.start, -span.end, span.kind))))
        return found


def _listed(sentence: str, words: Sequence[Word], ends: Ends) -> Iterator[Ends]:
    """A list's members one by one: SkillSpan has no commas, so the model cannot see where one ends."""
    begin = ends[0]
    for place in range(*ends):
        last = place + 1 == ends[1]
        if last or "," in sentence[words[place].end : words[place + 1].start]:
            yield begin, place + 1
            begin = place + 1


def _span(kind: Kind, words: Sequence[Word], ends: Ends) -> Span:
    return Span(kind=kind, start=words[ends[0]].start, end=words[ends[1] - 1].end)


def best_chain(scores: NDArray[np.int64], rules: NDArray[np.int64]) -> str:
    """The tags with the highest sum (Viterbi), in whole numbers; of equals the first of O, B, I wins.

    `scores` (words, 3), `rules[a, b]` for b after a; I never follows O and never begins.
    """
    moves = rules.copy()
    moves[0, 2] = _NEVER
    state = scores[0] + np.array([0, 0, _NEVER])
    back = []
    for row in scores[1:]:
        sums = state[:, None] + moves
        back.append(sums.argmax(axis=0))
        state = sums.max(axis=0) + row
    place = int(state.argmax())
    chain = [place]
    for came in reversed(back):
        place = int(came[place])
        chain.append(place)
    return "".join(_TAGS[place] for place in reversed(chain))


def _whole(values: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.rint(values * _STEP).astype(np.int64)


def _read(model: Path) -> tuple[dict[str, NDArray[Any]], str]:
    """The trained values by name, and the hash of the weights they change."""
    with safe_open(str(model), framework="numpy") as stored:
        about = json.loads((stored.metadata() or {}).get(ABOUT, "{}"))
        return {name: stored.get_tensor(name) for name in stored.keys()}, about.get("base", "")  # noqa: SIM118


@cache
def default_tagger() -> Tagger:
    """The model that ships with Shortlist, loaded once a process."""
    return Tagger()

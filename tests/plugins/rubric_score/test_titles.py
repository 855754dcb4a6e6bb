"""Titles of one line of work come near each other, whatever they are called."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from plugins.rubric_score.model import Model
from plugins.rubric_score.titles import BASE, Titles
from plugins.rubric_score.titles.fit import fit, occupations
from plugins.rubric_score.titles.wording import title_of, trade_of


@pytest.fixture(scope="module")
def model() -> Model:
    return Model()


@pytest.mark.parametrize(
    ("asked", "same", "other"),
    [
        ("nurse", "midwife", "nursery owner"),
        ("nurse", "registered general nurse", "nursery owner"),
        ("software developer", "programmer", "property developer"),
        ("chef", "head cook", "chief executive"),
    ],
)
def test_the_same_work_is_nearer_than_the_same_words(model: Model, asked: str, same: str, other: str) -> None:
    titles = Titles(model.encode)
    assert titles.alike(asked, same) > titles.alike(asked, other)


def test_a_title_is_itself_and_company_changes_nothing(model: Model) -> None:
    titles = Titles(model.encode)
    assert titles.alike("nurse", "nurse") == 1.0
    together = titles.compared(["nurse", "welder"], ["midwife", "pipe welder", "baker"])
    assert titles.alike("welder", "pipe welder") == pytest.approx(together[1, 1], abs=5e-4)


@pytest.mark.parametrize(
    ("dated", "title"),
    [
        ("Electrician, Brandt Elektro, Kassel, March 2019 - today", "Electrician"),
        ("2015 - 2024 Ward nurse, St. Anna", "Ward nurse"),
        ("Since May 2021: Shift lead at Ottermann", "Shift lead"),
        ("03/2018 - 05/2020", ""),
    ],
)
def test_the_title_of_a_position_is_found_in_its_dated_line(dated: str, title: str) -> None:
    assert title_of(dated, date(2026, 11, 1)) == title


@pytest.mark.parametrize(
    ("subject", "trade"),
    [
        ("experience as an electrician", "electrician"),
        ("Experience in bookkeeping", "bookkeeping"),
        ("CNC milling", "CNC milling"),
    ],
)
def test_the_trade_is_found_in_what_is_asked(subject: str, trade: str) -> None:
    assert trade_of(subject) == trade


def test_a_file_for_another_sentence_model_is_refused(model: Model, tmp_path: Path) -> None:
    save_file({"middle": np.zeros(384, np.float16)}, tmp_path / "titles.safetensors", {BASE: "0" * 64})
    with pytest.raises(RuntimeError, match="make it again"):
        Titles(model.encode, tmp_path / "titles.safetensors").alike("nurse", "baker")


def test_it_is_made_again_from_a_list_of_occupations(model: Model, tmp_path: Path) -> None:
    rows = [
        '"nurse","staff nurse\nward nurse\nsister"',
        '"baker","bread baker\nboulanger"',
        '"welder","pipe welder"',
    ]
    (tmp_path / "esco.csv").write_text("\n".join(["PREFERREDLABEL,ALTLABELS", *rows]), "utf-8")
    found = list(occupations(tmp_path / "esco.csv"))
    assert found[0] == ["nurse", "staff nurse", "ward nurse", "sister"]
    fit(found, tmp_path / "titles.safetensors")
    titles = Titles(model.encode, tmp_path / "titles.safetensors")
    assert titles.alike("boulanger", "bread baker") > titles.alike("boulanger", "pipe welder")

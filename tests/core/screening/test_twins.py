# ruff: noqa: E501 -- forms of a person stand in rows
"""Twins who differ only in who they are: the file goes in, the score comes out, equal to the last bit."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import docx
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from core.cli import cli

_JOB: Final = """Intensive care nurse

Requirements
- At least 3 years of experience in intensive care
- Bachelor's degree in nursing
- Wound care
- Ruby or Java
- German at C1 level
"""
_RESUME: Final = """{name}
{address}
{email} | {phone} | {link}
Date of birth: {born}
Nationality: {nation}

Profile
{first} is a nurse with eight years of experience in intensive care. {she} leads a team of six.
{first}'s handover sheet was adopted by three wards, and {her} wound care notes are used in training.

Experience
{job}, Ward 7, Holm Clinic, Mar 2018 - present
Cared for ventilated patients and changed dressings in wound care for {first}'s ward.
Wrote the rota planner in Ruby and Java together with the IT department.

Education
BSc Nursing, {school}, {year}

Languages
English (C1), German (C2)
"""
_BASE: Final = {
    "name": "Anna Lee", "first": "Anna", "email": "anna.lee@example.org", "address": "12 Hill Street, London SW1A 2AA",
    "phone": "+44 7700 900123", "link": "https://www.linkedin.com/in/anna-lee", "born": "12 May 1988",
    "nation": "Irish", "she": "She", "her": "her", "job": "Staff nurse", "school": "University of Leeds", "year": "2010", "photo": "white",
}  # fmt: skip
_NAMES: Final = (
    ("Wojciech Łukasiewicz", "Wojciech", "w.lukasiewicz"), ("María José García-Fernández", "María José", "mjgarcia"),
    ("Abdul Rahman bin Khalid", "Abdul Rahman", "abdul_khalid"), ("Joost van der Meulen", "Joost", "jvandermeulen"),
    ("Ruby King", "Ruby", "ruby.king"), ("Java Brooks", "Java", "jbrooks84"), ("Will May", "Will", "will.may"),
    ("Seán O'Brien", "Seán", "obrien"), ("Nguyễn Thị Minh", "Minh", "minh.nguyen"), ("Grace Chase", "Grace", "grace"),
)  # fmt: skip
_SWAPS: Final[dict[str, tuple[dict[str, str], ...]]] = {
    "name": tuple(
        {"name": name, "first": first, "email": f"{mail}@example.org", "link": f"https://www.linkedin.com/in/{mail}-7"}
        for name, first, mail in _NAMES
    ),
    "pronoun": ({"she": "He", "her": "his"}, {"she": "He", "her": "his", "nation": "Polish"}),
    "school": tuple(
        {"school": school}
        for school in ("Harvard College", "Uniwersytet Jagielloński", "IIT Madras", "Spelman College", "MIT")
    ),
    "address": (
        {"address": "Lindenstraße 44, 10969 Berlin", "phone": "+49 30 5550 1234"},
        {"address": "ul. Długa 14/3, 31-147 Kraków", "phone": "+48 512 345 678"},
        {"address": "Flat 302, Sai Residency, 14 MG Road, Bengaluru 560038", "phone": "+91 98765 43210"},
        {"address": "1420 N Maple Ave Apt 3, Springfield, IL 62704", "phone": "(555) 555-0199"},
    ),
    "year": ({"year": "1984", "born": "3 March 1961"}, {"year": "2022", "born": "1999-11-02"}),
    "photo": ({"photo": "black"}, {"photo": "peru"}, {"photo": ""}),
}  # fmt: skip


def _text(forms: dict[str, str], folder: Path, name: str) -> None:
    (folder / f"{name}.txt").write_text(_RESUME.format(**forms), "utf-8")


def _docx(forms: dict[str, str], folder: Path, name: str) -> None:
    document = docx.Document()
    if forms["photo"]:
        document.add_picture(_photo(forms["photo"]))
    for line in _RESUME.format(**forms).splitlines():
        document.add_paragraph(line)
    document.save(str(folder / f"{name}.docx"))


def _pdf(forms: dict[str, str], folder: Path, name: str) -> None:
    canvas = Canvas(str(folder / f"{name}.pdf"))
    canvas.setFont("HeiseiMin-W3", 9)
    if forms["photo"]:
        canvas.drawImage(ImageReader(_photo(forms["photo"])), 480, 760, 40, 40)
    for place, line in enumerate(_RESUME.format(**forms).splitlines()):
        canvas.drawString(40, 800 - 14 * place, line)
    canvas.save()


pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
_WRITE: Final[dict[str, Callable[[dict[str, str], Path, str], None]]] = {
    "txt": _text,
    "docx": _docx,
    "pdf": _pdf,
}


def _photo(colour: str) -> io.BytesIO:
    target = io.BytesIO()
    Image.new("RGB", (40, 40), colour).save(target, "PNG")
    target.seek(0)
    return target


def _scored(folder: Path, scorer: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """What must be equal of each file's result: all but the file's name, its hash, and places in it."""
    job = folder.parent / "job.txt"
    job.write_text(_JOB)
    monkeypatch.setenv("SHORTLIST_DATA_DIR", str(folder.parent / "data"))
    done = CliRunner().invoke(
        cli, ["score", "--job", str(job), "--scorer", scorer, "--as-of", "2026-11-01", "--json", str(folder)]
    )
    assert done.exit_code == 0, done.output
    for result in json.loads(done.stdout[done.stdout.index("[\n") :]):
        del result["file"], result["receipt"]["body"]["inputs"], result["receipt"]["signature"]
        for row in result["requirements"]:
            row["evidence"] = [quote["source"] for quote in row["evidence"]]
        yield result


@pytest.mark.parametrize("kind", ["txt", "docx", "pdf"])
def test_no_swap_changes_a_score(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "resumes"
    folder.mkdir()
    names = _SWAPS["name"] if kind != "pdf" else _SWAPS["name"][3:8]
    swaps = {**_SWAPS, "name": names}
    _WRITE[kind](_BASE, folder, "a-base")
    for what, forms in swaps.items():
        for number, changed in enumerate(forms):
            _WRITE[kind](_BASE | changed, folder, f"{what}-{number}")
    base, *twins = _scored(folder, "rubric", monkeypatch)
    assert base["status"] == "scored"
    assert base["score"] > 50
    assert len(twins) == sum(map(len, swaps.values()))
    for twin in twins:
        assert twin == base


_COMBINED: Final = st.tuples(*(st.sampled_from(({}, *forms)) for forms in _SWAPS.values()))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(_COMBINED, min_size=2, max_size=6))
def test_no_swaps_together_change_a_score(
    people: list[tuple[dict[str, str], ...]],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path_factory.mktemp("twins") / "resumes"
    folder.mkdir()
    for number, swaps in enumerate([(), *people]):
        forms = dict(_BASE)
        for changed in swaps:
            forms |= changed
        _text(forms, folder, f"{number:02}")
    base, *twins = _scored(folder, "keywords", monkeypatch)
    assert base["status"] == "scored"
    for twin in twins:
        assert twin == base

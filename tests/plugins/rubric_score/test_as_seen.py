"""The reader learns from texts as it will be given them: without the person, cut and placed by the same rules."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from core.screening.deidentify import Identity, deidentify, recognised
from core.sdk import Material, Source
from plugins.rubric_score.reader.examples import AS_OF, examples, text_of
from plugins.rubric_score.text import read

_LINES: Final[list[dict[str, Any]]] = [
    {"text": "Orla Byrne"},
    {"text": "12 Hill Street, Cork | orla.byrne@post.example | +353 21 555 0123"},
    {"text": "Teacher of Chemistry, St Finbarr's College, 2018 - present", "shows": {"0": "met"}},
    {"text": "▪ Taught Years 7 to 11.", "shows": {"0": "met"}},
    {"text": "Her labs were ready by seven.", "more": True},
    {"text": "- Ran the science club."},
    {"text": "BSc Chemistry, University College Cork, 2012", "shows": {"1": "met"}},
]
_JOB: Final = {
    "job": "Teacher",
    "requirements": ["Teaching chemistry", "Degree in chemistry"],
    "resumes": [{"kind": "solid", "lines": _LINES}],
}


def _written(tmp_path: Path, *said: dict[str, Any]) -> Path:
    (tmp_path / "said.jsonl").write_text("\n".join(map(json.dumps, said)), "utf-8")
    command = [
        sys.executable,
        "tests/benchmarks/as_seen.py",
        tmp_path / "said.jsonl",
        "--out",
        tmp_path / "seen",
    ]
    subprocess.run(command, check=True)
    return tmp_path / "seen" / "said.jsonl"


def test_what_is_learnt_from_is_what_is_scored(tmp_path: Path) -> None:
    found = examples([_written(tmp_path, _JOB)])
    text = text_of(_LINES)
    hidden = deidentify(text, recognised(text, Identity(names=()))).text
    scored = read(Material(id="", sources=(Source(name="resume", text=hidden),), as_of=AS_OF))
    learnt = {(example.passage, example.under) for example in found}
    assert learnt == {(statement.whole, statement.under) for statement in scored.statements}
    assert not any("Byrne" in passage or "Finbarr" in passage for passage, _ in learnt)
    met = {example.passage for example in found if example.match == "met"}
    assert {"Taught Years 7 to 11.", "BSc Chemistry, ▪"} <= met


def test_a_passage_for_a_right_to_work_keeps_whose_citizen_somebody_is(tmp_path: Path) -> None:
    passages = [{"evidence": "Irish citizen, Cork", "match": "met"}]
    permit, other = (
        {"class": "x", "requirement": asked, "passages": passages}
        for asked in ("Right to work in the EU", "Irish dancing")
    )
    kept, hidden = (example.passage for example in examples([_written(tmp_path, permit, other)]))
    assert kept == "Irish citizen, Cork"
    assert "Irish citizen" not in hidden

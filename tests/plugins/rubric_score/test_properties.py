"""What holds for every application: good news never costs points, and company and order change nothing."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.screening import Thresholds, settle
from core.sdk import Judgement, Material, Requirement, Rubric, Source
from core.sdk.text import date_ranges
from plugins.rubric_score.scorer import RubricScorer

_RUBRIC = Rubric(
    requirements=(
        Requirement(
            id="r1",
            text="3 years of experience in intensive care",
            category="experience",
            must_have=True,
            weight=3,
            years=3,
        ),
        Requirement(id="r2", text="PostgreSQL", category="hard_skill", must_have=True, weight=2),
        Requirement(id="r3", text="German at C1", category="language", must_have=False, level="C1"),
        Requirement(id="r4", text="Master's degree in chemistry", category="education", must_have=False),
        Requirement(id="r5", text="Willing to work night shifts", category="other", must_have=True),
        Requirement(id="r6", text="Leading a team of ten", category="experience", must_have=False, weight=4),
    )
)
_LINES = (
    "Intensive care nurse, Northern General Hospital, 2019 – 2024",
    "Staff nurse on a 24-bed intensive care unit for four years.",
    "One year in intensive care, then two on a medical ward.",
    "I have never worked in intensive care.",
    "Tuned queries of a PostgreSQL database with two hundred tables.",
    "Databases: PostgreSQL, MySQL, Redis",
    "No PostgreSQL yet, but eager to learn it.",
    "German: C1, certificate of 2022",
    "Basic German (A2), fluent French",
    "MSc Chemistry, 2015",
    "Bachelor's degree in chemistry",
    "Worked rotating nights for six years and liked them.",
    "I cannot work nights.",
    "Led a team of fourteen nurses on two wards.",
    "My manager led a team of thirty.",
    "Supervised three students a year.",
    "Wrote the ward's handbook on hygiene together with the infection control team.",
    "Cooked for forty guests at a mountain hut every summer.",
)
_DAY = date(2026, 11, 1)
_RESUMES = st.lists(st.sampled_from(_LINES), min_size=2, max_size=9, unique=True)
_FEW = settings(max_examples=40, deadline=None, derandomize=True)


@pytest.fixture(scope="module")
def reader(scorer: RubricScorer) -> RubricScorer:
    """A scorer that has read every line once, so that the cases do not run the model."""
    _judge(scorer, [_LINES])
    return scorer


def _judge(scorer: RubricScorer, resumes: Sequence[Sequence[str]]) -> list[tuple[Judgement, ...]]:
    materials = [
        Material(id=str(n), sources=(Source(name="resume", text="\n".join(lines)),), as_of=_DAY)
        for n, lines in enumerate(resumes)
    ]
    return list(scorer.judge(_RUBRIC, materials))


def _points(judgements: Sequence[Judgement]) -> list[int]:
    sheet = settle(_RUBRIC, judgements, Thresholds(), characters=1_000)
    assert sheet.score in {None, sum(row.points for row in sheet.results)}
    return [row.points for row in sheet.results]


@_FEW
@given(lines=_RESUMES, added=st.sampled_from(_LINES), place=st.integers(0, 9))
def test_a_line_that_supports_something_and_denies_nothing_never_costs_points(
    reader: RubricScorer, lines: list[str], added: str, place: int
) -> None:
    # A dated line between others would move what stands below it into another position.
    place = len(lines) if date_ranges(added, _DAY) else place
    longer = [*lines[:place], added, *lines[place:]]
    alone, before, after = _judge(reader, [[added], lines, longer])
    matches = {judgement.match for judgement in alone}
    assume(matches & {"met", "partly"} and "not_met" not in matches)
    for one, other, requirement in zip(_points(before), _points(after), _RUBRIC.requirements, strict=True):
        assert other >= one, requirement.text


@_FEW
@given(resumes=st.lists(_RESUMES, min_size=2, max_size=5), data=st.data())
def test_who_else_is_judged_and_in_which_order_changes_nothing(
    reader: RubricScorer, resumes: list[list[str]], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(resumes))))
    together = _judge(reader, [resumes[n] for n in order])
    alone = [_judge(reader, [resumes[n]])[0] for n in order]
    assert together == alone


def test_processes_with_other_hash_seeds_and_threads_print_the_same_bytes(tmp_path: Path) -> None:
    names = {"r2", "r3", "r4"}
    rubric = [
        {"id": r.id, "text": r.text, "category": r.category, "must_have": r.must_have, "level": r.level}
        for r in _RUBRIC.requirements
        if r.id in names
    ]
    (tmp_path / "job.txt").write_text("Nurse", "utf-8")
    (tmp_path / "rubric.json").write_text(json.dumps(rubric), "utf-8")
    (tmp_path / "a.txt").write_text("\n".join(_LINES[::2]), "utf-8")
    (tmp_path / "b.txt").write_text("\n".join(_LINES[1::2]), "utf-8")
    one = _scored(tmp_path, ["a.txt", "b.txt"], {"PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "1"})
    other = _scored(tmp_path, ["b.txt", "a.txt"], {"PYTHONHASHSEED": "2", "OMP_NUM_THREADS": "2"})
    assert [json.dumps(entry) for entry in one] == [json.dumps(entry) for entry in reversed(other)]


def _scored(folder: Path, files: Sequence[str], told: dict[str, str]) -> list[object]:
    around = ["--job", "job.txt", "--rubric", "rubric.json", "--as-of", "2026-11-01", "--json"]
    environment = os.environ | {"SHORTLIST_DATA_DIR": str(folder / "data"), "PYTHONPATH": os.getcwd()} | told
    done = subprocess.run(
        [sys.executable, "-m", "core.cli", "score", *around, *files],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[object] = json.loads(done.stdout)
    return found

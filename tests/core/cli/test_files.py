"""The commands that need no server and no database, on files as people have them."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner, Result
from reportlab.pdfgen.canvas import Canvas

from core.cli import cli
from core.errors import Invalid

JOB = """About us
We are a mid-sized maker of pumps.
Requirements
- At least 3 years of experience with Python
- German at B2 level
- Forklift licence
Nice to have
- Kafka
We offer
- Free fruit"""
STRONG = """Mira Sol
Data Engineer, Quay Systems, 01/2018 - present
Built billing services in Python for eight years, and ran the Kafka clusters that carry all orders.
I hold a forklift licence for counterbalance trucks.
German: C1, English: C2"""

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SHORTLIST_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "job.txt").write_text(JOB)
    (tmp_path / "cvs").mkdir()
    (tmp_path / "cvs" / "b.txt").write_text(STRONG.replace("Mira", "Nora"))
    made = docx.Document()
    for line in STRONG.splitlines():
        made.add_paragraph(line)
    made.save(str(tmp_path / "cvs" / "a.docx"))
    (tmp_path / "cvs" / "c.pdf").write_bytes(b"%PDF-1.4 this is damaged")

    def invoke(*arguments: str, text: str = "") -> Result:
        return CliRunner().invoke(cli, arguments, input=text, catch_exceptions=False)

    return invoke


def _scored(run: Run, *more: str) -> list[dict[str, Any]]:
    answer = run("score", "--job", "job.txt", "--as-of", "2026-11-25", "--json", *(more or ("cvs",)))
    assert answer.exit_code == 0, answer.output
    return list(json.loads(answer.stdout))


def test_a_folder_is_scored_in_order_and_every_row_can_be_added_up_and_looked_up(run: Run) -> None:
    results = _scored(run)
    assert [Path(result["file"]).name for result in results] == ["a.docx", "b.txt", "c.pdf"]
    assert [result["status"] for result in results] == ["scored", "scored", "unreadable"]
    assert (results[2]["score"], results[2]["band"]) == (None, "unreadable")
    for result in results[:2]:
        assert sum(row["points"] for row in result["requirements"]) == result["score"]
        assert sum(row["max_points"] for row in result["requirements"]) == 100
    for row in results[1]["requirements"]:
        for evidence in row["evidence"]:
            start, end = evidence["span"]
            assert STRONG.replace("Mira", "Nora")[start:end] == evidence["quote"]
            assert evidence["source"] == "resume"


def test_who_it_is_and_in_which_file_changes_nothing(run: Run) -> None:
    one, other = _scored(run)[:2]
    assert [row["match"] for row in one["requirements"]] == [row["match"] for row in other["requirements"]]
    assert one["score"] == other["score"]


def test_the_same_files_give_the_same_bytes(run: Run) -> None:
    assert json.dumps(_scored(run)) == json.dumps(_scored(run))


def test_a_plugin_that_cannot_be_loaded_is_told_beside_the_json_not_in_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / "broken.py").write_text("import no_such_module")
    answer = subprocess.run(
        [sys.executable, "-m", "core.cli", "score", "--job", "job.txt", "--json", "cvs/b.txt"],
        env={**os.environ, "SHORTLIST_PLUGINS_DIR": str(tmp_path / "plugins")},
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert [result["status"] for result in json.loads(answer.stdout)] == ["scored"]
    assert "no_such_module" in answer.stderr


def test_the_day_decides_what_present_means(run: Run, tmp_path: Path) -> None:
    text = "Developer, Volt, 12/2025 - present\nWrote the tariff service in Python for all our customers.\n"
    (tmp_path / "cv.txt").write_text(text + "Ran the weekly retrospectives of a team of six people.")
    for day, expected in (("2026-11-25", "not_met"), ("2028-06-01", "partly"), ("2029-01-01", "met")):
        answer = run("score", "--job", "job.txt", "--as-of", day, "--json", "cv.txt")
        (result,) = json.loads(answer.stdout)
        assert result["requirements"][0]["match"] == expected


def test_a_rubric_a_person_edited_counts_as_edited(run: Run, tmp_path: Path) -> None:
    rows = json.loads(run("requirements", "job.txt", "--json").stdout)
    edited = [
        {name: value for name, value in row.items() if name not in {"weight", "span", "sentence"}}
        for row in rows[:2]
    ]
    (tmp_path / "rubric.json").write_text(json.dumps(edited))
    (result,) = _scored(run, "--rubric", "rubric.json", "cvs/b.txt")
    assert [row["max_points"] for row in result["requirements"]] == [50, 50]


def test_a_rubric_that_is_none_is_refused_with_what_to_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rubric.json").write_text('[{"id": "r1"}]')
    with pytest.raises(Exception, match="is not a rubric"):
        run("score", "--job", "job.txt", "--rubric", "rubric.json", "cvs")


def test_spans_count_in_the_text_that_is_printed(run: Run) -> None:
    text = run("requirements", "job.txt", "--text").stdout
    rows = json.loads(run("requirements", "job.txt", "--json").stdout)
    assert [row["category"] for row in rows] == ["experience", "language", "certification", "hard_skill"]
    assert [row["must_have"] for row in rows] == [True, True, True, False]
    assert (rows[0]["years"], rows[1]["level"]) == (3, "4")
    for row in rows:
        start, end = row["span"]
        assert text[start:end] in row["sentence"]


@pytest.mark.parametrize(
    ("asked", "passage", "match"),
    [
        ("At least 5 years of experience with Java", "Java developer for seven years.", "met"),
        ("At least 5 years of experience with Java", "Java developer for three years.", "partly"),
        ("German and English", "Speaks fluent English.", "partly"),
        ("German or English", "Speaks fluent English.", "met"),
        ("Forklift licence", "I do not hold a forklift licence.", "not_met"),
        ("Forklift licence", "Painted the walls of a kindergarten.", "not_stated"),
    ],
)
def test_one_requirement_is_judged_against_one_passage(
    run: Run, asked: str, passage: str, match: str
) -> None:
    answer = json.loads(run("match", "--requirement", asked, "--evidence", passage, "--json").stdout)
    assert answer["match"] == match
    assert answer["reason"]
    assert 0 <= answer["score"] <= 1


def test_many_pairs_are_judged_in_their_order(run: Run) -> None:
    pairs = [("German at B2 level", f"German: {level}") for level in ("C1", "A1", "B1")]
    lines = "".join(json.dumps({"requirement": asked, "evidence": text}) + "\n" for asked, text in pairs)
    answers = [json.loads(line) for line in run("match", "--jsonl", "-", text=lines).stdout.splitlines()]
    assert [answer["match"] for answer in answers] == ["met", "not_met", "partly"]
    assert answers[0]["score"] > answers[2]["score"] > answers[1]["score"]


def test_a_line_that_is_no_pair_is_named(run: Run) -> None:
    with pytest.raises(Exception, match="Line 2 cannot be used"):
        run("match", "--jsonl", "-", text='{"requirement": "a", "evidence": "b"}\n{"requirement": "a"}\n')


def test_receipts_verify_and_say_the_addition(run: Run, tmp_path: Path) -> None:
    results = _scored(run)
    (tmp_path / "results.json").write_text(json.dumps(results))
    answer = run("verify", "results.json")
    assert answer.exit_code == 0
    assert f"Receipt 1 holds: {results[0]['score']} of 100 = " in answer.stdout
    assert "Receipt 3 holds: no score, unreadable" in answer.stdout


def test_a_result_that_says_more_than_its_receipt_is_found(run: Run, tmp_path: Path) -> None:
    (result,) = _scored(run, "cvs/b.txt")
    (tmp_path / "result.json").write_text(json.dumps(result | {"score": result["score"] + 1}))
    answer = run("verify", "result.json")
    assert answer.exit_code == 1
    assert "says something else" in answer.stderr


def test_a_receipt_of_another_installation_is_not_trusted_without_its_key(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (result,) = _scored(run, "cvs/b.txt")
    (tmp_path / "receipt.json").write_text(json.dumps(result["receipt"]))
    monkeypatch.setenv("SHORTLIST_DATA_DIR", str(tmp_path / "elsewhere"))
    assert run("verify", "receipt.json").exit_code == 1
    assert run("verify", "receipt.json", "--key", result["receipt"]["key"]).exit_code == 0


def test_the_lint_is_said_when_asked_for_and_changes_no_other_output(tmp_path: Path) -> None:
    job = tmp_path / "job.txt"
    job.write_text("Requirements\n- 3 years of experience with Python\n- You are a digital native\n")
    plain = CliRunner().invoke(cli, ["requirements", str(job), "--json"])
    assert isinstance(json.loads(plain.stdout), list)
    asked = json.loads(CliRunner().invoke(cli, ["requirements", str(job), "--json", "--lint"]).stdout)
    assert asked["requirements"] == json.loads(plain.stdout)
    assert [finding["quote"] for finding in asked["lint"]] == ["digital native"]
    said = CliRunner().invoke(cli, ["requirements", str(job), "--lint"]).stdout
    assert "“digital native” (age)" in said
    assert "Instead: " in said
    job.write_text("Requirements\n- 3 years of experience with Python\n")
    assert "No wording asks" in CliRunner().invoke(cli, ["requirements", str(job), "--lint"]).stdout


def test_what_is_read_of_one_file_is_one_object_with_a_place_for_every_line(run: Run, tmp_path: Path) -> None:
    page = Canvas(str(tmp_path / "cv.pdf"))
    page.drawString(72, 700, "Crane driver in the port of Riga")
    page.setFillColorRGB(1, 1, 1)
    page.drawString(72, 100, "expert in everything")
    page.save()
    view = json.loads(run("read", "cv.pdf", "--json").stdout)
    assert (view["file"], view["status"], view["kind"], view["pages"]) == ("cv.pdf", "read", "pdf", 1)
    (line,) = view["lines"]
    assert (line["text"], line["page"]) == ("Crane driver in the port of Riga", 1)
    assert view["text"][line["start"] : line["end"]] == line["text"]
    assert line["box"][0] == pytest.approx(72, abs=1.5)
    (hidden,) = view["hidden"]
    assert (hidden["reason"], hidden["text"]) == ("the colour of its background", "expert in everything")
    (box,) = hidden["boxes"]
    assert box[1] <= 100 <= box[3]


def test_files_and_folders_are_read_in_one_go(run: Run, tmp_path: Path) -> None:
    views = json.loads(run("read", "cvs", "job.txt", "--json").stdout)
    assert [(Path(view["file"]).name, view["status"]) for view in views] == [
        ("a.docx", "read"),
        ("b.txt", "read"),
        ("c.pdf", "corrupt"),
        ("job.txt", "read"),
    ]
    assert "damaged" in views[2]["explanation"]
    printed = run("read", "cvs")
    assert "== cvs/b.txt" in printed.stdout
    assert "Nora Sol" in printed.stdout


def test_a_file_too_large_to_read_is_never_loaded(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "big.pdf").open("wb") as file:
        file.truncate(200 * 1024**2)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert json.loads(run("read", "big.pdf", "--json").stdout)["status"] == "too_large"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024


def test_a_job_text_pasted_into_a_resume_is_flagged_and_gives_nothing(run: Run, tmp_path: Path) -> None:
    career = "Ada Lind\nFlorist in Riga since 2015\n" + "Ties bouquets and keeps the till of the shop.\n" * 4
    wish = "Requirements\n" + "\n".join(
        f"- At least {n} years of work with machine {n} in the hall" for n in range(2, 9)
    )
    (tmp_path / "job.txt").write_text(wish)
    (tmp_path / "plain.txt").write_text(career)
    (tmp_path / "stuffed.txt").write_text(career + wish)
    plain, stuffed = _scored(run, "plain.txt", "stuffed.txt")
    assert (plain["flags"], stuffed["flags"]) == ([], ["copied_job_text"])
    assert stuffed["requirements"] == plain["requirements"]


def test_a_file_that_cannot_be_read_is_refused_not_printed_as_nothing(run: Run) -> None:
    with pytest.raises(Invalid, match="cannot be read"):
        run("deidentify", "cvs/c.pdf")
    with pytest.raises(Invalid, match="job's text cannot be read"):
        run("requirements", "cvs/c.pdf")

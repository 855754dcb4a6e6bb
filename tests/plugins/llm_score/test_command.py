"""The scorer that asks a model, on the command line."""

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from core.cli import cli
from core.errors import Broken, Invalid
from core.sdk.testing.model import ModelService

JOB = "Data Engineer\n\nRequirements\n- SQL\n- Kafka or RabbitMQ\n"
RESUME = (
    "Experience\nData Engineer, Quay Systems, 01/2018 - present\n"
    "Ran Kafka clusters that carry all orders of the company in four countries.\n"
    "Tuned SQL queries for finance and three other departments, and wrote the handbook for those on call.\n"
)


@pytest.fixture
def arguments(tmp_path: Path, service: ModelService, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("SHORTLIST_DATA_DIR", str(tmp_path))
    (tmp_path / "job.txt").write_text(JOB)
    (tmp_path / "resume.txt").write_text(RESUME)
    (tmp_path / "key").write_text("sk-right\n")
    files = ["--job", str(tmp_path / "job.txt"), str(tmp_path / "resume.txt"), "--json"]
    return [
        "score",
        "--scorer",
        "llm",
        "--setting",
        f"base_url={service.url}",
        "--setting",
        "model=toy",
        *files,
    ]


def test_it_scores_with_settings_given_there_and_a_key_from_a_file(
    arguments: list[str], tmp_path: Path
) -> None:
    done = CliRunner().invoke(cli, [*arguments, "--setting", f"api_key=@{tmp_path / 'key'}"])
    assert done.exit_code == 0, done.output
    (result,) = msgspec.json.decode(done.stdout)
    assert [row["match"] for row in result["requirements"]] == ["met", "met"]
    assert result["score"] == sum(row["points"] for row in result["requirements"])
    assert all(quote["quote"] in RESUME for row in result["requirements"] for quote in row["evidence"])
    assert "toy" in result["receipt"]["body"]["scorer"]


def test_a_refused_key_is_two_sentences_and_no_score(arguments: list[str]) -> None:
    done = CliRunner().invoke(cli, [*arguments, "--setting", "api_key=sk-wrong"])
    assert isinstance(done.exception, Broken)
    assert done.stdout == ""


@pytest.mark.parametrize("setting", ["model", "model=", "colour=red", "api_key=@/nowhere/at/all"])
def test_a_setting_that_cannot_be_used_is_named(arguments: list[str], setting: str) -> None:
    done = CliRunner().invoke(cli, [*arguments, "--setting", setting])
    assert isinstance(done.exception, Invalid)
    assert done.exception.hint

"""Settings come from the environment or a file, and what cannot be used is named."""

from pathlib import Path

import pytest

from core.errors import Invalid
from core.settings import load, unknown


def test_the_environment_wins_over_the_file_in_the_data_directory(tmp_path: Path) -> None:
    (tmp_path / "shortlist.toml").write_text('port = 9000\nworker = false\nlog_level = "error"\n')
    found = load({"SHORTLIST_DATA_DIR": str(tmp_path), "SHORTLIST_PORT": "9100"})
    assert (found.port, found.worker, found.log_level) == (9100, False, "error")


def test_a_file_elsewhere_may_name_the_data_directory(tmp_path: Path) -> None:
    file = tmp_path / "instance.toml"
    file.write_text(f'data_dir = "{tmp_path}/data"\n')
    assert load({"SHORTLIST_CONFIG": str(file)}).data_dir == tmp_path / "data"


def test_folders_are_absolute_and_an_empty_one_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = load({"SHORTLIST_DATA_DIR": "data", "SHORTLIST_PLUGINS_DIR": "mine"})
    assert (found.data_dir, found.plugins_dir) == (tmp_path / "data", tmp_path / "mine")
    assert load({"SHORTLIST_DATA_DIR": "data", "SHORTLIST_PLUGINS_DIR": ""}).plugins_dir is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "often"),
        ("LOG_FORMAT", "xml"),
        ("WORKER", "perhaps"),
        ("READERS", "1.5"),
        ("READERS", "0"),
        ("PORT", "70000"),
        ("WORKER_CONCURRENCY", "0"),
        ("SESSION_HOURS", "0"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_page(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        load({"SHORTLIST_DATA_DIR": str(tmp_path), f"SHORTLIST_{name}": value})
    assert f"SHORTLIST_{name}" in refused.value.message
    assert "docs/operating.md" in refused.value.hint


def test_a_misspelt_key_and_a_file_that_is_not_there_are_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "shortlist.toml").write_text("prot = 9000\n")
    with pytest.raises(Invalid, match="prot") as refused:
        load({"SHORTLIST_DATA_DIR": str(tmp_path)})
    assert "Perhaps port was meant" in refused.value.hint
    with pytest.raises(Invalid, match=r"missing\.toml"):
        load({"SHORTLIST_DATA_DIR": str(tmp_path), "SHORTLIST_CONFIG": str(tmp_path / "missing.toml")})


def test_a_misspelt_variable_is_named_with_the_one_it_may_have_meant() -> None:
    given = {"SHORTLIST_DATABSE_URL": "x", "SHORTLIST_COFFEE": "x", "SHORTLIST_CONFIG": "x", "HOME": "/"}
    coffee, database = unknown(given)
    assert coffee == "SHORTLIST_COFFEE is no setting and does nothing. docs/operating.md lists them all."
    assert database.startswith("SHORTLIST_DATABSE_URL is no setting and does nothing.")
    assert "Perhaps SHORTLIST_DATABASE_URL was meant" in database

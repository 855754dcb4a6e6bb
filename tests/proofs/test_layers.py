"""Who may import whom: the contracts of pyproject.toml hold, and each of them can break."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
PACKAGES: Final = ("core", "plugins", "ui")
_LINT: Final = "from importlinter.cli import lint_imports_command as run; run()"
PLANTS: Final = (
    ("the core is layered", "core/store/planted.py", "import core.services.board"),
    ("the core is layered", "core/registry/planted.py", "import core.jobs.queue"),
    ("the core is layered", "core/unplaced.py", "WITHOUT_A_LAYER = True"),
    ("plugins see the SDK and nothing else", "plugins/greenhouse/planted.py", "import core.store.engine"),
    ("plugins see the SDK and nothing else", "plugins/rubric_score/planted.py", "import core.clock"),
    ("plugins never import each other", "plugins/rubric_score/planted.py", "import plugins.greenhouse"),
    (
        "plugins reach vendors through the client they are given",
        "plugins/greenhouse/planted.py",
        "import httpx",
    ),
    ("the core never imports plugins or screens", "core/services/planted.py", "import plugins.greenhouse"),
    (
        "nothing that scores can reach demographics",
        "core/services/scoring.py",
        "from core.services import audits",
    ),
    (
        "demographics are in reach of the audit alone",
        "core/services/planted.py",
        "import core.store.demographics",
    ),
    ("screens reach data through services", "ui/pages/planted.py", "import core.store.board"),
    ("screens and application meet in one module", "ui/pages/planted.py", "import core.app"),
    ("the SDK stays light", "core/sdk/planted.py", "import litestar"),
    ("the domain does no I/O", "core/domain/planted.py", "import asyncio"),
    ("only the store speaks Piccolo", "core/services/planted.py", "import piccolo.table"),
)


def lint(folder: Path) -> tuple[int, str, set[str]]:
    """Exit status, output and the names of broken contracts."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run()",
            "--no-cache",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return (
        done.returncode,
        done.stdout + done.stderr,
        set(re.findall(r"^(.+?) BROKEN", done.stdout, re.MULTILINE)),
    )


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__", "_web", "node_modules", ".*")
        shutil.copytree(ROOT / package, folder / package, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_all_contracts_are_kept() -> None:
    status, output, _ = lint(ROOT)
    assert status == 0, output


@pytest.mark.parametrize(
    ("contract", "path", "line"), PLANTS, ids=[plant[1] + ":" + plant[2] for plant in PLANTS]
)
def test_a_planted_violation_breaks_its_contract_and_no_other(
    tree: Path, contract: str, path: str, line: str
) -> None:
    planted = tree / path
    before = planted.read_text() if planted.exists() else None
    planted.write_text(f"{before or ''}\n{line}\n")
    try:
        status, output, broken = lint(tree)
    finally:
        planted.unlink() if before is None else planted.write_text(before)
    assert status != 0, output
    assert broken == {contract}, output


def test_every_contract_has_a_planted_violation() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names = {contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]}
    assert names == {contract for contract, _, _ in PLANTS}

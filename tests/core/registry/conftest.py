"""Strangers' plugins, written to disk and installed as real distributions with entry points."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

Install = Callable[..., None]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a module of the given source under an entry point; child processes find it too."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    paths = [str(site), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, paths)))
    known = set(sys.modules)

    def install(name: str, source: str, *, target: str = "", point: str = "", version: str = "0.1") -> None:
        (site / f"{name}.py").write_text(dedent(source))
        information = site / f"{name}-{version}.dist-info"
        information.mkdir()
        (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        (information / "entry_points.txt").write_text(f"[shortlist]\n{point or name} = {target or name}\n")

    yield install
    for module in set(sys.modules) - known:
        if str(getattr(sys.modules[module], "__file__", "") or "").startswith(str(tmp_path)):
            del sys.modules[module]

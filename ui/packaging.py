"""Puts the compiled screens into a wheel, or refuses to make one: who installs it has neither Node nor sources.

Hatchling loads this file by its path, without the project's own modules at hand.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Screens(BuildHookInterface):
    """Builds the screens before a wheel is packed; an editable install builds them when it first serves."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        built = root / "ui" / "_web" / "build" / "client" / "index.html"
        if version == "editable":
            return
        # pip builds in an environment that has the build tools alone; the screens need the whole product.
        python = next((str(p) for p in _pythons(root) if p.is_file()), sys.executable)
        done = subprocess.run(
            [python, "-m", "ui.build"],
            cwd=root,
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode or not built.is_file():
            said = (done.stderr.strip().splitlines() or ["nothing was said"])[-1]
            raise RuntimeError(
                f"A wheel needs the screens, and they could not be built: {said}\n"
                "Install the project first (README), run `python -m ui.build`, then build the wheel again."
            )


def _pythons(root: Path) -> tuple[Path, ...]:
    active = os.environ.get("VIRTUAL_ENV")
    return (root / ".venv" / "bin" / "python", *((Path(active) / "bin" / "python",) if active else ()))


def _environment() -> dict[str, str]:
    # What pip set up for its own isolation would hide the installed product.
    return {
        name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONNOUSERSITE"}
    }

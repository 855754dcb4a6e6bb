"""Of people planted into many documents nothing is left, and of what they can do nothing is lost."""

import re
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[3]


def test_nobody_of_any_culture_leaks_and_no_skill_is_lost() -> None:
    done = subprocess.run(
        [sys.executable, "tests/benchmarks/deidentify.py", "--documents", "432"],
        cwd=_ROOT,
        env={"PYTHONPATH": str(_ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"known to the ATS: 432 documents, 3\d{3} planted items, 0 left", done.stdout), (
        done.stdout
    )

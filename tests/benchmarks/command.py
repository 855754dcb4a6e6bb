"""The `shortlist` command as a person runs it, without starting a new process each time."""

import contextlib
import io
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core.cli import cli


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder for files, with a data directory of its own, so that no installation's key is touched."""
    with TemporaryDirectory() as name:
        before = os.environ.get("SHORTLIST_DATA_DIR")
        os.environ["SHORTLIST_DATA_DIR"] = str(Path(name) / "data")
        try:
            yield Path(name)
        finally:
            os.environ.pop("SHORTLIST_DATA_DIR")
            if before is not None:
                os.environ["SHORTLIST_DATA_DIR"] = before


def files_of(folder: Path, job: dict[str, Any], texts: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """The job's text and rubric, and resumes by number, written into the folder for `shortlist score`."""
    around = [folder / "job.txt", folder / "rubric.json"]
    around[0].write_text(job["text"], "utf-8")
    around[1].write_text(json.dumps(job["rubric"]), "utf-8")
    files = [folder / f"{number}.txt" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, "utf-8")
    return around, files


def answer_of(*arguments: str | Path) -> Any:
    """What the command prints with --json, decoded."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        cli.main([*map(str, arguments), "--json"], prog_name="shortlist", standalone_mode=False)
    return json.loads(printed.getvalue())

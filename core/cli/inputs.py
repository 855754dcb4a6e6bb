"""Files the commands without a server read: job texts, rubrics, resumes, and who wrote them."""

import asyncio
import hashlib
import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from core.documents import DocumentReader, Reading
from core.errors import Invalid
from core.screening import Identity, extract
from core.sdk.scorer import Requirement, Rubric, Scorer
from core.settings import load

_KINDS = frozenset({".pdf", ".docx", ".odt", ".rtf", ".html", ".htm", ".txt", ".md"})
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FILE_OR_STDIN = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
AS_OF = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day “present” means in the texts (default: today).",
)
SCORER = click.option("--scorer", default="rubric", show_default=True, help="Key of the scorer to use.")


def print_json(value: object) -> None:
    """Print a value as indented JSON."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files themselves, and what can be read in the folders among them, by name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(child for child in path.rglob("*") if child.suffix.lower() in _KINDS)
        else:
            found.append(path)
    return found


class FileRead(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of a file, and the SHA-256 of the bytes it was read from."""

    file: Path
    sha256: str
    reading: Reading


def read_files(files: Sequence[Path]) -> list[FileRead]:
    """What is read of each file, in order."""
    return asyncio.run(_read(files))


async def _read(files: Sequence[Path]) -> list[FileRead]:
    reader = DocumentReader()
    try:
        return [await _read_one(reader, file, file.read_bytes()) for file in files]
    finally:
        await reader.close()


async def _read_one(reader: DocumentReader, file: Path, data: bytes) -> FileRead:
    reading = await reader.read(data, file.name)
    return FileRead(file=file, sha256=hashlib.sha256(data).hexdigest(), reading=reading)


def job_source(job: Path) -> str:
    """A job's text with its markup, if it has any; raises Invalid when it cannot be read."""
    reading = read_files([job])[0].reading
    if reading.kind in {"html", "txt"}:
        from core.documents.plain import decode

        return decode(job.read_bytes())
    if reading.status != "read":
        raise Invalid(f"{job.name} cannot be read. {reading.explanation}")
    return reading.text


def rubric_of(job: Path, rubric: Path | None) -> Rubric:
    """The rubric a person edited, or else what the job's text asks."""
    return load_rubric(rubric) if rubric else extract(job_source(job))


def load_rubric(path: Path) -> Rubric:
    """A rubric as `shortlist requirements --json` prints it; raises Invalid."""
    try:
        rows = msgspec.json.decode(path.read_bytes(), type=tuple[Requirement, ...])
    except msgspec.DecodeError as error:
        raise Invalid(
            f"{path.name} is not a rubric: {error}.",
            "Start from what `shortlist requirements --json` prints.",
        ) from error
    return Rubric(requirements=rows)


def scorer_called(key: str) -> Scorer:
    """The scorer with this key; raises Invalid."""
    from core.registry import load_catalog

    found = load_catalog(plugins_dir=load(os.environ).plugins_dir).scorers.get(key)
    if found is None:
        raise Invalid(f"There is no scorer called “{key}”.", "See `shortlist doctor` for what is installed.")
    return found.entry.make({})


def guessed_identity(text: str) -> Identity:
    """Without an ATS, who wrote it is guessed from the first line."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    words = first.split()
    looks_like_name = 2 <= len(words) <= 4 and all(word[:1].isupper() and word.isalpha() for word in words)
    return Identity(names=(first,) if looks_like_name else ())


def day(as_of: Any) -> date:
    """The day that was given, or today."""
    from core.clock import now

    return now().date() if as_of is None else as_of.date()

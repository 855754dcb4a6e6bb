"""Files the commands without a server read: job texts, rubrics, resumes, and who wrote them."""

import asyncio
import hashlib
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from core.documents import DocumentReader, Limits, Reading
from core.errors import Broken, Invalid
from core.sdk.errors import ConnectorError
from core.sdk.fields import problems
from core.sdk.scorer import Judgement, Material, Requirement, Rubric, Scorer, ScorerEntry, made
from core.settings import load

_KINDS = frozenset({".pdf", ".docx", ".odt", ".rtf", ".html", ".htm", ".txt", ".md"})
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FILE_OR_FOLDER = click.Path(exists=True, path_type=Path)
FILE_OR_STDIN = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
AS_OF = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day “present” means in the texts (default: today).",
)
SCORER = click.option("--scorer", default="rubric", show_default=True, help="Key of the scorer to use.")
SETTING = click.option(
    "--setting",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="A setting of the scorer; NAME=@FILE reads it from a file, which is the way for secrets.",
)


def print_json(value: object) -> None:
    """Print a value as indented JSON."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def content_of(path: Path) -> bytes:
    """The bytes of a FILE_OR_STDIN."""
    return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()


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
        return [await _read_one(reader, file) for file in files]
    finally:
        await reader.close()


async def _read_one(reader: DocumentReader, file: Path) -> FileRead:
    data, sha256 = _loaded(file)
    reading = Reading(status="too_large") if data is None else await reader.read(data, file.name)
    return FileRead(file=file, sha256=sha256, reading=reading)


def _loaded(file: Path) -> tuple[bytes | None, str]:
    """A file's bytes and their SHA-256; one too large to read is hashed piece by piece and not loaded."""
    if file.stat().st_size > Limits().max_bytes:
        with file.open("rb") as content:
            return None, hashlib.file_digest(content, "sha256").hexdigest()
    data = file.read_bytes()
    return data, hashlib.sha256(data).hexdigest()


def job_source(job: Path) -> str:
    """A job's text with its markup, if it has any; raises Invalid when it cannot be read."""
    reading = read_files([job])[0].reading
    if reading.kind in {"html", "txt"}:
        from core.documents.plain import decode

        return decode(job.read_bytes())
    if reading.status != "read":
        # What a reading explains speaks of candidates and their files.
        raise Invalid(
            f"The job's text cannot be read from {job.name}.", "Save it as text, PDF or Word (.docx)."
        )
    return reading.text


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


def scorer_called(key: str, given: Sequence[str] = ()) -> Scorer:
    """The scorer with this key and the settings given as NAME=VALUE; raises Invalid."""
    from core.registry import OwnCalls, load_catalog, open_http

    found = load_catalog(plugins_dir=load(os.environ).plugins_dir).scorers.get(key)
    if found is None:
        raise Invalid(f"There is no scorer called “{key}”.", "See `shortlist doctor` for what is installed.")
    entry = found.entry
    settings = _settings_of(entry, given)
    calls = OwnCalls(lambda: open_http(entry, settings)) if entry.hosts else None
    try:
        return _Told(made(entry, settings, calls))
    except TypeError as error:
        raise Invalid(f"The scorer “{key}” does not work: {error}") from error


def _settings_of(entry: ScorerEntry, given: Sequence[str]) -> Mapping[str, str]:
    values = {field.name: field.default for field in entry.fields}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise Invalid(f"“{pair}” is no setting.", "Write --setting NAME=VALUE.")
        values[name] = _from_file(value[1:]) if value.startswith("@") else value
    wrong = problems(entry.fields, values)
    if wrong:
        names = ", ".join(field.name for field in entry.fields) or "none"
        raise Invalid(
            f"The scorer “{entry.key}” cannot be used: {' '.join(wrong.values())}",
            f"Its settings are: {names}. Give them with --setting NAME=VALUE.",
        )
    return values


def _from_file(name: str) -> str:
    try:
        return Path(name).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"The setting's file {name} cannot be read.", "Check its path.") from error


class _Told:
    """A scorer whose own errors end the command in two sentences."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer

    @property
    def version(self) -> str:
        """The scorer's."""
        return self._scorer.version

    def judge(self, rubric: Rubric, materials: Sequence[Material]) -> Sequence[tuple[Judgement, ...]]:
        """The scorer's; raises Broken."""
        try:
            return self._scorer.judge(rubric, materials)
        except ConnectorError as error:
            raise Broken(error.message, error.hint) from error


def day(as_of: Any) -> date:
    """The day that was given, or today."""
    from core.clock import now

    return now().date() if as_of is None else as_of.date()

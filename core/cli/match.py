"""Judges single requirements against single passages."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from core.cli.inputs import AS_OF, FILE_OR_STDIN, JSON, SCORER, SETTING, content_of, day, scorer_called
from core.errors import Invalid
from core.screening.matching import Passage, PassageMatch, match_passages

_SHAPE = 'Each line is an object like {"requirement": "…", "evidence": "…"}.'


@click.command()
@click.option("--requirement", help="What is asked.")
@click.option("--evidence", help="The passage that may show it.")
@click.option("--jsonl", type=FILE_OR_STDIN, help="Many at once: a file of JSON lines, or - for input.")
@SCORER
@SETTING
@AS_OF
@JSON
def match(
    *,
    requirement: str | None,
    evidence: str | None,
    jsonl: Path | None,
    scorer: str,
    given: tuple[str, ...],
    as_of: Any,
    as_json: bool,
) -> None:
    """Judge a requirement against a passage, the way whole applications are judged."""
    if jsonl is None and (requirement is None or evidence is None):
        raise click.UsageError("Give --requirement and --evidence, or --jsonl with a file of both.")
    single = Passage(requirement=requirement or "", evidence=evidence or "")
    passages = [single] if jsonl is None else _passages(jsonl)
    _print(_judged(passages, scorer, given, day(as_of)), as_json=as_json or jsonl is not None)


def _judged(passages: list[Passage], scorer: str, given: Sequence[str], as_of: date) -> list[PassageMatch]:
    return match_passages(scorer_called(scorer, given), passages, as_of) if passages else []


def _print(found: list[PassageMatch], *, as_json: bool) -> None:
    for result in found:
        if as_json:
            click.echo(msgspec.json.encode(result).decode())
        else:
            click.echo(f"{result.match.replace('_', ' ')} ({result.score:g}): {result.reason}")


def _passages(file: Path) -> list[Passage]:
    return list(_decoded(content_of(file)))


def _decoded(data: bytes) -> Iterator[Passage]:
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield msgspec.json.decode(line, type=Passage)
        except msgspec.DecodeError as error:
            raise Invalid(f"Line {number} cannot be used: {error}.", _SHAPE) from error

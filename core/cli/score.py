"""Scores and reads files without a server or a database."""

import asyncio
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from core.errors import Invalid
from core.sdk.scorer import Rubric, Scorer
from core.settings import load

_KINDS = frozenset({".pdf", ".docx", ".odt", ".rtf", ".html", ".htm", ".txt", ".md"})
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
_AS_OF = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day “present” means in the texts (default: today).",
)


@click.command()
@click.option(
    "--job",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The job's text.",
)
@click.option(
    "--rubric",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Requirements as `shortlist requirements --json` prints them, edited or not.",
)
@click.option("--scorer", default="rubric", show_default=True, help="Key of the scorer to use.")
@_AS_OF
@_JSON
@click.argument("resumes", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def score(
    *, job: Path, rubric: Path | None, scorer: str, as_of: Any, as_json: bool, resumes: tuple[Path, ...]
) -> None:
    """Score RESUMES (files or folders) against a job, in the order given."""
    from core.screening import Submission, Thresholds, assess

    files = list(_files(resumes))
    readings = asyncio.run(_read_all([job, *files]))
    demands = _load_rubric(rubric) if rubric else _extract(job, readings[0])
    submissions = [
        Submission(
            id=str(place),
            texts={"resume": reading.text} if reading.status == "read" else {},
            identity=_identity(reading.text),
            as_of=as_of.date() if as_of else _today(),
            has_hidden_text=bool(reading.hidden),
            unreadable=reading.status != "read",
        )
        for place, reading in enumerate(readings[1:])
    ]
    assessed = assess(_scorer(scorer), demands, submissions, Thresholds())
    results = [_result(file, entry) for file, entry in zip(files, assessed, strict=True)]
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(results), indent=2).decode())
    else:
        _print(results, demands)


@click.command()
@_JSON
@click.argument("job", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def requirements(job: Path, as_json: bool) -> None:
    """Print the requirements of a JOB's text."""
    (reading,) = asyncio.run(_read_all([job]))
    found = _extract(job, reading)
    if as_json:
        rows = [msgspec.to_builtins(requirement) for requirement in found.requirements]
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
        return
    for requirement in found.requirements:
        kind = "must" if requirement.must_have else "nice"
        click.echo(f"{requirement.id:>4}  {kind:4}  {requirement.category:15} {requirement.text}")


@click.command()
@_JSON
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def read(file: Path, as_json: bool) -> None:
    """Print what is read of a FILE, and what is hidden in it."""
    (reading,) = asyncio.run(_read_all([file]))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(reading), indent=2).decode())
        return
    click.echo(reading.text or reading.explanation)
    for hidden in reading.hidden:
        click.echo(f"\nHidden ({hidden.reason}): {hidden.text}", err=True)


@click.command()
@click.option("--name", multiple=True, help="A name of the person.")
@click.option("--email", multiple=True, help="An e-mail address of the person.")
@click.option("--phone", multiple=True, help="A telephone number of the person.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def deidentify(name: tuple[str, ...], email: tuple[str, ...], phone: tuple[str, ...], file: Path) -> None:
    """Print the text of a FILE as a scorer sees it."""
    from core.screening import Identity
    from core.screening import deidentify as take_out

    (reading,) = asyncio.run(_read_all([file]))
    identity = Identity(names=name, emails=email, phones=phone) if name or email or phone else None
    click.echo(take_out(reading.text, identity or _identity(reading.text)).text)


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(child for child in path.rglob("*") if child.suffix.lower() in _KINDS)
        else:
            yield path


async def _read_all(files: list[Path]) -> list[Any]:
    from core.documents import DocumentReader

    reader = DocumentReader()
    try:
        return [await reader.read(file.read_bytes(), file.name) for file in files]
    finally:
        await reader.close()


def _extract(job: Path, reading: Any) -> Rubric:
    from core.screening import extract

    if reading.kind in {"html", "txt"}:
        from core.documents.plain import decode

        return extract(decode(job.read_bytes()))
    if reading.status != "read":
        raise Invalid(f"{job.name} cannot be read. {reading.explanation}")
    return extract(reading.text)


def _load_rubric(path: Path) -> Rubric:
    from core.sdk.scorer import Requirement

    try:
        rows = msgspec.json.decode(path.read_bytes(), type=tuple[Requirement, ...])
    except msgspec.DecodeError as error:
        raise Invalid(
            f"{path.name} is not a rubric: {error}.",
            "Start from what `shortlist requirements --json` prints.",
        ) from error
    return Rubric(requirements=rows)


def _scorer(key: str) -> Scorer:
    from core.registry import load_catalog

    found = load_catalog(plugins_dir=load(os.environ).plugins_dir).scorers.get(key)
    if found is None:
        raise Invalid(f"There is no scorer called “{key}”.", "See `shortlist doctor` for what is installed.")
    return found.entry.make({})


def _identity(text: str) -> Any:
    """Without an ATS, who wrote it is guessed from the first line."""
    from core.screening import Identity

    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    words = first.split()
    looks_like_name = 2 <= len(words) <= 4 and all(word[:1].isupper() and word.isalpha() for word in words)
    return Identity(names=(first,) if looks_like_name else ())


def _today() -> date:
    from core.clock import now

    return now().date()


def _result(file: Path, assessed: Any) -> dict[str, Any]:
    shown: dict[str, list[dict[str, Any]]] = {}
    for quote in assessed.shown:
        entry = {"source": quote.source, "quote": quote.quote, "span": [quote.start, quote.end]}
        shown.setdefault(quote.requirement_id, []).append(entry)
    sheet = assessed.sheet
    return {
        "file": str(file),
        "status": sheet.status,
        "score": sheet.score,
        "band": sheet.band,
        "confidence": sheet.confidence,
        "flags": list(sheet.flags),
        "requirements": [
            {
                "id": row.requirement_id,
                "match": row.match,
                "points": row.points,
                "max_points": row.max_points,
                "reason": row.reason,
                "evidence": shown.get(row.requirement_id, []),
            }
            for row in sheet.results
        ],
    }


def _print(results: list[dict[str, Any]], demands: Rubric) -> None:
    texts = {requirement.id: requirement.text for requirement in demands.requirements}
    for result in results:
        score = "no score" if result["score"] is None else f"{result['score']} of 100"
        click.echo(f"{result['file']}: {score}, {result['band'].replace('_', ' ')}")
        for row in result["requirements"]:
            quote = f" “{row['evidence'][0]['quote']}”" if row["evidence"] else ""
            label = row["match"].replace("_", " ")
            click.echo(f"  {row['points']:>3}/{row['max_points']:<3} {label:10} {texts[row['id']]}{quote}")
    if not results:
        click.echo("There was nothing to score.", err=True)
        sys.exit(1)

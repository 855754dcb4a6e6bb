"""Scores files against a job without a server or a database."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from core.cli.inputs import (
    AS_OF,
    FILE,
    JSON,
    SCORER,
    SETTING,
    FileRead,
    day,
    files_in,
    job_source,
    load_rubric,
    print_json,
    read_files,
    scorer_called,
)
from core.documents import Reading
from core.screening import (
    Assessed,
    Identity,
    Prepared,
    Submission,
    Thresholds,
    extract,
    judge_all,
    plain_text,
    prepare,
)
from core.screening.receipts import Circumstances, Receipt, receipt_for
from core.sdk.scorer import Rubric
from core.settings import load
from core.store.signing import signing_key


@click.command()
@click.option("--job", required=True, type=FILE, help="The job's text.")
@click.option(
    "--rubric", type=FILE, help="Requirements as `shortlist requirements --json` prints them, edited or not."
)
@SCORER
@SETTING
@AS_OF
@JSON
@click.argument("resumes", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def score(
    *,
    job: Path,
    rubric: Path | None,
    scorer: str,
    given: tuple[str, ...],
    as_of: Any,
    as_json: bool,
    resumes: tuple[Path, ...],
) -> None:
    """Score RESUMES (files or folders) against a job, in the order given."""
    files = read_files(files_in(resumes))
    source = job_source(job)
    demands, judging = load_rubric(rubric) if rubric else extract(source), scorer_called(scorer, given)
    around = Circumstances(rubric=demands, thresholds=Thresholds(), scorer=f"{scorer} {judging.version}")
    posting = plain_text(source)
    prepared = [prepare(_submission(str(n), one.reading, as_of, posting)) for n, one in enumerate(files)]
    assessed = judge_all(judging, demands, prepared, around.thresholds)
    names = [one.file for one in files]
    if as_json:
        receipts = _receipts(around, files, prepared, assessed)
        print_json([_result(*entry) for entry in zip(names, assessed, receipts, strict=True)])
    else:
        _print(names, assessed, demands)


def _receipts(
    around: Circumstances,
    files: Sequence[FileRead],
    prepared: Sequence[Prepared],
    assessed: Sequence[Assessed],
) -> list[Receipt]:
    key = signing_key(load(os.environ).data_dir)
    return [
        receipt_for(around, text.seen, judged, {"resume": one.sha256}, key)
        for one, text, judged in zip(files, prepared, assessed, strict=True)
    ]


def _submission(key: str, reading: Reading, as_of: Any, posting: str) -> Submission:
    read = reading.status == "read"
    return Submission(
        id=key,
        texts={"resume": reading.text} if read else {},
        identity=Identity(),
        as_of=day(as_of),
        has_hidden_text=bool(reading.hidden),
        poorly_readable=reading.poor or reading.status == "garbled",
        unreadable=not read,
        posting=posting,
    )


def _result(file: Path, assessed: Assessed, receipt: Receipt) -> dict[str, Any]:
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
        "receipt": receipt,
    }


def _print(files: Sequence[Path], assessed: Sequence[Assessed], demands: Rubric) -> None:
    texts = {requirement.id: requirement.text for requirement in demands.requirements}
    for file, entry in zip(files, assessed, strict=True):
        _print_one(file, entry, texts)
    if not files:
        click.echo("There was nothing to score.", err=True)
        sys.exit(1)


def _print_one(file: Path, assessed: Assessed, texts: Mapping[str, str]) -> None:
    sheet, quotes = assessed.sheet, {quote.requirement_id: quote.quote for quote in reversed(assessed.shown)}
    score = "no score" if sheet.score is None else f"{sheet.score} of 100"
    click.echo(f"{file}: {score}, {sheet.band.replace('_', ' ')}")
    for row in sheet.results:
        quote = f" “{quotes[row.requirement_id]}”" if row.requirement_id in quotes else ""
        label = row.match.replace("_", " ")
        click.echo(f"  {row.points:>3}/{row.max_points:<3} {label:10} {texts[row.requirement_id]}{quote}")

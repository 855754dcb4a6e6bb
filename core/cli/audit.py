"""Computes a bias audit from exported rows, without a server: what an outside auditor runs."""

from pathlib import Path

import click

from core.cli.inputs import FILE_OR_STDIN, JSON, content_of, print_json
from core.errors import Invalid


@click.command()
@click.option(
    "--min-cell",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Categories with fewer applications are counted, without a rate.",
)
@click.option(
    "--exclude-below",
    type=click.FloatRange(0, 0.02),
    default=0.02,
    show_default=True,
    help="Categories with a smaller share are left out of Local Law 144's ratios; 0 keeps all.",
)
@JSON
@click.argument("data", type=FILE_OR_STDIN)
def audit(data: Path, min_cell: int, exclude_below: float, as_json: bool) -> None:
    """The bias audit of DATA, the rows that Settings > Bias audit exports as CSV (- for input)."""
    from core.audit import Settings, make_report, read_rows
    from core.audit.words import as_text

    try:
        rows = read_rows(content_of(data).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Invalid(f"{data} is no text in UTF-8.", "Give the CSV file as it was exported.") from error
    report = make_report(rows, Settings(min_cell=min_cell, exclude_below=exclude_below))
    if as_json:
        print_json(report)
    else:
        click.echo("\n".join(as_text(report)))

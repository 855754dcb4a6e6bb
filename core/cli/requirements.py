"""Shows what a job asks for."""

from pathlib import Path

import click

from core.cli.inputs import FILE, JSON, job_source, print_json
from core.screening import extract, plain_text


@click.command()
@JSON
@click.option("--text", "as_text", is_flag=True, help="Print the text the offsets count in.")
@click.argument("job", type=FILE)
def requirements(job: Path, *, as_json: bool, as_text: bool) -> None:
    """Print the requirements of a JOB's text."""
    source = job_source(job)
    if as_text:
        click.echo(plain_text(source))
        return
    found = extract(source).requirements
    if as_json:
        print_json(found)
        return
    for requirement in found:
        kind = "must" if requirement.must_have else "nice"
        click.echo(f"{requirement.id:>4}  {kind:4}  {requirement.category:15} {requirement.text}")
    if not found:
        click.echo("This text asks for nothing that could be checked.", err=True)

"""Shows what a job asks for."""

from collections.abc import Sequence
from pathlib import Path

import click

from core.cli.inputs import FILE, JSON, job_source, print_json
from core.screening import extract, plain_text
from core.screening.wording import Finding, lint_job


@click.command()
@JSON
@click.option("--text", "as_text", is_flag=True, help="Print the text the offsets count in.")
@click.option("--lint", "as_lint", is_flag=True, help="Point at words that ask for who somebody is.")
@click.argument("job", type=FILE)
def requirements(job: Path, *, as_json: bool, as_text: bool, as_lint: bool) -> None:
    """Print the requirements of a JOB's text."""
    source = job_source(job)
    if as_text:
        click.echo(plain_text(source))
        return
    found = extract(source).requirements
    findings = lint_job(plain_text(source), found) if as_lint else ()
    if as_json:
        print_json({"requirements": found, "lint": findings} if as_lint else found)
        return
    for requirement in found:
        kind = "must" if requirement.must_have else "nice"
        click.echo(f"{requirement.id:>4}  {kind:4}  {requirement.category:15} {requirement.text}")
    if not found:
        click.echo("This text asks for nothing that could be checked.", err=True)
    if as_lint:
        _print_findings(findings)


def _print_findings(findings: Sequence[Finding]) -> None:
    for finding in findings:
        click.echo(f"\n“{finding.quote}” ({finding.trait})")
        click.echo(f"  {finding.why}")
        click.echo(f"  Instead: {finding.suggestion}")
    if not findings:
        click.echo("\nNo wording asks for who somebody is.")

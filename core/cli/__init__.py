"""The `shortlist` command. Each subcommand imports what it needs, so that the light ones start at once."""

import sys

import click

from core import __version__, log
from core.cli.audit import audit
from core.cli.demo import demo
from core.cli.doctor import doctor
from core.cli.match import match
from core.cli.read import deidentify, read
from core.cli.requirements import requirements
from core.cli.score import score
from core.cli.serve import migrate, serve, worker
from core.cli.twin import twin
from core.cli.verify import verify
from core.errors import Told


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="shortlist")
def cli() -> None:
    """A screening copilot for recruiting teams: evidence for every point, a person for every decision."""


_COMMANDS = (
    serve,
    worker,
    migrate,
    doctor,
    demo,
    score,
    match,
    verify,
    audit,
    requirements,
    read,
    deidentify,
    twin,
)
for command in _COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Run the command; errors of ours are two sentences, not a traceback.

    Logs go to standard error from the start, because standard output is what the command was asked for.
    """
    log.configure(level="warning")
    try:
        cli()
    except Told as error:
        click.echo(f"{error.message}\n{error.hint}".strip(), err=True)
        sys.exit(1)


__all__ = ["cli", "main"]

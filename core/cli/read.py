"""Shows what the machine reads of a file, and what of it a scorer sees."""

from pathlib import Path

import click

from core.cli.inputs import FILE, JSON, print_json, read_files
from core.screening import Identity, recognised
from core.screening import deidentify as take_out


@click.command()
@JSON
@click.argument("file", type=FILE)
def read(file: Path, as_json: bool) -> None:
    """Print what is read of a FILE, and what is hidden in it."""
    reading = read_files([file])[0].reading
    if as_json:
        print_json(reading)
        return
    click.echo(reading.text or reading.explanation)
    for hidden in reading.hidden:
        click.echo(f"\nHidden ({hidden.reason}): {hidden.text}", err=True)


@click.command()
@click.option("--name", multiple=True, help="A name of the person.")
@click.option("--email", multiple=True, help="An e-mail address of the person.")
@click.option("--phone", multiple=True, help="A telephone number of the person.")
@click.argument("file", type=FILE)
def deidentify(name: tuple[str, ...], email: tuple[str, ...], phone: tuple[str, ...], file: Path) -> None:
    """Print the text of a FILE as a scorer sees it; who wrote it is guessed where no option tells."""
    text = read_files([file])[0].reading.text
    identity = recognised(text, Identity(names=name, emails=email, phones=phone))
    click.echo(take_out(text, identity).text)

"""Shows what the machine reads of a file, and what of it a scorer sees."""

from pathlib import Path
from typing import Any

import click
import msgspec

from core.cli.inputs import (
    FILE,
    FILE_OR_FOLDER,
    JSON,
    FileRead,
    files_in,
    print_json,
    read_files,
)
from core.errors import Invalid
from core.screening import Identity, recognised
from core.screening import deidentify as take_out


@click.command()
@JSON
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=FILE_OR_FOLDER)
def read(paths: tuple[Path, ...], as_json: bool) -> None:
    """Print what is read of each FILE (or of the files in a folder), and what is hidden in it."""
    found = read_files(files_in(paths))
    if as_json:
        alone = len(paths) == 1 and not paths[0].is_dir()
        views = [_view(one) for one in found]
        print_json(views[0] if alone else views)
        return
    for one in found:
        if len(found) > 1:
            click.echo(f"== {one.file}")
        click.echo(one.reading.text if one.reading.status == "read" else one.reading.explanation)
        for hidden in one.reading.hidden:
            page = f", page {hidden.page}" if hidden.page else ""
            click.echo(f"\nHidden ({hidden.reason}{page}): {hidden.text}", err=True)


def _view(one: FileRead) -> dict[str, Any]:
    """The reading with the words of each line, and what its status means."""
    reading = one.reading
    lines = [
        {"text": reading.text[line.start : line.end], **msgspec.structs.asdict(line)}
        for line in reading.lines
    ]
    known = msgspec.structs.asdict(reading) | {"lines": lines}
    return {"file": str(one.file), "status": known.pop("status"), "explanation": reading.explanation, **known}


@click.command()
@click.option("--name", multiple=True, help="A name of the person.")
@click.option("--email", multiple=True, help="An e-mail address of the person.")
@click.option("--phone", multiple=True, help="A telephone number of the person.")
@click.argument("file", type=FILE)
def deidentify(name: tuple[str, ...], email: tuple[str, ...], phone: tuple[str, ...], file: Path) -> None:
    """Print the text of a FILE as a scorer sees it; who wrote it is guessed where no option tells."""
    reading = read_files([file])[0].reading
    if reading.status != "read":
        raise Invalid(f"{file.name} cannot be read.", reading.explanation)
    text = reading.text
    identity = recognised(text, Identity(names=name, emails=email, phones=phone))
    click.echo(take_out(text, identity).text)

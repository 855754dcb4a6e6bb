"""CSV as people's programs save it: with any line ends, and with its faults in words."""

import csv
import io
from collections.abc import Callable, Sequence

from core.errors import Invalid


def read_table(
    text: str, columns: Sequence[str], named: Callable[[str], str] = str
) -> list[tuple[int, dict[str, str | None]]]:
    """Every entry with the number of the line it ends on; `named` spells the heads as `columns` do.

    Raises Invalid when a column is missing, or the text is no CSV.
    """
    reader = csv.DictReader(io.StringIO(text, newline=None))
    try:
        reader.fieldnames = [named(head) for head in reader.fieldnames or ()]
        _must_have(reader.fieldnames, columns)
        return [(reader.line_num, entry) for entry in reader]
    except csv.Error as error:
        raise Invalid(
            f"Line {reader.line_num + 1} cannot be read as CSV: {error}.",
            "Look for a quotation mark that is not closed, and save the file as CSV again.",
        ) from error


def _must_have(heads: Sequence[str], columns: Sequence[str]) -> None:
    missing = [name for name in columns if name not in heads]
    if missing:
        raise Invalid(
            f"The file lacks the columns {', '.join(missing)}.",
            f"Its first line must name them: {','.join(columns)}.",
        )

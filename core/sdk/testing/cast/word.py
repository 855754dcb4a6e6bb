"""Resumes as DOCX: headings, or a table with the contact on the left."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
from docx.shared import Pt

from core.sdk.testing.cast.model import CastPerson
from core.sdk.testing.cast.plain import lines

_STYLES = {"name": "Title", "heading": "Heading 1", "title": "Heading 2", "bullet": "List Bullet"}


def as_docx(person: CastPerson, layout: str) -> bytes:
    """A Word file; layouts are `classic`, `table` and `header`."""
    document = docx.Document()
    document.core_properties.created = datetime(2026, 1, 1, tzinfo=UTC)
    document.core_properties.modified = datetime(2026, 1, 1, tzinfo=UTC)
    document.styles["Normal"].font.size = Pt(10.5)
    content = lines(person)
    if layout == "header":
        document.sections[0].header.paragraphs[0].text = content[0][1] + "  ·  " + content[1][1]
        content = content[2:]
    if layout == "table":
        _table(document, content)
    else:
        for kind, text in content:
            document.add_paragraph(text, style=_STYLES.get(kind, "Normal"))
    target = io.BytesIO()
    document.save(target)
    return _stamped(target.getvalue())


def _table(document: Any, content: list[tuple[str, str]]) -> None:
    """Sections as rows of a two-column table: heading left, text right."""
    document.add_paragraph(content[0][1], style="Title")
    document.add_paragraph(content[1][1])
    table = document.add_table(rows=0, cols=2)
    cell: Any = None
    for kind, text in content[2:]:
        if kind == "heading":
            row = table.add_row().cells
            row[0].text, cell = text, row[1]
        elif cell is not None:
            paragraph = cell.add_paragraph(text)
            if kind == "title" and paragraph.runs:
                paragraph.runs[0].bold = True


def _stamped(data: bytes) -> bytes:
    """The same archive with fixed times inside, so that the same resume is the same bytes."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in source.namelist():
            made.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), source.read(name))
    return target.getvalue()

"""Every resume can be read by a program that reads its format, except those made not to be."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import closing

import docx
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from striprtf.striprtf import rtf_to_text

from core.sdk.testing.cast import CastApplication, ResumeFile, make_cast

CAST = make_cast()
UNREADABLE = {"scan", "locked", "truncated"}
LAYOUTS = {
    "pdf-classic", "pdf-sidebar", "pdf-rows", "docx-classic", "docx-table", "docx-header", "txt", "html", "rtf",
}  # fmt: skip

_LETTERS = str.maketrans("łŁøØı", "lLoOi")


def pages(file: ResumeFile) -> list[str]:
    with closing(pypdfium2.PdfDocument(file.content())) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def text_of(file: ResumeFile) -> str:
    kind, data = file.filename.rpartition(".")[2], file.content()
    if kind == "pdf":
        return "\n".join(pages(file))
    if kind == "docx":
        return "\n".join(_docx_lines(data))
    if kind == "odt":
        return re.sub(r"<[^>]+>", " ", zipfile.ZipFile(io.BytesIO(data)).read("content.xml").decode())
    return rtf_to_text(data.decode()) if kind == "rtf" else data.decode()


def _docx_lines(data: bytes) -> Iterator[str]:
    document = docx.Document(io.BytesIO(data))
    for paragraph in (*document.sections[0].header.paragraphs, *document.paragraphs):
        yield paragraph.text
    for table in document.tables:
        for row in table.rows:
            yield from (cell.text for cell in row.cells)


def folded(text: str) -> str:
    spaced = unicodedata.normalize("NFKD", text.translate(_LETTERS).lower())
    return " ".join("".join(c for c in spaced if not unicodedata.combining(c)).split())


def with_layout(layout: str) -> CastApplication:
    return next(a for a in CAST.applications if a.resume and a.resume.layout == layout)


def file_of(layout: str) -> ResumeFile:
    file = with_layout(layout).resume
    assert file is not None
    return file


def test_every_readable_resume_names_its_person() -> None:
    for application in CAST.applications:
        file = application.resume
        if file and file.layout not in UNREADABLE:
            assert folded(application.person.last_name) in folded(text_of(file)), (
                file.layout,
                application.key,
            )


def test_every_layout_occurs() -> None:
    found = {a.resume.layout for a in CAST.applications if a.resume}
    assert found >= LAYOUTS | UNREADABLE | {"hidden"}


@pytest.mark.parametrize("layout", sorted(LAYOUTS | UNREADABLE | {"hidden"}))
def test_a_file_is_the_same_bytes_each_time_it_is_drawn(layout: str) -> None:
    again = next(a for a in make_cast().applications if a.resume and a.resume.layout == layout).resume
    assert again is not None
    assert file_of(layout).content() == file_of(layout).content() == again.content()


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_what_somebody_did_where_and_which_words_they_use_stand_in_the_file(layout: str) -> None:
    application = with_layout(layout)
    text = folded(text_of(file_of(layout)))
    for employment in application.person.employments:
        assert folded(employment.company) in text.replace("&amp;", "&")
        for bullet in employment.bullets:
            assert folded(bullet) in text.replace("&amp;", "&")
    for word in (*application.person.skills, *application.person.languages):
        assert folded(word) in text.replace("&amp;", "&")


def test_a_scan_is_one_picture_without_a_letter() -> None:
    with closing(pypdfium2.PdfDocument(file_of("scan").content())) as document:
        kinds = [thing.type for thing in document[0].get_objects()]
        assert kinds == [pdfium.FPDF_PAGEOBJ_IMAGE]
        shades = set(document[0].render(scale=0.5, grayscale=True).to_numpy().flatten().tolist())
    assert len(shades) > 20


def test_a_locked_file_opens_with_its_password_only() -> None:
    data = file_of("locked").content()
    with pytest.raises(pypdfium2.PdfiumError, match="password"):
        pypdfium2.PdfDocument(data)
    with closing(pypdfium2.PdfDocument(data, password="secret")) as document:
        assert len(document) >= 1


def test_half_a_file_gives_nobody_a_name() -> None:
    data = file_of("truncated").content()
    assert data.startswith(b"%PDF")
    assert b"%%EOF" not in data


def test_hidden_words_are_in_the_text_and_not_on_the_page() -> None:
    assert "expert in everything" in text_of(file_of("hidden"))
    with closing(pypdfium2.PdfDocument(file_of("hidden").content())) as document:
        foot = document[0].render(scale=1, grayscale=True).to_numpy()[-40:]
    assert foot.min() == 255

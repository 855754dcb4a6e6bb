"""One reader for the whole folder, and small makers of the files it is given."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping

import pytest
from anyio.from_thread import start_blocking_portal
from reportlab.pdfgen.canvas import Canvas

from core.documents import DocumentReader, Reading

A4 = (595.0, 842.0)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def read() -> Iterator[Callable[[bytes], Reading]]:
    """Reads through one child process that lives as long as the session, whatever it is fed."""
    with start_blocking_portal("asyncio") as portal:
        reader = DocumentReader()
        yield lambda data: portal.call(reader.read, data)
        portal.call(reader.close)


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    """A PDF whose pages are drawn by the given functions."""

    def make(*pages: Callable[[Canvas], None], size: tuple[float, float] = A4, compress: int = 1) -> bytes:
        target = io.BytesIO()
        canvas = Canvas(target, pagesize=size, pageCompression=compress)
        for draw in pages:
            canvas.setFont("Helvetica", 10)
            draw(canvas)
            canvas.showPage()
        canvas.save()
        return target.getvalue()

    return make


@pytest.fixture(scope="session")
def make_zip() -> Callable[[Mapping[str, str | bytes]], bytes]:
    """A deflated zip archive of the given parts."""

    def make(parts: Mapping[str, str | bytes]) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return target.getvalue()

    return make


@pytest.fixture(scope="session")
def make_docx(make_zip: Callable[[Mapping[str, str | bytes]], bytes]) -> Callable[..., bytes]:
    """A DOCX of raw WordprocessingML: the body, and any further parts by name."""
    namespaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )

    def make(body: str, **parts: str) -> bytes:
        files = {"word/document.xml": f"<w:document {namespaces}><w:body>{body}</w:body></w:document>"}
        for name, content in parts.items():
            root = {"styles": "styles", "header1": "hdr", "footer1": "ftr"}[name]
            files[f"word/{name}.xml"] = f"<w:{root} {namespaces}>{content}</w:{root}>"
        return make_zip(files)

    return make

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from core.documents import Reading

Read = Callable[[bytes], Reading]
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

STARTS = st.sampled_from(
    [
        b"",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"{\\rtf1 ",
        b"<html>",
        b"\xff\xfe",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"BM",
    ]
)


def a_pdf() -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pageCompression=0)
    canvas.drawString(50, 700, "Platform engineer in Riga")
    canvas.drawString(50, 680, "Python, Go")
    canvas.save()
    return target.getvalue()


def a_docx() -> bytes:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        body = "<w:p><w:r><w:rPr><w:color w:val='FF00FF'/></w:rPr><w:t>Platform engineer</w:t></w:r></w:p>"
        archive.writestr("word/document.xml", f"<w:document {w}><w:body>{body}</w:body></w:document>")
    return target.getvalue()


SEEDS = {
    "pdf": a_pdf(),
    "docx": a_docx(),
    "rtf": rb"{\rtf1\ansi{\colortbl;\red255\green255\blue255;}\cf1 Platform\par\v0\u233?{\b engineer}}",
    "html": b"<html><style>.a{color:#fff}</style><table><tr><td class=a>Platform<td>engineer</table></html>",
}


def sound(reading: Reading) -> None:
    """What holds for every reading."""
    if reading.status != "read":
        assert reading.explanation
    else:
        assert any(character.isalnum() for character in reading.text)
    end = -1
    for line in reading.lines:
        assert end < line.start < line.end <= len(reading.text)
        assert "\n" not in reading.text[line.start : line.end]
        end = line.end


@few
@given(start=STARTS, rest=st.binary(max_size=2000))
def test_any_bytes_give_a_reading_and_the_same_one_twice(read: Read, start: bytes, rest: bytes) -> None:
    first, second = read(start + rest), read(start + rest)
    sound(first)
    assert first == second


@pytest.mark.parametrize("kind", SEEDS)
@few
@given(changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=12)), max_size=6))
def test_a_damaged_file_gives_a_reading(read: Read, kind: str, changes: list[tuple[float, bytes]]) -> None:
    data = SEEDS[kind]
    for where, what in changes:
        place = int(where * len(data))
        data = data[:place] + what + data[place + len(what) :]
    sound(read(data))


@few
@given(lines=st.lists(st.text(st.characters(codec="utf-8"), max_size=80), max_size=20))
def test_every_visible_word_of_a_text_is_in_its_reading(read: Read, lines: list[str]) -> None:
    words = [word for line in lines for word in line.split() if word.isascii() and word.isalnum()]
    text = "\ufeff" + "\n".join(lines)
    reading = read(text.encode())
    sound(reading)
    if reading.kind == "txt" and reading.status == "read":
        assert all(word in reading.text for word in words)

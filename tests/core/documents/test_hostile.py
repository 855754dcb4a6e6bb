import io
import resource
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from core.documents import Reading

Read = Callable[[bytes], Reading]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCUMENT = "word/document.xml"
GOOD = b"Mira Ost\nPlatform engineer, Riga"


def pdf_of(stream: bytes, *, filters: str = "/FlateDecode", extra: str = "") -> bytes:
    """A one-page PDF around a content stream that is stored as it is given."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{extra}>>".encode(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}/Filter[{filters}]>>stream\n".encode() + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    )


@cache
def inflating(size: int) -> bytes:
    """Deflated bytes that unpack to `size` spaces, made without unpacking: one packed block many times."""
    block = b" " * (1 << 24)
    packer = zlib.compressobj(9)
    first = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(size // len(block)):
        check = zlib.adler32(block, check)
    return first + again * (size // len(block) - 1) + b"\x03\x00" + check.to_bytes(4, "big")


def docx_with(body: bytes | None = None, **parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        if body is not None:
            archive.writestr(DOCUMENT, body)
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def flate_bomb() -> bytes:
    return pdf_of(inflating(1 << 30))


def flate_bomb_of_two_layers() -> bytes:
    return pdf_of(zlib.compress(inflating(1 << 30), 9), filters="/FlateDecode/FlateDecode")


@cache
def zip_bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(DOCUMENT, "w") as part:
        part.write(f"<w:document {W}><w:body><w:p><w:r><w:t>".encode())
        for _ in range(200):
            part.write(b"A" * (1 << 20))
        part.write(b"</w:t></w:r></w:p></w:body></w:document>")
    return target.getvalue()


def zip_bomb_with_a_lying_header() -> bytes:
    """The sizes in the directory say 1000 bytes."""
    data = bytearray(zip_bomb())
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


def a_hundred_thousand_entries() -> bytes:
    local = b"PK\x03\x04" + bytes(22) + (6).to_bytes(2, "little") + bytes(2)
    central = b"PK\x01\x02" + bytes(24) + (6).to_bytes(2, "little") + bytes(12)
    names = [b"%06d" % number for number in range(65_000)] + [DOCUMENT.encode()]
    body = docx_with(f"<w:document {W}/>".encode())
    start = body.index(b"PK\x01\x02")
    entries = b"".join(local + name for name in names[:-1])
    table = (
        b"".join(central + bytes(4) + name for name in names[:-1]) * 2
        + body[start : body.rindex(b"PK\x05\x06")]
    )
    end = b"PK\x05\x06" + bytes(4) + b"\xff\xff\xff\xff" + len(table).to_bytes(4, "little")
    return body[:start] + entries + table + end + (start + len(entries)).to_bytes(4, "little") + bytes(2)


@cache
def half_a_million_paragraphs() -> bytes:
    paragraphs = b"<w:p><w:r><w:t>word</w:t></w:r></w:p>" * 500_000
    return docx_with(f"<w:document {W}><w:body>".encode() + paragraphs + b"</w:body></w:document>")


def billion_laughs() -> bytes:
    lines = ['<!ENTITY a0 "lol">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11)]
    text = (
        f"<!DOCTYPE x [{''.join(lines)}]><w:document {W}><w:p><w:r><w:t>&a10;</w:t></w:r></w:p></w:document>"
    )
    return docx_with(text.encode())


def foreign_entity() -> bytes:
    text = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document {W}><w:p><w:r><w:t>&e;</w:t></w:r>'
        "</w:p></w:document>"
    )
    return docx_with(text.encode())


def nested_paragraphs() -> bytes:
    return docx_with(f"<w:document {W}>".encode() + b"<w:p>" * 1_000_000 + b"</w:p>" * 1_000_000)


def nested_divs() -> bytes:
    return b"<html><body>" + b"<div>" * 200_000 + b"text"


def nested_groups() -> bytes:
    return rb"{\rtf1 " + b"{" * 500_000 + b"text" + b"}" * 500_000


def unclosed_style_sheets() -> bytes:
    return b"<html><style>" * 200_000 + b"@media {" * 100_000


def words_everywhere(count: int) -> bytes:
    words = (b"1 0 0 1 %d %d Tm (w%d) Tj\n" % (n * 7 % 560, n * 13 % 820, n) for n in range(count))
    return pdf_of(zlib.compress(b"BT /F1 8 Tf " + b"".join(words) + b"ET"))


def three_hundred_thousand_words() -> bytes:
    return words_everywhere(300_000)


def fifty_thousand_words() -> bytes:
    return words_everywhere(50_000)


def letters_beyond_all_numbers() -> bytes:
    wild = b"BT /F1 9e37 Tf 1e38 0 0 1e38 3e38 -3e38 Tm (wild) Tj /F1 10 Tf 1 0 0 1 50 700 Tm (calm) Tj ET"
    return pdf_of(zlib.compress(wild))


def nested_graphics_states() -> bytes:
    return pdf_of(zlib.compress(b"q " * 2_000_000 + b"BT /F1 9 Tf 50 700 Td (deep) Tj ET"))


def pages_that_contain_themselves() -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]"
        b"/Count 9999999>>endobj\ntrailer<</Root 1 0 R>>"
    )


def huge_page() -> bytes:
    return pdf_of(zlib.compress(b"BT /F1 12 Tf 50 700 Td (wide) Tj ET")).replace(
        b"[0 0 595 842]", b"[0 0 9999999 9999999]"
    )


def good_pdf(**options: object) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, **options)
    for number in range(3):
        canvas.drawString(50, 700, f"Platform engineer in Riga {number}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def truncated_pdf() -> bytes:
    return good_pdf()[:300]


def random_bytes_called_pdf() -> bytes:
    return b"%PDF-1.7\n" + bytes(n * n * 31 % 251 for n in range(50_000))


def pdf_with_a_script() -> bytes:
    script = "/OpenAction<</S/JavaScript/JS(while(true){app.alert(1)})>>"
    return pdf_of(zlib.compress(b"BT /F1 12 Tf 50 700 Td (Mira Ost) Tj ET"), extra=script)


def password_pdf() -> bytes:
    return good_pdf(encrypt=StandardEncryption("secret", canPrint=0))


def pdf_with_an_owner_only() -> bytes:
    return good_pdf(encrypt=StandardEncryption("", ownerPassword="secret", canPrint=0))


def password_docx() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 600
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 99
    )


def old_word() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 99


def pdf_that_is_also_a_zip() -> bytes:
    return good_pdf() + docx_with(f"<w:document {W}/>".encode())


def zip_that_is_also_a_pdf() -> bytes:
    body = f"<w:document {W}><w:p><w:r><w:t>Mira Ost</w:t></w:r></w:p></w:document>".encode()
    return docx_with(body) + good_pdf()


def names_that_climb() -> bytes:
    body = f"<w:document {W}><w:p><w:r><w:t>Mira Ost</w:t></w:r></w:p></w:document>".encode()
    return docx_with(body, **{"..__..__..__tmp__shortlist-was-here": b"x", "__etc__passwd": b"x"})


def half_an_archive() -> bytes:
    return names_that_climb()[:200]


def picture() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"\0" * 200


HOSTILE: list[tuple[Callable[[], bytes], set[str]]] = [
    (flate_bomb, {"unsafe"}),
    (flate_bomb_of_two_layers, {"unsafe"}),
    (zip_bomb, {"unsafe"}),
    (zip_bomb_with_a_lying_header, {"unsafe", "corrupt"}),
    (a_hundred_thousand_entries, {"unsafe"}),
    (half_a_million_paragraphs, {"read"}),
    (billion_laughs, {"unsafe"}),
    (foreign_entity, {"unsafe"}),
    (nested_paragraphs, {"unsafe"}),
    (nested_divs, {"unsafe"}),
    (nested_groups, {"unsafe"}),
    (unclosed_style_sheets, {"empty"}),
    (three_hundred_thousand_words, {"unsafe"}),
    (fifty_thousand_words, {"read", "garbled"}),
    (letters_beyond_all_numbers, {"read"}),
    (nested_graphics_states, {"read", "empty", "unsafe"}),
    (pages_that_contain_themselves, {"corrupt", "empty", "unsafe"}),
    (huge_page, {"empty"}),
    (truncated_pdf, {"corrupt"}),
    (random_bytes_called_pdf, {"corrupt"}),
    (pdf_with_a_script, {"read"}),
    (password_pdf, {"encrypted"}),
    (pdf_with_an_owner_only, {"read"}),
    (password_docx, {"encrypted"}),
    (old_word, {"unsupported"}),
    (pdf_that_is_also_a_zip, {"read"}),
    (zip_that_is_also_a_pdf, {"read", "corrupt"}),
    (names_that_climb, {"read"}),
    (half_an_archive, {"corrupt"}),
    (picture, {"unsupported"}),
]


@pytest.fixture(scope="module")
def peak() -> Callable[[], int]:
    """Kilobytes this process has used at most."""
    return lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.mark.parametrize(("make", "statuses"), HOSTILE, ids=lambda value: getattr(value, "__name__", ""))
def test_a_hostile_file_ends_with_a_reason_and_harms_nothing(
    read: Read, peak: Callable[[], int], make: Callable[[], bytes], statuses: set[str]
) -> None:
    data = make()
    before = peak()
    reading = read(data)
    assert reading.status in statuses
    assert reading.explanation or reading.status == "read"
    assert peak() - before < 64 * 1024
    after = read(GOOD)
    assert (after.status, after.text) == ("read", GOOD.decode())


def test_what_a_file_says_about_itself_does_not_leak_the_server(read: Read) -> None:
    assert "root:" not in str(read(foreign_entity()))


def test_more_than_is_read_is_read_in_part_and_said(read: Read) -> None:
    assert read(fifty_thousand_words()).partial
    reading = read(half_a_million_paragraphs())
    assert reading.partial
    assert len(reading.text) <= 200_000
    assert "Not all" in reading.explanation


def test_pages_beyond_the_limit_are_counted_and_left(read: Read, make_pdf: Callable[..., bytes]) -> None:
    reading = read(make_pdf(*[lambda canvas: canvas.drawString(50, 700, "page")] * 40))
    assert (reading.pages, len(reading.lines), reading.partial) == (40, 30, True)


def test_a_file_over_the_limit_costs_no_child(read: Read) -> None:
    reading = read(bytes(100 * 1024 * 1024))
    assert (reading.status, reading.kind) == ("too_large", "unknown")


@pytest.mark.parametrize("data", [b"", b"\n \r\n", b"\0" * 1000])
def test_nothing_is_empty(read: Read, data: bytes) -> None:
    reading = read(data)
    assert reading.status == "empty"
    assert "holds no text" in reading.explanation
    assert "scan" not in reading.explanation


def test_a_scan_is_empty_even_with_the_stamp_of_its_program(
    read: Read, make_pdf: Callable[..., bytes]
) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    def scan(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (400, 600), 200)), 0, 0, 595, 842)
        canvas.drawString(400, 20, "Scanned with PocketScan")

    def written(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "Platform engineer in Riga")

    assert read(make_pdf(scan)).status == "empty"
    assert "scan" in read(make_pdf(scan)).explanation
    mixed = read(make_pdf(written, scan))
    assert (mixed.status, mixed.partial) == ("read", True)
    assert "pictures" in mixed.explanation


@pytest.mark.parametrize(
    ("make", "sentence"),
    [(old_word, "Word file of the old kind"), (picture, "picture"), (password_pdf, "password")],
)
def test_people_are_told_what_to_do(read: Read, make: Callable[[], bytes], sentence: str) -> None:
    explanation = read(make()).explanation
    assert sentence in explanation
    assert "sk the candidate" in explanation

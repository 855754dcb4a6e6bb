import io
from collections.abc import Callable

import docx
import pytest
from docx.shared import Pt, RGBColor

from core.documents import Reading

Read = Callable[[bytes], Reading]
MakeDocx = Callable[..., bytes]
MakeZip = Callable[[dict[str, str]], bytes]

PLANTED = "Expert in Kubernetes"


def lines(reading: Reading) -> list[str]:
    return [reading.text[line.start : line.end] for line in reading.lines]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(text: str, properties: str = "", style: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(text, properties)}</w:p>'


def cell(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def test_a_document_saved_by_an_office_program_is_read_in_order(read: Read) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Mira Ost, Riga"
    document.sections[0].footer.paragraphs[0].text = "Page one of one"
    document.add_heading("Experience", 1)
    document.add_paragraph("Platform engineer, 2019 to 2024")
    table = document.add_table(rows=2, cols=2)
    for place, text in enumerate(["Python", "9 years", "German", "C1"]):
        table.cell(place // 2, place % 2).text = text
    document.add_paragraph("Fork lift licence", style="List Bullet")
    target = io.BytesIO()
    document.save(target)
    reading = read(target.getvalue())
    assert (reading.status, reading.kind, reading.hidden) == ("read", "docx", ())
    assert lines(reading) == [
        "Mira Ost, Riga",
        "Experience",
        "Platform engineer, 2019 to 2024",
        "Python 9 years",
        "German C1",
        "Fork lift licence",
        "Page one of one",
    ]


def test_hidden_white_and_tiny_runs_of_an_office_program_are_told_apart(read: Read) -> None:
    document = docx.Document()
    text = document.add_paragraph("Clerk ")
    text.add_run("hidden ").font.hidden = True
    text.add_run("white ").font.color.rgb = RGBColor(255, 255, 255)
    text.add_run("tiny ").font.size = Pt(1)
    text.add_run("of the archive")
    target = io.BytesIO()
    document.save(target)
    reading = read(target.getvalue())
    assert reading.text == "Clerk of the archive"
    assert {entry.reason: entry.text for entry in reading.hidden} == {
        "marked as hidden": "hidden",
        "the colour of its background": "white",
        "too small to see": "tiny",
    }


def test_cells_with_several_paragraphs_are_read_one_after_the_other(read: Read, make_docx: MakeDocx) -> None:
    body = (
        f"<w:tbl><w:tr>{cell(paragraph('Skills'), paragraph('Python'))}"
        f"{cell(paragraph('Experience'), paragraph('Riga'))}</w:tr></w:tbl>"
    )
    assert lines(read(make_docx(body))) == ["Skills", "Python", "Experience", "Riga"]


def test_what_stands_side_by_side_is_no_sentence_together(read: Read, make_docx: MakeDocx) -> None:
    aside = "Riga, Latvia      Personal qualities Quick learner Patient"
    told = "Front-end developer for ten years, most of them with airlines and those at their gates.\tKept two sites."
    dated = "2016 – 2020      Built the booking pages of an airline, the check-in and the seat map."
    body = (
        f"<w:tbl><w:tr>{cell(paragraph(aside))}{cell(paragraph(told))}{cell(paragraph(dated))}</w:tr></w:tbl>"
    )
    assert lines(read(make_docx(body))) == [
        "Riga, Latvia",
        "Personal qualities Quick learner Patient",
        *told.split("\t"),
        "2016 – 2020 Built the booking pages of an airline, the check-in and the seat map.",
    ]


def test_a_short_row_of_a_table_stays_one_line(read: Read, make_docx: MakeDocx) -> None:
    body = f"<w:tbl><w:tr>{cell(paragraph('English'))}{cell(paragraph('B2'))}</w:tr></w:tbl>"
    assert lines(read(make_docx(body))) == ["English B2"]


def test_a_table_in_a_cell_stays_in_its_place(read: Read, make_docx: MakeDocx) -> None:
    inner = f"<w:tbl><w:tr>{cell(paragraph('Go'))}{cell(paragraph('3 years'))}</w:tr></w:tbl>"
    body = f"<w:tbl><w:tr>{cell(paragraph('Skills'), inner)}{cell(paragraph('Riga'))}</w:tr></w:tbl>"
    assert lines(read(make_docx(body + paragraph("End")))) == ["Skills", "Go 3 years", "Riga", "End"]


def test_a_text_box_is_read_once_and_on_lines_of_its_own(read: Read, make_docx: MakeDocx) -> None:
    box = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    body = (
        f"<w:p>{run('Before')}<w:r><mc:AlternateContent><mc:Choice><wps:wsp><wps:txbx>{box}</wps:txbx>"
        f"</wps:wsp></mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>{run('After')}</w:p>"
    )
    assert lines(read(make_docx(body))) == ["Before", "In the box", "After"]


def test_what_was_deleted_moved_or_commented_is_not_read(read: Read, make_docx: MakeDocx) -> None:
    body = (
        f"<w:p><w:del><w:r><w:delText>old </w:delText></w:r></w:del><w:ins>{run('new ')}</w:ins>"
        f"<w:moveFrom>{run('gone ')}</w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:r><w:t>full</w:t><w:noBreakHyphen/><w:t>time</w:t><w:br/><w:t>next</w:t></w:r></w:p>"
    )
    assert lines(read(make_docx(body))) == ["new full-time", "next"]


def test_headers_come_before_the_body_and_footers_after_it(read: Read, make_docx: MakeDocx) -> None:
    document = make_docx(paragraph("body"), header1=paragraph("top"), footer1=paragraph("bottom"))
    assert lines(read(document)) == ["top", "body", "bottom"]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="ghost"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="child"><w:basedOn w:val="ghost"/></w:style>'
    '<w:style w:type="character" w:styleId="pale"><w:rPr><w:color w:val="FEFEFE"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="band"><w:pPr><w:shd w:val="clear" w:fill="1F2A44"/></w:pPr>'
    "</w:style>"
)


@pytest.mark.parametrize(
    "planted",
    [
        paragraph(PLANTED, "<w:vanish/>"),
        paragraph(PLANTED, '<w:color w:val="FFFFFF"/>'),
        paragraph(PLANTED, '<w:color w:val="F8F8F8"/>'),
        paragraph(PLANTED, '<w:sz w:val="2"/>'),
        paragraph(PLANTED, '<w:color w:val="1F2A44"/><w:shd w:val="clear" w:fill="1F2A44"/>'),
        paragraph(PLANTED, style="ghost"),
        paragraph(PLANTED, style="child"),
        paragraph(PLANTED, '<w:rStyle w:val="pale"/>'),
        "<w:p>"
        + run("", '<w:rPrChange><w:rPr><w:color w:val="000000"/></w:rPr></w:rPrChange>')
        + run(
            PLANTED,
            '<w:color w:val="FFFFFF"/><w:rPrChange><w:rPr><w:color w:val="000000"/></w:rPr></w:rPrChange>',
        )
        + "</w:p>",
    ],
)
def test_text_a_word_processor_does_not_show_is_told_apart(
    read: Read, make_docx: MakeDocx, planted: str
) -> None:
    reading = read(make_docx(paragraph("Clerk") + planted, styles=STYLES))
    assert reading.text == "Clerk"
    assert [entry.text for entry in reading.hidden] == [PLANTED]


WHITE = '<w:color w:val="FFFFFF"/>'
DARK = '<w:shd w:val="clear" w:fill="223344"/>'
BEHIND = (
    '<w:p><w:r><w:drawing><wp:anchor xmlns:wp="wp" behindDoc="1"><a:solidFill xmlns:a="a">'
    '<a:srgbClr val="{0}"/></a:solidFill></wp:anchor></w:drawing></w:r></w:p>'
)


@pytest.mark.parametrize(
    "honest",
    [
        paragraph("Mira Ost", WHITE + '<w:shd w:val="clear" w:fill="000000"/>'),
        paragraph("Mira Ost", WHITE + '<w:highlight w:val="darkBlue"/>'),
        paragraph("Mira Ost", WHITE, style="band"),
        f"<w:tbl><w:tr>{cell(paragraph('Mira Ost', WHITE), properties=DARK)}</w:tr></w:tbl>",
        BEHIND.format("223344") + paragraph("Mira Ost", WHITE),
        paragraph("Mira Ost", '<w:vanish w:val="0"/>', style="ghost"),
        paragraph("Mira Ost", '<w:color w:val="auto"/><w:sz w:val="12"/>'),
    ],
)
def test_honest_design_is_not_accused(read: Read, make_docx: MakeDocx, honest: str) -> None:
    reading = read(make_docx(honest, styles=STYLES))
    assert (reading.text, reading.hidden) == ("Mira Ost", ())


def test_a_white_shape_behind_the_text_excuses_no_white_words(read: Read, make_docx: MakeDocx) -> None:
    body = BEHIND.format("FFFFFF") + paragraph("Clerk") + paragraph(PLANTED, WHITE)
    assert read(make_docx(body)).text == "Clerk"


def test_the_strict_form_of_docx_is_read_as_well(read: Read, make_docx: MakeDocx, make_zip: MakeZip) -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<w:document xmlns:w="{strict}"><w:body>{paragraph("Clerk", "<w:vanish/>")}{paragraph("Riga")}'
    reading = read(make_zip({"word/document.xml": f"{body}</w:body></w:document>"}))
    assert (reading.text, reading.hidden[0].text) == ("Riga", "Clerk")


def test_a_document_without_words_is_empty(read: Read, make_docx: MakeDocx) -> None:
    reading = read(make_docx(paragraph(" ") + paragraph("—")))
    assert (reading.status, reading.kind) == ("empty", "docx")
    assert "pictures" in reading.explanation


ODT_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "fo": "xsl-fo-compatible",
    }.items()
)


def odt(make_zip: MakeZip, body: str, styles: str = "") -> bytes:
    automatic = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    content = (
        f"<office:document-content {ODT_NAMES}>{automatic}<office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )
    return make_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def test_an_odt_is_read_in_order_with_its_tables(read: Read, make_zip: MakeZip) -> None:
    body = (
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
        "<text:h>Experience</text:h><text:p>Clerk<text:s/>in Riga<office:annotation><text:p>why?</text:p>"
        "</office:annotation></text:p><table:table><table:table-row>"
        "<table:table-cell><text:p>Python</text:p></table:table-cell>"
        "<table:table-cell><text:p>9 years</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    reading = read(odt(make_zip, body))
    assert (reading.status, reading.kind) == ("read", "odt")
    assert lines(reading) == ["Experience", "Clerk in Riga", "Python 9 years"]


@pytest.mark.parametrize(
    "properties",
    ['text:display="none"', 'fo:color="#ffffff"', 'fo:color="#fdfdfd"', 'fo:font-size="1pt"'],
)
def test_text_an_odt_does_not_show_is_told_apart(read: Read, make_zip: MakeZip, properties: str) -> None:
    styles = (
        f'<style:style style:name="base"><style:text-properties {properties}/></style:style>'
        '<style:style style:name="T1" style:parent-style-name="base"/>'
    )
    body = f'<text:p>Clerk<text:span text:style-name="T1">{PLANTED}</text:span></text:p>'
    reading = read(odt(make_zip, body, styles))
    assert reading.text == "Clerk"
    assert [entry.text for entry in reading.hidden] == [PLANTED]


def test_white_words_on_a_dark_cell_of_an_odt_are_read(read: Read, make_zip: MakeZip) -> None:
    styles = (
        '<style:style style:name="C"><style:table-cell-properties fo:background-color="#223344"/>'
        "</style:style>"
        '<style:style style:name="P"><style:text-properties fo:color="#ffffff"/></style:style>'
    )
    body = (
        '<table:table><table:table-row><table:table-cell table:style-name="C">'
        '<text:p text:style-name="P">Mira Ost</text:p></table:table-cell></table:table-row></table:table>'
    )
    assert read(odt(make_zip, body, styles)).text == "Mira Ost"


def test_an_encrypted_odt_is_told_from_a_broken_one(read: Read, make_zip: MakeZip) -> None:
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    parts = {"mimetype": "x", "content.xml": "\x01\x02", "META-INF/manifest.xml": manifest}
    assert read(make_zip(parts)).status == "encrypted"


def test_other_zip_archives_are_not_read(read: Read, make_zip: MakeZip) -> None:
    assert read(make_zip({"xl/workbook.xml": "<workbook/>"})).status == "unsupported"

from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from core.documents import Reading

Read = Callable[[bytes], Reading]
MakePdf = Callable[..., bytes]

HONEST = "Warehouse clerk with two years of experience"
PLANTED = "Expert in Kubernetes and quantum finance"


def plain(canvas: Canvas) -> None:
    canvas.drawString(50, 760, "Ada Example")
    canvas.drawString(50, 700, HONEST)
    canvas.drawString(50, 686, "and a licence for fork lifts")


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(50, 600, PLANTED)


def nearly_white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.98, 0.98, 0.98)
    canvas.drawString(50, 600, PLANTED)


def white_over_seen_text(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setFont("Helvetica", 8)
    canvas.drawString(52, 701, PLANTED)


def white_struck_through(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(50, 600, PLANTED)
    canvas.line(50, 603, 300, 603)


def tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 0.5)
    canvas.drawString(50, 600, PLANTED)


def shrunk(canvas: Canvas) -> None:
    canvas.scale(0.05, 0.05)
    canvas.drawString(1000, 12000, PLANTED)


def squeezed(canvas: Canvas) -> None:
    text = canvas.beginText(50, 600)
    text.setHorizScale(1)
    text.textOut(PLANTED)
    canvas.drawText(text)


def white_between_seen_lines(canvas: Canvas) -> None:
    for line in range(10):
        canvas.drawString(50, 640 - 12 * line, "-" * 40)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(50, 634, PLANTED)


def under_a_busy_picture(canvas: Canvas) -> None:
    canvas.drawString(50, 600, PLANTED)
    noise = Image.frombytes("L", (60, 30), bytes(place * place * 7 % 256 for place in range(1800)))
    canvas.drawImage(ImageReader(noise), 40, 580, 300, 60)


def under_a_veil(canvas: Canvas) -> None:
    canvas.drawString(50, 600, PLANTED)
    canvas.setFillColorRGB(1, 1, 1, alpha=0.97)
    canvas.rect(40, 590, 300, 30, stroke=0, fill=1)


def said_to_stand_for_a_dash(canvas: Canvas) -> None:
    canvas._code.append(
        f"/Span <</ActualText ({PLANTED})>> BDC BT /F1 10 Tf 1 0 0 1 50 600 Tm (-----------) Tj ET EMC"
    )


def left_of_the_page(canvas: Canvas) -> None:
    canvas.drawString(-400, 600, PLANTED)


def below_the_page(canvas: Canvas) -> None:
    canvas.drawString(50, -30, PLANTED)


def invisible_mode(canvas: Canvas) -> None:
    text = canvas.beginText(50, 600)
    text.setTextRenderMode(3)
    text.textOut(PLANTED)
    canvas.drawText(text)


def invisible_mode_over_a_picture(canvas: Canvas) -> None:
    for stripe in range(40):
        canvas.rect(50 + 6 * stripe, 595, 3, 20, fill=1)
    invisible_mode(canvas)


def clipping_mode(canvas: Canvas) -> None:
    text = canvas.beginText(50, 600)
    text.setTextRenderMode(7)
    text.textOut(PLANTED)
    canvas.drawText(text)


def transparent(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0, 0, 0, alpha=0)
    canvas.drawString(50, 600, PLANTED)


def covered(canvas: Canvas) -> None:
    canvas.drawString(50, 600, PLANTED)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(40, 590, 400, 30, stroke=0, fill=1)


def covered_and_written_over(canvas: Canvas) -> None:
    covered(canvas)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(50, 600, HONEST)


def black_on_black(canvas: Canvas) -> None:
    canvas.rect(40, 590, 400, 30, stroke=0, fill=1)
    canvas.drawString(50, 600, PLANTED)


def clipped_away(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(0, 0, 10, 10)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(50, 600, PLANTED)


TRICKS = [
    white,
    nearly_white,
    white_over_seen_text,
    white_struck_through,
    tiny,
    shrunk,
    left_of_the_page,
    below_the_page,
    invisible_mode,
    invisible_mode_over_a_picture,
    clipping_mode,
    transparent,
    covered,
    covered_and_written_over,
    black_on_black,
    clipped_away,
    squeezed,
    under_a_busy_picture,
    under_a_veil,
]


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.__name__)
def test_text_nobody_sees_is_told_apart_and_the_text_equals_the_honest_twin(
    read: Read, make_pdf: MakePdf, trick: Callable[[Canvas], None]
) -> None:
    def both(canvas: Canvas) -> None:
        plain(canvas)
        trick(canvas)

    reading = read(make_pdf(both))
    honest = read(make_pdf(plain)).text
    assert reading.text == (f"{honest}\n{HONEST}" if trick is covered_and_written_over else honest)
    assert " ".join(entry.text for entry in reading.hidden) == PLANTED
    assert all(entry.reason and entry.page == 1 for entry in reading.hidden)


@pytest.mark.parametrize("trick", [white_between_seen_lines, said_to_stand_for_a_dash])
def test_text_nobody_sees_is_told_from_what_is_drawn_beside_it(
    read: Read, make_pdf: MakePdf, trick: Callable[[Canvas], None]
) -> None:
    reading = read(make_pdf(trick))
    assert reading.text.strip("-\n") == ""
    assert " ".join(entry.text for entry in reading.hidden) == PLANTED


def white_on_a_dark_banner(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.15, 0.3)
    canvas.rect(0, 740, 595, 102, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(50, 780, HONEST)


def white_on_a_tight_chip(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.3, 0.6)
    canvas.roundRect(48, 597, canvas.stringWidth(HONEST, "Helvetica", 10) + 4, 12, 3, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(50, 600, HONEST)


def light_grey(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.72, 0.72, 0.72)
    canvas.setFont("Helvetica", 7)
    canvas.drawString(50, 600, HONEST)


def small_print(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 5)
    canvas.drawString(50, 600, HONEST)


def heavy_display(canvas: Canvas) -> None:
    canvas.setFont("Helvetica-Bold", 34)
    canvas.drawString(20, 600, "MMWMM IIIIII HHH")


def outlined(canvas: Canvas) -> None:
    text = canvas.beginText(50, 600)
    text.setFont("Helvetica-Bold", 24)
    text.setTextRenderMode(1)
    text.textOut("Outlined heading")
    canvas.drawText(text)


def drawn_twice_for_weight(canvas: Canvas) -> None:
    canvas.drawString(50, 600, HONEST)
    canvas.drawString(50.4, 600, HONEST)


def on_a_watermark(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setFillColorRGB(0.85, 0.85, 0.85)
    canvas.setFont("Helvetica-Bold", 90)
    canvas.drawString(60, 540, "DRAFT")
    canvas.restoreState()
    for line in range(20):
        canvas.drawString(50, 700 - 14 * line, HONEST)


def pale_watermark(canvas: Canvas) -> None:
    canvas.translate(150, 300)
    canvas.rotate(45)
    canvas.setFillColorRGB(0.94, 0.94, 0.94)
    canvas.setFont("Helvetica-Bold", 80)
    canvas.drawString(0, 0, "CONFIDENTIAL")


def on_end(canvas: Canvas) -> None:
    canvas.rotate(90)
    canvas.drawString(300, -50, HONEST)


def letters_with_white_between(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.drawString(50, 600, "W O R K   E X P E R I E N C E")


def justified(canvas: Canvas) -> None:
    text = canvas.beginText(50, 600)
    text.setWordSpace(9)
    text.textOut(HONEST)
    canvas.drawText(text)


def link_in_blue(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.4, 0.8)
    canvas.drawString(50, 600, "github.com/mira-ost")
    canvas.linkURL("https://github.com/mira-ost", (50, 595, 200, 612))
    canvas.line(50, 598, 150, 598)


def white_on_a_colour_run(canvas: Canvas) -> None:
    for stripe in range(60):
        canvas.setFillColorRGB(0.1 + stripe / 120, 0.3, 0.6)
        canvas.rect(40 + 6 * stripe, 590, 6.2, 24, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(50, 600, HONEST)


def ligatures_that_say_what_they_stand_for(canvas: Canvas) -> None:
    canvas._code.append(
        "/Span <</ActualText (ffi)>> BDC BT /F1 10 Tf 1 0 0 1 50 600 Tm (ffi) Tj ET EMC "
        "BT /F1 10 Tf 1 0 0 1 61 600 Tm (ce clerk) Tj ET"
    )


def on_a_photo(canvas: Canvas) -> None:
    for stripe in range(100):
        canvas.setFillColorRGB(0.5 + stripe / 250, 0.6, 0.7)
        canvas.rect(40 + 4 * stripe, 580, 4, 60, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(50, 600, HONEST)


@pytest.mark.parametrize(
    "draw",
    [
        white_on_a_dark_banner,
        white_on_a_tight_chip,
        light_grey,
        small_print,
        heavy_display,
        outlined,
        drawn_twice_for_weight,
        on_a_watermark,
        on_a_photo,
        pale_watermark,
        on_end,
        letters_with_white_between,
        justified,
        link_in_blue,
        white_on_a_colour_run,
        ligatures_that_say_what_they_stand_for,
    ],
    ids=lambda draw: draw.__name__,
)
def test_honest_design_is_not_accused(read: Read, make_pdf: MakePdf, draw: Callable[[Canvas], None]) -> None:
    reading = read(make_pdf(draw))
    assert reading.status == "read"
    assert reading.hidden == ()


def test_text_drawn_twice_for_weight_is_read_once(read: Read, make_pdf: MakePdf) -> None:
    assert read(make_pdf(drawn_twice_for_weight)).text == HONEST


def test_a_page_with_hidden_text_only_has_nothing_to_read(read: Read, make_pdf: MakePdf) -> None:
    reading = read(make_pdf(invisible_mode_over_a_picture))
    assert reading.status == "empty"
    assert reading.hidden[0].text == PLANTED
    assert "hidden" in reading.explanation

import random
from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from core.documents import Reading

Read = Callable[[bytes], Reading]
MakePdf = Callable[..., bytes]
Placed = tuple[float, float, str]

LEFT = [
    "Kovalenko Transport, Lviv",
    "Led the move of 40 services to Kubernetes",
    "and cut deployment time by half.",
    "Introduced code review for all teams.",
    "Baltic Freight, Riga",
    "Built the tracking service in Go and",
    "kept it available through two peaks.",
    "Trained four junior engineers in testing.",
]
RIGHT = [
    "University of Tartu, computer science",
    "Thesis on stream processing with bounded",
    "memory, supervised by the systems group.",
    "Certified Kubernetes administrator",
    "Speaks Ukrainian, English and German",
    "and reads Polish well enough to review.",
    "Volunteers as a mentor for returning",
    "engineers after parental leave.",
]
HEADER = ["Mira Ost", "Platform engineer who likes boring releases, short meetings and long walks by the sea"]


def column(x: float, top: float, lines: Sequence[str], pitch: float = 14.0) -> list[Placed]:
    return [(x, top - place * pitch, text) for place, text in enumerate(lines)]


def placing(placed: Sequence[Placed]) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for x, y, text in placed:
            canvas.drawString(x, y, text)

    return draw


def by_words(placed: Sequence[Placed]) -> Callable[[Canvas], None]:
    """Every word drawn on its own, in no order at all."""

    def draw(canvas: Canvas) -> None:
        words = []
        for left, y, text in placed:
            x = left
            for word in text.split():
                words.append((x, y, word))
                x += canvas.stringWidth(word + " ", "Helvetica", 10)
        random.Random(7).shuffle(words)
        for x, y, word in words:
            canvas.drawString(x, y, word)

    return draw


def rows_of(*columns: list[Placed]) -> list[Placed]:
    return [cell for row in zip(*columns, strict=True) for cell in row]


TWO = (column(50, 700, LEFT), column(320, 700, RIGHT))
SIDEBAR = column(
    40, 760, ["Contact", "Skills", "Python", "Rust", "Terraform", "Languages", "German C1"], 19.0
)
STORY = column(180, 765, [f"{line} in a team that ships twice a day" for line in LEFT + RIGHT], 13.0)
TITLED = column(50, 780, HEADER, 20.0)
BETWEEN = "Experience in the years that followed, all of it remote and all of it on call"
FOOT = column(50, 80, ["References from two former managers are available and gladly given on request"])

LAYOUTS: dict[str, tuple[Callable[[Canvas], None], list[str]]] = {
    "one column": (placing(TWO[0]), LEFT),
    "two columns drawn one after the other": (placing(TWO[0] + TWO[1]), LEFT + RIGHT),
    "two columns drawn row by row": (placing(rows_of(*TWO)), LEFT + RIGHT),
    "two columns drawn word by word in no order": (by_words(TWO[0] + TWO[1]), LEFT + RIGHT),
    "two columns a little out of step": (
        placing(rows_of(TWO[0], column(320, 697, RIGHT))),
        LEFT + RIGHT,
    ),
    "a narrow sidebar": (placing(STORY + SIDEBAR), [p[2] for p in SIDEBAR + STORY]),
    "a header over columns and a footer under them": (
        placing(TITLED + rows_of(*TWO) + FOOT),
        HEADER + LEFT + RIGHT + [FOOT[0][2]],
    ),
    "columns, a full line, columns again": (
        placing(
            rows_of(column(50, 760, LEFT[:4]), column(320, 760, RIGHT[:4]))
            + column(50, 670, [BETWEEN])
            + rows_of(column(50, 630, LEFT[4:]), column(320, 630, RIGHT[4:]))
        ),
        [
            *LEFT[:4],
            *RIGHT[:4],
            BETWEEN,
            *LEFT[4:],
            *RIGHT[4:],
        ],
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_lines_come_in_the_order_a_person_reads_them(read: Read, make_pdf: MakePdf, layout: str) -> None:
    draw, expected = LAYOUTS[layout]
    assert read(make_pdf(draw)).text.split("\n") == expected


def test_cells_of_a_table_stay_on_their_row(read: Read, make_pdf: MakePdf) -> None:
    cells = [
        column(50, 700, ["Skill", "Python", "Kubernetes", "PostgreSQL", "Terraform"], 16.0),
        column(200, 700, ["Level", "expert", "advanced", "advanced", "basic"], 16.0),
        column(350, 700, ["Years", "9 years", "5 years", "7 years", "1 year"], 16.0),
    ]
    assert read(make_pdf(placing(rows_of(*cells)))).text.split("\n")[1:] == [
        "Python expert 9 years",
        "Kubernetes advanced 5 years",
        "PostgreSQL advanced 7 years",
        "Terraform basic 1 year",
    ]


def test_a_date_at_the_margin_stays_with_its_job(read: Read, make_pdf: MakePdf) -> None:
    jobs = [(50.0, 700.0 - 70 * place, text) for place, text in enumerate(LEFT[:4])]
    details = [(50.0, y - 14 * n, line) for _, y, _ in jobs for n, line in enumerate(RIGHT[:3], 1)]
    dates = [(480.0, y, f"20{10 + place} – 20{12 + place}") for place, (_, y, _) in enumerate(jobs)]
    lines = read(make_pdf(placing(jobs + details + dates))).text.split("\n")
    assert lines[0] == f"{LEFT[0]} 2010 – 2012"
    assert lines[4] == f"{LEFT[1]} 2011 – 2013"


def test_columns_set_as_one_string_with_a_wide_gap_are_still_columns(read: Read, make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        for place, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            gap = 270 - canvas.stringWidth(left, "Helvetica", 10)
            canvas._code.append(
                f"BT /F1 10 Tf 1 0 0 1 50 {700 - 14 * place} Tm [({left}) {-gap * 100:.0f} ({right})] TJ ET"
            )

    assert read(make_pdf(draw)).text.split("\n") == LEFT + RIGHT


def test_every_line_knows_its_page_and_its_place_on_it(read: Read, make_pdf: MakePdf) -> None:
    reading = read(make_pdf(placing([(50, 700, "first page")]), placing([(72, 144, "second page")])))
    assert reading.pages == 2
    first, second = reading.lines
    assert (first.page, reading.text[first.start : first.end]) == (1, "first page")
    assert (second.page, reading.text[second.start : second.end]) == (2, "second page")
    assert second.box is not None
    left, bottom, right, top = second.box
    assert left == pytest.approx(72, abs=1.5)
    assert bottom <= 144 <= top <= 156
    assert right == pytest.approx(72 + 55, abs=8)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_stored_turned_is_read_as_it_is_shown(read: Read, make_pdf: MakePdf, turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        width, height = (842, 595) if turn % 180 else (595, 842)
        canvas.translate(*{90: (width, 0), 180: (width, height), 270: (0, height)}[turn])
        canvas.rotate(turn)
        canvas.drawString(60, 500, "upright when shown")
        canvas.drawString(60, 480, "and read in order")

    reading = read(make_pdf(draw))
    assert (reading.text, reading.hidden) == ("upright when shown\nand read in order", ())
    box = reading.lines[0].box
    assert box is not None
    assert box[0] == pytest.approx(60, abs=1.5)
    assert box[1] <= 500 <= box[3]


def test_a_cropped_page_hides_what_was_cropped_away_only(read: Read, make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((200, 300, 595, 842))
        canvas.drawString(250, 600, "inside the crop")
        canvas.drawString(250, 100, "below the crop")

    reading = read(make_pdf(draw))
    assert reading.text == "inside the crop"
    assert [entry.text for entry in reading.hidden] == ["below the crop"]
    box = reading.lines[0].box
    assert box is not None
    assert box[0] == pytest.approx(50, abs=1.5)


def test_a_word_drawn_in_pieces_stays_one_word(read: Read, make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        x = 50.0
        for piece, font in (("Experi", "Helvetica"), ("ence", "Helvetica-Bold"), (" with Go", "Helvetica")):
            canvas.setFont(font, 10)
            canvas.drawString(x, 700, piece)
            x += canvas.stringWidth(piece, font, 10)

    assert read(make_pdf(draw)).text == "Experience with Go"


def test_letters_drawn_one_by_one_become_words(read: Read, make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        x = 50.0
        for letter in "Senior data engineer":
            if letter != " ":
                canvas.drawString(x, 700, letter)
            x += canvas.stringWidth(letter, "Helvetica", 10)

    assert read(make_pdf(draw)).text == "Senior data engineer"


def test_a_bullet_stays_with_its_sentence(read: Read, make_pdf: MakePdf) -> None:
    placed = [
        place
        for n, text in enumerate(LEFT)
        for place in ((50.0, 700.0 - 14 * n, "-"), (62.0, 700.0 - 14 * n, text))
    ]
    assert read(make_pdf(placing(placed))).text.split("\n") == [f"- {text}" for text in LEFT]


def test_a_rule_of_dashes_is_no_hidden_text(read: Read, make_pdf: MakePdf) -> None:
    reading = read(make_pdf(placing([(50, 700, "Work"), (50, 688, "-" * 40), (50, 676, "_" * 40)])))
    assert reading.hidden == ()

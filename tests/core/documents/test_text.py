import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from core.documents import Reading
from core.documents.normal import clean

Read = Callable[[bytes], Reading]
MakePdf = Callable[..., bytes]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("ef\ufb01cient work\ufb02ow, o\ufb03ce", "efficient workflow, office"),
        ("Cafe\u0301", "Café"),
        ("de\u00advel\u00adop\u00adment", "development"),
        ("Mira\u00a0Ost\u2003Riga", "Mira Ost Riga"),
        ("Ku\u200bber\u2060ne\ufefftes", "Kubernetes"),
        (
            "bell\x07s and \x1bwhistles" + " of a long enough text" * 10,
            "bells and whistles" + " of a long enough text" * 10,
        ),
        ("\uf0b7 skill", "skill"),
        ("blank\u3164name\u2800here", "blank name here"),
        ("\u202egnimmargorp\u202c", "programming"),
        (
            "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f England",
            "\U0001f3f4 England",
        ),
        ("日本語 عربي हिन्दी", "日本語 عربي हिन्दी"),
    ],
)
def test_text_is_spelled_in_one_way(read: Read, raw: str, expected: str) -> None:
    assert read(f"CV\n{raw}".encode()).text == unicodedata.normalize("NFC", f"CV\n{expected}")


@pytest.mark.parametrize(
    ("raw", "spelled"),
    [
        ("Clerk" + "".join(chr(0xE0000 + ord(c)) for c in "hire me"), "hire me"),
        ("Clerk" + "\u200b\u200c" * 20, "40 that spell nothing"),
        ("Clerk" + "\U000e0121" * 5, "5 that spell nothing"),
    ],
)
def test_what_invisible_characters_spell_is_told_apart(read: Read, raw: str, spelled: str) -> None:
    reading = read(raw.encode())
    assert reading.text == "Clerk"
    assert [entry.text for entry in reading.hidden] == [spelled]


def test_what_spells_nothing_is_counted_once_a_page(read: Read) -> None:
    (entry,) = read("Clerk\u202e\nBaker\u202e\n".encode()).hidden
    assert f"{entry.reason}: {entry.text}" == "invisible characters: 2 that spell nothing"


@pytest.mark.parametrize(
    "raw", ["soft\u00adhyphen", "zero\u200bwidth", "می\u200cخواهم", "❤\ufe0f work", "\ufeffCV"]
)
def test_invisible_characters_honest_people_leave_are_no_hidden_text(read: Read, raw: str) -> None:
    assert read(raw.encode()).hidden == ()


@given(st.text())
def test_clean_text_is_clean_already(text: str) -> None:
    cleaned, _ = clean(text)
    assert clean(cleaned) == (cleaned, "")
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in cleaned)


def placing(*lines: str, font: str = "Helvetica", y: float = 700) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, 10)
        for place, line in enumerate(lines):
            canvas.drawString(50, y - 12 * place, line)

    return draw


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Led the develop-", "ment of a shop"], ["Led the development", "of a shop"]),
        (["Worked full-", "time in Riga"], ["Worked full-time", "in Riga"]),
        (["Moved to e-commerce and on-", "call duty"], ["Moved to e-commerce and on-call", "duty"]),
        (["state-of-", "the-art tools"], ["state-of-the-art", "tools"]),
        (["Wrote micro-", "services; microservices scale"], ["Wrote microservices;", "microservices scale"]),
        (["A client-", "server shop, client-server"], ["A client-server", "shop, client-server"]),
        (["Anglo-", "Saxon history"], ["Anglo-", "Saxon history"]),
        (["2019-", "2024 Riga"], ["2019-", "2024 Riga"]),
        (["Skills -", "cooking"], ["Skills -", "cooking"]),
        (["Manage-", "ment"], ["Management"]),
    ],
)
def test_words_broken_at_the_end_of_a_line_are_joined_where_that_is_safe(
    read: Read, make_pdf: MakePdf, lines: list[str], expected: list[str]
) -> None:
    reading = read(make_pdf(placing(*lines)))
    assert reading.text.split("\n") == expected
    assert [reading.text[line.start : line.end] for line in reading.lines] == expected


def test_a_word_is_not_joined_across_the_page(read: Read, make_pdf: MakePdf) -> None:
    pages = (placing("the end of a develop-"), placing("ment on the next page"))
    assert read(make_pdf(*pages)).text == "the end of a develop-\nment on the next page"


def test_letters_from_other_alphabets_and_ligatures_of_a_font_come_out_right(
    read: Read, make_pdf: MakePdf
) -> None:
    from reportlab.pdfbase.ttfonts import TTFont

    try:
        pdfmetrics.registerFont(TTFont("Sans", "DejaVuSans.ttf"))
    except Exception:
        pytest.skip("no DejaVu Sans on this machine")
    text = "Zażółć gęślą jaźń – Санкт-Петербург, ef\ufb01cient"
    assert read(make_pdf(placing(text, font="Sans"))).text == text.replace("\ufb01", "fi")

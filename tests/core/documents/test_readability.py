"""Text that no person wrote is told apart: it gives no low score, it gives none."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from reportlab.pdfgen.canvas import Canvas

from core.documents import Reading, quality

Read = Callable[[bytes], Reading]

STORY = (
    "Warehouse clerk in Riga for the last nine years, on the night shift for four of them\n"
    "Counted the stock of two halls every month and found the causes of what was missing\n"
    "Trained eleven colleagues at the scanners and wrote the page that hangs beside them\n"
    "Drove the fork lift with the licence of 2016, without one accident in all that time\n"
    "Planned the shifts of the team when the foreman was away, and paid out the overtime\n"
)
LANGUAGES = {
    "Polish": "Specjalista do spraw księgowości z pięcioletnim doświadczeniem w prowadzeniu dokumentacji kadrowej. ",
    "German": "Mehrjährige Berufserfahrung als Buchhalterin, verantwortlich für Lohnabrechnung und Jahresabschlüsse. ",
    "Finnish": "Kokenut ohjelmistokehittäjä, joka on työskennellyt kymmenen vuotta terveydenhuollon järjestelmissä. ",
    "Hungarian": "Tízéves szakmai tapasztalattal rendelkező szoftverfejlesztő, aki több projektet vezetett. ",
    "Vietnamese": "Kế toán viên có năm năm kinh nghiệm trong lĩnh vực sản xuất, lập báo cáo tài chính hàng tháng. ",
    "Russian": "Бухгалтер с десятилетним опытом работы на производственном предприятии, отчётность и налоги. ",
    "Japanese": "倉庫管理の経験は九年で、フォークリフトの免許を持ち、夜間の班を率いて在庫を数えました。",
}


def shifted(text: str, by: int) -> str:
    return "".join(chr(ord(c) + by) if c.isascii() and c.isalpha() else c for c in text)


def loose(text: str) -> str:
    return "\n".join(" ".join(line) for line in text.splitlines())


def interleaved(text: str) -> str:
    lines = text.splitlines()
    return "\n".join("".join(a + b for a, b in zip(*pair, strict=False)) for pair in pairwise(lines))


@pytest.mark.parametrize(
    "broken", [shifted(STORY, 3), shifted(STORY, -29), loose(STORY), interleaved(STORY), "~#%& @*(^ " * 60]
)
def test_what_makes_no_words_is_garbled(broken: str) -> None:
    assert quality(broken) == "garbled"


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_languages_are_words_too(language: str) -> None:
    assert quality(LANGUAGES[language] * 6) == "good"


def test_lists_of_tools_numbers_and_short_texts_are_not_accused() -> None:
    assert (
        quality("AWS, GCP, K8s, CI/CD, TDD, C++, C#, .NET, SQL, XML, HTTP, TCP/IP, DNS, VPN, LDAP, SSO\n" * 5)
        == "good"
    )
    assert quality("+371 2000 0000 | 2016-2020 | 12.03.2019\n" * 20) == "good"
    assert quality("Xqzv brrt") == "good"


def test_a_part_that_makes_no_words_makes_a_text_poor() -> None:
    assert quality(STORY * 8 + shifted(STORY, 3) * 4) == "poor"


def test_a_file_whose_font_lies_is_left_to_a_person(read: Read, make_pdf: Callable[..., bytes]) -> None:
    def draw(text: str) -> Callable[[Canvas], None]:
        return lambda canvas: (
            [canvas.drawString(50, 780 - 14 * place, line) for place, line in enumerate(text.splitlines())]
            and None
        )

    reading = read(make_pdf(draw(shifted(STORY, 3))))
    assert reading.status == "garbled"
    assert "decide by hand" in reading.explanation
    mixed = read(make_pdf(draw(STORY * 5), draw(STORY * 5), draw(shifted(STORY * 4, 3))))
    assert (mixed.status, mixed.poor) == ("read", True)
    assert "points may be missing" in mixed.explanation

from collections.abc import Callable

import pytest

from core.documents import Reading

Read = Callable[[bytes], Reading]

PLANTED = "Expert in Kubernetes"


def lines(reading: Reading) -> list[str]:
    return [reading.text[line.start : line.end] for line in reading.lines]


POLISH = (
    "Specjalista ds. księgowości, Łódź. Doświadczenie w prowadzeniu ksiąg i rozliczeń, znajomość języków."
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Jürgen Müller – Café manager, Zürich", "utf-8"),
        ("Jürgen Müller – Café manager, Zürich", "utf-8-sig"),
        ("Jürgen Müller – Café manager, Zürich", "utf-16"),
        ("Jürgen Müller – Café manager, Zürich", "cp1252"),
        ("Salary 50,000 €, “team lead” at naïve Ltd’s office", "cp1252"),
        ("Résumé", "cp1252"),
        (POLISH, "cp1250"),
        ("Разработчик программного обеспечения, опыт работы пять лет, Санкт-Петербург", "cp1251"),
        ("ソフトウェア開発者、東京、十年の経験があります。", "shift_jis"),
    ],
)
def test_text_of_any_usual_encoding_is_read(read: Read, text: str, encoding: str) -> None:
    reading = read(text.encode(encoding))
    assert (reading.status, reading.kind, reading.text) == ("read", "txt", text)


def test_lines_know_their_place_in_the_text(read: Read) -> None:
    reading = read(b"Mira Ost\r\n\r\n  Clerk,   Riga \r\n")
    assert reading.text == "Mira Ost\n\nClerk, Riga"
    assert lines(reading) == ["Mira Ost", "Clerk, Riga"]
    assert all(line.box is None and line.page == 0 for line in reading.lines)


def test_a_text_beyond_the_limit_is_read_in_part_and_says_so(read: Read) -> None:
    reading = read(b"experience " * 30_000)
    assert (reading.status, reading.partial) == ("read", True)
    assert len(reading.text) == 200_000
    assert "longer" in reading.explanation


def test_a_long_text_is_cut_between_letters(read: Read) -> None:
    reading = read(("xž" * 400_000).encode())
    assert reading.text == "xž" * 100_000


COLOURS = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue0;\red20\green40\blue90;}"


def rtf(body: str) -> bytes:
    return (r"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}" + COLOURS + body + "}").encode("latin-1")


def test_an_rtf_file_is_read_with_its_accents(read: Read) -> None:
    reading = read(rtf(r"J\'fcrgen Ost\par Caf\u233? manager\par{\b Riga}"))
    assert (reading.kind, lines(reading)) == ("rtf", ["Jürgen Ost", "Café manager", "Riga"])
    assert reading.hidden == ()


@pytest.mark.parametrize(
    "planted",
    [
        r"{\v Expert in Kubernetes}",
        r"\v Expert \b in\b0  Kubernetes\v0 ",
        r"{\cf1 Expert in Kubernetes}",
        r"{\fs2 Expert in Kubernetes}",
        r"{\cf3\highlight3 Expert in Kubernetes}",
    ],
)
def test_text_an_rtf_file_does_not_show_is_told_apart(read: Read, planted: str) -> None:
    reading = read(rtf(rf"Clerk\par {planted}\par Riga"))
    assert lines(reading) == ["Clerk", "Riga"]
    assert [" ".join(entry.text.split()) for entry in reading.hidden] == [PLANTED]


def test_white_on_a_dark_ground_of_an_rtf_file_is_read(read: Read) -> None:
    reading = read(rtf(r"{\cf1\highlight3 Mira Ost}"))
    assert (reading.text, reading.hidden) == ("Mira Ost", ())


PAGE = """<!DOCTYPE html><html><head><title>CV</title><style>{style}</style></head>
<body bgcolor="white"><script>var skills = "Kubernetes"</script><h1>Mira&nbsp;Ost</h1>
{body}
<p>Riga</body></html>"""


def page(body: str, style: str = "") -> bytes:
    return PAGE.format(body=body, style=style).encode()


def test_a_web_page_is_read_as_a_browser_shows_it(read: Read) -> None:
    body = (
        "<p>Clerk in the <b>archi</b>ve<br>since\n   2019<ul><li>Go<li>SQL</ul>"
        "<table><tr><td>Python<td>9 years<tr><td>German<td>C1</table>"
    )
    reading = read(page(body))
    assert reading.kind == "html"
    assert lines(reading) == [
        "Mira Ost",
        "Clerk in the archive",
        "since 2019",
        "Go",
        "SQL",
        "Python 9 years",
        "German C1",
        "Riga",
    ]
    assert reading.hidden == ()


@pytest.mark.parametrize(
    ("planted", "style"),
    [
        ('<div style="display:none">Expert <b>in</b> Kubernetes</div>', ""),
        ('<div style="display: none !important">Expert in Kubernetes</div>', ""),
        ('<span style="visibility:hidden">Expert in Kubernetes</span>', ""),
        ("<p hidden>Expert in Kubernetes</p>", ""),
        ('<p style="color:#fff">Expert in Kubernetes</p>', ""),
        ('<p style="color: rgb(254, 254, 254)">Expert in Kubernetes</p>', ""),
        ('<p><font color="white">Expert in Kubernetes</font></p>', ""),
        ('<p style="font-size:0">Expert in Kubernetes</p>', ""),
        ('<p style="font-size:1px">Expert in Kubernetes</p>', ""),
        ('<p style="opacity:0">Expert in Kubernetes</p>', ""),
        ('<p style="position:absolute;left:-9999px">Expert in Kubernetes</p>', ""),
        ('<p class="a ghost">Expert in Kubernetes</p>', ".ghost { display: none }"),
        ('<p id="g">Expert in Kubernetes</p>', "h2, p#g { color: white }"),
        ('<div style="background:#123456;color:#123456">Expert in Kubernetes</div>', ""),
    ],
)
def test_text_a_browser_does_not_show_is_told_apart(read: Read, planted: str, style: str) -> None:
    reading = read(page(f"<p>Clerk</p>{planted}", style))
    assert lines(reading) == ["Mira Ost", "Clerk", "Riga"]
    assert [" ".join(entry.text.split()) for entry in reading.hidden] == [PLANTED]


@pytest.mark.parametrize(
    ("honest", "style"),
    [
        ('<div style="background-color:#224">  <p style="color:white">Clerk</p></div>', ""),
        ('<div class="head"><span>Clerk</span></div>', ".head { background: navy; color: #ffffff }"),
        ('<div style="font-size:0"><span style="font-size:12pt">Clerk</span></div>', ""),
        ('<div style="color:white"><p style="color:black">Clerk</p></div>', ""),
        ("<p>Clerk</p>", "@media print { p { display: none } }"),
        ('<p style="background:url(x.png);color:white">Clerk</p>', ""),
    ],
)
def test_honest_design_is_not_accused(read: Read, honest: str, style: str) -> None:
    reading = read(page(honest, style))
    assert (lines(reading), reading.hidden) == (["Mira Ost", "Clerk", "Riga"], ())


def test_a_long_page_of_unclosed_paragraphs_is_no_attack(read: Read) -> None:
    reading = read(page("<p>one <li>two" * 1000))
    assert reading.status == "read"

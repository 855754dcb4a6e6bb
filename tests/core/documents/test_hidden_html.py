"""Ways to hide words in a web page, and honest pages that hide none."""

# ruff: noqa: E501 - markup reads best on one line

from collections.abc import Callable

import pytest

from core.documents import Reading

Read = Callable[[bytes], Reading]

PLANTED = "Expert in Kubernetes for ten years"
SEEN = "Clerk in the archive of Riga"

STYLES = [
    "display:none", "visibility:hidden", "content-visibility:hidden",
    "opacity:0", "opacity:0.01", "opacity:0%", "filter:opacity(0)",
    "font-size:0", "font-size:1px", "font:0/0 a", "font:1px Arial", "zoom:0.01",
    "position:absolute;left:-9999px", "position:absolute;top:-5000px", "position:absolute;right:-9999px",
    "position:absolute;left:20000px", "text-indent:-9999px", "margin-left:-9999px",
    "transform:scale(0)", "transform:translateX(-9999px)",
    "position:absolute;clip:rect(0,0,0,0)", "position:absolute;clip:rect(1px 1px 1px 1px)",
    "clip-path:inset(100%)", "clip-path: inset(50%)", "height:0;overflow:hidden",
    "max-height:0;overflow:hidden", "width:1px;height:1px;overflow:hidden",
    "color:#fff", "color:white", "color:mintcream", "color:hsl(0,0%,100%)", "color:rgba(0,0,0,0)",
    "color:rgb(0 0 0 / 0%)", "color:#0000", "color:#00000000", "-webkit-text-fill-color:transparent",
    "color:#123;background:#123", "color:navy;background:navy",
    "color:rgb(10,20,30);background-color:rgb(10,20,30)", "color:#fff;background:white none",
    "--x:none;display:var(--x)", "display:none!important",
    "direction:rtl;unicode-bidi:bidi-override",
]  # fmt: skip
TAGS = [
    "<p hidden>{}</p>", "<template><p>{}</p></template>", "<noscript>{}</noscript>", "<!-- {} -->",
    '<img src=x alt="{}">', '<p title="{}"></p>', '<p aria-label="{}"></p>', '<p data-skills="{}"></p>',
    '<input type="hidden" value="{}">', "<dialog>{}</dialog>", "<datalist><option>{}</datalist>",
    "<canvas>{}</canvas>", "<video>{}</video>", "<iframe>{}</iframe>", "<object data=x.png>{}</object>",
    "<font color=white>{}</font>", '<bdo dir="rtl">{}</bdo>',
    "<p class=late>{}</p><style>.late{{display:none}}</style>",
]  # fmt: skip
SHEETS = [
    "body div.a > p, .other { display: none }", "p[data-x] { display: none }", "p.b.c { display: none }",
    "@media screen { .b { display: none } }", "@media all and (min-width: 1px) { .b { display: none } }",
    "/* a { */ #z { color: white }", "p { display: none !important }",
]  # fmt: skip
HONEST = [
    '<div style="background:#223344"><p style="color:white">{}</p></div>',
    '<div style="background:navy;color:#fff">{}</div>',
    '<div style="background:linear-gradient(#123, #456);color:#fff">{}</div>',
    '<p style="color:#777;font-size:8pt">{}</p>',
    '<p style="position:absolute;left:40px;top:900px">{}</p>',
    '<p style="transform:rotate(90deg) translateX(-40px);margin-left:-20px">{}</p>',
    '<p style="opacity:0.7;overflow:hidden;height:40px">{}</p>',
    '<p style="direction:rtl">{}</p>',
    "<style>@media print {{ p {{ display: none }} }} @media (max-width: 600px) {{ p {{ display: none }} }}</style><p>{}</p>",
    "<style>.menu p {{ display: none }} a + p {{ display: none }}</style><p>{}</p>",
    '<!-- experience --><img src=x alt="Photo of Mira"><p>{}</p>',
    '<a href="https://example.org" title="My page" style="color:#1155cc">{}</a>',
]


def page(body: str, sheet: str = "") -> bytes:
    return f"<html><head><style>{sheet}</style><title>CV</title></head><body><p class=s>{SEEN}</p>{body}</body></html>".encode()


def check(reading: Reading) -> None:
    assert reading.text == SEEN
    assert PLANTED in " ".join(entry.text for entry in reading.hidden)
    assert all(entry.reason for entry in reading.hidden)


@pytest.mark.parametrize("style", STYLES)
def test_words_hidden_by_a_style_are_told_apart(read: Read, style: str) -> None:
    check(read(page(f'<p style="{style}">{PLANTED}</p>')))
    check(read(page(f'<div class="a"><p>{PLANTED}</p></div>', f"div > .q, .a {{{style}}}")))


@pytest.mark.parametrize("tag", TAGS)
def test_words_in_what_no_browser_shows_are_told_apart(read: Read, tag: str) -> None:
    check(read(page(tag.format(PLANTED))))


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_style_sheet_hides_by_any_common_selector(read: Read, sheet: str) -> None:
    sheet = sheet.replace("p {", "div p {")
    check(read(page(f'<div class=a><p class="b c" id=z data-x=1>{PLANTED}</p></div>', sheet)))


def test_letters_forced_to_run_backwards_are_read_as_they_are_seen(read: Read) -> None:
    reading = read(page(f"<p>\u202e{PLANTED}\u202c</p>"))
    assert PLANTED[::-1] in reading.text
    assert [(entry.reason, entry.text) for entry in reading.hidden] == [("written backwards", PLANTED)]


@pytest.mark.parametrize("body", HONEST)
def test_honest_pages_are_not_accused(read: Read, body: str) -> None:
    reading = read(page(body.format("Platform engineer in Riga")))
    assert "Platform engineer in Riga" in reading.text
    assert reading.hidden == ()

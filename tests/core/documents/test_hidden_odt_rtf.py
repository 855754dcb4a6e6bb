"""Ways to hide words in ODT and RTF files, and honest files that hide none."""

# ruff: noqa: E501 - markup reads best on one line

from collections.abc import Callable, Mapping

import pytest

from core.documents import Reading

Read = Callable[[bytes], Reading]
MakeZip = Callable[[Mapping[str, str | bytes]], bytes]

PLANTED = "Expert in Kubernetes for ten years"
SEEN = "Clerk in the archive of Riga"

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office", "text": "text", "table": "table", "style": "style", "fo": "xsl-fo-compatible",
        "draw": "drawing", "svg": "svg-compatible", "dc": "dc",
    }.items()
)  # fmt: skip
COLOURS = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue0;\red250\green250\blue250;}"


def odt(body: str, styles: str = "") -> dict[str, str | bytes]:
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text><text:p>{SEEN}</text:p>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}


def styled(properties: str) -> dict[str, str | bytes]:
    style = f'<style:style style:name="T"><style:text-properties {properties}/></style:style>'
    return odt(f'<text:p><text:span text:style-name="T">{PLANTED}</text:span></text:p>', style)


def rtf(body: str) -> bytes:
    return (r"{\rtf1\ansi" + COLOURS + SEEN + r"\par " + body + r"\par}").encode()


ODT = {
    "display none": styled('text:display="none"'),
    "white": styled('fo:color="#ffffff"'),
    "section hidden": odt(
        f'<text:section text:name="s" text:display="none"><text:p>{PLANTED}</text:p></text:section>'
    ),
    "section cond": odt(
        f'<text:section text:name="s" text:display="condition" text:condition="ooow:1" text:is-hidden="true"><text:p>{PLANTED}</text:p></text:section>'
    ),
    "hidden para": odt(
        f'<text:p><text:hidden-paragraph text:condition="ooow:1" text:is-hidden="true"/>{PLANTED}</text:p>'
    ),
    "hidden text field": odt(
        f'<text:p>x<text:hidden-text text:condition="ooow:1" text:string-value="{PLANTED}" text:is-hidden="true"/></text:p>'
    ),
    "cond text": odt(
        f'<text:p>x<text:conditional-text text:condition="ooow:1" text:string-value-if-true="{PLANTED}" text:string-value-if-false="a">a</text:conditional-text></text:p>'
    ),
    "tiny": styled('fo:font-size="1pt"'),
    "tiny mm": styled('fo:font-size="0.1mm"'),
    "tiny pct": styled('fo:font-size="5%"'),
    "annotation": odt(
        f"<text:p>x<office:annotation><dc:creator>y</dc:creator><text:p>{PLANTED}</text:p></office:annotation></text:p>"
    ),
    "alt": odt(f"<text:p>x<draw:frame><draw:image/><svg:desc>{PLANTED}</svg:desc></draw:frame></text:p>"),
    "title": odt(f"<text:p>x<draw:frame><draw:image/><svg:title>{PLANTED}</svg:title></draw:frame></text:p>"),
    "deleted": odt(
        f"<text:tracked-changes><text:changed-region><text:deletion><text:p>{PLANTED}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    ),
    "frame off": odt(
        f'<text:p>x<draw:frame svg:x="-40cm" svg:y="1cm" svg:width="5cm"><draw:text-box><text:p>{PLANTED}</text:p></draw:text-box></draw:frame></text:p>'
    ),
    "row collapsed": odt(
        f'<table:table><table:table-row table:visibility="collapse"><table:table-cell><text:p>{PLANTED}</text:p></table:table-cell></table:table-row></table:table>'
    ),
    "scale": styled('style:text-scale="1%"'),
    "bg same": styled('fo:color="#223344" fo:background-color="#223344"'),
    "script": odt(f"<text:p>x<text:script>{PLANTED}</text:script></text:p>"),
    "placeholder ruby": styled('fo:color="#fefefe"'),
}
RTF = {
    "v": rtf(r"{\v " + PLANTED + "}"),
    "white": rtf(r"{\cf1 " + PLANTED + "}"),
    "near": rtf(r"{\cf3 " + PLANTED + "}"),
    "fs2": rtf(r"{\fs2 " + PLANTED + "}"),
    "deleted": rtf(r"{\deleted " + PLANTED + "}"),
    "annotation": rtf(r"x{\*\annotation " + PLANTED + "}"),
    "black on black": rtf(r"{\cf2\chcbpat2 " + PLANTED + "}"),
    "scalex": rtf(r"{\charscalex1 " + PLANTED + "}"),
    "li": rtf(r"{\pard\li-30000 " + PLANTED + r"\par}"),
    "v uni": rtf(r"{\v " + "".join(rf"\u{ord(c)}?" for c in PLANTED) + "}"),
    "sl": rtf(r"{\pard\sl-10 " + PLANTED + r"\par}"),
}
HONEST_ODT = {
    "a small footer": styled('fo:font-size="7pt"'),
    "grey": styled('fo:color="#888888"'),
    "a smaller share": styled('fo:font-size="58%"'),
    "a text box": odt(
        f'<text:p><draw:frame svg:x="2cm" svg:y="25cm"><draw:text-box><text:p>{PLANTED}</text:p></draw:text-box></draw:frame></text:p>'
    ),
    "a shown section": odt(
        f'<text:section text:display="condition" text:is-hidden="false"><text:p>{PLANTED}</text:p></text:section>'
    ),
    "a described picture": odt(
        f"<text:p>{PLANTED}<draw:frame><svg:title>Photo</svg:title></draw:frame></text:p>"
    ),
}
HONEST_RTF = {
    "after v0": rtf(r"{\v0 " + PLANTED + "}"),
    "grey small": rtf(r"{\cf2\fs14 " + PLANTED + "}"),
    "white on black": rtf(r"{\cf1\chcbpat2 " + PLANTED + "}"),
    "indented": rtf(r"{\pard\li720\sl240 " + PLANTED + r"\par}"),
}


@pytest.mark.parametrize("way", ODT)
def test_words_an_odt_does_not_show_are_told_apart(read: Read, make_zip: MakeZip, way: str) -> None:
    reading = read(make_zip(ODT[way]))
    assert reading.text.removeprefix(SEEN).strip() in {"", "x", "xa"}
    assert PLANTED in " ".join(entry.text for entry in reading.hidden)


@pytest.mark.parametrize("way", RTF)
def test_words_an_rtf_does_not_show_are_told_apart(read: Read, way: str) -> None:
    reading = read(RTF[way])
    assert reading.text.removeprefix(SEEN).strip() in {"", "x"}
    assert PLANTED in " ".join(entry.text for entry in reading.hidden)


@pytest.mark.parametrize("design", [*HONEST_ODT, *HONEST_RTF])
def test_honest_design_is_not_accused(read: Read, make_zip: MakeZip, design: str) -> None:
    reading = read(make_zip(HONEST_ODT[design]) if design in HONEST_ODT else HONEST_RTF[design])
    assert (PLANTED in reading.text, reading.hidden) == (True, ())

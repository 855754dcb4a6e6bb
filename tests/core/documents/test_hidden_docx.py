"""Ways to hide words in a Word file, and honest files that hide none."""

# ruff: noqa: E501 - markup reads best on one line

import io
import zipfile
from collections.abc import Callable

import pytest

from core.documents import Reading

Read = Callable[[bytes], Reading]

PLANTED = "Expert in Kubernetes for ten years"
SEEN = "Clerk in the archive of Riga"

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
ROOTS = {
    "styles": "styles", "header1": "hdr", "header9": "hdr", "footer1": "ftr", "comments": "comments",
}  # fmt: skip
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/></Relationships>'


def docx(body: str, **parts: str) -> bytes:
    document = f"<w:p><w:r><w:t>{SEEN}</w:t></w:r></w:p>{body}"
    files = {"word/document.xml": f"<w:document {NAMES}><w:body>{document}</w:body></w:document>"}
    for name, content in parts.items():
        if name in ROOTS:
            files[f"word/{name}.xml"] = f"<w:{ROOTS[name]} {NAMES}>{content}</w:{ROOTS[name]}>"
        else:
            files[name.replace("__", "/")] = content
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def r(properties: str = "", text: str = PLANTED) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def p(properties: str = "", pp: str = "") -> str:
    return f"<w:p><w:pPr>{pp}</w:pPr>{r(properties)}</w:p>"


def box(place: str, fill: str = "", inner: str = "") -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:anchor behindDoc="0">{place}<wp:extent cx="2000000" cy="500000"/><a:graphic>'
        f"<a:graphicData><wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent>{inner or p()}"
        "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
    )


def pos(across: int, down: int) -> str:
    return (
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{across}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{down}</wp:posOffset></wp:positionV>'
    )


HIDDEN = {
    "vanish": docx(p("<w:vanish/>")),
    "webhidden+vanish para mark": docx(p('<w:vanish w:val="true"/>')),
    "white": docx(p('<w:color w:val="FFFFFF"/>')),
    "theme white, val black": docx(p('<w:color w:val="000000" w:themeColor="background1"/>')),
    "theme white only": docx(p('<w:color w:themeColor="background1"/>')),
    "style white": docx(
        p("", pp='<w:pStyle w:val="x"/>'),
        styles='<w:style w:type="paragraph" w:styleId="x"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>',
    ),
    "style theme": docx(
        p("", pp='<w:pStyle w:val="x"/>'),
        styles='<w:style w:type="paragraph" w:styleId="x"><w:rPr><w:color w:val="000000" w:themeColor="background1"/></w:rPr></w:style>',
    ),
    "sz2": docx(p('<w:sz w:val="2"/>')),
    "scaled": docx(p('<w:w w:val="1"/>')),
    "exact line": docx(p("", pp='<w:spacing w:line="10" w:lineRule="exact"/>')),
    "box off left": docx(box(pos(-9000000, 100000))),
    "box off right": docx(box(pos(25000000, 100000))),
    "box off below": docx(box(pos(100000, 30000000))),
    "white box white text": docx(
        box(
            pos(100000, 100000),
            '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>',
            p('<w:color w:val="FFFFFF"/>'),
        )
    ),
    "navy box navy text": docx(
        box(
            pos(100000, 100000),
            '<a:solidFill><a:srgbClr val="102040"/></a:solidFill>',
            p('<w:color w:val="102040"/>'),
        )
    ),
    "vml off": docx(
        f'<w:p><w:r><w:pict><v:shape style="position:absolute;margin-left:-3000pt;margin-top:0"><v:textbox><w:txbxContent>{p()}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>'
    ),
    "vml hidden": docx(
        f'<w:p><w:r><w:pict><v:shape style="position:absolute;visibility:hidden"><v:textbox><w:txbxContent>{p()}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>'
    ),
    "indent off": docx(p("", pp='<w:ind w:left="-30000"/>')),
    "deleted": docx(f'<w:p><w:del w:id="1"><w:r><w:delText>{PLANTED}</w:delText></w:r></w:del></w:p>'),
    "comment": docx("", comments=f'<w:comment w:id="0">{p()}</w:comment>'),
    "alt": docx(
        f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{PLANTED}"/></wp:inline></w:drawing></w:r></w:p>'
    ),
    "hidden row": docx(f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p()}</w:tc></w:tr></w:tbl>"),
    "flat row": docx(
        f'<w:tbl><w:tr><w:trPr><w:trHeight w:val="10" w:hRule="exact"/></w:trPr><w:tc>{p()}</w:tc></w:tr></w:tbl>'
    ),
    "unreferenced header": docx(
        '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>',
        header1="<w:p/>",
        header9=p(),
        **{"word___rels__document.xml.rels": RELATIONS},
    ),
    "w14 nofill": docx(p("<w14:textFill><w14:noFill/></w14:textFill>")),
    "w14 white": docx(
        p(
            '<w:color w:val="000000"/><w14:textFill><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textFill>'
        )
    ),
    "w14 alpha": docx(
        p(
            '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill></w14:textFill>'
        )
    ),
    "bdo": docx(f'<w:p><w:bdo w:val="rtl">{r()}</w:bdo></w:p>'),
    "tags": docx(f"<w:p><w:r><w:t>ok{''.join(chr(0xE0000 + ord(c)) for c in PLANTED)}</w:t></w:r></w:p>"),
    "highlight same": docx(p('<w:color w:val="000000"/><w:highlight w:val="black"/>')),
    "yellow": docx(p('<w:color w:val="FFFFF0"/>')),
    "hidden by a character style": docx(
        p('<w:rStyle w:val="x"/>', "<w:rPr><w:vanish/></w:rPr>"),
        styles='<w:style w:type="character" w:styleId="x"><w:rPr><w:vanish/></w:rPr></w:style>',
    ),
}
HONEST = {
    "auto dark shading": docx(p('<w:color w:val="auto"/>', pp='<w:shd w:val="clear" w:fill="000000"/>')),
    "white val theme text1": docx(p('<w:color w:val="FFFFFF" w:themeColor="text1"/>')),
    "navy box white": docx(
        box(
            pos(100000, 100000),
            '<a:solidFill><a:srgbClr val="102040"/></a:solidFill>',
            p('<w:color w:val="FFFFFF"/>'),
        )
    ),
    "accent box white": docx(
        box(
            pos(100000, 100000),
            '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>',
            p('<w:color w:val="FFFFFF" w:themeColor="background1"/>'),
        )
    ),
    "grey bg1 shade": docx(p('<w:color w:val="7F7F7F" w:themeColor="background1" w:themeShade="7F"/>')),
    "ins": docx(f'<w:p><w:ins w:id="1">{r()}</w:ins></w:p>'),
    "exact 12": docx(p("", pp='<w:spacing w:line="240" w:lineRule="exact"/>')),
    "neg ind": docx(p("", pp='<w:ind w:left="-720"/>')),
    "condensed": docx(p('<w:w w:val="66"/>')),
    "box on page": docx(box(pos(500000, 9000000))),
    "alt auto": docx(
        f'{p()}<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="A person smiling at the camera in an office. Description automatically generated"/></wp:inline></w:drawing></w:r></w:p>'
    ),
    "alt short": docx(
        f'{p()}<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="Photo of Mira"/></wp:inline></w:drawing></w:r></w:p>'
    ),
    "row exact 18pt": docx(
        f'<w:tbl><w:tr><w:trPr><w:trHeight w:val="360" w:hRule="exact"/></w:trPr><w:tc>{p()}</w:tc></w:tr></w:tbl>'
    ),
    "w14 shadow": docx(p('<w14:shadow><w14:srgbClr w14:val="FFFFFF"/></w14:shadow>')),
    "w14 outline white fill dark": docx(
        p('<w14:textOutline><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textOutline>')
    ),
}


@pytest.mark.parametrize("way", HIDDEN)
def test_words_word_does_not_show_are_told_apart(read: Read, way: str) -> None:
    reading = read(HIDDEN[way])
    assert reading.text.replace("ok", "").strip() == SEEN
    assert PLANTED in " ".join(entry.text for entry in reading.hidden)


@pytest.mark.parametrize("design", HONEST)
def test_honest_design_is_not_accused(read: Read, design: str) -> None:
    reading = read(HONEST[design])
    assert PLANTED in reading.text
    assert reading.hidden == ()

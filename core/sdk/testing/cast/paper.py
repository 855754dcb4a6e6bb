"""Resumes as PDF: one column, a sidebar, two columns drawn row by row, and files nobody can read."""

import io
from functools import cache
from pathlib import Path
from typing import Any

import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table, TableStyle

from core.sdk.testing.cast.model import CastPerson
from core.sdk.testing.cast.plain import lines, period

_FONTS = Path(reportlab.__file__).parent / "fonts"
_INK = colors.HexColor("#1f2430")
_TONES = ("#2f5d62", "#3a4a7a", "#7a3a4a", "#44403c", "#1f5f8b")


@cache
def _fonts() -> tuple[str, str]:
    """The fonts reportlab brings along; they know Latin letters with their marks."""
    pdfmetrics.registerFont(TTFont("Body", str(_FONTS / "Vera.ttf")))
    pdfmetrics.registerFont(TTFont("Body-Bold", str(_FONTS / "VeraBd.ttf")))
    return "Body", "Body-Bold"


def _printable(text: str) -> str:
    """Letters the font lacks by their nearest relatives, as people do who type on foreign keyboards."""
    table = str.maketrans("łŁśŚżŻźŹćĆńŃęĘąĄšŠčČřŘžŽıİşŞğĞőŐűŰ", "lLsSzZzZcCnNeEaAsScCrRzZiIsSgGoOuU")
    return text.translate(table).replace("&", "&amp;").replace("<", "&lt;")


def _styles(tone: str) -> dict[str, ParagraphStyle]:
    body, bold = _fonts()
    accent = colors.HexColor(tone)
    text = ParagraphStyle("text", fontName=body, fontSize=8.6, leading=12, textColor=_INK)
    return {
        "name": ParagraphStyle("name", parent=text, fontName=bold, fontSize=19, leading=24, textColor=accent),
        "contact": ParagraphStyle("contact", parent=text, textColor=colors.HexColor("#5b6270")),
        "heading": ParagraphStyle(
            "heading", parent=text, fontName=bold, fontSize=10.5, leading=15, spaceBefore=9, textColor=accent
        ),
        "title": ParagraphStyle("title", parent=text, fontName=bold, spaceBefore=4),
        "meta": ParagraphStyle("meta", parent=text, textColor=colors.HexColor("#5b6270")),
        "bullet": ParagraphStyle("bullet", parent=text, leftIndent=9, bulletIndent=0),
        "text": text,
        "side": ParagraphStyle("side", parent=text, textColor=colors.white),
        "sidehead": ParagraphStyle(
            "sidehead", parent=text, fontName=bold, textColor=colors.white, spaceBefore=9, leading=15
        ),
    }


def _flow(content: list[tuple[str, str]], styles: dict[str, ParagraphStyle]) -> list[Any]:
    return [
        Paragraph(_printable(text), styles[kind], bulletText="•" if kind == "bullet" else None)
        for kind, text in content
    ]


def _build(story: list[Any], templates: list[PageTemplate], encrypt: Any = None) -> bytes:
    target = io.BytesIO()
    document = BaseDocTemplate(target, pagesize=A4, invariant=1, title="Resume", author="", encrypt=encrypt)
    document.addPageTemplates(templates)
    document.build(story)
    return target.getvalue()


def one_column(person: CastPerson, tone: int, *, encrypt: Any = None, hidden: str = "") -> bytes:
    """Headings above text; `hidden` is written in white at the foot of the page."""
    width, height = A4

    def draw(page: Any, _: Any) -> None:
        if hidden:
            page.setFillColor(colors.white)
            page.setFont(_fonts()[0], 6)
            page.drawString(20 * mm, 8 * mm, hidden)

    frame = Frame(18 * mm, 15 * mm, width - 36 * mm, height - 30 * mm)
    story = _flow(lines(person), _styles(_TONES[tone % len(_TONES)]))
    return _build(story, [PageTemplate(frames=[frame], onPage=draw)], encrypt)


def sidebar(person: CastPerson, tone: int) -> bytes:
    """Contact and skills in a dark band on the left, the career on the right."""
    width, height = A4
    color = colors.HexColor(_TONES[tone % len(_TONES)])
    styles = _styles(_TONES[tone % len(_TONES)])
    content = lines(person)
    start = next(i for i, (_, text) in enumerate(content) if text == "Skills")
    side: list[Any] = [
        Paragraph(_printable(text), styles["sidehead" if kind in {"name", "heading"} else "side"])
        for kind, text in [
            *content[:1],
            *(("text", part) for part in content[1][1].split(" | ")),
            *content[start:],
        ]
    ]

    def draw(page: Any, _: Any) -> None:
        page.setFillColor(color)
        page.rect(0, 0, 62 * mm, height, stroke=0, fill=1)

    left = Frame(6 * mm, 15 * mm, 52 * mm, height - 30 * mm, id="left")
    right = Frame(68 * mm, 15 * mm, width - 80 * mm, height - 30 * mm, id="right")
    from reportlab.platypus import FrameBreak

    story = [*side, FrameBreak(), *_flow(content[2:start], styles)]
    return _build(story, [PageTemplate(frames=[left, right], onPage=draw)])


def rows(person: CastPerson, tone: int) -> bytes:
    """Dates left, deeds right: a table drawn row by row."""
    width, height = A4
    styles = _styles(_TONES[tone % len(_TONES)])
    content = lines(person)
    story: list[Any] = [*_flow(content[:4], styles), Paragraph("Experience", styles["heading"])]
    table = [
        [
            Paragraph(period(employment), styles["meta"]),
            [
                Paragraph(_printable(f"{employment.title}, {employment.company}"), styles["title"]),
                *(Paragraph(_printable(b), styles["bullet"], bulletText="•") for b in employment.bullets),
            ],
        ]
        for employment in person.employments
    ]
    if table:
        story.append(
            Table(
                table, colWidths=[38 * mm, 132 * mm], style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")])
            )
        )
    start = next(i for i, (_, text) in enumerate(content) if text == "Education")
    story += [Spacer(1, 4), *_flow(content[start:], styles)]
    frame = Frame(18 * mm, 15 * mm, width - 36 * mm, height - 30 * mm)
    return _build(story, [PageTemplate(frames=[frame])])


def locked(person: CastPerson, tone: int) -> bytes:
    """A file behind a password."""
    return one_column(person, tone, encrypt=StandardEncryption("secret", "owner", strength=128))


def scan(person: CastPerson) -> bytes:
    """What a flatbed makes of paper: one grey picture of the page, and not a letter of text."""
    sheet = Image.new("L", (1240, 1754), 246)
    ink = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(_FONTS / "Vera.ttf"), 20)
    for number, (_, text) in enumerate(lines(person)[:56]):
        ink.text((120, 110 + 28 * number), text[:95], fill=52, font=font)
    sheet = sheet.rotate(0.4, resample=Image.Resampling.BILINEAR, fillcolor=246)
    target = io.BytesIO()
    page = canvas.Canvas(target, pagesize=A4, invariant=1)
    page.drawInlineImage(sheet, 0, 0, *A4)
    page.save()
    return target.getvalue()

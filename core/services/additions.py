"""The addition behind a score, row by row, with its quotes and what it comes to in words."""

from collections.abc import Sequence

import msgspec

from core.domain.words import BAND_LABEL
from core.screening import Ask, Assessed, Thresholds, band_for, holding
from core.sdk.scorer import Requirement, Rubric
from core.store.documents import Stored

_SOURCES = {"resume": "Resume", "cover_letter": "Cover letter"}


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Quoted words and where they stand in what was read; `page` is None without pages."""

    source: str
    source_label: str
    text: str
    start: int
    end: int
    page: int | None


class RequirementRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the addition."""

    id: str
    text: str
    category: str
    must_have: bool
    match: str
    points: int
    max_points: int
    reason: str
    quotes: tuple[Quote, ...]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A requirement nobody has stated whose answer could change the band, with the question to ask."""

    requirement_id: str
    text: str
    question: str


def confidence_label(value: float) -> str:
    """A confidence between 0 and 1 in a word."""
    return "high" if value >= 0.8 else "medium" if value >= 0.55 else "low"


def held_back(
    assessed: Assessed | None, requirements: tuple[Requirement, ...], thresholds: Thresholds
) -> str:
    """Which must-haves keep a card below the column its points reach; empty when the points decide."""
    if assessed is None or assessed.sheet.score is None:
        return ""
    names = holding(Rubric(requirements=requirements), assessed.sheet, thresholds)
    if not names:
        return ""
    told = ", ".join(f"“{requirement.text}”" for requirement in requirements if requirement.id in names)
    reached = BAND_LABEL[band_for(assessed.sheet.score, thresholds)]
    if assessed.sheet.cap == "not_qualified":
        return f"The points reach {reached}, but the text says otherwise on what is a must: {told}."
    return f"The points reach {reached}, but nothing is said on what is a must: {told}."


def requirement_rows(
    assessed: Assessed, requirements: Sequence[Requirement], files: Sequence[Stored]
) -> tuple[RequirementRow, ...]:
    """The rows of the addition in the rubric's order; their points add up to the score."""
    known = {requirement.id: requirement for requirement in requirements}
    quotes = _quotes(assessed, files)
    return tuple(
        RequirementRow(
            id=row.requirement_id,
            text=known[row.requirement_id].text,
            category=known[row.requirement_id].category,
            must_have=known[row.requirement_id].must_have,
            match=row.match,
            points=row.points,
            max_points=row.max_points,
            reason=row.reason,
            quotes=tuple(quotes.get(row.requirement_id, ())),
        )
        for row in assessed.sheet.results
        if row.requirement_id in known
    )


def _quotes(assessed: Assessed, files: Sequence[Stored]) -> dict[str, list[Quote]]:
    quotes: dict[str, list[Quote]] = {}
    for shown in assessed.shown:
        quote = Quote(
            source=shown.source,
            source_label=_SOURCES.get(shown.source, "Answer"),
            text=shown.quote,
            start=shown.start,
            end=shown.end,
            page=_page(files, shown.source, shown.start),
        )
        quotes.setdefault(shown.requirement_id, []).append(quote)
    return quotes


def _page(files: Sequence[Stored], source: str, start: int) -> int | None:
    read = next((f.text for f in files if f.kind == source and f.text and f.text.reading == "read"), None)
    lines = read.lines if read else []
    page = next((line["page"] for line in lines if line["start"] <= start < line["end"]), 0)
    return page or None


def questions(asks: bytes | str, requirements: Sequence[Requirement]) -> tuple[Question, ...]:
    """What is still to settle, as it was stored with the score: those whose answers could change its band."""
    texts = {requirement.id: requirement.text for requirement in requirements}
    return tuple(
        Question(requirement_id=ask.requirement_id, text=texts[ask.requirement_id], question=ask.question)
        for ask in msgspec.json.decode(asks, type=tuple[Ask, ...])
        if ask.requirement_id in texts
    )


def in_words(score: int | None, rows: Sequence[RequirementRow]) -> tuple[str, ...]:
    """The addition in a few sentences; none without a score."""
    if score is None:
        return ()
    met, partly = (sum(row.match == match for row in rows) for match in ("met", "partly"))
    missing = [row.text for row in rows if row.must_have and row.match == "not_met"]
    unknown = [row.text for row in rows if row.must_have and row.match == "not_stated"]
    silent = sum(row.match == "not_stated" for row in rows)
    sentences = [f"{met} of {len(rows)} requirements are met, {partly} partly."]
    if missing:
        sentences.append(f"The text contradicts: {'; '.join(missing)}.")
    if unknown:
        sentences.append(f"Must-haves the text does not mention: {'; '.join(unknown)}.")
    elif silent:
        sentences.append(f"{silent} are not mentioned; none of them is a must-have.")
    return tuple(sentences)

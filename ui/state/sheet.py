"""A profile in words: head, addition, files, and the lists below."""

from typing import Any, TypedDict

import msgspec

from core.domain.words import BAND_LABEL, CATEGORY_LABEL
from core.services import profiles
from ui.words import exact, iso, plural, size

_MATCH = {"met": "met", "partly": "partly met", "not_stated": "not stated", "not_met": "not met"}
_KINDS = {"resume": "Resume", "cover_letter": "Cover letter", "other": "File"}
_WRITES = {
    "waiting": "is being written",
    "written": "written",
    "failed": "not written",
    "skipped": "left out",
}


class QuoteView(TypedDict):
    """Quoted words and where they stand."""

    key: str
    text: str
    place: str
    source: str
    start: int
    end: int


class RowView(TypedDict):
    """One row of the addition."""

    id: str
    text: str
    kind: str
    must: bool
    match: str
    match_label: str
    points: str
    reason: str
    quotes: list[QuoteView]


class FileView(TypedDict):
    """A document."""

    id: str
    label: str
    meta: str
    status: str
    explanation: str
    url: str
    inline: bool
    source: str
    text: str
    hidden: list[str]
    seen: list[dict[str, Any]]


class LineView(TypedDict):
    """A few texts in a row: positions, education, answers, comments, history, writes."""

    head: str
    sub: str
    at: str
    body: str
    state: str


class HeadView(TypedDict):
    """Who it is and where they stand."""

    id: str
    job_id: str
    job_title: str
    name: str
    headline: str
    applied: str
    source: str
    ats_url: str
    status: str
    contact: str
    score: str
    band: str
    band_label: str
    category: str
    category_label: str
    confidence: str
    explanation: str
    to_settle: str
    questions: list[str]
    summary: list[str]
    stale: bool
    previous: str
    next: str
    footer: str
    receipt: bool


NO_HEAD = HeadView(
    id="", job_id="", job_title="", name="", headline="", applied="", source="", ats_url="", status="",
    contact="", score="", band="", band_label="", category="", category_label="", confidence="",
    explanation="", to_settle="", questions=[], summary=[], stale=False, previous="", next="", footer="", receipt=False,
)  # fmt: skip
NO_FILE = FileView(
    id="",
    label="",
    meta="",
    status="",
    explanation="",
    url="",
    inline=False,
    source="",
    text="",
    hidden=[],
    seen=[],
)


def rows_of(profile: profiles.Profile) -> list[RowView]:
    """The addition: the points of the rows are the score."""
    return [
        RowView(
            id=row.id,
            text=row.text,
            kind=row.category.replace("_", " "),
            must=row.must_have,
            match=row.match,
            match_label=_MATCH[row.match],
            points=f"{row.points}/{row.max_points}",
            reason=row.reason,
            quotes=[
                QuoteView(
                    key=f"{row.id}:{place}",
                    text=quote.text,
                    place=f"{quote.source_label}, page {quote.page}" if quote.page else quote.source_label,
                    source=quote.source,
                    start=quote.start,
                    end=quote.end,
                )
                for place, quote in enumerate(row.quotes)
            ],
        )
        for row in profile.requirements
    ]


def files_of(profile: profiles.Profile) -> list[FileView]:
    """The documents with what was read of them."""
    return [
        FileView(
            id=str(file.id),
            label=file.filename,
            meta=" · ".join(
                filter(
                    None,
                    (
                        _KINDS.get(file.kind, ""),
                        size(file.size) if file.size else "",
                        plural(file.pages, "page") if file.pages > 1 else "",
                    ),
                )
            ),
            status=file.status,
            explanation=file.explanation,
            url=f"/documents/{file.id}/content" if file.size else "",
            inline=file.media_type == "application/pdf",
            source=file.kind,
            text=file.text,
            hidden=list(file.hidden),
            seen=[msgspec.to_builtins(page) for page in file.seen],
        )
        for file in profile.documents
    ]


def head_of(profile: profiles.Profile) -> HeadView:
    """Who it is, the score and the column."""
    return HeadView(
        id=str(profile.application_id),
        job_id=str(profile.job_id),
        job_title=profile.job_title,
        name=profile.name or "No name",
        headline=profile.headline,
        applied=iso(profile.applied_at),
        source=profile.source_title,
        ats_url=profile.ats_url if profile.ats_url.startswith("https://") else "",
        status=profile.status_name,
        contact=" · ".join((*profile.emails[:1], *profile.phones[:1], *filter(None, (profile.location,)))),
        score="–" if profile.score is None else str(profile.score),
        band=profile.band,
        band_label=BAND_LABEL.get(profile.band, "Waiting for its score"),
        category=profile.category,
        category_label=CATEGORY_LABEL.get(profile.category, ""),
        confidence=profile.confidence_label,
        explanation=profile.explanation,
        to_settle="; ".join(ask.text for ask in profile.to_settle),
        questions=[ask.question for ask in profile.to_settle],
        summary=list(profile.summary),
        stale=profile.stale,
        previous=str(profile.previous_id or ""),
        next=str(profile.next_id or ""),
        footer=f"{profile.scorer_title}, requirements version {profile.rubric_version}, {exact(profile.scored_at)}"
        if profile.scored_at
        else "",
        receipt=profile.has_receipt,
    )


def _line(head: str, sub: str = "", *, at: str = "", body: str = "", state: str = "") -> LineView:
    return LineView(head=head, sub=sub, at=at, body=body, state=state)


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def lines_of(profile: profiles.Profile) -> dict[str, list[LineView]]:
    """The lists of the profile by the name of their state variable."""
    return {
        "flagged": [_line(notice.text, body="\n…\n".join(notice.passages)) for notice in profile.notices],
        "experience": [
            _line(r.title or r.company, _joined(r.company if r.title else "", r.period), body=r.summary)
            for r in profile.experience
        ],
        "education": [_line(r.school, _joined(r.degree, r.period)) for r in profile.education],
        "answers": [_line(question, body=answer) for question, answer in profile.answers],
        "comments": [_line(r.author, at=iso(r.at), body=r.body) for r in profile.comments],
        "activity": [_line(r.text, r.actor, at=iso(r.at)) for r in profile.activity],
        "writes": [
            _line(
                "Note" if row.kind == "note" else "Fields",
                _joined(_WRITES.get(row.state, row.state), f"as {row.as_user}" if row.as_user else ""),
                at=iso(row.at),
                body=row.error if row.state == "failed" and row.error else row.text,
                state=row.state,
            )
            for row in profile.writes
        ],
    }

"""The application profile, beside the board or on a page of its own."""

from typing import Any, TypedDict
from uuid import UUID

import reflex as rx

from core.domain.words import BAND_LABEL, CATEGORY_LABEL
from core.services import board, profiles
from ui.state.board import BoardState
from ui.state.session import Session, guarded
from ui.words import ago, day, exact, size


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
    quote: str
    quote_label: str
    start: int
    end: int
    source: str


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
    hidden: str


class LineView(TypedDict):
    """Three texts in a row: positions, education, answers, comments, history, writes."""

    head: str
    sub: str
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
    applied_exact: str
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
    change: str
    summary: str
    stale: bool
    hidden: bool
    previous: str
    next: str
    footer: str


_EMPTY = HeadView(
    id="", job_id="", job_title="", name="", headline="", applied="", applied_exact="", source="", ats_url="",
    status="", contact="", score="", band="", band_label="", category="", category_label="", confidence="",
    explanation="", change="", summary="", stale=False, hidden=False, previous="", next="", footer="",
)  # fmt: skip
_MATCH = {"met": "met", "partly": "partly", "not_stated": "not stated", "not_met": "not met"}
_KINDS = {"resume": "Resume", "cover_letter": "Cover letter", "other": "File"}


def _rows(profile: profiles.Profile) -> list[RowView]:
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
            quote=row.quotes[0].text if row.quotes else "",
            quote_label=_place(row.quotes[0]) if row.quotes else "",
            start=row.quotes[0].start if row.quotes else 0,
            end=row.quotes[0].end if row.quotes else 0,
            source=row.quotes[0].source if row.quotes else "",
        )
        for row in profile.requirements
    ]


def _place(quote: profiles.Quote) -> str:
    return f"{quote.source_label}, page {quote.page}" if quote.page else quote.source_label


def _files(profile: profiles.Profile) -> list[FileView]:
    return [
        FileView(
            id=str(file.id),
            label=file.filename,
            meta=" · ".join(
                filter(None, (_KINDS.get(file.kind, ""), size(file.size), f"{file.pages} pages" if file.pages > 1 else ""))
            ),
            status=file.status,
            explanation=file.explanation,
            url=f"/documents/{file.id}/content",
            inline=file.media_type == "application/pdf",
            source=file.kind,
            text=file.text,
            hidden="; ".join(file.hidden),
        )
        for file in profile.documents
    ]


def _head(profile: profiles.Profile) -> HeadView:
    return HeadView(
        id=str(profile.application_id),
        job_id=str(profile.job_id),
        job_title=profile.job_title,
        name=profile.name,
        headline=profile.headline,
        applied=ago(profile.applied_at),
        applied_exact=exact(profile.applied_at),
        source=profile.source_title,
        ats_url=profile.ats_url,
        status=profile.status_name,
        contact=" · ".join((*profile.emails[:1], *profile.phones[:1], *filter(None, (profile.location,)))),
        score="–" if profile.score is None else str(profile.score),
        band=profile.band,
        band_label=BAND_LABEL.get(profile.band, "Waiting for its score"),
        category=profile.category,
        category_label=CATEGORY_LABEL.get(profile.category, ""),
        confidence=profile.confidence_label,
        explanation=profile.explanation,
        change=profile.what_would_change,
        summary=" ".join(profile.summary),
        stale=profile.stale,
        hidden="hidden_text" in profile.flags,
        previous=str(profile.previous_id or ""),
        next=str(profile.next_id or ""),
        footer=f"{profile.scorer_title}, requirements version {profile.rubric_version}, {exact(profile.scored_at)}"
        if profile.scored_at
        else "",
    )


def _lines(profile: profiles.Profile) -> dict[str, list[LineView]]:
    def line(head: str, sub: str = "", body: str = "", state: str = "") -> LineView:
        return LineView(head=head, sub=sub, body=body, state=state)

    return {
        "experience": [line(r.title, f"{r.company} · {r.period}", r.summary) for r in profile.experience],
        "education": [line(r.school, " · ".join(filter(None, (r.degree, r.period)))) for r in profile.education],
        "answers": [line(question, "", answer) for question, answer in profile.answers],
        "comments": [line(r.author, ago(r.at), r.body) for r in profile.comments],
        "activity": [line(r.text, f"{r.actor} · {day(r.at)}") for r in profile.activity],
        "writes": [
            line(
                "Note" if r.kind == "note" else "Fields",
                " · ".join(filter(None, (r.state, ago(r.at), f"as {r.as_user}" if r.as_user else ""))),
                r.error or r.text,
                r.state,
            )
            for r in profile.writes
        ],
    }


class ProfileState(Session):
    """One application."""

    open: bool = False
    loaded: bool = False
    head: HeadView = _EMPTY
    rows: list[RowView] = []
    files: list[FileView] = []
    experience: list[LineView] = []
    education: list[LineView] = []
    answers: list[LineView] = []
    comments: list[LineView] = []
    activity: list[LineView] = []
    writes: list[LineView] = []
    preview: list[str] = []
    draft: str = ""
    tab: str = "read"
    file: int = 0
    mark_start: int = 0
    mark_end: int = 0
    mark_at: int = 0
    alone: bool = False

    @rx.var
    def document(self) -> FileView:
        empty = FileView(
            id="", label="", meta="", status="", explanation="", url="", inline=False, source="", text="", hidden=""
        )
        return self.files[self.file] if self.file < len(self.files) else empty

    @rx.event
    @guarded
    async def load(self) -> None:
        """The page of its own."""
        self.alone, self.open = True, True
        target = str(getattr(self, "application_id", "") or "")
        await self.enter("profile", target)
        await self._fill(target)

    @rx.event
    @guarded
    async def show(self, application: str) -> None:
        """Open beside the board."""
        self.alone, self.open, self.loaded = False, True, False
        await self._fill(application)

    @rx.event
    def close(self) -> Any:
        """Back to the board, with the focus on the card."""
        self.open = False
        return rx.call_script(f"document.querySelector('[data-card=\"{self.head['id']}\"]')?.focus()")

    @rx.event
    def press(self, key: str) -> Any:
        """A key of the panel: j and k go through the column, Escape closes."""
        if key == "Escape":
            return ProfileState.close
        target = self.head["next" if key == "j" else "previous"]
        return ProfileState.show(target) if target else None

    @rx.event
    @guarded
    async def refresh(self) -> None:
        """It changed elsewhere."""
        if self.open and self.head["id"]:
            await self._fill(self.head["id"], keep=True)

    async def _fill(self, application: str, *, keep: bool = False) -> None:
        found = await profiles.profile(await self.actor(), UUID(application))
        self.head, self.rows, self.files = _head(found), _rows(found), _files(found)
        for name, lines in _lines(found).items():
            setattr(self, name, lines)
        if not keep:
            self.tab, self.file, self.mark_start, self.mark_end, self.draft = "read", 0, 0, 0, ""
            self.preview = []
        self.loaded = True

    @rx.event
    def quote(self, row: str) -> None:
        """Show where the quoted words stand."""
        found = next((each for each in self.rows if each["id"] == row), None)
        if not found or not found["quote"]:
            return
        place = next((i for i, f in enumerate(self.files) if f["source"] == found["source"] and f["text"]), None)
        if place is None:
            return
        self.file, self.tab = place, "read"
        self.mark_start, self.mark_end, self.mark_at = found["start"], found["end"], self.mark_at + 1

    @rx.event
    def show_tab(self, tab: str) -> None:
        self.tab = tab

    @rx.event
    def show_file(self, file: int) -> None:
        self.file, self.mark_start, self.mark_end = file, 0, 0

    @rx.event
    @guarded
    async def move(self, category: str) -> Any:
        """Decide from the profile."""
        actor = await self.actor()
        moved = await board.move(actor, UUID(self.head["id"]), category)
        await self._fill(self.head["id"], keep=True)
        if not self.alone:
            columns = await self.get_state(BoardState)
            columns.undoable = str(moved.decision_id)
        return rx.toast.success(f"Moved to {CATEGORY_LABEL[moved.to_category]}", description=moved.ats_note)

    @rx.event
    def set_draft(self, text: str) -> None:
        self.draft = text

    @rx.event
    @guarded
    async def comment(self) -> Any:
        """Say something to the team."""
        await profiles.add_comment(await self.actor(), UUID(self.head["id"]), self.draft)
        await self._fill(self.head["id"], keep=True)
        self.draft = ""
        return rx.toast.success("Comment added.")

    @rx.event
    @guarded
    async def show_preview(self) -> None:
        """What is written into the ATS, in words."""
        self.preview = list(await profiles.preview_write(await self.actor(), UUID(self.head["id"])))

    @rx.event
    @guarded
    async def retry(self) -> Any:
        """Try again what could not be written."""
        await profiles.retry_write(await self.actor(), UUID(self.head["id"]))
        await self._fill(self.head["id"], keep=True)
        return rx.toast.info("We try again now.")

"""The board of one job: one variable a column, so that a move sends two columns and not four."""

import asyncio
from typing import Any, Final, TypedDict
from uuid import UUID

import reflex as rx

from core.domain.words import BAND_LABEL, CATEGORIES, CATEGORY_LABEL
from core.services import board, jobs
from ui.state.session import Session, guarded
from ui.words import ago, days

PAGE: Final = 50


class CardView(TypedDict):
    """A card."""

    id: str
    name: str
    initials: str
    label: str
    score: str
    band: str
    band_label: str
    first: str
    first_match: str
    second: str
    second_match: str
    gap: str
    gap_match: str
    age: str
    turn: str
    comments: int
    hidden: bool
    status: str
    decided_by: str
    stale: bool
    write_state: str


class HeadView(TypedDict):
    """What stands above the board."""

    title: str
    meta: str
    problem: str
    scoring: int
    total: int


def _card(card: board.Card) -> CardView:
    reasons = [*card.reasons, None, None]
    score = "–" if card.score is None else str(card.score)
    label = BAND_LABEL.get(card.band, "")
    return CardView(
        id=str(card.id),
        name=card.name or "No name",
        initials=card.initials,
        label=f"{card.name}, {'no score' if card.score is None else f'{score} of 100'}, {label}",
        score=score,
        band=card.band,
        band_label=label,
        first=reasons[0].text if reasons[0] else "",
        first_match=reasons[0].match if reasons[0] else "",
        second=reasons[1].text if reasons[1] else "",
        second_match=reasons[1].match if reasons[1] else "",
        gap=card.gap.text if card.gap else "",
        gap_match=card.gap.match if card.gap else "",
        age=days(card.applied_at),
        turn=card.whose_turn,
        comments=card.comments,
        hidden="hidden_text" in card.flags,
        status=card.status_name,
        decided_by=card.decided_by,
        stale=card.stale,
        write_state=card.write_state,
    )


class BoardState(Session):
    """The Job Candidates board."""

    job: str = ""
    head: HeadView = HeadView(title="", meta="", problem="", scoring=0, total=0)
    col_0: list[CardView] = []
    col_1: list[CardView] = []
    col_2: list[CardView] = []
    col_3: list[CardView] = []
    totals: list[int] = [0, 0, 0, 0]
    loaded: bool = False
    text: str = ""
    band: str = ""
    initials_only: bool = False
    undoable: str = ""
    said: str = ""
    asking: str = ""
    asking_name: str = ""
    why: str = ""
    menu: str = ""
    _limits: dict[str, int] = {}

    @rx.var
    def filtered(self) -> bool:
        return bool(self.text or self.band)

    @rx.event
    @guarded
    async def load(self) -> None:
        """Show the job of the address."""
        self.job = str(getattr(self, "job_id", "") or "")
        self.loaded, self._limits, self.asking, self.menu = False, {}, "", ""
        await self.enter("board", self.job)
        await self._fill(CATEGORIES)
        self.loaded = True

    @rx.event
    @guarded
    async def refresh(self, parts: list[str]) -> None:
        """Columns changed elsewhere."""
        await self._fill([part for part in parts if part in CATEGORIES] or CATEGORIES)

    async def _fill(self, categories: Any) -> None:
        actor = await self.actor()
        job = UUID(self.job)
        head = await jobs.get_job(actor, job)
        synced = f"synced {ago(head.synced_at)}" if head.synced_at else "not synced yet"
        self.head = HeadView(
            title=head.title,
            meta=" · ".join(filter(None, (head.state.capitalize(), head.source_title, synced))),
            problem=head.problem,
            scoring=head.scoring,
            total=sum(getattr(head.counts, category) for category in CATEGORIES),
        )
        wish = board.Filter(text=self.text, bands=(self.band,) if self.band else ())
        found = await board.columns(actor, job, categories, filter=wish, limits=self._limits)
        totals = list(self.totals)
        for column in found:
            place = CATEGORIES.index(column.category)  # type: ignore[arg-type]  # it came from there
            totals[place] = column.total
            setattr(self, f"col_{place}", [_card(card) for card in column.cards])
        self.totals = totals

    @rx.event
    @guarded
    async def move(self, card: str, category: str) -> Any:
        """A card was dropped, or moved by key or menu."""
        self.menu = ""
        actor = await self.actor()
        try:
            moved = await board.move(actor, UUID(card), category)
        finally:
            await self._fill(CATEGORIES)
        self.undoable = str(moved.decision_id)
        if moved.needs_reason:
            self.asking, self.asking_name, self.why = str(moved.decision_id), moved.name, ""
        label = CATEGORY_LABEL[moved.to_category]
        self.said = f"{moved.name} moved to {label}. {moved.ats_note}".strip()
        return BoardState.fade(self.undoable)

    @rx.event(background=True)
    async def fade(self, decision: str) -> None:
        """Take the offer to undo away after ten seconds."""
        await asyncio.sleep(10)
        async with self:
            if self.undoable == decision:
                self.undoable = self.said = ""

    @rx.event
    @guarded
    async def undo(self) -> Any:
        """Take the last move back."""
        if not self.undoable:
            return None
        decision, self.undoable, self.asking, self.said = self.undoable, "", "", ""
        moved = await board.undo(await self.actor(), UUID(decision))
        await self._fill(CATEGORIES)
        return rx.toast.info(
            f"{moved.name} is back in {CATEGORY_LABEL[moved.to_category]}",
            description=moved.ats_note,
            id="move",
        )

    @rx.event
    def set_why(self, text: str) -> None:
        self.why = text

    @rx.event
    def dismiss_why(self) -> None:
        self.asking = ""

    @rx.event
    @guarded
    async def explain(self) -> Any:
        """Say why the person saw it otherwise than the score."""
        await board.explain(await self.actor(), UUID(self.asking), self.why)
        self.asking = ""
        return rx.toast.success("Reason kept with the decision.")

    @rx.event
    @guarded
    async def look_for(self, text: str) -> None:
        self.text = text[:100]
        await self._fill(CATEGORIES)

    @rx.event
    @guarded
    async def only_band(self, band: str) -> None:
        self.band = "" if band in {self.band, "all"} else band
        await self._fill(CATEGORIES)

    @rx.event
    @guarded
    async def clear_filters(self) -> None:
        self.text = self.band = ""
        await self._fill(CATEGORIES)

    @rx.event
    @guarded
    async def more(self, category: str) -> None:
        """Fifty more cards of a column."""
        self._limits = {**self._limits, category: self._limits.get(category, PAGE) + PAGE}
        await self._fill([category])

    @rx.event
    def toggle_initials(self) -> None:
        self.initials_only = not self.initials_only

    @rx.event
    def toggle_menu(self, card: str) -> None:
        self.menu = "" if self.menu == card else card

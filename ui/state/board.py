"""The board of one job: one variable a column, so that a move sends two columns and not four."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypedDict

import reflex as rx

from core.domain.words import BAND_LABEL, CATEGORIES, CATEGORY_LABEL
from core.errors import ShortlistError
from core.services import board, jobs, rubrics
from ui.address import asked, keep
from ui.state.cards import NO_HEAD, BoardHead, CardView, board_head, card_view, waiting
from ui.state.session import Session, guarded, identifier, opening
from ui.words import plural

PAGE: Final = 50
UNDO_SECONDS: Final = 10
MATCH_LABEL: Final = {"met": "met", "partly": "partly met", "not_stated": "not stated", "not_met": "not met"}


class ChipView(TypedDict):
    """A part of the filter that can be taken away."""

    key: str
    label: str


class RequirementChoice(TypedDict):
    """A requirement to filter by."""

    id: str
    text: str


class BoardState(Session):
    """The Job Candidates board."""

    job: str = ""
    head: BoardHead = NO_HEAD
    col_0: list[CardView] = []
    col_1: list[CardView] = []
    col_2: list[CardView] = []
    col_3: list[CardView] = []
    totals: list[int] = [0, 0, 0, 0]
    loaded: bool = False
    requirements: list[RequirementChoice] = []
    text: str = ""
    band: str = ""
    requirement: str = ""
    match: str = ""
    hidden_only: bool = False
    initials_only: bool = False
    picked: list[str] = []
    settled: int = 0
    undoable: str = ""
    said: str = ""
    asking_name: str = ""
    why: str = ""
    _limits: dict[str, int] = {}
    _undo: list[str] = []
    _asking: list[str] = []

    @rx.var
    def chips(self) -> list[ChipView]:
        """The filter in words."""
        texts = {choice["id"]: choice["text"] for choice in self.requirements}
        parts = {
            "text": f"“{self.text}”" if self.text else "",
            "band": BAND_LABEL.get(self.band, ""),
            "requirement": f"{texts.get(self.requirement, '')}: {MATCH_LABEL.get(self.match, 'judged')}"
            if self.requirement
            else "",
            "hidden_only": "Hidden text" if self.hidden_only else "",
        }
        return [ChipView(key=key, label=label) for key, label in parts.items() if label]

    @rx.var
    def shown(self) -> int:
        """How many cards fit the filter."""
        return sum(self.totals)

    @rx.var
    def nobody(self) -> str:
        """What an empty column says: as long as applications are being scored, it may not stay empty."""
        if self.chips:
            return "Nobody here fits the filter."
        return f"Nobody here yet: {waiting(self.head)}." if self.head["scoring"] else "Nobody here."

    @rx.var
    def waiting(self) -> str:
        """How many have no up-to-date score yet; empty when all have."""
        return waiting(self.head)

    @rx.event
    @opening
    async def load(self) -> None:
        """Show the job of the address, narrowed as the address says."""
        self.job = str(getattr(self, "job_id", "") or "")
        self.loaded, self._limits, self._asking, self.picked = False, {}, [], []
        # A page that is reloaded or left by its address never said goodbye: without this a job that
        # cannot be shown would stand under the title of the one before.
        self.head = NO_HEAD
        self.text, self.band, self.match = asked(self, "q"), asked(self, "band"), asked(self, "match")
        self.requirement, self.hidden_only = asked(self, "requirement"), asked(self, "hidden") == "1"
        actor = await self._enter("board", self.job)
        found = await rubrics.rubric(actor, identifier(self.job))
        self.requirements = [RequirementChoice(id=r.id, text=r.text) for r in found.requirements]
        await self._fill(CATEGORIES)
        self.loaded = True

    @rx.event
    def leave(self) -> None:
        """The board is off the screen: the next one must not begin with these people."""
        self.loaded, self.col_0, self.col_1, self.col_2, self.col_3 = False, [], [], [], []
        self.head, self.undoable, self.said, self._undo, self._asking = NO_HEAD, "", "", [], []
        self.asking_name, self.picked = "", []

    @rx.event
    @guarded
    async def refresh(self, parts: list[str]) -> None:
        """Columns changed elsewhere."""
        if self.loaded:
            await self._fill([part for part in parts if part in CATEGORIES] or CATEGORIES)

    async def _fill(self, categories: Iterable[str]) -> None:
        actor = await self._actor()
        job = identifier(self.job)
        self.head = board_head(await jobs.get_job(actor, job))
        found = await board.columns(actor, job, list(categories), filter=self._wish(), limits=self._limits)
        totals = list(self.totals)
        for column in found:
            place = CATEGORIES.index(column.category)
            totals[place] = column.total
            cards = [card_view(card) for card in column.cards]
            # What is set is sent; the tab that moved a card hears of its own move a second time.
            if cards != getattr(self, f"col_{place}"):
                setattr(self, f"col_{place}", cards)
        if totals != self.totals:
            self.totals = totals

    def _wish(self) -> board.Filter:
        return board.Filter(
            text=self.text,
            bands=(self.band,) if self.band else (),
            flags=("hidden_text",) if self.hidden_only else (),
            requirement=self.requirement,
            requirement_match=self.match if self.requirement else "",
        )

    @rx.event
    @guarded
    async def move(self, card: str, category: str) -> Any:
        """A card was dropped, or moved by key or menu."""
        touched: Sequence[str] = CATEGORIES
        try:
            moved = await board.move(await self._actor(), identifier(card), category)
            touched = (moved.from_category, moved.to_category)
        finally:
            await self._fill(touched)
            self.settled += 1
        return self._note([moved])

    @rx.event
    @guarded
    async def move_picked(self, category: str) -> Any:
        """All picked cards go to one column, or none does."""
        try:
            moved = await board.move_many(
                await self._actor(), [identifier(card) for card in self.picked], category
            )
        finally:
            await self._fill(CATEGORIES)
        self.picked = []
        return self._note(moved)

    def _note(self, moved: Sequence[board.Moved]) -> Any:
        """Offer to take the moves back, and ask why where they go against the score."""
        self._undo = [str(each.decision_id) for each in moved]
        self.undoable = self._undo[0]
        who = moved[0].name if len(moved) == 1 else plural(len(moved), "application")
        self.said = f"Moved {who} to {CATEGORY_LABEL[moved[0].to_category]}. {moved[0].ats_note}".strip()
        against = [each for each in moved if each.needs_reason]
        self._asking, self.why = [str(each.decision_id) for each in against], ""
        self.asking_name = against[0].name if len(against) == 1 else plural(len(against), "person", "people")
        if not against:
            self.asking_name = ""
        return BoardState.fade(self.undoable)

    @rx.event(background=True)
    async def fade(self, decision: str) -> None:
        """Take the offer to undo away after ten seconds."""
        await asyncio.sleep(UNDO_SECONDS)
        async with self:
            if self.undoable == decision:
                self.undoable = self.said = ""

    @rx.event
    @guarded
    async def undo(self) -> Any:
        """Take the last move back."""
        if not self.undoable:
            return None
        decisions, self._undo, self.undoable, self.said, self.asking_name = self._undo, [], "", "", ""
        actor = await self._actor()
        try:
            moved = [await board.undo(actor, identifier(decision)) for decision in decisions]
        finally:
            await self._fill(CATEGORIES)
        who = f"{moved[0].name} is" if len(moved) == 1 else f"{len(moved)} applications are"
        where = (
            f"back in {CATEGORY_LABEL[moved[0].to_category]}" if len(moved) == 1 else "back where they were"
        )
        return rx.toast.info(f"{who} {where}.", description=moved[0].ats_note, id="move")

    @rx.event
    def set_why(self, text: str) -> None:
        self.why = text

    @rx.event
    def dismiss_why(self) -> None:
        self.asking_name, self._asking = "", []

    @rx.event
    @guarded
    async def explain(self) -> Any:
        """Say why the person saw it otherwise than the score."""
        actor = await self._actor()
        for decision in self._asking:
            await board.explain(actor, identifier(decision), self.why)
        self.asking_name, self._asking = "", []
        return rx.toast.success("Reason kept with the decision.")

    @rx.event
    @guarded
    async def narrow(self, part: str, value: str) -> Any:
        """Change one part of the filter."""
        if part not in {"text", "band", "requirement", "match"}:
            raise ShortlistError("This filter does not exist.", "Reload the page.")
        setattr(self, part, "" if value == "all" else value[:100])
        return await self._narrowed()

    @rx.event
    @guarded
    async def only_hidden(self, wanted: bool) -> Any:
        """Show those whose files hold text a person cannot see, or everybody."""
        self.hidden_only = wanted
        return await self._narrowed()

    @rx.event
    @guarded
    async def drop_chip(self, key: str) -> Any:
        """Take a part of the filter away; none means all of it."""
        self.text = "" if key in {"text", ""} else self.text
        self.band = "" if key in {"band", ""} else self.band
        self.requirement = "" if key in {"requirement", ""} else self.requirement
        self.match = self.match if self.requirement else ""
        self.hidden_only = self.hidden_only and key not in {"hidden_only", ""}
        return await self._narrowed()

    async def _narrowed(self) -> Any:
        self._limits, self.picked = {}, []
        await self._fill(CATEGORIES)
        return keep(
            q=self.text,
            band=self.band,
            requirement=self.requirement,
            match=self.match if self.requirement else "",
            hidden="1" if self.hidden_only else "",
        )

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
    def pick(self, card: str) -> None:
        """Pick a card for a move of many, or let it go."""
        self.picked = (
            [each for each in self.picked if each != card] if card in self.picked else [*self.picked, card]
        )

    @rx.event
    def pick_column(self, place: int) -> None:
        """Pick all cards shown in a column, or let them go when they all are picked."""
        here = [card["id"] for card in (self.col_0, self.col_1, self.col_2, self.col_3)[place]]
        others = [card for card in self.picked if card not in here]
        self.picked = others if set(here) <= set(self.picked) else [*others, *here]

    @rx.event
    def let_go(self) -> None:
        self.picked = []

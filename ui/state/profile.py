"""The application profile, beside the board or on a page of its own."""

from typing import Any

import reflex as rx

from core.domain.words import CATEGORY_LABEL
from core.services import board, comments, profiles
from ui import live
from ui.address import asked, keep
from ui.state.board import BoardState
from ui.state.session import Session, guarded, identifier, opening
from ui.state.sheet import (
    NO_FILE,
    NO_HEAD,
    FileView,
    HeadView,
    LineView,
    RowView,
    files_of,
    head_of,
    lines_of,
    rows_of,
)
from ui.words import whole


class ProfileState(Session):
    """One application."""

    open: bool = False
    alone: bool = False
    loaded: bool = False
    wide: bool = False
    head: HeadView = NO_HEAD
    rows: list[RowView] = []
    files: list[FileView] = []
    flagged: list[LineView] = []
    experience: list[LineView] = []
    education: list[LineView] = []
    answers: list[LineView] = []
    comments: list[LineView] = []
    activity: list[LineView] = []
    writes: list[LineView] = []
    preview: list[str] = []
    previewed: bool = False
    draft: str = ""
    tab: str = "read"
    file: int = 0
    mark_start: int = 0
    mark_end: int = 0
    mark_at: int = 0

    @rx.var
    def document(self) -> FileView:
        return self.files[self.file] if self.file < len(self.files) else NO_FILE

    @rx.var
    def unwritten(self) -> bool:
        """Whether something could not be written into the ATS."""
        return any(line["state"] == "failed" for line in self.writes)

    @rx.event
    @opening
    async def load(self) -> None:
        """The page of its own."""
        self.alone, self.open, self.loaded = True, True, False
        target = str(getattr(self, "application_id", "") or "")
        await self._enter("profile", target)
        await self._fill(target)

    @rx.event
    @guarded
    async def load_linked(self) -> None:
        """The profile the board's address asks for, if any."""
        self.open = self.alone = False
        target = asked(self, "a")
        if target:
            await self._show(target)

    @rx.event
    @guarded
    async def show(self, application: str) -> Any:
        """Open beside the board."""
        await self._show(application)
        return keep(a=self.head["id"])

    async def _show(self, application: str) -> None:
        await self._fill(application)
        self.alone, self.open = False, True
        live.beside(self.router.session.client_token, self.head["id"])

    @rx.event
    def press(self, key: str) -> Any:
        """A key of the panel: close it, or go to the card above or below."""
        target = {"j": self.head["next"], "k": self.head["previous"]}.get(key, "")
        if key == "Escape":
            return ProfileState.close
        return ProfileState.show(target) if target else None

    @rx.event
    def close(self) -> Any:
        """Back to the board."""
        self.open = False
        live.beside(self.router.session.client_token, "")
        return keep(a="")

    @rx.event
    def leave(self) -> None:
        """The page is off the screen: the next one must not begin with this person."""
        if not self.alone:
            return
        self.open = self.loaded = False
        self.head, self.rows, self.files, self.draft = NO_HEAD, [], [], ""

    @rx.event
    def widen(self) -> None:
        """Show the document beside the reasons, or put it below them."""
        self.wide = not self.wide

    @rx.event
    @guarded
    async def refresh(self) -> None:
        """It changed elsewhere."""
        if self.open and self.head["id"]:
            await self._fill(self.head["id"])

    async def _fill(self, application: str) -> None:
        found = await profiles.profile(await self._actor(), identifier(application))
        same = self.head["id"] == str(found.application_id)
        self.head, self.rows, self.files = head_of(found), rows_of(found), files_of(found)
        for name, lines in lines_of(found).items():
            setattr(self, name, lines)
        if not same:
            self.tab, self.file, self.mark_start, self.mark_end, self.draft = "read", 0, 0, 0, ""
            self.preview, self.previewed = [], False
        self.loaded = True

    @rx.event
    def quote(self, row: str, key: str) -> None:
        """Show where the quoted words stand."""
        quotes = [quote for each in self.rows if each["id"] == row for quote in each["quotes"]]
        found = next((quote for quote in quotes if quote["key"] == key), None)
        files = [
            place for place, file in enumerate(self.files) if found and file["source"] == found["source"]
        ]
        place = next((place for place in files if self.files[place]["text"]), None)
        if found is None or place is None:
            return
        self.file, self.tab, self.wide = place, "read", True
        self.mark_start, self.mark_end, self.mark_at = found["start"], found["end"], self.mark_at + 1

    @rx.event
    def show_tab(self, tab: str) -> None:
        self.tab = tab if tab in {"original", "x-ray"} else "read"

    @rx.event
    def show_file(self, file: str) -> None:
        self.file, self.mark_start, self.mark_end = whole(file), 0, 0

    @rx.event
    @guarded
    async def move(self, category: str) -> Any:
        """Decide from the profile."""
        moved = await board.move(await self._actor(), identifier(self.head["id"]), category)
        await self._fill(self.head["id"])
        if self.alone:
            return rx.toast.success(
                f"Moved to {CATEGORY_LABEL[moved.to_category]}.", description=moved.ats_note
            )
        columns = await self.get_state(BoardState)
        return columns._note([moved])

    @rx.event
    def set_draft(self, text: str) -> None:
        self.draft = text[:5000]

    @rx.event
    @guarded
    async def comment(self) -> Any:
        """Say something to the team."""
        await comments.add_comment(await self._actor(), identifier(self.head["id"]), self.draft)
        self.draft = ""
        await self._fill(self.head["id"])
        return rx.toast.success("Comment added.")

    @rx.event
    @guarded
    async def show_preview(self) -> None:
        """What would be written into the ATS now, in words."""
        self.preview = list(await profiles.preview_write(await self._actor(), identifier(self.head["id"])))
        self.previewed = True

    @rx.event
    def hide_preview(self) -> None:
        self.preview, self.previewed = [], False

    @rx.event
    @guarded
    async def retry(self) -> Any:
        """Try again what could not be written."""
        await profiles.retry_write(await self._actor(), identifier(self.head["id"]))
        await self._fill(self.head["id"])
        return rx.toast.info("Trying again now.")

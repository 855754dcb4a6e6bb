"""Settings > Scoring: which scorer fills the board, which runs beside it, and one scorer's settings."""

from collections.abc import AsyncIterator
from typing import Any, Final, TypedDict

import reflex as rx

from core.errors import NotFound, Told
from core.services import scorer_choice
from core.services.access import Actor
from core.services.scorer_choice import ScorerView
from ui.state.fields import field_views
from ui.state.plugin_form import PluginForm, entered
from ui.state.session import Session, guarded, opening
from ui.words import plural

ASKING: Final = "asking"
"""The id of the question before everything is scored again."""


class ScorerRow(TypedDict):
    """A scorer, what it is used for, and what can be done with it."""

    key: str
    title: str
    description: str
    use: str
    state: str
    state_label: str
    text: str
    usable: bool
    calls: bool
    has_fields: bool
    unreadable: bool


_NONE = ScorerRow(
    key="", title="", description="", use="", state="", state_label="", text="", usable=False, calls=False,
    has_fields=False, unreadable=False,
)  # fmt: skip
_USES = {"board": ("active", "Scores the board"), "beside": ("syncing", "Runs beside it")}


def _row(view: ScorerView) -> ScorerRow:
    state, label, text = _standing(view)
    return ScorerRow(
        key=view.key,
        title=view.title,
        description=view.description,
        use=view.use,
        state=state,
        state_label=label,
        text=text,
        usable=view.enabled and view.set_up,
        calls=view.calls,
        has_fields=bool(view.fields),
        unreadable=view.unreadable,
    )


def _standing(view: ScorerView) -> tuple[str, str, str]:
    """State, its word, and a sentence where somebody must act."""
    if view.use and not view.enabled:
        return (
            "needs_attention",
            "Switched off",
            "Its plugin is off, so it judges nobody. Switch it on, or choose another.",
        )
    if not view.enabled:
        return "off", "Switched off", ""
    if view.use and not view.set_up:
        return "needs_attention", "Not set up", "Without its settings it judges nobody."
    if view.use:
        return (*_USES[view.use], "")
    return ("", "", "") if view.set_up else ("new", "Not set up", "")


class ScoringState(PluginForm, Session):
    """The list, and the scorer of the address."""

    rows: list[ScorerRow] = []
    loaded: bool = False
    concerned: str = ""
    beside: str = ""
    disagreements: str = ""
    asking: ScorerRow = _NONE
    one: ScorerRow = _NONE
    busy: bool = False

    @rx.event
    @opening
    async def load(self) -> None:
        """Show all scorers."""
        self.asking = _NONE
        await self._list(await self._enter("settings"))

    async def _list(self, actor: Actor) -> None:
        found = await scorer_choice.scoring(actor)
        self.rows = [_row(view) for view in found.scorers]
        self.concerned = plural(found.concerned, "application")
        self.beside = next((row["title"] for row in self.rows if row["use"] == "beside"), "")
        self.disagreements = plural(found.disagreements, "application")
        self.loaded = True

    @rx.event
    async def ask(self, key: str) -> Any:
        """Say what it means to score with another one, before it is done."""
        self.asking = next((row for row in self.rows if row["key"] == key), _NONE)
        return rx.set_focus(ASKING) if self.asking["key"] else None

    @rx.event
    async def cancel(self) -> None:
        """Leave everything as it is."""
        self.asking = _NONE

    @rx.event
    @guarded
    async def choose(self) -> Any:
        """Score everything again with the one that was asked about."""
        actor, chosen = await self._actor(), self.asking
        self.asking = _NONE
        count = await scorer_choice.score_with(actor, chosen["key"])
        await self._list(actor)
        return rx.toast.success(
            f"{chosen['title']} scores the board now.",
            description=f"{plural(count, 'application')} scored again; the board shows how far it is.",
        )

    @rx.event
    @guarded
    async def run_beside(self, key: str) -> Any:
        """Let a second one judge for comparison, or stop it."""
        actor = await self._actor()
        await scorer_choice.run_beside(actor, key)
        await self._list(actor)
        if not key:
            return rx.toast.success("Nothing runs beside the board's scorer any more.")
        return rx.toast.success(
            f"{self.beside} runs beside it now.", description="Disagreements appear as it gets through."
        )

    @rx.event
    @opening
    async def load_one(self) -> None:
        """Show the settings of the scorer of the address."""
        self.reset()
        key = self.router.url.path.rstrip("/").rpartition("/")[2]
        await self._show(await self._enter("settings"), key)

    async def _show(self, actor: Actor, key: str) -> None:
        found = next((v for v in (await scorer_choice.scoring(actor)).scorers if v.key == key), None)
        if found is None:
            raise NotFound("This scorer is not installed.", "Look under Settings > Scoring what is.")
        self.one = _row(found)
        self.fields = field_views(found.fields, found.values, found.secret_set)

    @rx.event
    async def save(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Try what was entered, and save it when it works."""
        values = entered(form)
        self.busy, self.trouble = True, ""
        yield
        try:
            actor = await self._actor()
            await scorer_choice.save_settings(actor, self.one["key"], values, self._removed())
            await self._show(actor, self.one["key"])
            self.saved += 1
            again = "What it scored is scored again." if self.one["use"] else None
            yield rx.toast.success("Checked and saved.", description=again)
        except Told as error:
            yield self._refused(error, values)
        finally:
            self.busy = False

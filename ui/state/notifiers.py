"""Settings > Plugins: the notifiers that carry notices beyond the bell, and one notifier's page."""

from collections.abc import AsyncIterator
from typing import Any, Final, TypedDict

import reflex as rx

from core.errors import NotFound, Told
from core.services import channels
from core.services.access import Actor
from core.services.channels import ChannelView
from ui.state.fields import field_views
from ui.state.plugin_form import HEAD, PluginForm, entered
from ui.state.session import Session, guarded, opening

CONFIRM: Final = "confirm"
"""The id of where the notifier's name is typed before its settings are forgotten."""


class NotifierView(TypedDict):
    """A notifier, and what becomes of notices through it."""

    key: str
    title: str
    state: str
    state_label: str
    text: str
    enabled: bool
    set_up: bool
    stored: bool
    forgetting: str
    unreadable: bool


_NO_NOTIFIER = NotifierView(
    key="", title="", state="", state_label="", text="", enabled=False, set_up=False, stored=False,
    forgetting="", unreadable=False,
)  # fmt: skip


def _view(found: ChannelView) -> NotifierView:
    state, label, text = _standing(found)
    return NotifierView(
        key=found.key,
        title=found.title,
        state=state,
        state_label=label,
        text=text,
        enabled=found.enabled,
        set_up=found.stored or found.works_bare,
        stored=found.stored,
        forgetting="Notices go on with the plugin's own defaults; to stop them, switch the plugin off."
        if found.works_bare
        else "Nothing goes out this way any more, and what waits is not sent. All notices stay in the bell.",
        unreadable=found.unreadable,
    )


def _standing(found: ChannelView) -> tuple[str, str, str]:
    """State, its word, and a sentence of what it means."""
    if not found.enabled:
        return "off", "Switched off", "Its plugin is switched off, so nothing goes out this way."
    if found.trouble:
        return "needs_attention", "Needs attention", found.trouble
    if found.in_use:
        return "active", "In use", "Whoever gets a notice in the bell gets it this way as well."
    return "new", "Not set up", "Nothing goes out this way until its settings are saved."


class NotifiersState(PluginForm, Session):
    """The list, and the notifier of the address."""

    rows: list[NotifierView] = []
    listed: bool = False
    one: NotifierView = _NO_NOTIFIER
    busy: str = ""
    unconfirmed: str = ""

    @rx.event
    @opening
    async def load(self) -> None:
        """Show the notifiers whose plugins are on."""
        self.rows, self.listed = [], False
        await self._list(await self._actor())

    @rx.event
    @guarded
    async def refresh(self) -> None:
        """A plugin was switched on or off."""
        await self._list(await self._actor())

    async def _list(self, actor: Actor) -> None:
        self.rows = [_view(found) for found in await channels.list_channels(actor) if found.enabled]
        self.listed = True

    @rx.event
    @opening
    async def load_one(self) -> None:
        """Show the notifier of the address."""
        self.reset()
        key = self.router.url.path.rstrip("/").rpartition("/")[2]
        await self._show(await self._enter("settings"), key)

    async def _show(self, actor: Actor, key: str) -> None:
        found = next((view for view in await channels.list_channels(actor) if view.key == key), None)
        if found is None:
            raise NotFound("This notifier is not installed.", "Look under Settings > Plugins what is.")
        self.one, self.unconfirmed = _view(found), ""
        self.fields = field_views(found.fields, found.values, found.secret_set)

    @rx.event
    async def check(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Try what was entered; nothing is saved."""
        values = entered(form)
        self.busy, self.trouble = "check", ""
        yield
        try:
            await channels.check_channel(await self._actor(), self.one["key"], values, self._removed())
            self._mark({}, values)
            yield rx.toast.success("It works.", description="Nothing is saved yet.")
        except Told as error:
            yield self._refused(error, values)
        finally:
            self.busy = ""

    @rx.event
    async def save(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Try what was entered, and save it when it works."""
        values = entered(form)
        self.busy, self.trouble = "save", ""
        yield
        try:
            actor = await self._actor()
            await channels.save_channel(actor, self.one["key"], values, self._removed())
            await self._show(actor, self.one["key"])
            self.saved += 1
            yield rx.toast.success("Checked and saved.", description="Notices that waited go out now.")
        except Told as error:
            yield self._refused(error, values)
        finally:
            self.busy = ""

    @rx.event
    @guarded
    async def forget(self, form: dict[str, Any]) -> Any:
        """Forget the settings; the notifier's name must have been typed."""
        actor, title = await self._actor(), self.one["title"]
        if not title or str(form.get("confirm", "")).strip().lower() != title.lower():
            self.unconfirmed = f"Type “{title}” here, and it is forgotten."
            return rx.set_focus(CONFIRM)
        await channels.forget_channel(actor, self.one["key"])
        await self._show(actor, self.one["key"])
        self.saved, self.trouble = self.saved + 1, ""
        return [rx.toast.success("The settings are forgotten."), rx.set_focus(HEAD)]

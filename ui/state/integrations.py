"""Settings > Integrations: the list, and one integration's page."""

from typing import Any, TypedDict

import reflex as rx

from core.errors import Invalid
from core.services import connections
from ui.state.fields import field_views, with_errors
from ui.state.plugin_form import PluginForm, entered
from ui.state.session import Session, guarded, identifier, opening
from ui.words import iso

_STATES = {
    "new": "Not set up",
    "syncing": "Syncing",
    "active": "Active",
    "paused": "Paused",
    "needs_attention": "Needs attention",
    "disconnected": "Disconnected",
}


class ProgressView(TypedDict):
    """How far one kind of object has been read."""

    label: str
    text: str
    width: str
    problems: int


class ConnectionView(TypedDict):
    """An integration."""

    id: str
    title: str
    account: str
    state: str
    state_label: str
    text: str
    fix: str
    since: str
    synced: str
    waiting: str
    jobs: int
    write_back: str
    rejected: str
    acting_user: str
    webhook_url: str
    webhook_seen: str
    unreadable: bool


_NO_CONNECTION = ConnectionView(
    id="", title="", account="", state="", state_label="", text="", fix="", since="", synced="", waiting="",
    jobs=0, write_back="", rejected="", acting_user="", webhook_url="", webhook_seen="",
    unreadable=False,
)  # fmt: skip


def _view(found: connections.ConnectionView) -> ConnectionView:
    return ConnectionView(
        id=str(found.id),
        title=found.title,
        account=found.account,
        state=found.state,
        state_label=_STATES.get(found.state, found.state),
        text=found.state_text,
        fix=found.fix,
        since=iso(found.since),
        synced=iso(found.last_synced_at),
        waiting=iso(found.waiting_until),
        jobs=found.jobs_selected,
        write_back="on" if found.write_back else "off",
        rejected="processed" if found.include_rejected else "left out",
        acting_user=found.acting_user,
        webhook_url=found.webhook_url,
        webhook_seen=iso(found.webhook_seen_at),
        unreadable=found.unreadable,
    )


def _progress(found: connections.ConnectionView) -> list[ProgressView]:
    rows = []
    for part in found.progress:
        total = part.total
        share = 100 * part.done / total if total else (100 if part.done else 0)
        rows.append(
            ProgressView(
                label=part.label,
                text=f"{part.done:,} of {total:,}" if total is not None else f"{part.done:,}",
                width=f"{min(100, share):.0f}%",
                problems=part.problems,
            )
        )
    return rows


_ACTIONS = {
    "sync_now": (connections.sync_now, "Reading changes now."),
    "pause": (connections.pause, "Paused. Nothing is read or written until you resume."),
    "resume": (connections.resume, "Going on."),
}


class IntegrationsState(PluginForm, Session):
    """The list and one integration's page."""

    rows: list[ConnectionView] = []
    loaded: bool = False
    one: ConnectionView = _NO_CONNECTION
    progress: list[ProgressView] = []
    problems: list[dict[str, str]] = []
    steps: list[str] = []
    events: list[str] = []
    confirm: str = ""

    @rx.var
    def confirmed(self) -> bool:
        """Whether the name that allows the irreversible was typed."""
        return bool(self.one["title"]) and self.confirm.strip().lower() == self.one["title"].lower()

    @rx.event
    @opening
    async def load(self) -> None:
        """Show all integrations."""
        await self._enter("connection")
        self.one = _NO_CONNECTION
        await self._fill_list()

    @rx.event
    @opening
    async def load_one(self) -> None:
        """Show the integration of the address."""
        target = str(getattr(self, "connection_id", "") or "")
        self.confirm, self.one, self.fields = "", _NO_CONNECTION, []
        await self._enter("connection", target)
        await self._fill_one(target)

    @rx.event
    @guarded
    async def refresh(self) -> None:
        """Something changed."""
        actor = await self._actor()
        if actor.role != "admin":
            return
        await self._fill_list()
        if self.one["id"]:
            await self._fill_one(self.one["id"])

    async def _fill_list(self) -> None:
        self.rows = [_view(found) for found in await connections.list_connections(await self._actor())]
        self.loaded = True

    async def _fill_one(self, target: str) -> None:
        found = await connections.connection(await self._actor(), identifier(target))
        self.one, self.progress = _view(found), _progress(found)
        self.problems = [{"reference": r, "message": m} for r, m in found.problems]
        self.steps, self.events = list(found.webhook_steps), list(found.webhook_events)
        # It is shown again whenever a sync gets on, and what is being removed must stay so until it is saved.
        removed = self._removed()
        self.fields = field_views(found.fields, found.values, found.secret_set)
        for name in removed:
            self._removing(name, True)
        self.loaded = True

    @rx.event
    @guarded
    async def act(self, name: str) -> Any:
        """Sync now, pause or resume."""
        if name not in _ACTIONS:
            raise Invalid("There is no such action.", "Reload the page.")
        action, done = _ACTIONS[name]
        await action(await self._actor(), identifier(self.one["id"]))
        await self._fill_one(self.one["id"])
        return rx.toast.success(done)

    @rx.event
    @guarded
    async def reconnect(self, form: dict[str, Any]) -> Any:
        """Save other credentials."""
        values = entered(form)
        try:
            await connections.reconnect(
                await self._actor(), identifier(self.one["id"]), values, self._removed()
            )
        except Invalid as error:
            self.fields = with_errors(self.fields, error.fields, values)
            raise
        self.fields = []
        await self._fill_one(self.one["id"])
        self.saved += 1
        return rx.toast.success("Checked and saved. Reading what changed.")

    @rx.event
    def set_confirm(self, text: str) -> None:
        self.confirm = text

    @rx.event
    @guarded
    async def disconnect(self, erase: bool) -> Any:
        """Let go of the integration; the name must have been typed."""
        if not self.confirmed:
            raise Invalid(f"Type “{self.one['title']}” to confirm.")
        await connections.disconnect(await self._actor(), identifier(self.one["id"]), erase=erase)
        return rx.redirect("/settings/integrations")

"""Settings > Integrations: the list, the wizard, one integration's page."""

from typing import Any, TypedDict
from uuid import UUID

import reflex as rx

from core.errors import Invalid
from core.sdk.fields import Field
from core.services import connections
from ui.state.session import Session, guarded
from ui.words import ago, exact

_STATES = {
    "new": "Not set up",
    "syncing": "Syncing",
    "active": "Active",
    "paused": "Paused",
    "needs_attention": "Needs attention",
    "disconnected": "Disconnected",
}


class FieldView(TypedDict):
    """A setting as the form shows it."""

    name: str
    label: str
    kind: str
    help: str
    value: str
    error: str
    required: bool
    advanced: bool
    placeholder: str
    choices: list[dict[str, str]]


class CheckView(TypedDict):
    """A permission line."""

    label: str
    state: str
    without: str
    fix: str


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
    synced_exact: str
    waiting: str
    jobs: int
    write_back: str
    rejected: str
    acting_user: str
    webhook_url: str
    webhook_seen: str


class ChoiceView(TypedDict):
    """A job to track or not."""

    id: str
    title: str
    meta: str
    selected: bool


_NO_CONNECTION = ConnectionView(
    id="", title="", account="", state="", state_label="", text="", fix="", since="", synced="", synced_exact="",
    waiting="", jobs=0, write_back="", rejected="", acting_user="", webhook_url="", webhook_seen="",
)  # fmt: skip


def _field(field: Field, values: dict[str, str], errors: dict[str, str]) -> FieldView:
    return FieldView(
        name=field.name,
        label=field.label,
        kind=field.kind,
        help=field.help,
        value="" if field.kind == "secret" else values.get(field.name, field.default),
        error=errors.get(field.name, ""),
        required=field.required,
        advanced=field.advanced,
        placeholder=field.placeholder,
        choices=[{"value": choice.value, "label": choice.label} for choice in field.choices],
    )


def _view(found: connections.ConnectionView) -> ConnectionView:
    return ConnectionView(
        id=str(found.id),
        title=found.title,
        account=found.account,
        state=found.state,
        state_label=_STATES.get(found.state, found.state),
        text=found.state_text,
        fix=found.fix,
        since=ago(found.since),
        synced=ago(found.last_synced_at) or "never",
        synced_exact=exact(found.last_synced_at),
        waiting=f"Waiting for the service's limit until {found.waiting_until:%H:%M:%S} UTC"
        if found.waiting_until
        else "",
        jobs=found.jobs_selected,
        write_back="on" if found.write_back else "off",
        rejected="processed" if found.include_rejected else "left out",
        acting_user=found.acting_user,
        webhook_url=found.webhook_url,
        webhook_seen=ago(found.webhook_seen_at) or "never",
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


class IntegrationsState(Session):
    """The list and one integration's page."""

    rows: list[ConnectionView] = []
    loaded: bool = False
    one: ConnectionView = _NO_CONNECTION
    progress: list[ProgressView] = []
    problems: list[dict[str, str]] = []
    steps: list[str] = []
    events: str = ""
    fields: list[FieldView] = []
    confirm: str = ""

    @rx.event
    @guarded
    async def load(self) -> None:
        """Show all integrations."""
        await self.enter("connection")
        await self._fill_list()

    @rx.event
    @guarded
    async def load_one(self) -> None:
        """Show the integration of the address."""
        target = str(getattr(self, "connection_id", "") or "")
        self.confirm = ""
        await self.enter("connection", target)
        await self._fill_one(target)

    @rx.event
    @guarded
    async def refresh(self) -> None:
        """Something changed."""
        actor = await self.actor()
        if actor.role != "admin":
            return
        await self._fill_list()
        if self.one["id"]:
            await self._fill_one(self.one["id"])

    async def _fill_list(self) -> None:
        self.rows = [_view(found) for found in await connections.list_connections(await self.actor())]
        self.loaded = True

    async def _fill_one(self, target: str) -> None:
        found = await connections.connection(await self.actor(), UUID(target))
        self.one, self.progress = _view(found), _progress(found)
        self.problems = [{"reference": r, "message": m} for r, m in found.problems]
        self.steps, self.events = list(found.webhook_steps), ", ".join(found.webhook_events)
        self.fields = [_field(field, found.values, {}) for field in found.fields]
        self.loaded = True

    @rx.event
    @guarded
    async def act(self, name: str) -> Any:
        """Sync now, pause or resume."""
        actions = {
            "sync_now": connections.sync_now,
            "pause": connections.pause,
            "resume": connections.resume,
        }
        await actions[name](await self.actor(), UUID(self.one["id"]))
        await self._fill_one(self.one["id"])
        return rx.toast.success({"sync_now": "Reading changes now.", "pause": "Paused.", "resume": "Going on."}[name])

    @rx.event
    @guarded
    async def reconnect(self, form: dict[str, Any]) -> Any:
        """Save other credentials."""
        values = {name: str(value) for name, value in form.items()}
        await connections.reconnect(await self.actor(), UUID(self.one["id"]), values)
        await self._fill_one(self.one["id"])
        return rx.toast.success("Reconnected.")

    @rx.event
    def set_confirm(self, text: str) -> None:
        self.confirm = text

    @rx.event
    @guarded
    async def disconnect(self, erase: bool) -> Any:
        """Let go of the integration; the name must have been typed."""
        if self.confirm.strip().lower() != self.one["title"].lower():
            raise Invalid(f"Type “{self.one['title']}” to confirm.")
        await connections.disconnect(await self.actor(), UUID(self.one["id"]), erase=erase)
        return rx.redirect("/settings/integrations")


class WizardState(Session):
    """Connecting an ATS, step by step; entries stay when going back."""

    step: int = 0
    cards: list[dict[str, str]] = []
    connector: str = ""
    title: str = ""
    prerequisites: list[str] = []
    fields: list[FieldView] = []
    lines: list[CheckView] = []
    account: str = ""
    notices: list[str] = []
    trouble: str = ""
    usable: bool = False
    busy: bool = False
    choices: list[ChoiceView] = []
    skip_rejected: bool = False
    write_back: bool = True
    connection: str = ""
    _values: dict[str, str] = {}

    @rx.var
    def chosen(self) -> int:
        return sum(choice["selected"] for choice in self.choices)

    @rx.event
    @guarded
    async def load(self) -> None:
        """Begin."""
        self.reset()
        actor = await self.enter("connection")
        self.cards = [
            {"key": card.key, "title": card.title, "note": card.note, "enabled": "1" if card.enabled else ""}
            for card in await connections.catalog(actor)
        ]

    @rx.event
    @guarded
    async def choose(self, key: str) -> None:
        """Take a connector."""
        found = {card.key: card for card in await connections.catalog(await self.actor())}[key]
        self.connector, self.title = key, found.title
        self.prerequisites = list(found.prerequisites)
        self.fields = [_field(field, self._values, {}) for field in found.fields]
        self.step = 1

    @rx.event
    def go(self, step: int) -> None:
        """To another step that was reached before."""
        if step < self.step:
            self.step = step

    @rx.event
    async def check(self, form: dict[str, Any]) -> Any:
        """Try what was entered."""
        given = {name: str(value) for name, value in form.items() if str(value).strip()}
        self._values = {**self._values, **given}
        self.busy, self.trouble, self.lines, self.usable = True, "", [], False
        yield
        async for event in self._check():
            yield event
        self.busy = False

    async def _check(self) -> Any:
        errors: dict[str, str] = {}
        try:
            found = await connections.check(await self.actor(), self.connector, self._values)
            self.lines = [
                CheckView(
                    label=line.label,
                    state="yes" if line.granted else "unknown" if line.granted is None else "no" if line.required else "optional",
                    without=line.without,
                    fix=line.fix,
                )
                for line in found.lines
            ]
            self.account, self.notices = found.account, list(found.notices)
            self.trouble, self.usable = found.problem, found.usable
            errors = {found.problem_field: found.problem} if found.problem_field else {}
        except Invalid as error:
            self.trouble, errors = error.message, error.fields
        except Exception as error:
            message, hint = getattr(error, "message", "Something went wrong."), getattr(error, "hint", "")
            self.trouble = f"{message} {hint}".strip()
        self.fields = [
            FieldView(**{**field, "error": errors.get(field["name"], ""),
                         "value": "" if field["kind"] == "secret" else self._values.get(field["name"], field["value"])})
            for field in self.fields
        ]  # fmt: skip
        if self.lines:
            self.step = 2
        yield

    @rx.event
    async def connect(self) -> Any:
        """Save, and read the list of jobs."""
        self.busy, self.trouble = True, ""
        yield
        try:
            actor = await self.actor()
            made = await connections.connect(actor, self.connector, self._values)
            self.connection = str(made)
            self.choices = [
                ChoiceView(
                    id=str(choice.id),
                    title=choice.title,
                    meta=" · ".join(filter(None, (choice.location, choice.state))),
                    selected=choice.state == "open",
                )
                for choice in await connections.job_choices(actor, made)
            ]
            self._values, self.step = {}, 3
        except Exception as error:
            self.trouble = f"{getattr(error, 'message', 'Something went wrong.')} {getattr(error, 'hint', '')}".strip()
        self.busy = False

    @rx.event
    def toggle(self, job: str) -> None:
        """Track a job, or not."""
        self.choices = [
            ChoiceView(**{**choice, "selected": not choice["selected"]}) if choice["id"] == job else choice
            for choice in self.choices
        ]

    @rx.event
    def all(self, selected: bool) -> None:
        """Track all jobs, or none."""
        self.choices = [ChoiceView(**{**choice, "selected": selected}) for choice in self.choices]

    @rx.event
    def set_skip_rejected(self, value: bool) -> None:
        self.skip_rejected = value

    @rx.event
    def set_write_back(self, value: bool) -> None:
        self.write_back = value

    @rx.event
    @guarded
    async def submit(self) -> Any:
        """Start reading."""
        await connections.configure(
            await self.actor(),
            UUID(self.connection),
            job_ids=[UUID(choice["id"]) for choice in self.choices if choice["selected"]],
            include_rejected=not self.skip_rejected,
            write_back=self.write_back,
        )
        return rx.redirect(f"/settings/integrations/{self.connection}")

"""Connecting an ATS, step by step; entries stay when going back."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, TypedDict

import reflex as rx

from core.errors import Invalid, NotSignedIn, Told
from core.services import connections, credentials
from ui.address import asked
from ui.state.fields import FieldView, field_views, with_errors
from ui.state.session import Session, guarded, identifier, opening, sign_in


class CardView(TypedDict):
    """A connector to choose."""

    key: str
    title: str
    note: str
    enabled: bool


class CheckView(TypedDict):
    """A permission: yes, no, optional (missing but not needed) or unknown."""

    label: str
    state: str
    without: str
    fix: str


class ChoiceView(TypedDict):
    """A job to track or not."""

    id: str
    title: str
    meta: str
    selected: bool


def _check(line: credentials.CheckLine) -> CheckView:
    missing = "no" if line.required else "optional"
    state = "unknown" if line.granted is None else "yes" if line.granted else missing
    return CheckView(label=line.label, state=state, without=line.without, fix=line.fix)


def _choice(choice: connections.JobChoice, *, first_time: bool) -> ChoiceView:
    count = f"{choice.applications:,} applications" if choice.applications else ""
    return ChoiceView(
        id=str(choice.id),
        title=choice.title,
        meta=" · ".join(filter(None, (choice.location, choice.state, count))),
        selected=choice.state == "open" if first_time else choice.selected,
    )


class WizardState(Session):
    """The wizard. Credentials are kept on the server only, and only until they are saved."""

    step: int = 0
    cards: list[CardView] = []
    connector: str = ""
    title: str = ""
    prerequisites: list[str] = []
    fields: list[FieldView] = []
    lines: list[CheckView] = []
    account: str = ""
    remarks: list[str] = []
    trouble: str = ""
    usable: bool = False
    busy: bool = False
    choices: list[ChoiceView] = []
    skip_rejected: bool = False
    write_back: bool = True
    connection: str = ""
    loaded: bool = False
    _values: dict[str, str] = {}

    @rx.var
    def chosen(self) -> int:
        """How many jobs are chosen."""
        return sum(choice["selected"] for choice in self.choices)

    @rx.var
    def missing(self) -> int:
        """How many permissions are not there, needed or not."""
        return sum(line["state"] in {"no", "optional"} for line in self.lines)

    @rx.event
    @opening
    async def load(self) -> None:
        """Begin, or go on where a connection was left before its jobs were chosen."""
        self.reset()
        actor = await self._enter("connection")
        self.cards = [
            CardView(key=card.key, title=card.title, note=card.note, enabled=card.enabled)
            for card in await credentials.catalog(actor)
        ]
        begun = asked(self, "connection")
        if begun:
            found = await connections.connection(actor, identifier(begun))
            self.connection, self.title = str(found.id), found.title
            self.skip_rejected, self.write_back = not found.include_rejected, found.write_back
            self._show_jobs(await connections.job_choices(actor, found.id), first_time=found.state == "new")
        self.loaded = True

    @rx.event
    @guarded
    async def choose(self, key: str) -> None:
        """Take a connector."""
        cards = {card.key: card for card in await credentials.catalog(await self._actor())}
        if key not in cards:
            raise Invalid("This connector is not installed.", "Reload the page.")
        if key != self.connector:
            self._values, self.lines = {}, []
        self.connector, self.title, self.trouble = key, cards[key].title, ""
        self.prerequisites = list(cards[key].prerequisites)
        kept = dict.fromkeys(self._values, True)
        self.fields = field_views(cards[key].fields, self._values, kept)
        self.step = 1

    @rx.event
    def go(self, step: int) -> None:
        """Back to a step that was reached before; nothing goes back to before a saved connection."""
        if step < self.step and not self.connection:
            self.step, self.trouble = step, ""

    @rx.event
    async def check(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Try what was entered."""
        self._values |= {name: str(value) for name, value in form.items() if str(value).strip()}
        self.busy, self.trouble, self.lines, self.usable = True, "", [], False
        yield
        errors: dict[str, str] = {}
        try:
            errors = await self._try()
        except NotSignedIn:
            yield sign_in(self)
        except Told as error:
            self.trouble, errors = str(error), getattr(error, "fields", {})
        finally:
            self.busy = False
        self.fields = with_errors(self.fields, errors, self._values)

    async def _try(self) -> dict[str, str]:
        found = await credentials.check(await self._actor(), self.connector, self._values)
        self.lines = [_check(line) for line in found.lines]
        self.account, self.remarks = found.account, list(found.notices)
        self.trouble, self.usable = found.problem, found.usable
        if self.lines:
            self.step = 2
        return {found.problem_field: found.problem} if found.problem_field else {}

    @rx.event
    async def connect(self) -> AsyncIterator[Any]:
        """Save, and read the list of jobs."""
        if self.connection:
            return
        self.busy, self.trouble = True, ""
        yield
        try:
            actor = await self._actor()
            made = await connections.connect(actor, self.connector, self._values)
            self.connection, self._values = str(made), {}
            self._show_jobs(await connections.job_choices(actor, made), first_time=True)
        except NotSignedIn:
            yield sign_in(self)
        except Told as error:
            self.trouble = str(error)
        finally:
            self.busy = False

    def _show_jobs(self, choices: Sequence[connections.JobChoice], *, first_time: bool) -> None:
        self.choices = [_choice(choice, first_time=first_time) for choice in choices]
        self.step = 3

    @rx.event
    def toggle(self, job: str) -> None:
        """Track a job, or not."""
        self.choices = [
            ChoiceView(**{**choice, "selected": not choice["selected"]}) if choice["id"] == job else choice
            for choice in self.choices
        ]

    @rx.event
    def choose_all(self, selected: bool) -> None:
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
            await self._actor(),
            identifier(self.connection),
            job_ids=[identifier(choice["id"]) for choice in self.choices if choice["selected"]],
            include_rejected=not self.skip_rejected,
            write_back=self.write_back,
        )
        return rx.redirect(f"/settings/integrations/{self.connection}")

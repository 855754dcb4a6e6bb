"""Settings > Plugins and Settings > Members."""

from typing import Any, TypedDict

import reflex as rx

from core.domain.words import ROLE_LABEL
from core.errors import Invalid
from core.services import members, plugins
from ui.state.session import Session, guarded, identifier, opening
from ui.words import iso


class PluginView(TypedDict):
    """A plugin."""

    key: str
    title: str
    state: str
    kinds: str
    description: str
    version: str
    enabled: bool
    usable: bool
    problem: str


class PluginsState(Session):
    """Which plugins the tenant uses."""

    rows: list[PluginView] = []
    loaded: bool = False

    @rx.event
    @opening
    async def load(self) -> None:
        """Show the plugins."""
        await self._enter("settings")
        await self._fill()

    async def _fill(self) -> None:
        self.rows = [
            PluginView(
                key=row.key,
                title=row.title,
                state=row.state,
                kinds=", ".join(row.kinds) or "events",
                description=row.description,
                version=row.version,
                enabled=row.enabled,
                usable=row.allowed and row.state == "ready",
                problem=row.problem or ("" if row.allowed else "The operator does not allow this plugin."),
            )
            for row in await plugins.list_plugins(await self._actor())
        ]
        self.loaded = True

    @rx.event
    @guarded
    async def switch(self, key: str, enabled: bool) -> Any:
        """On or off, effective at once."""
        try:
            await plugins.set_enabled(await self._actor(), key, enabled)
        finally:
            await self._fill()
        title = next((row["title"] for row in self.rows if row["key"] == key), key)
        return rx.toast.success(f"{title} is {'on' if enabled else 'off'}.")


class MemberView(TypedDict):
    """A member."""

    id: str
    name: str
    email: str
    role: str
    role_label: str
    active: bool
    seen: str


class MembersState(Session):
    """Who uses Shortlist."""

    rows: list[MemberView] = []
    loaded: bool = False
    errors: dict[str, str] = {}
    added: int = 0

    @rx.event
    @opening
    async def load(self) -> None:
        """Show the members."""
        self.errors = {}
        await self._enter("settings")
        await self._fill()

    async def _fill(self) -> None:
        self.rows = [
            MemberView(
                id=str(row.id),
                name=row.name,
                email=row.email,
                role=row.role,
                role_label=ROLE_LABEL[row.role],
                active=row.active,
                seen=iso(row.last_seen_at),
            )
            for row in await members.list_members(await self._actor())
        ]
        self.loaded = True

    @rx.event
    @guarded
    async def add(self, form: dict[str, Any]) -> Any:
        """Add a member."""
        # What is refused next may be something else, which no field is to be blamed for.
        self.errors = {}
        try:
            await members.add_member(
                await self._actor(),
                str(form.get("name", "")),
                str(form.get("email", "")),
                form.get("role", "recruiter"),
                str(form.get("password", "")),
            )
        except Invalid as error:
            self.errors = error.fields
            raise
        self.added += 1
        await self._fill()
        return rx.toast.success("Member added. Tell them the password; they can sign in now.")

    @rx.event
    @guarded
    async def set_role(self, member: str, role: Any) -> None:
        """Give a member another role."""
        try:
            await members.set_role(await self._actor(), identifier(member), role)
        finally:
            await self._fill()

    @rx.event
    @guarded
    async def set_active(self, member: str, active: bool) -> None:
        """Let a member in, or keep them out at once."""
        try:
            await members.set_active(await self._actor(), identifier(member), active)
        finally:
            await self._fill()

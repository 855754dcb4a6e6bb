"""Settings > Plugins and Settings > Members."""

from typing import Any, TypedDict
from uuid import UUID

import reflex as rx

from core.domain.words import ROLE_LABEL
from core.errors import Invalid
from core.services import members, plugins
from ui.state.session import Session, guarded
from ui.words import ago


class PluginView(TypedDict):
    """A plugin."""

    key: str
    title: str
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
    @guarded
    async def load(self) -> None:
        await self.enter("settings")
        await self._fill()

    async def _fill(self) -> None:
        self.rows = [
            PluginView(
                key=row.key,
                title=row.title,
                kinds=", ".join(row.kinds) or "events",
                description=row.description,
                version=row.version,
                enabled=row.enabled,
                usable=row.allowed and row.state == "ready",
                problem=row.problem or ("" if row.allowed else "The operator does not allow this plugin."),
            )
            for row in await plugins.list_plugins(await self.actor())
        ]
        self.loaded = True

    @rx.event
    @guarded
    async def switch(self, key: str, enabled: bool) -> Any:
        """On or off, effective at once."""
        await plugins.set_enabled(await self.actor(), key, enabled)
        await self._fill()
        return rx.toast.success(f"{key} is {'on' if enabled else 'off'}.")


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

    @rx.event
    @guarded
    async def load(self) -> None:
        await self.enter("settings")
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
                seen=ago(row.last_seen_at) or "never",
            )
            for row in await members.list_members(await self.actor())
        ]
        self.loaded = True

    @rx.event
    @guarded
    async def add(self, form: dict[str, Any]) -> Any:
        """Add a member."""
        try:
            await members.add_member(
                await self.actor(),
                str(form.get("name", "")),
                str(form.get("email", "")),
                form.get("role", "recruiter"),
                str(form.get("password", "")),
            )
        except Invalid as error:
            self.errors = error.fields
            raise
        self.errors = {}
        await self._fill()
        return rx.toast.success("Member added. Tell them the password; they can sign in now.")

    @rx.event
    @guarded
    async def set_role(self, member: str, role: Any) -> None:
        await members.set_role(await self.actor(), UUID(member), role)
        await self._fill()

    @rx.event
    @guarded
    async def set_active(self, member: str, active: bool) -> None:
        await members.set_active(await self.actor(), UUID(member), active)
        await self._fill()

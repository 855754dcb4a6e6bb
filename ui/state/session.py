"""Who is looking: every event asks the cookie again, because a browser may call any event it likes."""

import functools
from collections.abc import Awaitable, Callable
from typing import Any, TypedDict
from urllib.parse import quote
from uuid import UUID

import reflex as rx

from core.domain.permissions import may
from core.errors import NotFound, NotSignedIn, Told
from core.services import access, notices
from core.services.access import Actor
from ui import live
from ui.words import iso

Handler = Callable[..., Awaitable[Any]]


class NoticeView(TypedDict):
    """A notice in the bell."""

    id: str
    title: str
    body: str
    link: str
    at: str
    seen: bool


class Session(rx.State):
    """The signed-in member as the shell shows them; `problem` is why the page cannot be shown."""

    name: str = ""
    initials: str = ""
    role: str = ""
    tenant: str = ""
    unseen: int = 0
    notices: list[NoticeView] = []
    ready: bool = False
    problem: str = ""
    hint: str = ""

    @rx.var
    def is_admin(self) -> bool:
        return self.role == "admin"

    @rx.var
    def may_move(self) -> bool:
        return may(self.role, "move")

    @rx.var
    def may_prove(self) -> bool:
        return may(self.role, "prove")

    async def _actor(self) -> Actor:
        """The member behind this tab's cookies; raises NotSignedIn."""
        return await access.require_actor(self.router.headers.cookie)

    async def _enter(self, topic: str, subject: str = "") -> Actor:
        """Identify the viewer, fill the shell and have changes of the topic rung here."""
        actor = await self._actor()
        shell = await self.get_state(Session)
        shell.name, shell.role, shell.tenant = actor.name, actor.role, actor.tenant_name
        shell.initials = "".join(word[0].upper() for word in actor.name.split()[:2])
        shell.unseen = await notices.unseen(actor)
        shell.problem = shell.hint = ""
        shell.ready = True
        token = self.router.session.client_token
        live.subscribe(token, actor.tenant_id, actor.member_id, topic, subject)
        return actor


def identifier(text: str) -> UUID:
    """The id in an address; raises NotFound for anything else."""
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound(
            "There is nothing under this address.", "Check the link, or go back to Jobs."
        ) from error


def guarded(handler: Handler) -> Handler:
    """Errors of ours become a sentence on the screen, a missing session the way to sign in."""

    @functools.wraps(handler)
    async def run(self: Any, *arguments: Any, **named: Any) -> Any:
        try:
            return await handler(self, *arguments, **named)
        except NotSignedIn:
            return sign_in(self)
        except Told as error:
            return rx.toast.error(error.message, description=error.hint, duration=8000)

    return run


def opening(handler: Handler) -> Handler:
    """Like `guarded`, for events that open a page: what goes wrong stands in the page's place."""

    @functools.wraps(handler)
    async def run(self: Any, *arguments: Any, **named: Any) -> Any:
        try:
            return await handler(self, *arguments, **named)
        except NotSignedIn:
            return sign_in(self)
        except Told as error:
            shell = await self.get_state(Session)
            shell.problem, shell.hint = error.message, error.hint
            return None

    return run


def sign_in(state: rx.State) -> Any:
    """The way to the log-in page, and back here afterwards."""
    return rx.redirect(f"/login?next={quote(state.router.url.path or '/jobs', safe='/')}")


class Bell(Session):
    """The bell in the upper right corner."""

    @rx.event
    @guarded
    async def look(self) -> None:
        """Show the newest notices, which marks them as seen."""
        actor = await self._actor()
        self.notices = [
            NoticeView(
                id=str(row.id), title=row.title, body=row.body, link=row.link, at=iso(row.at), seen=row.seen
            )
            for row in await notices.list_notices(actor)
        ]
        await notices.mark_seen(actor)
        self.unseen = 0

    @rx.event
    @guarded
    async def refresh(self) -> Any:
        """A notice came in."""
        actor = await self._actor()
        before, self.unseen = self.unseen, await notices.unseen(actor)
        if self.unseen <= before:
            return None
        newest = (await notices.list_notices(actor, limit=1))[0]
        return rx.toast.info(newest.title, description=newest.body)


__all__ = ["Bell", "NoticeView", "Session", "guarded", "identifier", "opening", "sign_in"]

"""Who is looking: every event asks the cookie again, because a browser may call any event it likes."""

import functools
from collections.abc import Awaitable, Callable
from typing import Any, TypedDict

import reflex as rx

from core.errors import NotSignedIn, ShortlistError
from core.services import access, notices
from core.services.access import Actor
from ui import live
from ui.words import ago

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
    """The signed-in member as the shell shows them."""

    name: str = ""
    initials: str = ""
    role: str = ""
    tenant: str = ""
    unseen: int = 0
    notices: list[NoticeView] = []
    ready: bool = False
    problem: str = ""

    @rx.var
    def is_admin(self) -> bool:
        return self.role == "admin"

    async def actor(self) -> Actor:
        """The member behind this tab's cookies; raises NotSignedIn."""
        return await access.require_actor(self.router.headers.cookie)

    async def enter(self, topic: str, subject: str = "") -> Actor:
        """Identify the viewer, fill the shell and have changes of the topic rung here."""
        actor = await self.actor()
        shell = await self.get_state(Session)
        shell.name, shell.role, shell.tenant = actor.name, actor.role, actor.tenant_name
        shell.initials = "".join(word[0].upper() for word in actor.name.split()[:2])
        shell.unseen = await notices.unseen(actor)
        shell.ready = True
        token = self.router.session.client_token
        live.subscribe(token, actor.tenant_id, actor.member_id, topic, subject)
        return actor


def guarded(handler: Handler) -> Handler:
    """Errors of ours become a sentence on the screen, a missing session the way to sign in."""

    @functools.wraps(handler)
    async def run(self: Any, *arguments: Any, **named: Any) -> Any:
        try:
            return await handler(self, *arguments, **named)
        except NotSignedIn:
            target = self.router.url.path or "/jobs"
            return rx.redirect(f"/login?next={target}")
        except ShortlistError as error:
            return rx.toast.error(error.message, description=error.hint, duration=8000)

    return run


class Bell(Session):
    """The bell in the upper right corner."""

    open: bool = False

    @rx.event
    @guarded
    async def toggle(self) -> None:
        """Open the list, which marks everything as seen, or close it."""
        actor = await self.actor()
        self.open = not self.open
        if not self.open:
            return
        self.notices = [
            NoticeView(
                id=str(row.id), title=row.title, body=row.body, link=row.link, at=ago(row.at), seen=row.seen
            )
            for row in await notices.list_notices(actor)
        ]
        await notices.mark_seen(actor)
        self.unseen = 0

    @rx.event
    @guarded
    async def refresh(self) -> Any:
        """A notice came in."""
        actor = await self.actor()
        before, self.unseen = self.unseen, await notices.unseen(actor)
        if self.unseen <= before:
            return None
        newest = (await notices.list_notices(actor, limit=1))[0]
        return rx.toast.success(newest.title, description=newest.body)


__all__ = ["Bell", "NoticeView", "Session", "guarded"]

"""The Reflex application: its pages, with Litestar as the ASGI root around it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import reflex as rx
from litestar import Litestar
from reflex.state import StateUpdate
from reflex_base.event import Event

from core.app import create_app
from ui.components.connection import connection_lost
from ui.faults import event_failed, screen_failed
from ui.live import ringing
from ui.pages import (
    audit,
    board,
    disagreements,
    enter,
    integration,
    jobs,
    notifiers,
    profile,
    requirements,
    scoring,
    settings,
    wizard,
)
from ui.state.admin import MembersState, PluginsState
from ui.state.audit import AuditState
from ui.state.board import BoardState
from ui.state.disagreements import DisagreementsState
from ui.state.integrations import IntegrationsState
from ui.state.jobs import JobsState, TasksState
from ui.state.notifiers import NotifiersState
from ui.state.profile import ProfileState
from ui.state.rubric import RubricState
from ui.state.scoring import ScoringState
from ui.state.session import Bell
from ui.state.wizard import WizardState

STYLES = ("shortlist", "profile", "whatif", "requirements", "scoring", "audit")
"""The look of all screens, then what single screens add to it: of two rules alike the later one holds."""


class ShortlistApp(rx.App):
    """Every runner calls the app to get what it serves: that is Litestar, with Reflex below it."""

    def __call__(self) -> Any:
        # engine.io reads None as "same origin only"; a list, even an empty one, turns its check off.
        self.sio.eio.cors_allowed_origins = None  # type: ignore[union-attr]
        reflex_asgi: Any = super().__call__()

        @asynccontextmanager
        async def screens(_: Litestar) -> AsyncIterator[None]:
            async with reflex_asgi.router.lifespan_context(reflex_asgi), ringing(ring):
                yield

        return create_app(reflex_asgi=reflex_asgi, lifespan=[screens])


app = ShortlistApp(
    head_components=[
        *(rx.el.link(rel="stylesheet", href=rx.asset(f"{name}.css", shared=True)) for name in STYLES),
        rx.el.link(rel="icon", type="image/svg+xml", href=rx.asset("shortlist.svg", shared=True)),
    ],
    # Never over the profile, whose quotes reach down to the edge of the screen.
    toaster=rx.toast.provider(position="bottom-left", rich_colors=True),
    extra_app_wraps={(5, "Overlay"): lambda stateful: connection_lost() if stateful else None},
    backend_exception_handler=event_failed,
    frontend_exception_handler=screen_failed,
)

_RUNG = {
    "board": BoardState.refresh,
    "jobs": lambda _: JobsState.refresh(),
    "connection": lambda _: IntegrationsState.refresh(),
    "profile": lambda _: ProfileState.refresh(),
    "notice": lambda _: Bell.refresh(),
}


async def ring(token: str, topic: str, parts: list[str]) -> bool:
    """Ask a tab to send an event itself: it comes back with its own cookie, so rights hold."""
    names = app.event_namespace
    if names is None or topic not in _RUNG:
        return True
    if not await names._token_manager.is_token_connected(token):  # the one private name we need
        return False
    await names.emit_update(StateUpdate(events=Event.from_event_type(_RUNG[topic](parts))), token)
    return True


def _add(page: Any, route: str, title: str, on_load: Any = None) -> None:
    app.add_page(page, route=route, title=f"{title} · Shortlist", on_load=on_load)


_add(enter.start, "/", "Shortlist", enter.EnterState.load_start)
_add(enter.login, "/login", "Sign in", enter.EnterState.load_login)
_add(enter.setup, "/setup", "Set up", enter.EnterState.load_setup)
_add(jobs.jobs, "/jobs", "Jobs", JobsState.load)
_add(jobs.review, "/review", "Review", TasksState.load)
_add(jobs.help_page, "/help", "Help", TasksState.load_help)
_add(board.board, "/jobs/[job_id]", "Board", [BoardState.load, ProfileState.load_linked])
_add(requirements.requirements, "/jobs/[job_id]/requirements", "Requirements", RubricState.load)
_add(profile.profile, "/applications/[application_id]", "Application", ProfileState.load)
_add(settings.integrations, "/settings/integrations", "Integrations", IntegrationsState.load)
_add(wizard.wizard, "/settings/integrations/new", "Add integration", WizardState.load)
_add(
    integration.integration,
    "/settings/integrations/[connection_id]",
    "Integration",
    IntegrationsState.load_one,
)
_add(scoring.scoring, "/settings/scoring", "Scoring", ScoringState.load)
_add(scoring.scorer, "/settings/scoring/scorers/[scorer_key]", "Scorer", ScoringState.load_one)
_add(disagreements.disagreements, "/settings/scoring/disagreements", "Disagreements", DisagreementsState.load)
_add(settings.plugins, "/settings/plugins", "Plugins", [PluginsState.load, NotifiersState.load])
_add(notifiers.notifier, "/settings/plugins/notifiers/[notifier_key]", "Notifier", NotifiersState.load_one)
_add(settings.members, "/settings/members", "Members", MembersState.load)
_add(audit.audit, "/settings/audit", "Bias audit", AuditState.load)
_add(jobs.not_found, "/404", "Not found")

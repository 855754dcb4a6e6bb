"""What stands around every page: rail, breadcrumb, bell, member; and the states every page has."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.style import set_color_mode

from ui.components.behaviour import NativeForm, Popover, When
from ui.components.icons import icon
from ui.state.session import Bell, Session

Component = rx.Component
Crumbs = list[tuple[Any, str]]


def page(*content: Any, crumbs: Crumbs, wide: bool = False, **props: Any) -> Component:
    """A page inside the shell; a crumb is (text, address), the last one is where we are."""
    return rx.el.div(
        rx.el.a("Skip to content", href="#main", class_name="skip"),
        _rail(),
        rx.el.div(
            _top(crumbs),
            rx.el.main(
                *content,
                id="main",
                class_name="main wide" if wide else "main",
                **{"tab_index": -1, **props},
            ),
            class_name="stage",
        ),
        class_name="shell",
    )


def _rail() -> Component:
    return rx.el.nav(
        rx.el.a(_logo(), rx.el.span("Shortlist", class_name="rail-text"), href="/jobs", class_name="logo", aria_label="Shortlist"),
        _link("Jobs", "briefcase", "/jobs", rx.cond(Session.router.url.path.startswith("/applications"), "/applications", "/jobs")),
        rx.cond(Session.may_move, _link("Review", "list-checks", "/review", "/review")),
        rx.cond(Session.is_admin, _link("Settings", "settings", "/settings/integrations", "/settings")),
        _link("Help", "circle-help", "/help", "/help"),
        class_name="rail",
        aria_label="Main",
    )  # fmt: skip


def _link(label: str, shape: str, target: str, under: Any) -> Component:
    return rx.el.a(
        icon(shape),
        rx.el.span(label, class_name="rail-text"),
        href=target,
        class_name="rail-link",
        title=label,
        aria_label=label,
        aria_current=rx.cond(Session.router.url.path.startswith(under), "page", "false"),
    )


def _logo() -> Component:
    return rx.el.span(icon("list-filter", size=18), class_name="mark")


def _top(crumbs: Crumbs) -> Component:
    parts: list[Any] = []
    for place, (text, target) in enumerate(crumbs):
        if place:
            parts.append(rx.el.span("/", class_name="slash", aria_hidden="true"))
        last = place == len(crumbs) - 1
        parts.append(
            rx.el.h1(_here(text), class_name="crumb here")
            if last
            else rx.el.a(text, href=target, class_name="crumb")
        )
    return rx.el.header(
        rx.el.nav(*parts, class_name="crumbs", aria_label="Breadcrumb"),
        rx.el.div(_bell(), _member(), class_name="top-right"),
        class_name="top",
    )


def _here(text: Any) -> Any:
    """The last crumb; what could not be found has no name of its own."""
    if isinstance(text, str):
        return text
    return rx.cond(text == "", rx.cond(Session.problem == "", "", "Not found"), text)


def _bell() -> Component:
    return Popover.create(
        rx.fragment(
            icon("bell", size=18),
            rx.cond(Session.unseen > 0, rx.el.span(Session.unseen, class_name="badge")),
        ),
        rx.el.h2("Notices"),
        rx.cond(
            Bell.notices.length() > 0,
            rx.foreach(Bell.notices, _notice),
            rx.el.p(
                "Nothing yet. You hear here when an integration is connected, or needs you.",
                class_name="muted",
            ),
        ),
        label=rx.cond(Session.unseen > 0, f"Notices, {Session.unseen} new", "Notices"),
        face="icon-button",
        panel="popover notices",
        on_open=Bell.look,
        id="bell",
    )


def _notice(notice: Any) -> Component:
    return rx.el.a(
        rx.el.strong(notice["title"]),
        rx.el.span(notice["body"], class_name="muted"),
        When.create(at=notice["at"], class_name="muted small"),
        href=notice["link"],
        class_name=rx.cond(notice["seen"], "notice", "notice new"),
        key=notice["id"],
    )


def _member() -> Component:
    themes = (("As the system", "monitor", "system"), ("Light", "sun", "light"), ("Dark", "moon", "dark"))
    return Popover.create(
        rx.el.span(Session.initials, class_name="avatar"),
        rx.el.div(
            rx.el.strong(Session.name), rx.el.span(Session.tenant, class_name="muted"), class_name="menu-head"
        ),
        *(
            rx.el.button(
                icon(shape),
                label,
                type="button",
                class_name="menu-item",
                role="menuitem",
                on_click=set_color_mode(mode),
            )
            for label, shape, mode in themes
        ),
        rx.el.hr(),
        NativeForm.create(
            rx.el.button(icon("log-out"), "Sign out", type="submit", class_name="menu-item"),
            action="/auth/logout",
            method="post",
        ),
        label="Your account",
        face="icon-button",
        panel="popover menu",
        menu=True,
        id="member",
    )


def loading(ready: Any, content: Any, rows: int = 6) -> Component:
    """The content; grey lines that appear only when it takes a moment; or why there is none."""
    skeleton = rx.el.div(
        *(rx.el.div(class_name="bone") for _ in range(rows)),
        class_name="skeleton",
        aria_busy="true",
        aria_label="Loading",
    )
    trouble = rx.el.div(
        icon("circle-alert", size=20),
        rx.el.h2(Session.problem),
        rx.el.p(Session.hint),
        rx.el.a("Go to Jobs", href="/jobs", class_name="button"),
        class_name="empty",
        role="alert",
    )
    return rx.cond(ready, content, rx.cond(Session.problem != "", trouble, skeleton))


def empty(title: str, text: Any, *actions: Component) -> Component:
    """What a list is for, and the next step."""
    return rx.el.div(rx.el.h2(title), rx.el.p(text), *actions, class_name="empty")


def alert(shape: str, *content: Any, calm: bool = False, **props: Any) -> Component:
    """A sentence that must be noticed."""
    return rx.el.div(icon(shape), rx.el.div(*content), class_name="alert calm" if calm else "alert", **props)


def admins_only(content: Callable[[], Component]) -> Component:
    """The page for admins; a sentence for everybody else."""
    return rx.cond(
        Session.ready & ~Session.is_admin,
        empty("Only admins change settings", "Ask an admin of your team if something should be different."),
        content(),
    )


def settings_tabs(here: str) -> Component:
    """The parts of the settings."""
    parts = (
        ("Integrations", "/settings/integrations"),
        ("Scoring", "/settings/scoring"),
        ("Plugins", "/settings/plugins"),
        ("Members", "/settings/members"),
        ("Bias audit", "/settings/audit"),
    )
    return rx.el.nav(
        *(
            rx.el.a(label, href=target, class_name="tab", aria_current="page" if label == here else "false")
            for label, target in parts
        ),
        class_name="tabs",
        aria_label="Settings",
    )

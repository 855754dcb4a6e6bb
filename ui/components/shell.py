"""What stands around every page: rail, breadcrumb, bell, member."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.style import set_color_mode

from ui.components.behaviour import NativeForm
from ui.state.session import Bell, Session

Component = rx.Component
_RAIL = (
    ("Jobs", "briefcase", "/jobs"),
    ("Review", "list-checks", "/review"),
    ("Settings", "settings", "/settings/integrations"),
    ("Help", "circle-help", "/help"),
)


def icon(name: str, **props: Any) -> Component:
    """A lucide icon at the size of the text around it."""
    return rx.icon(name, size=props.pop("size", 16), stroke_width=1.75, aria_hidden="true", **props)


def page(*content: Any, crumbs: list[tuple[Any, str]], wide: bool = False) -> Component:
    """A page inside the shell; a crumb is (text, address), the last one is where we are."""
    return rx.el.div(
        rx.el.a("Skip to content", href="#main", class_name="skip"),
        _rail(),
        rx.el.div(
            _top(crumbs),
            rx.el.main(*content, id="main", class_name="main wide" if wide else "main", tab_index=-1),
            class_name="stage",
        ),
        class_name="shell",
    )


def _rail() -> Component:
    return rx.el.nav(
        rx.el.a(_logo(), rx.el.span("Shortlist", class_name="rail-text"), href="/jobs", class_name="logo"),
        *(
            rx.el.a(
                icon(name), rx.el.span(label, class_name="rail-text"), href=target, class_name="rail-link",
                title=label, aria_label=label,
                aria_current=rx.cond(Session.router.url.path.startswith(target.rsplit("/", 1)[0] if label == "Settings" else target), "page", "false"),
            )
            for label, name, target in _RAIL
        ),
        class_name="rail",
        aria_label="Main",
    )  # fmt: skip


def _logo() -> Component:
    return rx.el.span(icon("list-filter", size=18), class_name="mark")


def _top(crumbs: list[tuple[Any, str]]) -> Component:
    parts: list[Any] = []
    for place, (text, target) in enumerate(crumbs):
        if place:
            parts.append(rx.el.span("/", class_name="slash", aria_hidden="true"))
        last = place == len(crumbs) - 1
        parts.append(rx.el.h1(text, class_name="crumb here") if last else rx.el.a(text, href=target, class_name="crumb"))
    return rx.el.header(
        rx.el.div(*parts, class_name="crumbs"),
        rx.el.div(_bell(), _member(), class_name="top-right"),
        class_name="top",
    )


def _bell() -> Component:
    return rx.el.div(
        rx.el.button(
            icon("bell", size=18),
            rx.cond(Session.unseen > 0, rx.el.span(Session.unseen, class_name="badge")),
            on_click=Bell.toggle,
            class_name="icon-button",
            aria_label=rx.cond(Session.unseen > 0, f"Notices, {Session.unseen} new", "Notices"),
            aria_expanded=rx.cond(Bell.open, "true", "false"),
            type="button",
            id="bell",
        ),
        rx.cond(
            Bell.open,
            rx.el.div(
                rx.el.h2("Notices"),
                rx.cond(
                    Bell.notices.length() > 0,
                    rx.foreach(
                        Bell.notices,
                        lambda notice: rx.el.a(
                            rx.el.strong(notice["title"]),
                            rx.el.span(notice["body"], class_name="muted"),
                            rx.el.time(notice["at"], class_name="muted"),
                            href=notice["link"],
                            class_name=rx.cond(notice["seen"], "notice", "notice new"),
                        ),
                    ),
                    rx.el.p("Nothing yet. You hear here when an integration is connected or needs you.", class_name="muted"),
                ),
                class_name="popover notices",
            ),
        ),
        class_name="anchor",
    )


def _member() -> Component:
    return rx.el.details(
        rx.el.summary(
            rx.el.span(Session.initials, class_name="avatar"), aria_label="Your account", class_name="icon-button"
        ),
        rx.el.div(
            rx.el.strong(Session.name),
            rx.el.span(Session.tenant, class_name="muted"),
            rx.el.hr(),
            rx.el.div(
                *(
                    rx.el.button(
                        icon(name), label, type="button", class_name="menu-item", on_click=set_color_mode(mode)
                    )
                    for label, name, mode in (
                        ("As the system", "monitor", "system"),
                        ("Light", "sun", "light"),
                        ("Dark", "moon", "dark"),
                    )
                )
            ),
            rx.el.hr(),
            NativeForm.create(
                rx.el.button(icon("log-out"), "Sign out", type="submit", class_name="menu-item"),
                action="/auth/logout",
                method="post",
            ),
            class_name="popover menu",
        ),
        class_name="anchor",
    )


def loading(ready: Any, content: Any, rows: int = 6) -> Component:
    """The content, or grey lines that appear only when it takes a moment."""
    skeleton = rx.el.div(
        *(rx.el.div(class_name="bone") for _ in range(rows)),
        class_name="skeleton",
        aria_busy="true",
        aria_label="Loading",
    )
    return rx.cond(ready, content, skeleton)


def empty(title: str, text: Any, action: Component | None = None) -> Component:
    """What a list is for, and the next step."""
    return rx.el.div(
        rx.el.h2(title), rx.el.p(text), *([action] if action else []), class_name="empty"
    )


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
        ("Plugins", "/settings/plugins"),
        ("Members", "/settings/members"),
    )
    return rx.el.nav(
        *(
            rx.el.a(label, href=target, class_name="tab", aria_current="page" if label == here else "false")
            for label, target in parts
        ),
        class_name="tabs",
        aria_label="Settings",
    )

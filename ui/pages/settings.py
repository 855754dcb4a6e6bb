"""Settings: integrations, plugins, members."""

from typing import Any

import reflex as rx

from core.domain.words import ROLE_LABEL
from ui.components.behaviour import When
from ui.components.icons import icon
from ui.components.shell import admins_only, empty, loading, page, settings_tabs
from ui.pages.notifiers import notifiers
from ui.state.admin import MembersState, PluginsState
from ui.state.integrations import IntegrationsState
from ui.state.notifiers import NotifiersState


def integrations() -> rx.Component:
    """The list of integrations."""
    add = rx.el.a(
        icon("plus", size=14),
        "Add integration",
        href="/settings/integrations/new",
        class_name="button primary",
    )
    return page(
        settings_tabs("Integrations"),
        admins_only(
            lambda: loading(
                IntegrationsState.loaded,
                rx.cond(
                    IntegrationsState.rows.length() > 0,
                    rx.fragment(
                        rx.el.div(add, class_name="toolbar"),
                        rx.el.ul(rx.foreach(IntegrationsState.rows, _connection), class_name="list"),
                    ),
                    empty(
                        "Nothing is connected yet",
                        "Connect the ATS your team uses. It takes about five minutes.",
                        add,
                    ),
                ),
            )
        ),
        crumbs=[("Settings", "/settings/integrations"), ("Integrations", "")],
    )


def _state(row: Any) -> rx.Component:
    return rx.el.span(row["state_label"], class_name="state", data_state=row["state"])


def _connection(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.a(row["title"], href=f"/settings/integrations/{row['id']}", class_name="row-link"),
                _state(row),
                class_name="with-state",
            ),
            rx.el.p(
                row["account"],
                " · ",
                row["jobs"],
                " jobs · synced ",
                When.create(at=row["synced"], never="not yet"),
                class_name="muted",
            ),
            rx.cond(
                row["state"] == "needs_attention", rx.el.p(row["text"], " ", row["fix"], class_name="warn")
            ),
        ),
        rx.cond(
            row["state"] == "new",
            rx.el.a(
                "Choose jobs",
                href=f"/settings/integrations/new?connection={row['id']}",
                class_name="button primary",
            ),
            rx.el.a("Open", href=f"/settings/integrations/{row['id']}", class_name="button"),
        ),
        class_name="item",
        key=row["id"],
    )


def plugins() -> rx.Component:
    """Which plugins the tenant uses."""
    return page(
        settings_tabs("Plugins"),
        admins_only(
            lambda: loading(
                PluginsState.loaded,
                rx.fragment(
                    rx.el.p(
                        "What this instance can connect to, score with and notify through. Switching a plugin off "
                        "takes effect with the next call; nothing that was read is lost.",
                        class_name="muted intro",
                    ),
                    rx.el.ul(rx.foreach(PluginsState.rows, _plugin), class_name="list"),
                    notifiers(),
                ),
            )
        ),
        crumbs=[("Settings", "/settings/integrations"), ("Plugins", "")],
    )


def _plugin(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.strong(row["title"]),
                rx.el.span(row["kinds"], class_name="chip"),
                rx.el.span(row["version"], class_name="muted num"),
                rx.cond(
                    row["state"] != "ready",
                    rx.el.span(row["state"], class_name="state", data_state="needs_attention"),
                ),
                class_name="with-state",
            ),
            rx.el.p(row["description"], class_name="muted"),
            rx.cond(
                row["problem"] != "",
                rx.el.p(icon("triangle-alert", size=13), row["problem"], class_name="warn"),
            ),
        ),
        rx.el.label(
            rx.el.input(
                type="checkbox",
                checked=row["enabled"],
                disabled=~row["usable"].to(bool),
                on_change=lambda on: [PluginsState.switch(row["key"], on), NotifiersState.refresh()],
                role="switch",
            ),
            rx.el.span(
                rx.cond(row["enabled"], "On", "Off"), rx.el.span(f": {row['title']}", class_name="sr-only")
            ),
            class_name="check",
        ),
        class_name="item",
        key=row["key"],
    )


def members() -> rx.Component:
    """Who uses Shortlist."""
    return page(
        settings_tabs("Members"),
        admins_only(
            lambda: rx.fragment(
                loading(
                    MembersState.loaded, rx.el.ul(rx.foreach(MembersState.rows, _member), class_name="list")
                ),
                rx.el.h2("Add a member"),
                rx.el.form(
                    _input("Name", "name", "text"),
                    _input("E-mail address", "email", "email"),
                    rx.el.label(
                        rx.el.span("Role"),
                        rx.el.select(
                            *(rx.el.option(label, value=role) for role, label in ROLE_LABEL.items()),
                            name="role",
                            default_value="recruiter",
                            class_name="input",
                        ),
                        class_name="field",
                    ),
                    _input("First password", "password", "password"),
                    rx.el.button("Add member", type="submit", class_name="button primary"),
                    on_submit=MembersState.add,
                    class_name="form",
                    key=MembersState.added.to_string(),
                ),
            )
        ),
        crumbs=[("Settings", "/settings/integrations"), ("Members", "")],
    )


def _input(label: str, name: str, kind: str) -> rx.Component:
    return rx.el.label(
        rx.el.span(label),
        rx.el.input(name=name, type=kind, required=True, class_name="input", auto_complete="off"),
        rx.cond(
            MembersState.errors.contains(name),
            rx.el.small(MembersState.errors[name], class_name="error", role="alert"),
        ),
        class_name="field",
    )


def _member(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(row["name"]),
            rx.cond(row["active"], "", rx.el.span(" cannot sign in", class_name="warn")),
            rx.el.p(
                row["email"],
                " · ",
                rx.cond(
                    row["seen"] == "",
                    "has not signed in yet",
                    rx.fragment("last seen ", When.create(at=row["seen"])),
                ),
                class_name="muted",
            ),
        ),
        rx.el.div(
            rx.el.select(
                *(rx.el.option(label, value=role) for role, label in ROLE_LABEL.items()),
                value=row["role"],
                on_change=lambda role: MembersState.set_role(row["id"], role),
                class_name="input",
                aria_label=f"Role of {row['name']}",
            ),
            rx.cond(
                row["active"],
                rx.el.button(
                    "Block",
                    on_click=MembersState.set_active(row["id"], False),
                    class_name="button quiet",
                    type="button",
                ),
                rx.el.button(
                    "Let in",
                    on_click=MembersState.set_active(row["id"], True),
                    class_name="button",
                    type="button",
                ),
            ),
            class_name="actions",
        ),
        class_name="item",
        key=row["id"],
    )

"""How notices leave Shortlist: the part of Settings > Plugins, and the page of one notifier."""

from typing import Any

import reflex as rx

from ui.components.fields import fields
from ui.components.icons import icon
from ui.components.shell import admins_only, alert, loading, page, settings_tabs
from ui.state.notifiers import CONFIRM, NotifiersState
from ui.state.plugin_form import HEAD

State = NotifiersState
one = State.one
_FORM = "notifier"


def notifiers() -> rx.Component:
    """The notifiers whose plugins are on, each with what becomes of notices through it."""
    return rx.el.section(
        rx.el.h2("Notices outside Shortlist"),
        rx.el.p(
            "Every notice is in the bell. What is set up here carries it to the same people as well.",
            class_name="muted intro",
        ),
        rx.cond(
            State.rows.length() > 0,
            rx.el.ul(rx.foreach(State.rows, _row), class_name="list"),
            rx.cond(
                State.listed,
                rx.el.p("No plugin that carries notices is on. Switch one on above.", class_name="muted"),
            ),
        ),
        aria_label="Notices outside Shortlist",
    )


def _row(row: Any) -> rx.Component:
    address = f"/settings/plugins/notifiers/{row['key']}"
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.a(row["title"], href=address, class_name="row-link"),
                _state(row),
                class_name="with-state",
            ),
            rx.el.p(row["text"], class_name=rx.cond(row["state"] == "needs_attention", "warn", "muted")),
        ),
        rx.el.a(
            rx.cond(row["set_up"], "Open", "Set up"),
            rx.el.span(row["title"], class_name="sr-only"),
            href=address,
            class_name="button",
        ),
        class_name="item",
        key=row["key"],
    )


def _state(row: Any) -> rx.Component:
    return rx.el.span(row["state_label"], class_name="state", data_state=row["state"])


def notifier() -> rx.Component:
    """The page of one notifier: state, settings, and the way out."""
    return page(
        settings_tabs("Plugins"),
        admins_only(
            lambda: loading(
                one["key"] != "",
                rx.el.div(
                    _status(),
                    rx.cond(one["enabled"], _settings()),
                    rx.cond(one["stored"], _forget()),
                    class_name="narrow",
                ),
            )
        ),
        crumbs=[("Settings", "/settings/integrations"), ("Plugins", "/settings/plugins"), (one["title"], "")],
    )


def _status() -> rx.Component:
    plugins = rx.el.a("Settings > Plugins", href="/settings/plugins", class_name="link")
    return rx.el.div(
        rx.el.div(_state(one), class_name="toolbar"),
        rx.match(
            one["state"],
            ("needs_attention", alert("triangle-alert", one["text"], role="alert")),
            ("off", alert("info", one["text"], " Switch it on under ", plugins, ".", calm=True)),
            rx.el.p(one["text"], role="status", class_name="below"),
        ),
        rx.cond(
            one["unreadable"],
            alert(
                "triangle-alert",
                rx.el.strong("The stored secrets cannot be decrypted any more: their key is lost."),
                " Enter them again and save. If somebody who runs this instance still has the key, putting "
                "it back into SHORTLIST_KEYS helps as well.",
                role="alert",
            ),
        ),
        rx.el.div(
            rx.cond(State.trouble != "", alert("triangle-alert", State.trouble, role="alert")),
            id=HEAD,
            tab_index=-1,
        ),
    )


def _settings() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Settings"),
        rx.cond(
            State.fields.length() > 0,
            rx.el.p(
                "They are checked before they are saved. A secret you leave empty stays as it is.",
                class_name="muted",
            ),
            rx.el.p(
                "It needs none: notices go out while its plugin is on. To stop them, switch the plugin off.",
                class_name="muted",
            ),
        ),
        rx.el.form(
            rx.cond(
                State.fields.length() > 0,
                rx.el.div(fields(State.fields, State), class_name="form", key=State.saved.to_string()),
            ),
            rx.el.div(
                rx.cond(State.fields.length() > 0, _save()),
                _check(),
                rx.el.span(
                    rx.cond(State.busy != "", "This may take half a minute.", ""),
                    class_name="muted small",
                    role="status",
                ),
                class_name="actions",
            ),
            on_submit=State.save,
            no_validate=True,
            id=_FORM,
        ),
        class_name="block",
    )


def _save() -> rx.Component:
    return rx.el.button(
        rx.cond(State.busy == "save", "Checking…", "Check and save"),
        type="submit",
        class_name="button primary",
    )


def _check() -> rx.Component:
    """Tries the form as it stands; only the browser knows what was typed."""
    typed: rx.Var[dict[str, Any]] = rx.Var(
        f"Object.fromEntries(new FormData(document.getElementById('{_FORM}')))",
        _var_type=dict[str, Any],
    )
    return rx.el.button(
        icon("plug-zap", size=14),
        rx.cond(
            State.busy == "check", "Checking…", rx.cond(State.fields.length() > 0, "Check only", "Check")
        ),
        on_click=State.check(typed),
        type="button",
        class_name="button",
    )


def _forget() -> rx.Component:
    return rx.el.form(
        rx.el.h2("Forget settings"),
        rx.el.p(one["forgetting"], class_name="muted"),
        rx.el.div(
            rx.el.label(
                rx.el.span("Type ", rx.el.strong(one["title"]), " to confirm"),
                rx.el.input(
                    name="confirm",
                    auto_complete="off",
                    class_name="input",
                    id=CONFIRM,
                    aria_invalid=rx.cond(State.unconfirmed != "", "true", "false"),
                ),
                rx.cond(
                    State.unconfirmed != "", rx.el.small(State.unconfirmed, class_name="error", role="alert")
                ),
                class_name="field",
            ),
            rx.el.button("Forget settings", type="submit", class_name="button danger"),
            class_name="form",
        ),
        on_submit=State.forget,
        class_name="block danger-zone",
    )

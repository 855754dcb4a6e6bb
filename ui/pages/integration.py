"""One integration's page: state, progress, problems, webhooks, credentials, and the way out."""

from typing import Any

import reflex as rx

from ui.components.behaviour import Countdown, When
from ui.components.fields import fields
from ui.components.icons import icon
from ui.components.shell import admins_only, alert, loading, page, settings_tabs
from ui.state.integrations import IntegrationsState

State = IntegrationsState
one = State.one


def integration() -> rx.Component:
    """The page."""
    return page(
        settings_tabs("Integrations"),
        admins_only(
            lambda: loading(
                State.loaded & (one["id"] != ""),
                rx.el.div(
                    _status(),
                    _progress(),
                    _set_aside(),
                    _webhooks(),
                    _credentials(),
                    _disconnect(),
                    class_name="narrow",
                ),
            )
        ),
        crumbs=[
            ("Settings", "/settings/integrations"),
            ("Integrations", "/settings/integrations"),
            (one["title"], ""),
        ],
    )


def _block(title: str, *content: Any, extra: str = "") -> rx.Component:
    return rx.el.section(rx.el.h2(title), *content, class_name=f"block {extra}".strip())


def _status() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.span(one["state_label"], class_name="state", data_state=one["state"]),
            rx.el.span("since ", When.create(at=one["since"]), class_name="muted"),
            rx.el.span(one["account"], class_name="muted push"),
            class_name="toolbar",
        ),
        rx.match(
            one["state"],
            (
                "needs_attention",
                alert("triangle-alert", rx.el.strong(one["text"]), " ", one["fix"], role="alert"),
            ),
            (
                "new",
                alert(
                    "list-checks",
                    "Choose the jobs to screen; nothing is read before that. ",
                    rx.el.a(
                        "Choose jobs",
                        href=f"/settings/integrations/new?connection={one['id']}",
                        class_name="link",
                    ),
                    calm=True,
                ),
            ),
            # "Everything is in sync" would deny what stands below it.
            rx.cond(
                (one["waiting"] == "") | (one["state"] != "active"),
                rx.el.p(one["text"], " ", one["fix"], role="status", class_name="below"),
            ),
        ),
        rx.cond(
            one["waiting"] != "",
            alert(
                "hourglass",
                "The service asks to slow down. Going on in ",
                Countdown.create(until=one["waiting"]),
                "; nothing is lost.",
                calm=True,
                role="status",
            ),
        ),
    )


def _progress() -> rx.Component:
    running = (one["state"] != "disconnected") & (one["state"] != "new")
    return _block(
        "Progress",
        rx.foreach(State.progress, _row),
        rx.el.p(
            "Last complete sync ", When.create(at=one["synced"], never="not yet"), " · ", one["jobs"], " jobs tracked · ",
            "prior rejected candidates are ", one["rejected"], " · writing back is ", one["write_back"],
            rx.cond(one["acting_user"] != "", rx.fragment(" as ", one["acting_user"])),
            class_name="muted",
        ),
        rx.cond(
            running,
            rx.el.div(
                rx.cond(
                    one["state"] == "paused",
                    rx.el.button(icon("play", size=14), "Resume", on_click=State.act("resume"), class_name="button primary", type="button"),
                    rx.fragment(
                        rx.el.button(icon("refresh-cw", size=14), "Sync now", on_click=State.act("sync_now"), class_name="button", type="button"),
                        rx.el.button(icon("pause", size=14), "Pause", on_click=State.act("pause"), class_name="button quiet", type="button"),
                    ),
                ),
                rx.el.a("Choose jobs", href=f"/settings/integrations/new?connection={one['id']}", class_name="button quiet"),
                class_name="actions",
            ),
        ),
    )  # fmt: skip


def _row(row: Any) -> rx.Component:
    return rx.el.div(
        rx.el.span(row["label"]),
        rx.el.div(
            rx.el.span(class_name="fill", style={"width": row["width"]}),
            class_name="meter",
            aria_hidden="true",
        ),
        rx.el.span(row["text"], class_name="num"),
        rx.el.span(
            rx.cond(row["problems"] > 0, rx.fragment(row["problems"], " failed"), ""), class_name="warn"
        ),
        class_name="progress",
    )


def _set_aside() -> rx.Component:
    return rx.cond(
        State.problems.length() > 0,
        _block(
            "Set aside",
            rx.el.p("These records could not be understood; everything else went on.", class_name="muted"),
            rx.el.ul(
                rx.foreach(
                    State.problems,
                    lambda problem: rx.el.li(rx.el.strong(problem["reference"]), " ", problem["message"]),
                ),
                class_name="plain",
            ),
        ),
    )


def _webhooks() -> rx.Component:
    return _block(
        "Webhooks",
        rx.el.p(
            "With webhooks new applications arrive within seconds. Last one received: ",
            When.create(at=one["webhook_seen"], never="none yet"),
            ".",
            class_name="muted",
        ),
        rx.el.div(
            rx.el.code(one["webhook_url"], class_name="copy"),
            rx.el.button(
                icon("copy", size=14),
                "Copy",
                on_click=[rx.set_clipboard(one["webhook_url"]), rx.toast.success("Address copied.")],
                class_name="button",
                type="button",
            ),
            class_name="copy-line",
        ),
        rx.cond(State.steps.length() > 0, rx.el.ol(rx.foreach(State.steps, rx.el.li), class_name="plain")),
        rx.cond(
            State.events.length() > 0,
            rx.el.details(
                rx.el.summary(State.events.length(), " events"),
                rx.el.div(
                    rx.foreach(State.events, lambda event: rx.el.code(event, class_name="chip")),
                    class_name="chips",
                ),
                class_name="fold",
            ),
        ),
    )


def _credentials() -> rx.Component:
    return _block(
        "Credentials",
        rx.cond(
            one["unreadable"],
            alert(
                "triangle-alert",
                rx.el.strong("The stored credentials cannot be decrypted any more: their key is lost."),
                " Enter all secrets again; what waited goes on afterwards. If somebody who runs this instance "
                "still has the key, putting it back into SHORTLIST_KEYS helps as well.",
                role="alert",
            ),
            rx.el.p(
                "They are checked before they are saved. A secret you leave empty stays as it is.",
                class_name="muted",
            ),
        ),
        rx.el.form(
            rx.el.div(fields(State.fields, State), class_name="form", key=State.saved.to_string()),
            rx.el.button(
                rx.cond(one["state"] == "disconnected", "Check and reconnect", "Check and save"),
                type="submit",
                class_name="button",
            ),
            on_submit=State.reconnect,
            class_name="form",
        ),
    )


def _disconnect() -> rx.Component:
    return _block(
        "Disconnect",
        rx.el.p(
            "Syncs stop and the credentials are forgotten. What was read stays. Erasing removes the jobs, "
            "candidates, scores and decisions of this integration as well, and cannot be undone.",
            class_name="muted",
        ),
        rx.el.label(
            rx.el.span("Type ", rx.el.strong(one["title"]), " to confirm"),
            rx.el.input(
                value=State.confirm,
                on_change=State.set_confirm,
                class_name="input",
                auto_complete="off",
                id="confirm",
            ),
            class_name="field",
        ),
        rx.el.div(
            rx.cond(
                one["state"] != "disconnected",
                _danger("Disconnect", False),
            ),
            _danger("Disconnect and erase", True),
            class_name="actions",
        ),
        extra="danger-zone",
    )


def _danger(label: str, erase: bool) -> rx.Component:
    return rx.el.button(
        label,
        on_click=State.disconnect(erase),
        disabled=~State.confirmed,
        class_name="button danger",
        type="button",
    )

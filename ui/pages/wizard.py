"""Add integration: choose, connect, check, choose jobs."""

from typing import Any

import reflex as rx

from ui.components.fields import fields
from ui.components.icons import icon
from ui.components.shell import admins_only, alert, empty, loading, page, settings_tabs
from ui.state.wizard import WizardState

State = WizardState
_STEPS = ("Choose", "Connect", "Check", "Jobs")


def wizard() -> rx.Component:
    """The steps, each with what it needs; a check comes before anything is saved."""
    return page(
        settings_tabs("Integrations"),
        admins_only(
            lambda: loading(
                State.loaded,
                rx.el.div(
                    rx.el.ol(
                        *(_step(place, label) for place, label in enumerate(_STEPS)), class_name="stepper"
                    ),
                    rx.cond(State.trouble != "", alert("triangle-alert", State.trouble, role="alert")),
                    rx.match(
                        State.step,
                        (0, _choose()),
                        (1, _connect()),
                        (2, _check()),
                        (3, _jobs()),
                        rx.fragment(),
                    ),
                    class_name="narrow",
                ),
            )
        ),
        crumbs=[
            ("Settings", "/settings/integrations"),
            ("Integrations", "/settings/integrations"),
            ("Add integration", ""),
        ],
    )


def _step(place: int, label: str) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            label,
            on_click=State.go(place),
            type="button",
            disabled=(State.step <= place) | (State.connection != ""),
        ),
        aria_current=rx.cond(State.step == place, "step", "false"),
        data_done=rx.cond(State.step > place, "true", "false"),
    )


def _choose() -> rx.Component:
    return rx.el.div(
        rx.el.h2("Which ATS does your team use?"),
        rx.cond(
            State.cards.length() > 0,
            rx.foreach(State.cards, _connector),
            empty("No connector is installed", "Ask whoever runs this instance to install one."),
        ),
    )


def _connector(card: Any) -> rx.Component:
    return rx.el.button(
        rx.el.strong(card["title"]),
        rx.el.span(card["note"], class_name="muted"),
        icon("chevron-right"),
        on_click=State.choose(card["key"]),
        disabled=~card["enabled"].to(bool),
        class_name="choice",
        type="button",
        key=card["key"],
    )


def _connect() -> rx.Component:
    return rx.el.div(
        rx.el.h2("Connect ", State.title),
        rx.cond(
            State.prerequisites.length() > 0,
            rx.el.div(
                rx.el.h3("What you will need"),
                rx.el.ul(rx.foreach(State.prerequisites, rx.el.li), class_name="plain"),
                class_name="needs",
            ),
        ),
        rx.el.form(
            fields(State.fields),
            rx.el.div(
                rx.el.button("Back", on_click=State.go(0), class_name="button quiet", type="button"),
                rx.el.button(
                    rx.cond(State.busy, "Checking…", "Check connection"),
                    type="submit",
                    class_name="button primary",
                    disabled=State.busy,
                ),
                rx.el.span("Nothing is saved yet.", class_name="muted small"),
                class_name="actions",
            ),
            on_submit=State.check,
            class_name="form",
        ),
    )


def _check() -> rx.Component:
    return rx.el.div(
        rx.el.h2(State.account),
        rx.el.p(
            rx.cond(
                State.missing == 0,
                "Every permission is there.",
                rx.cond(
                    State.usable,
                    "It works. What is missing below stays off until you turn it on.",
                    "Turn on what is marked below, then check again.",
                ),
            ),
            class_name="muted",
        ),
        rx.foreach(State.remarks, lambda notice: alert("info", notice, calm=True)),
        rx.el.ul(rx.foreach(State.lines, _permission), class_name="permissions"),
        rx.el.div(
            rx.el.button("Back", on_click=State.go(1), class_name="button quiet", type="button"),
            rx.el.button(
                rx.cond(State.busy, "Connecting…", "Connect to ATS"),
                on_click=State.connect,
                class_name="button primary",
                disabled=State.busy | ~State.usable,
                type="button",
            ),
            class_name="actions",
        ),
    )


def _permission(line: Any) -> rx.Component:
    return rx.el.li(
        rx.match(
            line["state"],
            ("yes", icon("check")),
            ("unknown", icon("circle-help")),
            ("optional", icon("minus")),
            icon("x"),
        ),
        rx.el.div(
            rx.el.span(line["label"]),
            rx.match(
                line["state"],
                ("yes", rx.el.span(" granted", class_name="sr-only")),
                ("unknown", rx.el.span(" not checked", class_name="tag")),
                ("optional", rx.el.span(" missing, not needed", class_name="tag")),
                rx.el.span(" missing", class_name="tag"),
            ),
            rx.cond(
                line["state"] != "yes",
                rx.el.div(line["without"], rx.el.div(line["fix"], class_name="fix"), class_name="muted"),
            ),
        ),
        data_state=line["state"],
    )


def _jobs() -> rx.Component:
    return rx.el.form(
        rx.el.h2("Which jobs should Shortlist screen?"),
        rx.cond(
            State.choices.length() > 0,
            rx.fragment(
                rx.el.div(
                    rx.el.span(State.chosen, " of ", State.choices.length(), " chosen", class_name="muted num", role="status"),
                    rx.el.button("All", on_click=State.choose_all(True), class_name="button quiet push", type="button"),
                    rx.el.button("None", on_click=State.choose_all(False), class_name="button quiet", type="button"),
                    class_name="toolbar",
                ),
                rx.el.div(rx.foreach(State.choices, _job), class_name="choices"),
            ),
            empty("There are no jobs yet", "Open a job in the ATS, then come back to this step."),
        ),
        _switch(
            "Do not process prior rejected candidates",
            rx.fragment("Off is recommended: people who were rejected before may fit now. ", State.title, " decides nothing here."),
            State.skip_rejected,
            State.set_skip_rejected,
        ),
        _switch(
            "Write scores and reasons back",
            rx.fragment("Shortlist changes ", State.title, ": fields and one private note per application. Its stages never change."),
            State.write_back,
            State.set_write_back,
        ),
        rx.el.button("Start screening", class_name="button primary", disabled=State.chosen == 0, type="submit"),
        on_submit=State.submit,
        class_name="form jobs-form",
    )  # fmt: skip


def _switch(label: str, help_text: Any, checked: Any, on_change: Any) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", checked=checked, on_change=on_change, role="switch"),
        rx.el.span(label, rx.el.small(help_text, class_name="muted block-text")),
        class_name="check",
    )


def _job(choice: Any) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox", checked=choice["selected"], on_change=lambda _: State.toggle(choice["id"])
        ),
        rx.el.span(choice["title"], " ", rx.el.span(choice["meta"], class_name="muted")),
        class_name="check",
        key=choice["id"],
    )

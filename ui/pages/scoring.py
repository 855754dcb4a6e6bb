"""Settings > Scoring: the scorers, and one scorer's settings."""

from typing import Any

import reflex as rx

from ui.components.fields import fields
from ui.components.icons import icon
from ui.components.shell import admins_only, alert, loading, page, settings_tabs
from ui.state.plugin_form import HEAD
from ui.state.scoring import ASKING, ScoringState

State = ScoringState
one = State.one
_DISAGREEMENTS = "/settings/scoring/disagreements"


def scoring() -> rx.Component:
    """Which scorer fills the board, and which one runs beside it."""
    return page(
        settings_tabs("Scoring"),
        admins_only(
            lambda: loading(
                State.loaded,
                rx.el.div(
                    rx.el.p(
                        "One scorer fills the board. Whichever it is, it only points at words; points and bands follow "
                        "by the same rules.",
                        class_name="muted intro",
                    ),
                    _question(),
                    rx.el.ul(rx.foreach(State.rows, _scorer), class_name="list"),
                    _comparison(),
                    class_name="scoring",
                ),
            )
        ),
        crumbs=[("Settings", "/settings/integrations"), ("Scoring", "")],
    )


def _question() -> rx.Component:
    return rx.cond(
        State.asking["key"] != "",
        rx.el.section(
            rx.el.h2("Score the board with ", State.asking["title"], "?"),
            rx.el.p(
                State.concerned,
                " will be scored again. What people decided stays. Scores that change are written into the ATS, "
                "where they replace what is there.",
            ),
            rx.cond(
                State.asking["calls"],
                rx.el.p(
                    icon("triangle-alert", size=13),
                    "The texts of these applications, without who the person is, are sent to the service in its settings.",
                    class_name="warn",
                ),
            ),
            rx.el.div(
                rx.el.button(
                    "Score again", on_click=State.choose, class_name="button primary", type="button"
                ),
                rx.el.button("Cancel", on_click=State.cancel, class_name="button quiet", type="button"),
                class_name="actions",
            ),
            id=ASKING,
            tab_index=-1,
            class_name="question",
            aria_label="Score the board with another scorer",
        ),
    )


def _scorer(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.strong(row["title"]),
                rx.cond(
                    row["state"] != "",
                    rx.el.span(row["state_label"], class_name="state", data_state=row["state"]),
                ),
                rx.cond(
                    row["calls"],
                    rx.el.span("sends texts out", class_name="tag", title="To the service in its settings"),
                ),
                class_name="with-state",
            ),
            rx.el.p(row["description"], class_name="muted"),
            rx.cond(
                row["text"] != "", rx.el.p(icon("triangle-alert", size=13), row["text"], class_name="warn")
            ),
        ),
        rx.el.div(
            rx.cond(
                row["has_fields"],
                rx.el.a(
                    rx.cond(row["usable"], "Settings", "Set up"),
                    rx.el.span(f" {row['title']}", class_name="sr-only"),
                    href=f"/settings/scoring/scorers/{row['key']}",
                    class_name="button",
                ),
            ),
            rx.match(
                row["use"],
                ("board", rx.fragment()),
                ("beside", rx.fragment(_use(row), _act("Stop", row, State.run_beside("")))),
                rx.cond(
                    row["usable"],
                    rx.fragment(_use(row), _act("Run beside", row, State.run_beside(row["key"]))),
                ),
            ),
            class_name="actions",
        ),
        class_name="item tall",
        key=row["key"],
    )


def _use(row: Any) -> rx.Component:
    return rx.cond(row["usable"], _act("Use for the board", row, State.ask(row["key"])))


def _act(label: str, row: Any, handler: Any) -> rx.Component:
    return rx.el.button(
        label,
        rx.el.span(f": {row['title']}", class_name="sr-only"),
        on_click=handler,
        class_name="button",
        type="button",
    )


def _comparison() -> rx.Component:
    return rx.el.section(
        rx.el.h2("A second opinion"),
        rx.cond(
            State.beside != "",
            rx.fragment(
                rx.el.p(
                    rx.el.strong(State.beside),
                    " judges the same applications for comparison. Nothing of it reaches the board, the bands or the ATS. "
                    "The two disagree on ",
                    rx.el.strong(State.disagreements),
                    ".",
                ),
                rx.el.a("See disagreements", href=_DISAGREEMENTS, class_name="button"),
            ),
            rx.el.p(
                "A scorer that runs beside the board's judges the same applications for comparison alone: a safe way "
                "to try one before it counts. Choose “Run beside”, and see here what the two disagree on.",
                class_name="muted intro",
            ),
        ),
        class_name="block",
    )


def scorer() -> rx.Component:
    """The page of one scorer's settings."""
    return page(
        settings_tabs("Scoring"),
        admins_only(
            lambda: loading(
                one["key"] != "",
                rx.el.div(
                    _standing(),
                    rx.cond(one["state"] != "off", _settings()),
                    class_name="narrow",
                ),
            )
        ),
        crumbs=[
            ("Settings", "/settings/integrations"),
            ("Scoring", "/settings/scoring"),
            (one["title"], ""),
        ],
    )


def _standing() -> rx.Component:
    plugins = rx.el.a("Settings > Plugins", href="/settings/plugins", class_name="link")
    return rx.el.div(
        rx.cond(
            one["state"] != "",
            rx.el.div(
                rx.el.span(one["state_label"], class_name="state", data_state=one["state"]),
                class_name="toolbar",
            ),
        ),
        rx.el.p(one["description"], class_name="below"),
        rx.cond(
            one["state"] == "off",
            alert("info", "Its plugin is switched off. Switch it on under ", plugins, ".", calm=True),
        ),
        rx.cond(one["text"] != "", alert("triangle-alert", one["text"], role="alert")),
        rx.cond(
            one["unreadable"],
            alert(
                "triangle-alert",
                rx.el.strong("The stored secrets cannot be decrypted any more: their key is lost."),
                " Enter them again and save.",
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
    return rx.cond(
        State.fields.length() > 0,
        rx.el.section(
            rx.el.h2("Settings"),
            rx.el.p(
                "They are tried on two sentences before they are saved. A secret you leave empty stays as it is.",
                class_name="muted",
            ),
            rx.el.form(
                rx.el.div(fields(State.fields, State), class_name="form", key=State.saved.to_string()),
                rx.el.div(
                    rx.el.button(
                        rx.cond(State.busy, "Checking…", "Check and save"),
                        type="submit",
                        disabled=State.busy,
                        class_name="button primary",
                    ),
                    rx.el.span(
                        rx.cond(State.busy, "A model may take a minute to answer.", ""),
                        class_name="muted small",
                        role="status",
                    ),
                    class_name="actions",
                ),
                on_submit=State.save,
                no_validate=True,
            ),
            class_name="block",
        ),
        rx.el.p("It has no settings.", class_name="muted"),
    )

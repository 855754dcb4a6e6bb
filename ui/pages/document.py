"""A candidate's document: what was read of it, with marked words, or the original."""

from typing import Any

import reflex as rx

from ui.components.behaviour import QuoteText, XRay
from ui.components.icons import icon
from ui.components.shell import alert
from ui.state.profile import ProfileState

State = ProfileState


def document() -> rx.Component:
    """The chosen file of the application."""
    shown = State.document
    return rx.el.section(
        rx.cond(
            State.files.length() > 0,
            rx.fragment(
                _bar(),
                # Beside the reasons it would be the same sentence twice.
                rx.cond(
                    (shown["explanation"] != "") & (shown["explanation"] != State.head["explanation"]),
                    alert("file-x", shown["explanation"]),
                ),
                rx.cond(shown["hidden"].length() > 0, _x_ray(shown)),
                rx.match(State.tab, ("read", _read(shown)), ("x-ray", _seen(shown)), _original(shown)),
            ),
            rx.el.p("There is no file.", class_name="muted"),
        ),
        class_name="document",
        aria_label="Document",
    )


def _bar() -> rx.Component:
    shown = State.document
    return rx.el.div(
        rx.cond(
            State.files.length() > 1,
            rx.el.select(
                rx.foreach(
                    State.files, lambda file, place: rx.el.option(file["label"], value=place.to_string())
                ),
                value=State.file.to_string(),
                on_change=State.show_file,
                class_name="input",
                aria_label="Document",
            ),
            rx.el.strong(shown["label"], class_name="ellipsis", title=shown["label"]),
        ),
        rx.el.span(shown["meta"], class_name="muted nowrap"),
        rx.el.div(
            _toggle("What was read", "read"),
            rx.cond(shown["seen"].length() > 0, _toggle("X-ray", "x-ray")),
            _toggle("Original", "original"),
            class_name="toggle push",
            role="tablist",
        ),
        class_name="toolbar",
    )


def _toggle(label: str, tab: str) -> rx.Component:
    return rx.el.button(
        label,
        on_click=State.show_tab(tab),
        class_name="toggle-item",
        role="tab",
        aria_selected=rx.cond(State.tab == tab, "true", "false"),
        type="button",
    )


def _x_ray(shown: Any) -> rx.Component:
    return alert(
        "eye-off",
        rx.el.strong("The file holds text a person cannot see. None of it was counted."),
        rx.el.ul(
            rx.foreach(shown["hidden"], lambda words: rx.el.li(words, class_name="pre")), class_name="x-ray"
        ),
    )


def _seen(shown: Any) -> rx.Component:
    """The pages with something hidden on them: what was read in grey, what nobody sees in red."""
    return rx.cond(
        shown["seen"].length() > 0,
        XRay.create(pages=shown["seen"], class_name="paper x-ray-pages"),
        rx.el.p("Nothing in this file is hidden at a place on a page.", class_name="paper muted"),
    )


def _read(shown: Any) -> rx.Component:
    return rx.cond(
        shown["text"] != "",
        QuoteText.create(
            text=shown["text"],
            start=State.mark_start,
            end=State.mark_end,
            at=State.mark_at,
            class_name="paper",
        ),
        rx.el.p("Nothing could be read.", class_name="paper muted"),
    )


def _original(shown: Any) -> rx.Component:
    download = rx.el.a(
        icon("download", size=14),
        "Download the original",
        href=shown["url"],
        class_name="button",
        download=True,
        reload_document=True,
    )
    return rx.cond(
        shown["url"] == "",
        rx.el.p("The file could not be fetched from the ATS.", class_name="paper muted"),
        rx.cond(
            shown["inline"],
            rx.el.iframe(src=shown["url"], class_name="original", title="Original document"),
            rx.el.div(
                rx.el.p("This kind of file is not shown in the page.", class_name="muted"),
                download,
                class_name="paper",
            ),
        ),
    )

"""The what-if beside the board: thresholds, weights, must-haves, and who would move."""

from typing import Any

import reflex as rx

from ui.components.icons import icon
from ui.state.whatif import WhatIfState

State = WhatIfState


def whatif_button(job: Any) -> rx.Component:
    """Opens it; only for those who may change the requirements."""
    return rx.cond(
        State.may_move,
        rx.el.button(
            icon("sliders-horizontal", size=14), "What if", on_click=State.start(job), class_name="button",
            type="button", title="Try other weights and thresholds without changing anything", id="what-if",
        ),
    )  # fmt: skip


def whatif_panel() -> rx.Component:
    """The panel; nothing is stored before “Apply”."""
    return rx.cond(
        State.open,
        rx.el.aside(
            rx.el.div(
                rx.el.h2("What if"),
                rx.el.span("Nothing changes until you apply it.", class_name="muted small"),
                rx.el.button(icon("x"), on_click=State.cancel, class_name="icon-button push", aria_label="Close", title="Close", type="button"),
                class_name="panel-top trial-top",
            ),
            rx.el.div(
                _thresholds(),
                _result(),
                _requirements(),
                class_name="panel-main trial",
            ),
            rx.el.div(
                rx.el.button("Apply as new version", on_click=State.apply, disabled=~State.changed | (State.trouble != ""), class_name="button primary", type="button"),
                rx.el.button("Start over", on_click=State.reset_rubric, disabled=~State.changed, class_name="button", type="button"),
                rx.el.button("Cancel", on_click=State.cancel, class_name="button quiet push", type="button"),
                class_name="trial-foot",
            ),
            class_name="panel",
            custom_attrs={"aria-label": "What if"},
        ),
    )  # fmt: skip


def _outcome() -> rx.Component:
    return rx.el.table(
        rx.el.thead(
            rx.el.tr(
                rx.el.th("Column", scope="col"),
                rx.el.th("Now", scope="col", class_name="num"),
                rx.el.th("Then", scope="col", class_name="num"),
                rx.el.th(rx.el.span("Change", class_name="sr-only"), scope="col"),
            )
        ),
        rx.el.tbody(
            rx.foreach(
                State.columns,
                lambda column: rx.el.tr(
                    rx.el.th(
                        column["label"], scope="row", class_name="band-dot", data_band=column["category"]
                    ),
                    rx.el.td(column["before"], class_name="num"),
                    rx.el.td(rx.el.strong(column["after"]), class_name="num"),
                    rx.el.td(column["change"], class_name="num change-count"),
                    key=column["category"],
                ),
            )
        ),
        class_name="outcome",
    )


def _thresholds() -> rx.Component:
    return rx.el.section(
        rx.el.h3("Thresholds"),
        _slider("Pre-Qualified from", State.pre_qualified, "pre"),
        _slider("Qualified from", State.qualified, "full"),
        class_name="block first",
    )


def _slider(label: str, value: Any, which: str) -> rx.Component:
    # It keeps its own value: what the server answers must not pull it back under a hand that is faster.
    return rx.el.label(
        rx.el.span(label),
        rx.el.input(
            type="range", min="1", max="100", default_value=value.to_string(), class_name="slider", aria_label=label,
            on_change=lambda number: State.set_threshold(which, number).debounce(70), key=f"{which}{State.round}",
        ),
        rx.el.strong(value, class_name="num"),
        class_name="slide",
    )  # fmt: skip


def _buffered(milliseconds: int, **props: Any) -> rx.Component:
    """A number that shows at once what the hand does, and asks the server when it rests."""
    return rx.debounce_input(rx.el.input(min="1", max="100", **props), debounce_timeout=milliseconds)


def _requirements() -> rx.Component:
    return rx.el.section(
        rx.el.h3("Requirements"),
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    rx.el.th("Requirement", scope="col"), rx.el.th("Must", scope="col"),
                    rx.el.th("Weight", scope="col"), rx.el.th("Points", scope="col", class_name="num"),
                )
            ),
            rx.el.tbody(rx.foreach(State.rows, _row)),
            class_name="trial-rows",
        ),
        class_name="block",
    )  # fmt: skip


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(row["text"], rx.cond(row["was"] != "", rx.el.div(row["was"], class_name="muted small"))),
        rx.el.td(
            rx.el.input(
                type="checkbox", role="switch", checked=row["must"], on_change=lambda must: State.set_must(row["id"], must),
                aria_label=f"Must-have: {row['text']}",
            )
        ),
        rx.el.td(
            _buffered(
                250, type="number", value=row["weight"].to_string(), class_name="input number",
                on_change=lambda weight: State.set_weight(row["id"], weight), aria_label=f"Weight: {row['text']}",
                aria_invalid=rx.cond(row["error"] != "", "true", "false"),
            )
        ),
        rx.el.td(row["points"], class_name="num"),
        key=row["id"],
        data_changed=row["was"] != "",
    )  # fmt: skip


def _result() -> rx.Component:
    return rx.el.section(
        # In the heading's place and as high, or what the hand is on would jump away under it.
        rx.cond(
            State.trouble != "",
            rx.el.h3(
                icon("triangle-alert", size=14), State.trouble, class_name="trial-trouble", role="alert"
            ),
            rx.el.h3(rx.cond(State.moving != "", State.moving, "Nobody would move"), role="status"),
        ),
        rx.el.div(_outcome(), _movers(), class_name="trial-result"),
        rx.foreach(State.notes, lambda note: rx.el.p(note, class_name="muted small")),
        class_name="block",
    )


def _movers() -> rx.Component:
    return rx.el.ul(
        rx.foreach(
            State.movers,
            lambda mover: rx.el.li(
                rx.el.span(mover["name"], class_name="ellipsis"),
                rx.el.span(mover["scores"], class_name="num muted"),
                rx.el.span(mover["way"], class_name="band-dot", data_band=mover["to"]),
                key=mover["id"],
            ),
        ),
        rx.cond(
            State.trouble != "",
            rx.el.li("Correct it, and see here who would move.", class_name="column-empty"),
            rx.cond(State.movers.length() == 0, rx.el.li("Everybody stays in their column.", class_name="column-empty")),
        ),
        class_name="movers",
        custom_attrs={"aria-label": "Who would move", "tabIndex": 0},
    )  # fmt: skip

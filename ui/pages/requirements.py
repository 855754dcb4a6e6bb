"""The requirements of a job: what is asked, how much it weighs, where it comes from."""

from typing import Any

import reflex as rx

from ui.components.shell import empty, icon, loading, page
from ui.state.rubric import CATEGORIES, RubricState

State = RubricState


def requirements() -> rx.Component:
    """The editor."""
    return page(
        loading(
            State.loaded,
            rx.el.div(
                rx.el.p(
                    "Version ", State.version, ", ", State.edited_by, ". Points follow from the weights and add up to 100. "
                    "Saving makes a new version; every application is scored again.",
                    class_name="muted",
                ),
                rx.cond(
                    State.rows.length() > 0,
                    rx.el.div(
                        rx.el.table(
                            rx.el.thead(rx.el.tr(*(rx.el.th(head, scope="col") for head in ("Requirement", "Kind", "Must", "Weight", "Points", "")))),
                            rx.el.tbody(rx.foreach(State.rows, _row)),
                            class_name="table edit",
                        ),
                        class_name="scroll",
                    ),
                    empty("No requirements", "Nothing checkable was found in the job's text. Add what matters, then save."),
                ),
                rx.el.button(icon("plus", size=14), "Add requirement", on_click=State.add, class_name="button", type="button"),
                rx.el.h2("Bands"),
                rx.el.div(
                    _threshold("Pre-Qualified from", State.pre_qualified, "pre"),
                    _threshold("Qualified from", State.qualified, "full"),
                    rx.el.span(State.counts, class_name="muted", role="status"),
                    class_name="toolbar",
                ),
                rx.el.div(
                    rx.el.button("Save as new version", on_click=State.save, disabled=~State.dirty, class_name="button primary", type="button"),
                    class_name="actions",
                ),
            ),
        ),
        crumbs=[("Jobs", "/jobs"), (State.title, f"/jobs/{State.job}"), ("Requirements", "")],
    )  # fmt: skip


def _threshold(label: str, value: Any, which: str) -> rx.Component:
    return rx.el.label(
        rx.el.span(label),
        rx.el.input(
            type="number", min="1", max="100", default_value=value.to_string(), class_name="input number",
            on_change=lambda text: State.set_thresholds(which, text),
        ),
        class_name="check",
    )  # fmt: skip


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(
            rx.el.input(
                default_value=row["text"], on_blur=lambda text: State.set_text(row["id"], text), class_name="input", aria_label="Requirement"
            ),
            rx.cond(row["sentence"] != "", rx.el.small("“", row["sentence"], "”", class_name="muted block-text")),
        ),
        rx.el.td(
            rx.el.select(
                *(rx.el.option(name.replace("_", " "), value=name) for name in CATEGORIES),
                value=row["category"], on_change=lambda v: State.set_category(row["id"], v), class_name="input", aria_label="Kind",
            )
        ),
        rx.el.td(rx.el.input(type="checkbox", checked=row["must"], on_change=lambda v: State.set_must(row["id"], v), aria_label="Must have")),
        rx.el.td(
            rx.el.input(
                type="number", min="1", max="100", default_value=row["weight"], on_blur=lambda v: State.set_weight(row["id"], v),
                class_name="input number", aria_label="Weight",
            )
        ),
        rx.el.td(row["points"], class_name="num"),
        rx.el.td(rx.el.button(icon("trash-2", size=14), on_click=State.remove(row["id"]), class_name="icon-button", aria_label="Remove", type="button")),
        key=row["id"],
    )  # fmt: skip

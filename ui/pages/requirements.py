"""The requirements of a job: what is asked, how much it weighs, where it comes from."""

from typing import Any

import reflex as rx

from ui.components.icons import icon
from ui.components.shell import alert, empty, loading, page
from ui.pages.demands import KINDS, musts, reading, version, wording
from ui.state.rubric import RubricState

State = RubricState


def requirements() -> rx.Component:
    """The editor; who may only look reads the same as text."""
    return page(
        loading(State.loaded, rx.cond(State.may_move, _editor(), reading())),
        crumbs=[("Jobs", "/jobs"), (State.title, f"/jobs/{State.job}"), ("Requirements", "")],
    )


def _editor() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            version(),
            "Points follow from the weights and add up to 100. Saving makes a new version and scores every "
            "application again; earlier scores keep the version they were made with.",
            class_name="muted intro",
        ),
        rx.cond(State.trouble != "", alert("triangle-alert", State.trouble, role="alert")),
        rx.cond(State.rows.length() > 0, _table(), _nothing()),
        rx.el.button(icon("plus", size=14), "Add requirement", on_click=State.add, class_name="button", type="button"),
        rx.cond(State.findings.length() > 0, wording()),
        _bands(),
        _save(),
        class_name="editor",
    )  # fmt: skip


def _nothing() -> rx.Component:
    return empty(
        "No requirements yet",
        "Nothing checkable was found in the job's text. Add what matters, then save; applications are scored then.",
    )


def _table() -> rx.Component:
    heads = ("Requirement", "Kind", "Must-have", "Weight", "Points")
    return rx.el.div(
        rx.el.table(
            rx.el.thead(
                rx.el.tr(
                    *(rx.el.th(head, scope="col") for head in heads),
                    rx.el.th(rx.el.span("Remove", class_name="sr-only"), scope="col"),
                )
            ),
            rx.el.tbody(rx.foreach(State.rows, _row)),
            class_name="table edit",
        ),
        class_name="scroll",
    )


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(
            rx.el.input(
                default_value=row["text"], on_blur=lambda text: State.set_text(row["id"], text), class_name="input",
                aria_label="Requirement", aria_invalid=rx.cond(row["error"] != "", "true", "false"),
            ),
            rx.cond(row["error"] != "", rx.el.small(row["error"], class_name="error", role="alert")),
            rx.cond(row["sentence"] != "", rx.el.small("From: “", row["sentence"], "”", class_name="muted block-text")),
        ),
        rx.el.td(
            rx.el.select(
                *(rx.el.option(label, value=name) for name, label in KINDS.items()),
                value=row["category"], on_change=lambda kind: State.set_category(row["id"], kind), class_name="input", aria_label="Kind",
            )
        ),
        rx.el.td(
            rx.el.label(
                rx.el.input(type="checkbox", checked=row["must"], on_change=lambda must: State.set_must(row["id"], must), aria_label="Must-have"),
                class_name="check cell",
            )
        ),
        rx.el.td(
            rx.el.input(
                type="number", min="1", max="100", default_value=row["weight"], on_blur=lambda weight: State.set_weight(row["id"], weight),
                class_name="input number", aria_label="Weight",
            ),
            class_name="weight",
        ),
        rx.el.td(rx.cond(State.dirty, rx.el.span("–", class_name="muted", title="Known after saving"), row["points"]), class_name="num points"),
        rx.el.td(
            rx.el.button(
                icon("trash-2", size=14), on_click=State.remove(row["id"]), class_name="icon-button", type="button",
                aria_label=f"Remove {row['text']}", title="Remove",
            )
        ),
        key=row["id"],
    )  # fmt: skip


def _bands() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Bands"),
        musts(),
        rx.el.div(
            _threshold("Pre-Qualified from", State.pre_qualified, "pre"),
            _threshold("Qualified from", State.qualified, "full"),
            rx.el.span("points", class_name="muted"),
            class_name="toolbar thresholds",
        ),
        rx.el.p(State.counts, class_name="muted num", role="status"),
        rx.cond(State.ranges.length() > 0, _calibration()),
        class_name="block",
    )


def _calibration() -> rx.Component:
    heads = ("Score", "Moved to Qualified", "Share", "Smoothed")
    return rx.el.div(
        rx.el.h3("What your team did with such scores"),
        rx.el.p(
            "From ", State.decided, " applications that people decided, in all jobs, by the score they saw. It helps to "
            "choose thresholds and never changes a score. Smoothed means: so that a higher score never has a lower share "
            "(isotonic regression).",
            class_name="muted",
        ),
        rx.el.table(
            rx.el.thead(rx.el.tr(*(rx.el.th(head, scope="col", class_name="num") for head in heads))),
            rx.el.tbody(
                rx.foreach(
                    State.ranges,
                    lambda each: rx.el.tr(
                        rx.el.th(each["scores"], scope="row", class_name="num"),
                        rx.el.td(each["said"], class_name="num"),
                        rx.el.td(each["share"], class_name="num"),
                        rx.el.td(rx.el.strong(each["smoothed"]), class_name="num"),
                        key=each["scores"],
                    ),
                )
            ),
            class_name="outcome calibration",
        ),
    )  # fmt: skip


def _threshold(label: str, value: Any, which: str) -> rx.Component:
    return rx.el.label(
        rx.el.span(label),
        rx.el.input(
            type="number", min="1", max="100", default_value=value.to_string(), class_name="input number",
            on_change=lambda text: State.set_thresholds(which, text),
        ),
        class_name="check middle",
    )  # fmt: skip


def _save() -> rx.Component:
    return rx.el.div(
        rx.el.button(
            "Save as new version",
            on_click=State.save,
            disabled=~State.dirty,
            class_name="button primary",
            type="button",
        ),
        rx.cond(State.dirty, rx.el.span("Not saved yet.", class_name="muted", role="status")),
        class_name="actions save-bar",
    )

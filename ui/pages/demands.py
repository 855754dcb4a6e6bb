"""A job's requirements as text, for members who may not change them, and what every reader of them is told."""

from typing import Any, Final

import reflex as rx

from ui.components.icons import icon
from ui.components.shell import empty
from ui.state.rubric import CATEGORIES, RubricState

State = RubricState
KINDS: Final = {name: name.replace("_", " ").capitalize() for name in CATEGORIES}
"""The kinds of requirements and what they are called."""


def reading() -> rx.Component:
    """The requirements, the words worth changing and the bands: nothing here looks as if it could be changed."""
    return rx.el.div(
        rx.el.p(
            version(),
            "Points follow from the weights and add up to 100. Recruiters and admins of your team change them.",
            class_name="muted intro",
        ),
        rx.cond(
            State.rows.length() > 0,
            _table(),
            empty("No requirements yet", "A recruiter or an admin of your team adds them; applications are scored then."),
        ),
        rx.cond(State.findings.length() > 0, wording()),
        rx.el.section(
            rx.el.h2("Bands"),
            rx.el.p(
                "Pre-Qualified from ", rx.el.strong(State.pre_qualified), " points, Qualified from ",
                rx.el.strong(State.qualified), ".", class_name="num",
            ),
            musts(),
            rx.el.p(State.counts, class_name="muted num"),
            class_name="block",
        ),
        class_name="editor reading",
    )  # fmt: skip


def version() -> rx.Component:
    """Which version this is and whom it is from."""
    return rx.cond(
        State.version > 0, rx.fragment("Version ", State.version, ", ", State.edited_by, ". "), rx.fragment()
    )


def musts() -> rx.Component:
    """What a must-have does, whatever the points."""
    return rx.el.p(
        "Whatever its points: a must-have the text contradicts makes an application Not Qualified, and one "
        "it does not mention keeps it below Qualified. Only authorizations, personal skills and the kind “Other” "
        "may go unmentioned.",
        class_name="muted",
    )


def _table() -> rx.Component:
    heads = (("Requirement", ""), ("Kind", ""), ("Weight", "num"), ("Points", "num"))
    return rx.el.table(
        rx.el.thead(rx.el.tr(*(rx.el.th(head, scope="col", class_name=kind) for head, kind in heads))),
        rx.el.tbody(rx.foreach(State.rows, _row)),
        class_name="table demands",
    )


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(
            row["text"],
            rx.cond(row["must"], rx.fragment(" ", rx.el.span("must", class_name="tag", title="Must-have"))),
            rx.cond(
                row["sentence"] != "",
                rx.el.small("From: “", row["sentence"], "”", class_name="muted block-text"),
            ),
        ),
        rx.el.td(rx.match(row["category"], *KINDS.items(), ""), class_name="muted"),
        rx.el.td(row["weight"], class_name="num"),
        rx.el.td(row["points"], class_name="num"),
        key=row["id"],
    )


def wording() -> rx.Component:
    """Words that ask for who somebody is, each with what to say instead."""
    return rx.el.section(
        rx.el.h2("Wording"),
        rx.el.p(
            "These words ask for who somebody is, or for what stands in for it. Nothing is changed for you: the job's "
            "text is corrected in the ATS.",
            class_name="muted",
        ),
        rx.el.ul(rx.foreach(State.findings, _finding), class_name="findings"),
        class_name="block",
    )


def _finding(finding: Any) -> rx.Component:
    return rx.el.li(
        icon("message-square-warning", size=15),
        rx.el.div(
            rx.el.div(rx.el.q(finding["quote"]), rx.el.span(" ", finding["place"], class_name="muted")),
            rx.el.div(finding["why"]),
            rx.el.div("Instead: ", finding["suggestion"], class_name="muted"),
        ),
        key=finding["key"],
    )

"""What the board's scorer and a second one disagree on, with the words each rests on."""

from typing import Any

import reflex as rx

from ui.components.icons import band_icon, icon, match_icon
from ui.components.shell import admins_only, empty, loading, page, settings_tabs
from ui.state.disagreements import DifferenceView, DisagreementsState, SideView

State = DisagreementsState


def disagreements() -> rx.Component:
    """The page: jobs in numbers, then the applications, the widest apart first."""
    return page(
        settings_tabs("Scoring"),
        admins_only(
            lambda: loading(
                State.loaded,
                rx.el.div(
                    rx.el.p(
                        "Where ", rx.el.strong(State.board), ", which fills the board, and ", rx.el.strong(State.beside),
                        " come to another band or judge a must-have differently. Only the first counts.",
                        class_name="muted intro",
                    ),
                    rx.cond(State.jobs.length() > 0, rx.fragment(_jobs(), _found()), _nothing_yet()),
                    class_name="scoring",
                ),
            )
        ),
        crumbs=[("Settings", "/settings/integrations"), ("Scoring", "/settings/scoring"), ("Disagreements", "")],
    )  # fmt: skip


def _nothing_yet() -> rx.Component:
    return empty("Nothing is compared yet", "The second scorer is at work; look again in a moment.")


def _jobs() -> rx.Component:
    heads = (
        ("Job", ""),
        ("Compared", "num"),
        ("Disagree", "num"),
        ("Share", "num"),
        ("As people decided", "num"),
    )
    return rx.el.section(
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(*(rx.el.th(head, scope="col", class_name=kind) for head, kind in heads))
                ),
                rx.el.tbody(rx.foreach(State.jobs, _job)),
                class_name="table compared",
            ),
            class_name="scroll",
        ),
        rx.el.p(
            "“As people decided” counts, of the applications a person put into a column, those whose band was the same: "
            "the board's scorer first, then the second one.",
            class_name="muted small intro footnote",
        ),
        aria_label="Jobs",
    )


def _job(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(
            rx.el.button(
                row["title"],
                on_click=State.choose_job(rx.cond(State.job == row["id"], "", row["id"])),
                aria_pressed=rx.cond(State.job == row["id"], "true", "false"),
                class_name="button quiet",
                type="button",
            )
        ),
        rx.el.td(row["compared"], class_name="num"),
        rx.el.td(row["disagree"], class_name="num"),
        rx.el.td(row["share"], class_name="num"),
        rx.el.td(row["decided"], class_name="num"),
        key=row["id"],
    )


def _found() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Applications"),
            rx.el.span(State.summary, class_name="muted num", role="status"),
            rx.cond(
                State.job != "",
                rx.el.button(
                    "All jobs", on_click=State.choose_job(""), class_name="button quiet push", type="button"
                ),
            ),
            class_name="toolbar",
        ),
        rx.cond(State.requirements.length() > 0, _requirements()),
        rx.cond(
            State.rows.length() > 0,
            rx.el.ul(rx.foreach(State.rows, _application), class_name="list"),
            empty("They agree", "The two come to the same bands and judge every must-have alike."),
        ),
        rx.cond(State.more != "", rx.el.p(State.more, class_name="muted")),
        aria_label="Applications",
    )


def _requirements() -> rx.Component:
    return rx.el.details(
        rx.el.summary("By requirement"),
        rx.el.table(
            rx.el.tbody(
                rx.foreach(
                    State.requirements,
                    lambda row: rx.el.tr(rx.el.td(row["text"]), rx.el.td(row["count"], class_name="num")),
                )
            ),
            class_name="table",
        ),
        class_name="fold",
    )


def _application(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.a(row["name"], href=f"/applications/{row['id']}", class_name="row-link"),
            rx.el.span(row["job"], class_name="muted"),
            rx.el.span(
                _band(row["band"], row["band_label"], row["score"]),
                icon("arrow-left-right", size=13),
                _band(row["other_band"], row["other_label"], row["other_score"]),
                class_name="bands push",
            ),
            class_name="toolbar",
        ),
        rx.foreach(row["rows"].to(list[DifferenceView]), _difference),
        class_name="disagreement",
        key=row["id"],
    )


def _band(band: Any, label: Any, score: Any) -> rx.Component:
    return rx.el.span(
        band_icon(band), label, rx.el.span(score, class_name="num"), class_name="band", data_band=band
    )


def _difference(row: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            row["text"],
            rx.cond(row["must"], rx.fragment(" ", rx.el.span("must", class_name="tag", title="Must-have"))),
            class_name="requirement",
        ),
        rx.el.div(
            _side(State.board, row["board"].to(SideView)),
            _side(State.beside, row["beside"].to(SideView)),
            class_name="sides",
        ),
        class_name="difference",
    )


def _side(title: Any, side: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(match_icon(side["match"]), rx.el.strong(side["label"]), rx.el.span(title, class_name="muted small"), class_name="with-state"),
        rx.foreach(side["quotes"].to(list[str]), lambda quote: rx.el.q(quote)),
        rx.el.div(side["reason"], class_name="muted small"),
        class_name="side",
    )  # fmt: skip

"""The Job Candidates board."""

from typing import Any

import reflex as rx

from core.domain.words import BAND_LABEL, CATEGORIES, CATEGORY_LABEL
from ui.components.behaviour import Board, BoardCard, BoardColumn
from ui.components.marks import band_icon, match_icon
from ui.components.shell import empty, icon, loading, page
from ui.pages.profile import panel
from ui.state.board import BoardState
from ui.state.profile import ProfileState

_SLOTS = (BoardState.col_0, BoardState.col_1, BoardState.col_2, BoardState.col_3)


def board() -> rx.Component:
    """The columns of one job, with the profile beside them."""
    return page(
        _head(),
        _filters(),
        loading(
            BoardState.loaded,
            rx.cond(
                (BoardState.head["total"] > 0) | (BoardState.head["scoring"] > 0),
                Board.create(
                    *(_column(place) for place in range(len(CATEGORIES))),
                    on_move=BoardState.move,
                    on_open=ProfileState.show,
                    class_name="board",
                ),
                empty(
                    "Nobody has applied yet",
                    "Applications appear here a moment after they arrive in the ATS, already scored.",
                ),
            ),
        ),
        _undo(),
        _reason(),
        panel(),
        crumbs=[("Jobs", "/jobs"), (BoardState.head["title"], "")],
        wide=True,
    )


def _head() -> rx.Component:
    return rx.el.div(
        rx.el.span(BoardState.head["meta"], class_name="muted"),
        rx.cond(
            BoardState.head["scoring"] > 0,
            rx.el.span(icon("loader", size=13), f"{BoardState.head['scoring']} being scored", class_name="pill", role="status"),
        ),
        rx.cond(BoardState.head["problem"] != "", rx.el.span(icon("triangle-alert", size=13), BoardState.head["problem"], class_name="warn")),
        rx.el.a(icon("list-checks", size=14), "Requirements", href=f"/jobs/{BoardState.job}/requirements", class_name="button push"),
        class_name="toolbar",
    )  # fmt: skip


def _filters() -> rx.Component:
    return rx.el.div(
        rx.el.input(
            placeholder="Search people",
            aria_label="Search people",
            type="search",
            id="filter",
            class_name="input search",
            on_change=BoardState.look_for.debounce(200),
        ),
        rx.el.select(
            rx.el.option("All bands", value="all"),
            *(rx.el.option(label, value=band) for band, label in BAND_LABEL.items()),
            on_change=BoardState.only_band,
            class_name="input",
            aria_label="Band",
        ),
        rx.cond(
            BoardState.filtered,
            rx.el.button(icon("x", size=13), "Clear filters", on_click=BoardState.clear_filters, class_name="button quiet", type="button"),
        ),
        rx.el.label(
            rx.el.input(type="checkbox", checked=BoardState.initials_only, on_change=lambda _: BoardState.toggle_initials()),
            "Initials only",
            class_name="check push",
        ),
        class_name="toolbar",
    )


def _column(place: int) -> rx.Component:
    category = CATEGORIES[place]
    label = CATEGORY_LABEL[category]
    cards = _SLOTS[place]
    return rx.el.section(
        rx.el.header(
            rx.el.h2(label), rx.el.span(BoardState.totals[place], class_name="count"), class_name="column-head", data_band=category
        ),
        BoardColumn.create(
            rx.foreach(cards, lambda card: _card(card, category)),
            rx.cond(
                cards.length() == 0,
                rx.el.p(rx.cond(BoardState.filtered, "Nobody fits the filter.", "Empty. Drop a card here."), class_name="column-empty"),
            ),
            rx.cond(
                BoardState.totals[place] > cards.length(),
                rx.el.button(
                    f"Show more of {BoardState.totals[place]}",
                    on_click=BoardState.more(category),
                    class_name="button quiet full",
                    type="button",
                ),
            ),
            column_id=category,
            class_name="column-body",
            custom_attrs={"aria-label": label},
        ),
        class_name="column",
        aria_label=label,
    )


def _card(card: Any, category: str) -> rx.Component:
    return BoardCard.create(
        rx.el.div(
            rx.el.span(
                rx.cond(BoardState.initials_only, card["initials"], card["name"]),
                class_name="card-name",
                on_click=ProfileState.show(card["id"]),
            ),
            rx.el.span(
                rx.el.strong(card["score"], class_name="score"), band_icon(card["band"]), title=card["band_label"], class_name="card-score"
            ),
            class_name="card-top",
        ),
        rx.el.div(
            _reason_line(card["first"], card["first_match"]),
            _reason_line(card["second"], card["second_match"]),
            _reason_line(card["gap"], card["gap_match"]),
            rx.cond((card["first"] == "") & (card["gap"] == ""), rx.el.div(card["band_label"], class_name="reason muted")),
            class_name="reasons",
            on_click=ProfileState.show(card["id"]),
        ),
        rx.el.div(
            rx.el.span(card["age"], title="Applied"),
            rx.cond(card["status"] != "", rx.el.span(card["status"], title="Status in the ATS", class_name="ellipsis")),
            rx.cond(card["decided_by"] != "", rx.el.span(icon("user-round", size=12), card["decided_by"], class_name="ellipsis", title="Decided by")),
            rx.cond(card["comments"] > 0, rx.el.span(icon("message-square", size=12), card["comments"], title="Comments")),
            rx.cond(card["hidden"], rx.el.span(icon("eye-off", size=12), "hidden text", class_name="warn", title="The resume holds text a person cannot see")),
            rx.cond(card["stale"], rx.el.span("stale", class_name="warn", title="Being scored again")),
            rx.cond(card["write_state"] == "failed", rx.el.span(icon("cloud-off", size=12), class_name="warn", title="Not written to the ATS")),
            _menu(card, category),
            class_name="card-foot",
        ),
        card_id=card["id"],
        column_id=category,
        key=card["id"],
        class_name="card",
        custom_attrs={"aria-label": card["label"], "aria-roledescription": "card"},
    )  # fmt: skip


def _reason_line(text: Any, match: Any) -> rx.Component:
    return rx.cond(text != "", rx.el.div(match_icon(match), rx.el.span(text, class_name="ellipsis"), class_name="reason"))


def _menu(card: Any, category: str) -> rx.Component:
    others = [each for each in CATEGORIES if each != category]
    return rx.el.div(
        rx.el.button(
            icon("ellipsis", size=14),
            on_click=BoardState.toggle_menu(card["id"]),
            class_name="icon-button small",
            aria_label=f"Move {card['name']} to…",
            aria_haspopup="menu",
            aria_expanded=rx.cond(BoardState.menu == card["id"], "true", "false"),
            type="button",
        ),
        rx.cond(
            BoardState.menu == card["id"],
            rx.el.div(
                rx.el.span("Move to", class_name="muted"),
                *(
                    rx.el.button(
                        CATEGORY_LABEL[each],
                        on_click=BoardState.move(card["id"], each),
                        class_name="menu-item",
                        role="menuitem",
                        type="button",
                    )
                    for each in others
                ),
                class_name="popover menu up",
                role="menu",
            ),
        ),
        class_name="anchor push",
    )


def _undo() -> rx.Component:
    return rx.cond(
        BoardState.undoable != "",
        rx.el.div(
            rx.el.span(BoardState.said),
            rx.el.button("Undo", on_click=BoardState.undo, class_name="button", type="button", id="undo"),
            class_name="undo",
            role="status",
        ),
    )


def _reason() -> rx.Component:
    return rx.cond(
        BoardState.asking != "",
        rx.el.div(
            rx.el.div(
                rx.el.strong(f"You see {BoardState.asking_name} otherwise than the score. Why?"),
                rx.el.p("A few words help the next reader, and improve the requirements.", class_name="muted"),
                rx.el.textarea(
                    value=BoardState.why, on_change=BoardState.set_why, class_name="input", rows="2", aria_label="Reason", id="why"
                ),
                rx.el.div(
                    rx.el.button("Not now", on_click=BoardState.dismiss_why, class_name="button quiet", type="button"),
                    rx.el.button("Keep reason", on_click=BoardState.explain, class_name="button primary", type="button"),
                    class_name="actions",
                ),
                class_name="dialog",
                role="dialog",
                aria_label="Reason for the decision",
            ),
            class_name="corner",
        ),
    )

"""The Job Candidates board."""

from typing import Any

import reflex as rx

from core.domain.words import BAND_LABEL, CATEGORIES, CATEGORY_LABEL
from ui.components.behaviour import Board, BoardCard, BoardColumn, Popover, When
from ui.components.icons import band_icon, icon, match_icon
from ui.components.shell import alert, empty, loading, page
from ui.pages.profile import panel
from ui.pages.whatif import whatif_button, whatif_panel
from ui.state.board import MATCH_LABEL, BoardState
from ui.state.profile import ProfileState

State = BoardState
_SLOTS = (State.col_0, State.col_1, State.col_2, State.col_3)


def board() -> rx.Component:
    """The columns of one job, with the profile beside them."""
    return page(
        loading(
            State.loaded,
            rx.fragment(
                _head(),
                rx.cond(State.head["stale"] != "", _stale()),
                rx.cond(State.head["problem"] != "", _problem()),
                rx.cond(
                    (State.head["total"] > 0) | (State.head["scoring"] > 0),
                    rx.fragment(_filters(), _columns()),
                    empty(
                        "Nobody has applied yet",
                        "Applications appear here a moment after they arrive in the ATS, already scored.",
                    ),
                ),
            ),
        ),
        _picked(),
        _undo(),
        _reason(),
        panel(),
        whatif_panel(),
        crumbs=[("Jobs", "/jobs"), (State.head["title"], "")],
        wide=True,
        on_unmount=State.leave,
    )


def _head() -> rx.Component:
    head = State.head
    return rx.el.div(
        rx.el.span(
            head["state"], " · ",
            rx.cond(head["url"] != "", rx.el.a(head["source"], href=head["url"], target="_blank", rel="noreferrer", class_name="link"), head["source"]),
            " · synced ", When.create(at=head["synced"], never="not yet"),
            class_name="muted",
        ),
        rx.cond(
            head["scoring"] > 0,
            rx.el.span(
                rx.cond(head["problem"] == "", icon("loader", size=13, class_name="spin")), State.waiting, class_name="pill", role="status"
            ),
        ),
        rx.el.div(
            rx.cond(State.requirements.length() > 0, whatif_button(State.job)),
            rx.el.a(icon("list-checks", size=14), "Requirements", href=f"/jobs/{State.job}/requirements", class_name="button"),
            class_name="actions push",
        ),
        class_name="toolbar",
    )  # fmt: skip


def _stale() -> rx.Component:
    return alert(
        "unplug",
        State.head["stale"],
        " ",
        rx.cond(
            State.is_admin,
            rx.el.a("Open the integration", href=State.head["integration"], class_name="link"),
            "An admin of your team can mend it.",
        ),
        calm=True,
        role="status",
    )


def _problem() -> rx.Component:
    return alert(
        "triangle-alert",
        State.head["problem"],
        " ",
        rx.el.a("Open the requirements", href=f"/jobs/{State.job}/requirements", class_name="link"),
        role="status",
    )


def _filters() -> rx.Component:
    return rx.el.div(
        rx.el.input(
            placeholder="Search people  /", aria_label="Search people", type="search", id="filter", class_name="input search",
            value=State.text, on_change=lambda text: State.narrow("text", text),
        ),
        rx.el.select(
            rx.el.option("All bands", value="all"),
            *(rx.el.option(label, value=band) for band, label in BAND_LABEL.items()),
            value=rx.cond(State.band == "", "all", State.band), on_change=lambda band: State.narrow("band", band), class_name="input", aria_label="Band",
        ),
        rx.cond(
            State.requirements.length() > 0,
            rx.el.select(
                rx.el.option("All requirements", value="all"),
                rx.foreach(State.requirements, lambda each: rx.el.option(each["text"], value=each["id"])),
                value=rx.cond(State.requirement == "", "all", State.requirement),
                on_change=lambda each: State.narrow("requirement", each), class_name="input requirement-filter", aria_label="Requirement",
            ),
        ),
        rx.cond(
            State.requirement != "",
            rx.el.select(
                rx.el.option("any judgement", value="all"),
                *(rx.el.option(label, value=match) for match, label in MATCH_LABEL.items()),
                value=rx.cond(State.match == "", "all", State.match), on_change=lambda match: State.narrow("match", match), class_name="input", aria_label="Judged as",
            ),
        ),
        _checkbox("Hidden text", State.hidden_only, State.only_hidden),
        _checkbox("Initials only", State.initials_only, lambda _: State.toggle_initials(), push=True),
        rx.cond(State.chips.length() > 0, _chips()),
        class_name="toolbar filters",
        role="search",
    )  # fmt: skip


def _checkbox(label: str, checked: Any, on_change: Any, *, push: bool = False) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", checked=checked, on_change=on_change),
        label,
        class_name="check push" if push else "check",
    )


def _chips() -> rx.Component:
    return rx.el.div(
        rx.foreach(
            State.chips,
            lambda chip: rx.el.button(
                rx.el.span(chip["label"], class_name="ellipsis"), icon("x", size=12), on_click=State.drop_chip(chip["key"]),
                class_name="chip-button", type="button", aria_label=f"Without {chip['label']}", key=chip["key"],
            ),
        ),
        rx.el.span(State.shown, " of ", State.head["total"], class_name="muted num", role="status"),
        rx.el.button("Clear filters", on_click=State.drop_chip(""), class_name="button quiet", type="button"),
        class_name="chips",
    )  # fmt: skip


def _columns() -> rx.Component:
    return Board.create(
        *(_column(place) for place in range(len(CATEGORIES))),
        settled=State.settled,
        locked=~State.may_move,
        on_move=State.move,
        on_open=ProfileState.show,
        on_pick=State.pick,
        on_undo=State.undo,
        on_help=rx.redirect("/help"),
        class_name="board",
        # With cards on it they take the focus; without any, the board itself must be there to be scrolled.
        custom_attrs={"aria-label": "Board", "role": "group", "tabIndex": rx.cond(State.shown == 0, 0, -1)},
    )


def _column(place: int) -> rx.Component:
    category = CATEGORIES[place]
    label = CATEGORY_LABEL[category]
    cards = _SLOTS[place]
    return rx.el.section(
        rx.el.header(
            rx.el.h2(label),
            rx.el.span(State.totals[place], class_name="count"),
            rx.cond(
                State.may_move & (cards.length() > 0),
                rx.el.button(
                    icon("list-checks", size=14), on_click=State.pick_column(place), class_name="icon-button small push quiet-until-hover",
                    type="button", aria_label=f"Pick all shown in {label}", title="Pick all shown",
                ),
            ),
            class_name="column-head",
            data_band=category,
        ),
        BoardColumn.create(
            rx.foreach(cards, lambda card: _card(card, category)),
            rx.cond(
                cards.length() == 0,
                rx.el.p(State.nobody, class_name="column-empty"),
            ),
            rx.cond(
                State.totals[place] > cards.length(),
                rx.el.button(
                    "Show more (", cards.length(), " of ", State.totals[place], ")",
                    on_click=State.more(category), class_name="button quiet full", type="button",
                ),
            ),
            column_id=category,
            total=State.totals[place],
            class_name="column-body",
            custom_attrs={"aria-label": label},
        ),
        class_name="column",
    )  # fmt: skip


def _card(card: Any, category: str) -> rx.Component:
    return BoardCard.create(
        rx.el.div(
            rx.el.button(
                rx.cond(State.initials_only, card["initials"], card["name"]),
                class_name="card-name", on_click=ProfileState.show(card["id"]), type="button", tab_index=-1,
            ),
            rx.el.span(rx.el.strong(card["score"], class_name="score"), band_icon(card["band"], card["band_label"]), class_name="card-score"),
            class_name="card-top",
        ),
        rx.el.div(
            _reason_line(card["first"], card["first_match"]),
            _reason_line(card["second"], card["second_match"]),
            _reason_line(card["gap"], card["gap_match"]),
            rx.cond((card["first"] == "") & (card["gap"] == ""), rx.el.div(card["band_label"], class_name="reason")),
            class_name="reasons",
            on_click=ProfileState.show(card["id"]),
        ),
        _foot(card, category),
        card_id=card["id"],
        column_id=category,
        score=card["points"],
        locked=~State.may_move,
        key=card["id"],
        class_name=rx.cond(State.picked.contains(card["id"]), "card picked", "card"),
        custom_attrs={"aria-label": card["label"], "aria-roledescription": "card"},
    )  # fmt: skip


def _reason_line(text: Any, match: Any) -> rx.Component:
    return rx.cond(
        text != "",
        rx.el.div(
            match_icon(match), rx.el.span(text, class_name="ellipsis", title=text), class_name="reason"
        ),
    )


def _foot(card: Any, category: str) -> rx.Component:
    return rx.el.div(
        rx.cond(
            State.may_move,
            rx.el.input(
                type="checkbox", checked=State.picked.contains(card["id"]), on_change=lambda _: State.pick(card["id"]),
                class_name="pick", aria_label=f"Pick {card['name']}", tab_index=-1,
            ),
        ),
        rx.el.span(card["age"], title=card["since"], class_name="num"),
        rx.cond(
            card["decided_by"] != "",
            _sign("user-round-check", f"Decided by {card['decided_by']}", card["decider"]),
            rx.cond(card["turn"] != "", rx.el.span(card["turn"], title="Whose turn it is")),
        ),
        rx.cond(card["status"] != "", rx.el.span(card["status"], title="Status in the ATS", class_name="ellipsis")),
        rx.el.span(
            rx.cond(card["comments"] > 0, _sign("message-square", "Comments", card["comments"])),
            rx.cond(card["hidden"], _sign("eye-off", "The resume holds text a person cannot see; it was not counted", warn=True)),
            rx.cond(card["stale"], _sign("history", "The requirements or the scorer changed; being scored again")),
            rx.match(
                card["write_state"],
                ("failed", _sign("cloud-off", "Could not be written into the ATS; open the card", warn=True)),
                ("waiting", _sign("cloud-upload", "Being written into the ATS")),
                rx.fragment(),
            ),
            class_name="signs push",
        ),
        rx.cond(State.may_move, _menu(card, category)),
        class_name="card-foot",
    )  # fmt: skip


def _sign(shape: str, words: Any, text: Any = None, *, warn: bool = False) -> rx.Component:
    return rx.el.span(
        icon(shape, size=13),
        *([text] if text is not None else []),
        rx.el.span(words, class_name="sr-only"),
        title=words,
        class_name="sign warn" if warn else "sign",
    )


def _menu(card: Any, category: str) -> rx.Component:
    return Popover.create(
        icon("ellipsis", size=14),
        rx.el.span("Move to", class_name="menu-title"),
        *(
            rx.el.button(
                icon(shape, size=14), CATEGORY_LABEL[each],
                class_name="menu-item", role="menuitem", type="button", custom_attrs={"data-move": each},
            )
            for each, shape in zip(CATEGORIES, ("circle", "contrast", "circle-check-big", "eye"), strict=True)
            if each != category
        ),
        rx.el.hr(),
        rx.el.button(icon("panel-right", size=14), "Open", on_click=ProfileState.show(card["id"]), class_name="menu-item", role="menuitem", type="button"),
        label=f"Move {card['name']} to…",
        face="icon-button small",
        panel="popover menu",
        menu=True,
    )  # fmt: skip


def _picked() -> rx.Component:
    return rx.cond(
        State.picked.length() > 0,
        rx.el.div(
            rx.el.strong(State.picked.length(), " picked", class_name="num", role="status"),
            rx.el.span("Move to", class_name="muted"),
            *(
                rx.el.button(
                    CATEGORY_LABEL[each], on_click=State.move_picked(each), class_name="button", type="button"
                )
                for each in CATEGORIES
            ),
            rx.el.button("Clear", on_click=State.let_go, class_name="button quiet", type="button"),
            class_name="bottom-bar",
            role="region",
            aria_label="Picked cards",
        ),
    )


def _undo() -> rx.Component:
    return rx.cond(
        State.undoable != "",
        rx.el.div(
            rx.el.span(State.said),
            rx.el.button("Undo", on_click=State.undo, class_name="button", type="button", id="undo"),
            class_name="undo",
        ),
    )


def _reason() -> rx.Component:
    return rx.cond(
        State.asking_name != "",
        rx.el.form(
            rx.el.strong("You see ", State.asking_name, " otherwise than the score. Why?"),
            rx.el.p("A few words help the next reader, and improve the requirements.", class_name="muted"),
            rx.el.textarea(
                value=State.why,
                on_change=State.set_why,
                class_name="input",
                rows="2",
                aria_label="Reason",
                id="why",
            ),
            rx.el.div(
                rx.el.button("Not now", on_click=State.dismiss_why, class_name="button quiet", type="button"),
                rx.el.button(
                    "Keep reason",
                    class_name="button primary",
                    type="submit",
                    disabled=State.why.strip() == "",
                ),
                class_name="actions end",
            ),
            on_submit=State.explain,
            class_name="dialog corner",
            role="dialog",
            aria_label="Reason for the decision",
        ),
    )

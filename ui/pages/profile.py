"""The Candidate Application Profile, as a panel and as a page."""

from typing import Any

import reflex as rx

from core.domain.words import CATEGORIES, CATEGORY_LABEL
from ui.components.behaviour import Panel, QuoteText
from ui.components.marks import band_icon, match_icon
from ui.components.shell import icon, loading, page
from ui.state.profile import ProfileState

State = ProfileState


def profile() -> rx.Component:
    """The page of its own."""
    return page(
        loading(State.loaded, rx.el.div(_body(), class_name="profile full")),
        crumbs=[
            ("Jobs", "/jobs"),
            (State.head["job_title"], f"/jobs/{State.head['job_id']}"),
            (State.head["name"], ""),
        ],
        wide=True,
    )


def panel() -> rx.Component:
    """Beside the board."""
    return rx.cond(
        State.open & ~State.alone,
        Panel.create(
            rx.el.div(
                _step("chevron-left", "Previous", State.head["previous"]),
                _step("chevron-right", "Next", State.head["next"]),
                rx.el.a(icon("maximize-2", size=15), href=f"/applications/{State.head['id']}", class_name="icon-button push", title="Full page", aria_label="Full page"),
                rx.el.button(icon("x", size=16), on_click=State.close, class_name="icon-button", aria_label="Close", type="button", id="close-panel"),
                class_name="panel-top",
            ),
            loading(State.loaded, rx.el.div(_body(), class_name="profile")),
            class_name="panel",
            custom_attrs={"aria-label": "Application profile"},
            on_key=State.press,
        ),
    )  # fmt: skip


def _step(name: str, label: str, target: Any) -> rx.Component:
    return rx.el.button(
        icon(name),
        on_click=State.show(target),
        disabled=target == "",
        class_name="icon-button",
        aria_label=label,
        title=label,
        type="button",
    )


def _body() -> rx.Component:
    return rx.el.div(
        _head(),
        rx.el.div(
            rx.el.div(_why(), _more(), class_name="profile-left"),
            _document(),
            class_name="profile-columns",
        ),
    )


def _head() -> rx.Component:
    head = State.head
    return rx.el.header(
        rx.el.div(
            rx.el.h2(head["name"]),
            rx.el.div(
                head["headline"], rx.cond(head["headline"] != "", " · ", ""),
                rx.el.span("applied ", head["applied"], title=head["applied_exact"]), " · ", head["source"],
                rx.cond(head["status"] != "", f" · {head['status']}", ""),
                class_name="muted",
            ),
            rx.cond(head["contact"] != "", rx.el.div(head["contact"], class_name="muted")),
        ),
        rx.el.div(
            rx.el.div(
                rx.el.strong(head["score"], class_name="score huge"), band_icon(head["band"]),
                rx.el.span(head["band_label"]), class_name="verdict",
            ),
            rx.el.label(
                rx.el.span("In column", class_name="sr-only"),
                rx.el.select(
                    *(rx.el.option(CATEGORY_LABEL[each], value=each) for each in CATEGORIES),
                    value=head["category"], on_change=State.move, class_name="input", aria_label="Move to", id="move-to",
                ),
            ),
            class_name="profile-verdict",
        ),
        class_name="profile-head",
    )  # fmt: skip


def _why() -> rx.Component:
    head = State.head
    return rx.el.section(
        rx.el.h3(rx.cond(head["score"] == "–", "Why there is no score", f"Why {head['score']}")),
        rx.cond(head["explanation"] != "", rx.el.p(icon("info"), head["explanation"], class_name="alert calm")),
        rx.cond(head["hidden"], rx.el.p(icon("eye-off"), "The file holds text a person cannot see. None of it was counted.", class_name="alert")),
        rx.cond(head["stale"], rx.el.p(icon("history"), "The requirements changed; a new score is on its way.", class_name="alert calm")),
        rx.el.table(
            rx.el.thead(rx.el.tr(rx.el.th("", scope="col"), rx.el.th("Requirement", scope="col"), rx.el.th("Points", scope="col"), class_name="sr-only")),
            rx.el.tbody(rx.foreach(State.rows, _row)),
            rx.cond(
                head["score"] != "–",
                rx.el.tfoot(rx.el.tr(rx.el.td(), rx.el.td("Sum", rx.cond(head["confidence"] != "", rx.el.span(f" · confidence {head['confidence']}", class_name="muted"))), rx.el.td(rx.el.strong(f"{head['score']}/100"), class_name="num"))),
            ),
            class_name="sum",
        ),
        rx.cond(head["change"] != "", rx.el.p(icon("lightbulb", size=14), rx.el.strong("What would change it: "), head["change"], class_name="change")),
        rx.cond(head["footer"] != "", rx.el.p(head["footer"], class_name="muted small")),
        class_name="why",
    )  # fmt: skip


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(match_icon(row["match"]), title=row["match_label"]),
        rx.el.td(
            rx.el.div(row["text"], rx.cond(row["must"], rx.el.span("must", class_name="tag")), class_name="requirement"),
            rx.cond(
                row["quote"] != "",
                rx.el.button(
                    "“", row["quote"], "”", on_click=State.quote(row["id"]), class_name="quote", type="button",
                    title=row["quote_label"],
                ),
                rx.el.span(row["match_label"], class_name="muted"),
            ),
            rx.cond(row["quote"] != "", rx.el.div(row["reason"], class_name="muted small")),
        ),
        rx.el.td(row["points"], class_name="num"),
        data_match=row["match"],
    )  # fmt: skip


def _more() -> rx.Component:
    head = State.head
    return rx.fragment(
        rx.cond(head["summary"] != "", _section("Summary", rx.el.p(head["summary"]))),
        _lines("Experience", State.experience),
        _lines("Education", State.education),
        _lines("Answers", State.answers),
        _comments(),
        _lines("Activity", State.activity),
        _writes(),
    )


def _section(title: str, *content: Any) -> rx.Component:
    return rx.el.section(rx.el.h3(title), *content, class_name="block")


def _line(line: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(line["head"]),
        rx.cond(line["sub"] != "", rx.el.div(line["sub"], class_name="muted")),
        rx.cond(line["body"] != "", rx.el.p(line["body"], class_name="pre")),
        data_state=line["state"],
    )


def _lines(title: str, lines: Any) -> rx.Component:
    return rx.cond(lines.length() > 0, _section(title, rx.el.ul(rx.foreach(lines, _line), class_name="lines")))


def _comments() -> rx.Component:
    return _section(
        "Comments",
        rx.el.ul(rx.foreach(State.comments, _line), class_name="lines"),
        rx.el.textarea(
            value=State.draft, on_change=State.set_draft, placeholder="Say something to your team",
            aria_label="Comment", class_name="input", rows="2", id="comment",
        ),
        rx.el.button("Comment", on_click=State.comment, disabled=State.draft == "", class_name="button", type="button"),
    )  # fmt: skip


def _writes() -> rx.Component:
    return _section(
        "Written to the ATS",
        rx.cond(
            State.writes.length() > 0,
            rx.el.ul(rx.foreach(State.writes, _line), class_name="lines writes"),
            rx.el.p("Nothing yet.", class_name="muted"),
        ),
        rx.el.div(
            rx.el.button("Preview", on_click=State.show_preview, class_name="button quiet", type="button"),
            rx.el.button("Try again", on_click=State.retry, class_name="button quiet", type="button"),
            class_name="actions",
        ),
        rx.foreach(State.preview, lambda text: rx.el.pre(text, class_name="pre preview")),
    )


def _document() -> rx.Component:
    shown = State.document
    return rx.el.section(
        rx.cond(
            State.files.length() > 0,
            rx.fragment(
                rx.el.div(
                    rx.el.select(
                        rx.foreach(State.files, lambda file, place: rx.el.option(file["label"], value=place.to_string())),
                        value=State.file.to_string(), on_change=lambda value: State.show_file(value.to(int)),
                        class_name="input", aria_label="Document",
                    ),
                    rx.el.span(shown["meta"], class_name="muted"),
                    rx.el.div(
                        _toggle("What was read", "read"), _toggle("Original", "original"),
                        class_name="toggle push", role="tablist",
                    ),
                    class_name="toolbar",
                ),
                rx.cond(shown["explanation"] != "", rx.el.p(icon("file-x"), shown["explanation"], class_name="alert")),
                rx.cond(shown["hidden"] != "", rx.el.p(icon("eye-off"), rx.el.span(rx.el.strong("Hidden in the file, not counted: "), shown["hidden"]), class_name="alert")),
                rx.cond(
                    State.tab == "read",
                    rx.cond(
                        shown["text"] != "",
                        QuoteText.create(text=shown["text"], start=State.mark_start, end=State.mark_end, at=State.mark_at, class_name="paper"),
                        rx.el.p("Nothing could be read.", class_name="muted"),
                    ),
                    rx.cond(
                        shown["inline"],
                        rx.el.iframe(src=shown["url"], class_name="original", title="Original document"),
                        rx.el.a(icon("download", size=14), "Download the original", href=shown["url"], class_name="button"),
                    ),
                ),
            ),
            rx.el.p("There is no file.", class_name="muted"),
        ),
        class_name="document",
        aria_label="Document",
    )  # fmt: skip


def _toggle(label: str, tab: str) -> rx.Component:
    return rx.el.button(
        label,
        on_click=State.show_tab(tab),
        class_name="toggle-item",
        role="tab",
        aria_selected=rx.cond(State.tab == tab, "true", "false"),
        type="button",
    )

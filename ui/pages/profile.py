"""The Candidate Application Profile, as a panel and as a page."""

from typing import Any

import reflex as rx

from core.domain.words import CATEGORIES, CATEGORY_LABEL
from ui.components.behaviour import Panel, When
from ui.components.icons import band_icon, icon, match_icon
from ui.components.shell import alert, loading, page
from ui.pages.document import document
from ui.state.profile import ProfileState

State = ProfileState


def profile() -> rx.Component:
    """The page of its own."""
    return page(
        loading(
            State.loaded,
            rx.el.div(
                _head(
                    _step("chevron-left", "Previous in the column", "previous", linked=True),
                    _step("chevron-right", "Next in the column", "next", linked=True),
                ),
                rx.el.div(
                    rx.el.div(_why(), _more(), class_name="profile-left"),
                    document(),
                    class_name="profile-columns",
                ),
                class_name="profile full",
            ),
        ),
        crumbs=[
            ("Jobs", "/jobs"),
            (State.head["job_title"], f"/jobs/{State.head['job_id']}"),
            (State.head["name"], ""),
        ],
        on_unmount=State.leave,
    )


def panel() -> rx.Component:
    """Beside the board; wide, with the document next to the reasons, when a quote was asked for."""
    return rx.cond(
        State.open & ~State.alone,
        Panel.create(
            rx.el.div(
                _step("chevron-left", "Previous (K)", "previous"),
                _step("chevron-right", "Next (J)", "next"),
                rx.el.button(
                    icon("file-text", size=15),
                    rx.cond(State.wide, "Hide document", "Document"),
                    on_click=State.widen, class_name="button quiet push", type="button", aria_pressed=State.wide,
                ),
                rx.el.a(icon("maximize-2", size=15), href=f"/applications/{State.head['id']}", class_name="icon-button", title="Full page", aria_label="Full page"),
                rx.el.button(icon("x"), on_click=State.close, class_name="icon-button", aria_label="Close (Esc)", title="Close (Esc)", type="button", id="close-panel"),
                class_name="panel-top",
            ),
            rx.el.div(
                rx.el.div(_head(), _why(), _more(), class_name="panel-main"),
                rx.cond(State.wide, document()),
                class_name="panel-body",
            ),
            class_name=rx.cond(State.wide, "panel wide", "panel"),
            custom_attrs={"aria-label": "Application profile"},
            card=State.head["id"], on_key=State.press,
        ),
    )  # fmt: skip


def _step(shape: str, label: str, where: str, *, linked: bool = False) -> rx.Component:
    target: Any = State.head[where]  # type: ignore[literal-required]  # Reflex makes it a variable
    if linked:
        return rx.el.a(
            icon(shape),
            href=f"/applications/{target}",
            class_name=rx.cond(target == "", "icon-button off", "icon-button"),
            aria_label=label,
            title=label,
        )
    return rx.el.button(
        icon(shape), on_click=State.show(target), disabled=target == "", class_name="icon-button",
        aria_label=label, title=label, type="button",
    )  # fmt: skip


def _head(*steps: rx.Component) -> rx.Component:
    head = State.head
    return rx.el.header(
        rx.el.div(
            rx.el.h2(head["name"]),
            rx.el.div(
                rx.cond(head["headline"] != "", rx.fragment(head["headline"], " · ")),
                "applied ", When.create(at=head["applied"]), " · ",
                rx.cond(head["ats_url"] != "", rx.el.a(head["source"], icon("external-link", size=11), href=head["ats_url"], target="_blank", rel="noreferrer", class_name="link"), head["source"]),
                rx.cond(head["status"] != "", rx.fragment(" · ", head["status"])),
                class_name="muted",
            ),
            rx.cond(head["contact"] != "", rx.el.div(head["contact"], class_name="muted wrap")),
            class_name="who",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.strong(head["score"], class_name="score huge"),
                rx.el.span(band_icon(head["band"]), head["band_label"], class_name="band", data_band=head["band"]),
                class_name="verdict",
            ),
            rx.cond(
                State.may_move,
                rx.el.select(
                    *(rx.el.option(CATEGORY_LABEL[each], value=each) for each in CATEGORIES),
                    value=head["category"], on_change=State.move, class_name="input", aria_label="Column: move to", title="Move to", id="move-to",
                ),
                rx.el.span(head["category_label"], class_name="chip"),
            ),
            *steps,
            class_name="profile-verdict",
        ),
        class_name="profile-head",
    )  # fmt: skip


def _why() -> rx.Component:
    head = State.head
    scored = head["score"] != "–"
    return rx.el.section(
        rx.el.h3(rx.cond(scored, f"Why {head['score']}", "Why there is no score")),
        rx.cond(head["explanation"] != "", alert("info", head["explanation"], calm=True)),
        rx.cond(head["stale"], alert("history", "The requirements or the scorer changed; a new score is on its way.", calm=True)),
        rx.foreach(State.flagged, _notice),
        rx.cond(State.rows.length() > 0, _addition(scored)),
        rx.cond(head["to_settle"] != "", _to_settle()),
        rx.cond(head["footer"] != "", rx.el.p(head["footer"], _receipt(), class_name="muted small")),
        class_name="why",
    )  # fmt: skip


def _to_settle() -> rx.Component:
    """The fewest open questions whose answers could put the card into another band."""
    head = State.head
    return rx.el.div(
        icon("circle-help", size=14),
        rx.el.div(
            rx.el.strong("To settle: "), head["to_settle"],
            rx.el.details(
                rx.el.summary("The fewest answers that could change the band: what to ask"),
                rx.el.ul(rx.foreach(head["questions"], lambda question: rx.el.li(question))),
                class_name="small",
            ),
        ),
        class_name="change",
    )  # fmt: skip


def _receipt() -> rx.Component:
    """The signed record of the addition, for whoever wants to check it without us."""
    return rx.cond(
        State.may_prove & State.head["receipt"],
        rx.fragment(
            " · ",
            rx.el.a(
                "Receipt", href=f"/api/applications/{State.head['id']}/receipt", download="", class_name="link",
                reload_document=True,
                title="The signed record of this score; “shortlist verify” proves it",
            ),
        ),
    )  # fmt: skip


def _notice(notice: Any) -> rx.Component:
    """A flag in words; the passages it is about are one click away."""
    return alert(
        "eye-off",
        notice["head"],
        rx.cond(
            notice["body"] != "",
            rx.el.details(
                rx.el.summary("Show the passages"),
                rx.el.p(notice["body"], class_name="pre small"),
                class_name="passages",
            ),
        ),
    )


def _addition(scored: Any) -> rx.Component:
    head = State.head
    return rx.el.table(
        rx.el.thead(
            rx.el.tr(
                rx.el.th("Judged as", scope="col"), rx.el.th("Requirement", scope="col"), rx.el.th("Points", scope="col")
            ),
            class_name="sr-only",
        ),
        rx.el.tbody(rx.foreach(State.rows, _row)),
        rx.cond(
            scored,
            rx.el.tfoot(
                rx.el.tr(
                    rx.el.td(),
                    rx.el.td(
                        "Sum",
                        rx.cond(head["confidence"] != "", rx.el.span(" · ", head["confidence"], " confidence", class_name="muted")),
                    ),
                    rx.el.td(rx.el.strong(head["score"]), " of 100", class_name="num"),
                )
            ),
        ),
        class_name="sum",
    )  # fmt: skip


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(match_icon(row["match"])),
        rx.el.td(
            rx.el.div(
                row["text"], rx.cond(row["must"], rx.fragment(" ", rx.el.span("must", class_name="tag", title="Must-have"))), class_name="requirement"
            ),
            rx.foreach(row["quotes"], lambda quote: _quote(row, quote)),
            rx.el.div(row["reason"], class_name="muted small"),
        ),
        rx.el.td(row["points"], class_name="num"),
        data_match=row["match"],
        key=row["id"],
    )  # fmt: skip


def _quote(row: Any, quote: Any) -> rx.Component:
    return rx.el.button(
        "“", quote["text"], "”", rx.el.span(quote["place"], class_name="quote-place"),
        on_click=State.quote(row["id"], quote["key"]), class_name="quote", type="button", title="Show where it stands", key=quote["key"],
    )  # fmt: skip


def _more() -> rx.Component:
    return rx.fragment(
        rx.cond(
            State.head["summary"].length() > 0,
            _section("Summary", rx.foreach(State.head["summary"], lambda sentence: rx.el.p(sentence))),
        ),
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
        rx.cond(
            (line["sub"] != "") | (line["at"] != ""),
            rx.el.div(
                line["sub"],
                rx.cond((line["sub"] != "") & (line["at"] != ""), " · ", ""),
                When.create(at=line["at"]),
                class_name="muted small",
            ),
        ),
        rx.cond(
            line["body"] != "",
            rx.cond(
                line["state"] == "written",
                # What went well is seldom read again, and it repeats all that stands above.
                rx.el.details(rx.el.summary("Show what was written"), rx.el.p(line["body"], class_name="pre"), class_name="passages whole"),
                rx.el.p(line["body"], class_name="pre"),
            ),
        ),
        data_state=line["state"],
    )  # fmt: skip


def _lines(title: str, lines: Any) -> rx.Component:
    return rx.cond(
        lines.length() > 0, _section(title, rx.el.ul(rx.foreach(lines, _line), class_name="lines"))
    )


def _comments() -> rx.Component:
    return _section(
        "Comments",
        rx.cond(State.comments.length() > 0, rx.el.ul(rx.foreach(State.comments, _line), class_name="lines comments")),
        rx.el.form(
            rx.el.textarea(
                value=State.draft, on_change=State.set_draft, placeholder="Say something to your team",
                aria_label="Comment", class_name="input", rows="2", id="comment",
            ),
            rx.el.div(
                rx.el.button("Comment", disabled=State.draft.strip() == "", class_name="button", type="submit"),
                rx.el.span("Only your team sees it.", class_name="muted small"),
                class_name="actions",
            ),
            on_submit=State.comment,
            class_name="comment-form",
        ),
    )  # fmt: skip


def _writes() -> rx.Component:
    return _section(
        f"Written to {State.head['source']}",
        rx.cond(
            State.writes.length() > 0,
            rx.el.ul(rx.foreach(State.writes, _line), class_name="lines writes"),
            rx.el.p("Nothing was written yet.", class_name="muted"),
        ),
        rx.cond(
            State.previewed,
            rx.el.div(
                rx.cond(
                    State.preview.length() > 0,
                    rx.foreach(State.preview, lambda text: rx.el.pre(text, class_name="pre preview")),
                    rx.el.p("Nothing would be written: writing back is off, or the service takes nothing.", class_name="muted"),
                ),
                class_name="previews",
            ),
        ),
        rx.el.div(
            rx.cond(
                State.previewed,
                rx.el.button("Hide preview", on_click=State.hide_preview, class_name="button quiet", type="button"),
                rx.el.button("Preview what is written", on_click=State.show_preview, class_name="button quiet", type="button"),
            ),
            rx.cond(
                State.unwritten & State.may_move,
                rx.el.button(icon("refresh-cw", size=13), "Try again", on_click=State.retry, class_name="button", type="button"),
            ),
            class_name="actions",
        ),
    )  # fmt: skip

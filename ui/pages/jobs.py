"""The Jobs page, the Review page, Help and the page for wrong addresses."""

from typing import Any

import reflex as rx

from ui.components.behaviour import When
from ui.components.icons import icon
from ui.components.shell import empty, loading, page
from ui.state.jobs import JobsState, TasksState


def jobs() -> rx.Component:
    """All tracked jobs."""
    return page(
        loading(
            JobsState.loaded,
            rx.fragment(
                _tools(),
                rx.cond(
                    JobsState.rows.length() > 0,
                    _table(),
                    rx.cond((JobsState.search != "") | JobsState.closed, _nothing_fits(), _no_jobs()),
                ),
            ),
        ),
        crumbs=[("Jobs", "/jobs")],
    )


def _tools() -> rx.Component:
    return rx.el.div(
        rx.el.input(
            placeholder="Search jobs",
            aria_label="Search jobs",
            value=JobsState.search,
            on_change=JobsState.look_for,
            class_name="input search",
            type="search",
        ),
        rx.el.label(
            rx.el.input(type="checkbox", checked=JobsState.closed, on_change=JobsState.show_closed),
            "Closed jobs too",
            class_name="check",
        ),
        rx.el.span(JobsState.summary, class_name="muted push num", role="status"),
        class_name="toolbar",
    )


def _nothing_fits() -> rx.Component:
    return empty(
        "No job fits",
        "Nothing matches what you look for.",
        rx.el.button("Clear the search", on_click=JobsState.clear, class_name="button", type="button"),
    )


def _no_jobs() -> rx.Component:
    return rx.cond(
        JobsState.is_admin,
        empty(
            "No jobs yet",
            "Connect the ATS your team already uses; its jobs, candidates and resumes then appear here.",
            rx.el.a("Add integration", href="/settings/integrations/new", class_name="button primary"),
        ),
        empty("No jobs yet", "An admin of your team connects the ATS; its jobs then appear here."),
    )


def _table() -> rx.Component:
    heads = ("Job", "Source", "Open since", "New", "Applications", "Waiting on", "Synced")
    return rx.el.div(
        rx.el.table(
            rx.el.thead(rx.el.tr(*(rx.el.th(head, scope="col") for head in heads))),
            rx.el.tbody(rx.foreach(JobsState.rows, _row)),
            class_name="table rows",
        ),
        class_name="scroll",
    )


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.el.td(
            rx.cond(
                row["decided"] != "", rx.el.span(rx.el.span(row["decided"], class_name="sr-only"), class_name="dot", title=row["decided"])
            ),
            rx.el.a(row["title"], href=f"/jobs/{row['id']}", class_name="row-link"),
            rx.cond(row["state"] == "closed", rx.el.span("closed", class_name="tag")),
            rx.el.div(row["team"], class_name="muted"),
            rx.cond(row["problem"] != "", rx.el.div(icon("triangle-alert", size=13), row["problem"], class_name="warn")),
        ),
        rx.el.td(rx.el.span(row["source"], class_name="chip")),
        rx.el.td(row["since"], class_name="num"),
        rx.el.td(rx.cond(row["new"] > 0, rx.el.span(row["new"], class_name="pill"), rx.el.span("–", class_name="muted")), class_name="num"),
        rx.el.td(_bar(row)),
        rx.el.td(row["waiting"]),
        rx.el.td(When.create(at=row["synced"], never="not yet"), class_name="muted num"),
        key=row["id"],
    )  # fmt: skip


def _bar(row: Any) -> rx.Component:
    bands = (("qualified", "q"), ("pre_qualified", "p"), ("not_qualified", "n"), ("needs_a_look", "l"))
    return rx.fragment(
        rx.el.div(
            *(
                rx.el.span(class_name="seg", data_band=band, style={"width": row[f"width_{letter}"]})
                for band, letter in bands
            ),
            class_name="bar",
            title=row["counts"],
            role="img",
            aria_label=row["counts"],
        ),
        rx.el.div(row["standing"], class_name="muted num small standing"),
    )


def review() -> rx.Component:
    """What only a person can settle."""
    return page(
        loading(
            TasksState.loaded,
            rx.cond(
                TasksState.rows.length() > 0,
                rx.el.ul(rx.foreach(TasksState.rows, _task), class_name="list"),
                empty(
                    "Nothing waits for you",
                    "Resumes nobody could read and integrations in trouble appear here.",
                ),
            ),
        ),
        crumbs=[("Review", "/review")],
    )


def _task(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(row["title"]),
            rx.cond(row["about"] != "", rx.el.p(row["about"])),
            rx.el.p(row["body"], class_name="muted"),
            When.create(at=row["at"], class_name="muted small"),
        ),
        rx.el.div(
            rx.cond(row["link"] != "", rx.el.a("Open", href=row["link"], class_name="button")),
            rx.el.button(
                "Done", on_click=TasksState.settle(row["id"]), class_name="button quiet", type="button"
            ),
            class_name="actions",
        ),
        class_name="item",
    )


_KEYS = (
    ("← → ↑ ↓", "from card to card"),
    ("Enter", "open the card beside the board"),
    ("Alt + ← →", "move the card to the next column"),
    ("M", "the card's menu: move it anywhere"),
    ("Space", "pick the card, to move many at once"),
    ("Ctrl + Z", "take the last move back"),
    ("/", "search people"),
    ("J and K", "next and previous candidate, in the open profile"),
    ("Esc", "close the profile; the focus goes back to the card"),
    ("?", "this page"),
)


def help_page() -> rx.Component:
    """How Shortlist works, on one page."""
    return page(
        rx.el.article(
            rx.el.h2("What a score is"),
            rx.el.p(
                "A score is a sum you can check. Each requirement of the job has points; the rows on a "
                "candidate's page show which were given, why, and the words in the resume they rest on. "
                "“Not stated” means the text says nothing about it: it is not a no."
            ),
            rx.el.h2("What a score is not"),
            rx.el.p(
                "It never rejects anybody. Moving a card is your decision; the ATS gets a note with the reasons, "
                "and its own status never changes. Names, contacts, schools and dates of birth are taken out "
                "before anything is scored, and text a person cannot see on the page does not count."
            ),
            rx.el.h2("What the columns are"),
            rx.el.p(
                "A card first lands in the column of its band. From then on people decide: where somebody moved "
                "a card, later scores leave it. “Needs a look” holds those no score can speak for: a resume "
                "nobody could read, or one that says too little."
            ),
            rx.el.h2("Keys on the board", id="keys"),
            rx.el.table(
                rx.el.tbody(*(rx.el.tr(rx.el.th(rx.el.kbd(key)), rx.el.td(text)) for key, text in _KEYS)),
                class_name="table keys",
            ),
            class_name="prose",
        ),
        crumbs=[("Help", "/help")],
        # Nothing in the text takes the focus, so the page itself does, or no key could scroll it.
        tab_index=0,
    )


def not_found() -> rx.Component:
    """A wrong address."""
    return page(
        empty(
            "There is nothing here",
            "The address is wrong, or what it led to was removed.",
            rx.el.a("Go to Jobs", href="/jobs", class_name="button primary"),
        ),
        crumbs=[("Not found", "")],
    )

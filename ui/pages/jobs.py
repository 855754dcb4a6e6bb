"""The Jobs page, the Review page, Help and the page for wrong addresses."""

from typing import Any

import reflex as rx

from ui.components.shell import empty, icon, loading, page
from ui.state.jobs import JobsState, TasksState


def jobs() -> rx.Component:
    """All tracked jobs."""
    return page(
        rx.el.div(
            rx.el.input(
                placeholder="Search jobs",
                aria_label="Search jobs",
                on_change=JobsState.look_for.debounce(200),
                class_name="input search",
                type="search",
            ),
            rx.el.label(
                rx.el.input(type="checkbox", checked=JobsState.closed, on_change=JobsState.show_closed),
                "Closed jobs too",
                class_name="check",
            ),
            rx.el.span(JobsState.summary, class_name="muted push"),
            class_name="toolbar",
        ),
        loading(
            JobsState.loaded,
            rx.cond(
                JobsState.rows.length() > 0,
                _table(),
                rx.cond(
                    JobsState.search != "",
                    empty("No job fits", "Nothing matches your search. Clear it to see all jobs."),
                    empty(
                        "No jobs yet",
                        "Connect the ATS your team already uses; its jobs, candidates and resumes then appear here.",
                        rx.el.a("Add integration", href="/settings/integrations/new", class_name="button primary"),
                    ),
                ),
            ),
        ),
        crumbs=[("Jobs", "/jobs")],
    )


def _table() -> rx.Component:
    heads = ("Job", "Source", "Open since", "New", "Applications", "Waiting on", "Synced")
    return rx.el.div(
        rx.el.table(
            rx.el.thead(rx.el.tr(*(rx.el.th(head, scope="col") for head in heads))),
            rx.el.tbody(rx.foreach(JobsState.rows, _row)),
            class_name="table",
        ),
        class_name="scroll",
    )


def _row(row: Any) -> rx.Component:
    target = f"/jobs/{row['id']}"
    return rx.el.tr(
        rx.el.td(
            rx.el.a(rx.el.strong(row["title"]), href=target, class_name="row-link"),
            rx.el.div(row["team"], class_name="muted"),
            rx.cond(row["problem"] != "", rx.el.div(icon("triangle-alert", size=13), row["problem"], class_name="warn")),
        ),
        rx.el.td(rx.el.span(row["source"], class_name="chip")),
        rx.el.td(row["since"], class_name="num"),
        rx.el.td(rx.cond(row["new"] > 0, rx.el.span(row["new"], class_name="pill"), "–"), class_name="num"),
        rx.el.td(
            rx.el.div(
                rx.el.span(class_name="seg", data_band="qualified", style={"width": row["width_q"]}),
                rx.el.span(class_name="seg", data_band="pre_qualified", style={"width": row["width_p"]}),
                rx.el.span(class_name="seg", data_band="not_qualified", style={"width": row["width_n"]}),
                rx.el.span(class_name="seg", data_band="needs_a_look", style={"width": row["width_l"]}),
                class_name="bar",
                title=row["counts"],
                role="img",
                aria_label=row["counts"],
            ),
            rx.el.div(f"{row['qualified']} qualified of {row['total']}", class_name="muted num"),
        ),
        rx.el.td(row["waiting"]),
        rx.el.td(rx.el.span(row["synced"], title=row["synced_exact"]), class_name="muted"),
    )


def review() -> rx.Component:
    """What only a person can settle."""
    return page(
        loading(
            TasksState.loaded,
            rx.cond(
                TasksState.rows.length() > 0,
                rx.el.ul(rx.foreach(TasksState.rows, _task), class_name="list"),
                empty("Nothing waits for you", "Resumes nobody could read and integrations in trouble appear here."),
            ),
        ),
        crumbs=[("Review", "/review")],
    )


def _task(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(row["title"]), rx.el.p(row["body"], class_name="muted"), rx.el.time(row["at"], class_name="muted")
        ),
        rx.el.div(
            rx.cond(row["link"] != "", rx.el.a("Open", href=row["link"], class_name="button")),
            rx.el.button("Done", on_click=TasksState.settle(row["id"]), class_name="button quiet", type="button"),
            class_name="actions",
        ),
        class_name="item",
    )


_KEYS = (
    ("← → ↑ ↓", "from card to card"),
    ("Alt + ← →", "move the card to the next column"),
    ("Enter", "open the card"),
    ("Tab", "to the card's Move to menu"),
    ("Esc", "close the panel"),
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
            rx.el.h2("Keys on the board"),
            rx.el.table(
                rx.el.tbody(*(rx.el.tr(rx.el.th(rx.el.kbd(key)), rx.el.td(text)) for key, text in _KEYS)),
                class_name="table keys",
            ),
            class_name="prose",
        ),
        crumbs=[("Help", "/help")],
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

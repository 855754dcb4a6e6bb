"""Settings > Bias audit: import answers, choose a sample, read the tables, hand them to an auditor."""

from typing import Any

import reflex as rx

from ui.components.behaviour import When
from ui.components.filepicker import FilePicker
from ui.components.icons import icon
from ui.components.shell import admins_only, alert, empty, loading, page, settings_tabs
from ui.state.audit import COLUMNS_HELP, MEASURES, AuditState, CellView


def audit() -> rx.Component:
    """The bias audit, for admins."""
    return page(
        settings_tabs("Bias audit"),
        admins_only(
            lambda: loading(
                AuditState.loaded,
                rx.cond(
                    AuditState.jobs.length() > 0,
                    rx.el.div(
                        _intro(), _answers(), rx.cond(AuditState.answered > 0, _report()), class_name="audit"
                    ),
                    empty(
                        "Nothing to audit yet",
                        "Once applications have been scored, you can compare here how groups of applicants fared.",
                    ),
                ),
            )
        ),
        crumbs=[("Settings", "/settings/integrations"), ("Bias audit", "")],
    )


def _intro() -> rx.Component:
    return rx.el.p(
        "Compares how applicants of different sex, race and ethnicity fared, from what they said of themselves. "
        "Scoring cannot see these answers. The figures point at what to look into; they prove nothing by themselves, "
        "and New York City asks for an audit by somebody outside, who can recompute them from the exported rows.",
        class_name="muted intro",
    )


def _answers() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Answers of applicants"),
        rx.el.p(
            rx.cond(
                AuditState.answered > 0,
                rx.fragment(
                    rx.el.strong(AuditState.answered.to_string(), class_name="num"),
                    " applications have answers. Last import ",
                    When.create(at=AuditState.imported),
                    ".",
                ),
                "There are none yet. Import what applicants told your ATS of their own free will.",
            ),
            role="status",
        ),
        rx.el.div(
            FilePicker.create(
                icon("file-up", size=14),
                "Import answers",
                target="/api/audits/answers",
                accept=".csv,text/csv",
                face=rx.cond(AuditState.answered > 0, "button", "button primary"),
                on_done=AuditState.answered_by_file,
            ),
            rx.cond(AuditState.answered > 0, _erase()),
            class_name="actions",
        ),
        rx.cond(AuditState.refused != "", _refused()),
        _format(),
        class_name="block",
    )


def _erase() -> rx.Component:
    return rx.cond(
        AuditState.erasing,
        rx.fragment(
            rx.el.span("Delete the answers of all applicants? They can only be imported again."),
            rx.el.button(
                "Delete all answers", on_click=AuditState.erase, class_name="button danger", type="button"
            ),
            rx.el.button(
                "Keep them", on_click=AuditState.ask_to_erase(False), class_name="button", type="button"
            ),
        ),
        rx.el.button(
            "Delete all answers",
            on_click=AuditState.ask_to_erase(True),
            class_name="button quiet",
            type="button",
        ),
    )


def _refused() -> rx.Component:
    return alert(
        "circle-alert",
        rx.el.p(AuditState.refused),
        rx.cond(
            AuditState.faults.length() > 0,
            rx.el.ul(
                rx.foreach(
                    AuditState.faults,
                    lambda fault: rx.el.li(
                        rx.el.strong(fault["line"]), ": ", fault["text"], key=fault["line"]
                    ),
                ),
                class_name="faults",
            ),
        ),
        role="alert",
    )


def _format() -> rx.Component:
    columns = (
        ("application_id", "the application's id in your ATS, or the last part of its address here"),
        ("sex", "female, male, non_binary, or empty"),
        (
            "race_ethnicity",
            "hispanic_or_latino, white, black_or_african_american, native_hawaiian_or_pacific_islander, asian, "
            "american_indian_or_alaska_native, two_or_more_races, or empty",
        ),
    )
    return rx.el.details(
        rx.el.summary("What the file looks like"),
        rx.el.p(
            "A CSV file in UTF-8 with these columns. It is taken whole or not at all.", class_name="muted"
        ),
        rx.el.dl(*(part for name, text in columns for part in (rx.el.dt(rx.el.code(name)), rx.el.dd(text)))),
        class_name="fold",
    )


def _report() -> rx.Component:
    return rx.fragment(
        rx.el.section(
            rx.el.h2("Report"),
            _jobs(),
            rx.el.div(
                _day("From", AuditState.since, AuditState.set_since, "since"),
                _day("To", AuditState.until, AuditState.set_until, "until"),
                rx.el.label(
                    rx.el.span("Smallest category shown"),
                    rx.el.input(
                        type="number", min=1, max=1000, value=AuditState.least, class_name="input number",
                        on_change=AuditState.set_least, aria_invalid=_wrong("min_cell"),
                    ),
                    _error("min_cell"),
                    class_name="field",
                ),
                rx.el.button("Make report", on_click=AuditState.make, class_name="button primary", type="button"),
                class_name="audit-wish",
            ),
            rx.el.p("Applications that came on these days (UTC), both included.", class_name="muted small"),
            class_name="block",
        ),
        rx.cond(AuditState.made, _made()),
    )  # fmt: skip


def _jobs() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend("Jobs"),
        rx.el.div(
            rx.foreach(
                AuditState.jobs,
                lambda job: rx.el.label(
                    rx.el.input(
                        type="checkbox",
                        checked=job["chosen"],
                        on_change=lambda chosen: AuditState.choose(job["id"], chosen),
                    ),
                    rx.el.span(job["title"], rx.el.span(job["about"], class_name="muted block-text small")),
                    class_name="check",
                    key=job["id"],
                ),
            ),
            class_name="audit-jobs",
        ),
        rx.el.div(
            rx.el.button(
                "All", on_click=AuditState.choose_all(True), class_name="button quiet", type="button"
            ),
            rx.el.button(
                "None", on_click=AuditState.choose_all(False), class_name="button quiet", type="button"
            ),
            _error("jobs"),
            class_name="actions",
        ),
    )


def _day(label: str, value: Any, on_change: Any, name: str) -> rx.Component:
    return rx.el.label(
        rx.el.span(label),
        rx.el.input(
            type="date", value=value, on_change=on_change, class_name="input", aria_invalid=_wrong(name)
        ),
        _error(name),
        class_name="field",
    )


def _wrong(name: str) -> Any:
    return rx.cond(AuditState.errors.contains(name), "true", "false")


def _error(name: str) -> rx.Component:
    return rx.cond(
        AuditState.errors.contains(name),
        rx.el.small(AuditState.errors[name], class_name="error", role="alert"),
    )


def _made() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.p(AuditState.summary, role="status"),
            rx.el.div(
                _file("Rows as CSV", AuditState.rows_link),
                _file("Report as JSON", AuditState.report_link),
                class_name="actions",
            ),
            class_name="audit-head",
        ),
        rx.el.div(
            *(
                rx.el.button(
                    label,
                    on_click=AuditState.show(key),
                    role="tab",
                    aria_selected=rx.cond(AuditState.measure == key, "true", "false"),
                    class_name="toggle-item",
                    type="button",
                )
                for key, label in MEASURES
            ),
            role="tablist",
            aria_label="How selection is measured",
            class_name="toggle",
        ),
        rx.el.p(AuditState.help, " ", AuditState.counted, class_name="muted intro"),
        rx.el.p(rx.el.strong(AuditState.conclusion), class_name="below"),
        rx.foreach(AuditState.tables, _table),
        rx.el.p(COLUMNS_HELP, class_name="muted small intro"),
        class_name="block",
    )


def _file(label: str, link: Any) -> rx.Component:
    # Without reload_document the router takes the click for a page of its own.
    return rx.el.a(
        icon("download", size=14), label, href=link, download=True, reload_document=True, class_name="button"
    )


def _table(table: Any) -> rx.Component:
    heads = ("Counted", "Selected", "Rate", "Ratio", "95 % interval", "LL144 ratio", "Fisher p")
    return rx.el.div(
        rx.el.h3(table["label"]),
        rx.cond(
            table["rows"].to(list[CellView]).length() > 0,
            rx.el.div(
                rx.el.table(
                    rx.el.thead(rx.el.tr(rx.el.th("Category"), *(rx.el.th(head) for head in heads))),
                    rx.el.tbody(rx.foreach(table["rows"].to(list[CellView]), lambda row: _row(row, heads))),
                    class_name="table audit-table",
                ),
                class_name="scroll",
            ),
            rx.el.p("No applicant of this sample has said.", class_name="muted"),
        ),
        rx.el.p(table["unknown"], class_name="muted small"),
        class_name="audit-part",
        key=table["label"],
    )


def _row(row: Any, heads: tuple[str, ...]) -> rx.Component:
    figures = ("count", "selected", "rate", "ratio", "span", "ll144", "p_value")
    return rx.el.tr(
        rx.el.th(
            row["category"],
            rx.el.span(
                rx.match(
                    row["flag"],
                    ("strong", icon("triangle-alert", size=13)),
                    ("weak", icon("circle-help", size=13)),
                    rx.fragment(),
                ),
                row["verdict"],
                class_name="audit-verdict",
                data_flag=row["flag"],
            ),
            scope="row",
        ),
        *(
            rx.el.td(row[name], class_name="num", custom_attrs={"data-label": head})
            for name, head in zip(figures, heads, strict=True)
        ),
        key=row["category"],
    )

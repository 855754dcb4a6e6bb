"""One integration's page, and the wizard that makes one."""

from typing import Any

import reflex as rx

from ui.components.shell import admins_only, icon, loading, page, settings_tabs
from ui.state.integrations import IntegrationsState, WizardState

One = IntegrationsState
Wizard = WizardState
_STEPS = ("Choose", "Connect", "Check", "Jobs")


def integration() -> rx.Component:
    """State, progress, problems, webhooks, and the way out."""
    return page(
        settings_tabs("Integrations"),
        admins_only(lambda: loading(One.loaded & (One.one["id"] != ""), _one())),
        crumbs=[("Settings", "/settings/integrations"), ("Integrations", "/settings/integrations"), (One.one["title"], "")],
    )


def _one() -> rx.Component:
    one = One.one
    return rx.el.div(
        rx.el.div(
            rx.el.span(one["state_label"], class_name="state", data_state=one["state"]),
            rx.el.span(one["text"]),
            rx.cond(one["fix"] != "", rx.el.strong(one["fix"])),
            rx.cond(one["waiting"] != "", rx.el.span(icon("hourglass", size=13), one["waiting"], class_name="pill")),
            class_name="toolbar",
            role="status",
        ),
        rx.el.section(
            rx.el.h2("Progress"),
            rx.foreach(One.progress, _progress),
            rx.el.p("Synced ", rx.el.span(one["synced"], title=one["synced_exact"]), " · ", one["jobs"], " jobs tracked · writing back is ", one["write_back"], class_name="muted"),
            rx.el.div(
                rx.el.button("Sync now", on_click=One.act("sync_now"), class_name="button", type="button"),
                rx.cond(
                    one["state"] == "paused",
                    rx.el.button("Resume", on_click=One.act("resume"), class_name="button", type="button"),
                    rx.el.button("Pause", on_click=One.act("pause"), class_name="button quiet", type="button"),
                ),
                class_name="actions",
            ),
            class_name="block",
        ),
        rx.cond(
            One.problems.length() > 0,
            rx.el.section(
                rx.el.h2("Set aside"),
                rx.el.p("These records could not be understood; everything else went on.", class_name="muted"),
                rx.el.ul(rx.foreach(One.problems, lambda p: rx.el.li(rx.el.strong(p["reference"]), ": ", p["message"]))),
                class_name="block",
            ),
        ),
        rx.el.section(
            rx.el.h2("Webhooks"),
            rx.el.p("With webhooks new applications arrive within seconds. Last one received: ", one["webhook_seen"], ".", class_name="muted"),
            rx.el.code(one["webhook_url"], class_name="copy"),
            rx.el.ol(rx.foreach(One.steps, rx.el.li)),
            rx.el.p("Events: ", One.events, class_name="muted small"),
            class_name="block",
        ),
        rx.el.section(
            rx.el.h2("Credentials"),
            rx.el.p("Secrets are kept as they are where you leave them empty. They are checked before they are saved.", class_name="muted"),
            rx.el.form(
                rx.foreach(One.fields, field),
                rx.el.button("Check and save", type="submit", class_name="button"),
                on_submit=One.reconnect,
                class_name="form",
            ),
            class_name="block",
        ),
        rx.el.section(
            rx.el.h2("Disconnect"),
            rx.el.p("Syncs stop and the credentials are forgotten. What was read stays, unless you erase it too.", class_name="muted"),
            rx.el.label(
                rx.el.span("Type ", one["title"], " to confirm"),
                rx.el.input(value=One.confirm, on_change=One.set_confirm, class_name="input", auto_complete="off"),
                class_name="field",
            ),
            rx.el.div(
                rx.el.button("Disconnect", on_click=One.disconnect(False), class_name="button danger", type="button"),
                rx.el.button("Disconnect and erase", on_click=One.disconnect(True), class_name="button danger", type="button"),
                class_name="actions",
            ),
            class_name="block danger-zone",
        ),
        class_name="narrow",
    )  # fmt: skip


def _progress(row: Any) -> rx.Component:
    return rx.el.div(
        rx.el.span(row["label"]),
        rx.el.div(rx.el.span(class_name="fill", style={"width": row["width"]}), class_name="meter", aria_hidden="true"),
        rx.el.span(row["text"], class_name="num"),
        rx.cond(row["problems"] > 0, rx.el.span(row["problems"], " failed", class_name="warn")),
        class_name="progress",
    )


def field(row: Any) -> rx.Component:
    """One setting of a plugin, whatever plugin it is."""
    return rx.el.label(
        rx.el.span(row["label"], rx.cond(row["required"], "", rx.el.span(" (optional)", class_name="muted"))),
        rx.match(
            row["kind"],
            (
                "choice",
                rx.el.select(
                    rx.foreach(
                        row["choices"].to(list[dict[str, str]]),
                        lambda choice: rx.el.option(choice["label"], value=choice["value"]),
                    ),
                    name=row["name"], default_value=row["value"], class_name="input",
                ),
            ),
            ("secret", rx.el.input(name=row["name"], type="password", auto_complete="off", class_name="input")),
            rx.el.input(name=row["name"], default_value=row["value"], auto_complete="off", class_name="input", placeholder=row["placeholder"]),
        ),
        rx.cond(row["help"] != "", rx.el.small(row["help"], class_name="muted")),
        rx.cond(row["error"] != "", rx.el.small(row["error"], class_name="error", role="alert")),
        class_name=rx.cond(row["advanced"], "field advanced", "field"),
        key=row["name"],
    )  # fmt: skip


def wizard() -> rx.Component:
    """Add integration."""
    return page(
        settings_tabs("Integrations"),
        admins_only(
            lambda: rx.el.div(
                rx.el.ol(*(_step(place, label) for place, label in enumerate(_STEPS)), class_name="stepper"),
                rx.cond(Wizard.trouble != "", rx.el.p(icon("triangle-alert"), Wizard.trouble, class_name="alert", role="alert")),
                rx.match(Wizard.step, (0, _choose()), (1, _connect()), (2, _check()), (3, _jobs()), rx.fragment()),
                class_name="narrow",
            )
        ),
        crumbs=[("Settings", "/settings/integrations"), ("Integrations", "/settings/integrations"), ("Add integration", "")],
    )


def _step(place: int, label: str) -> rx.Component:
    return rx.el.li(
        rx.el.button(label, on_click=Wizard.go(place), type="button", disabled=Wizard.step <= place),
        aria_current=rx.cond(Wizard.step == place, "step", "false"),
    )


def _choose() -> rx.Component:
    return rx.el.div(
        rx.el.h2("Which ATS does your team use?"),
        rx.foreach(
            Wizard.cards,
            lambda card: rx.el.button(
                rx.el.strong(card["title"]),
                rx.el.span(card["note"], class_name="muted"),
                on_click=Wizard.choose(card["key"]),
                disabled=card["enabled"] == "",
                class_name="choice",
                type="button",
            ),
        ),
    )


def _connect() -> rx.Component:
    return rx.el.div(
        rx.el.h2("Connect ", Wizard.title),
        rx.el.h3("What you will need"),
        rx.el.ul(rx.foreach(Wizard.prerequisites, rx.el.li), class_name="plain"),
        rx.el.form(
            rx.foreach(Wizard.fields, field),
            rx.el.button(
                rx.cond(Wizard.busy, "Checking…", "Check connection"), type="submit", class_name="button primary", disabled=Wizard.busy
            ),
            on_submit=Wizard.check,
            class_name="form",
        ),
    )


def _check() -> rx.Component:
    return rx.el.div(
        rx.el.h2(Wizard.account),
        rx.foreach(Wizard.notices, lambda notice: rx.el.p(icon("info"), notice, class_name="alert calm")),
        rx.el.ul(rx.foreach(Wizard.lines, _permission), class_name="permissions"),
        rx.el.div(
            rx.el.button("Back", on_click=Wizard.go(1), class_name="button quiet", type="button"),
            rx.el.button(
                rx.cond(Wizard.busy, "Connecting…", "Connect to ATS"),
                on_click=Wizard.connect,
                class_name="button primary",
                disabled=Wizard.busy | ~Wizard.usable,
                type="button",
            ),
            class_name="actions",
        ),
    )


def _permission(line: Any) -> rx.Component:
    return rx.el.li(
        rx.match(line["state"], ("yes", icon("check")), ("unknown", icon("circle-help")), icon("x")),
        rx.el.div(
            line["label"],
            rx.cond(line["state"] != "yes", rx.el.div(line["without"], " ", line["fix"], class_name="muted")),
        ),
        data_state=line["state"],
    )


def _jobs() -> rx.Component:
    return rx.el.div(
        rx.el.h2("Which jobs should Shortlist screen?"),
        rx.el.div(
            rx.el.button("All", on_click=Wizard.all(True), class_name="button quiet", type="button"),
            rx.el.button("None", on_click=Wizard.all(False), class_name="button quiet", type="button"),
            rx.el.span(Wizard.chosen, " of ", Wizard.choices.length(), " chosen", class_name="muted"),
            class_name="toolbar",
        ),
        rx.el.div(rx.foreach(Wizard.choices, _job), class_name="choices"),
        rx.el.label(
            rx.el.input(type="checkbox", checked=Wizard.skip_rejected, on_change=Wizard.set_skip_rejected, role="switch"),
            rx.el.span("Do not process prior rejected candidates", rx.el.small("Recommended to leave off: people rejected before may fit now.", class_name="muted block-text")),
            class_name="check",
        ),
        rx.el.label(
            rx.el.input(type="checkbox", checked=Wizard.write_back, on_change=Wizard.set_write_back, role="switch"),
            rx.el.span("Write scores and reasons back", rx.el.small(Wizard.title, " gets a field and a private note per application. Its stages never change.", class_name="muted block-text")),
            class_name="check",
        ),
        rx.el.button("Submit", on_click=Wizard.submit, class_name="button primary", disabled=Wizard.chosen == 0, type="button"),
    )  # fmt: skip


def _job(choice: Any) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", checked=choice["selected"], on_change=lambda _: Wizard.toggle(choice["id"])),
        rx.el.span(choice["title"], " ", rx.el.span(choice["meta"], class_name="muted")),
        class_name="check",
        key=choice["id"],
    )

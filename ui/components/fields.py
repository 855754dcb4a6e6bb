"""A form for the settings a plugin declares, whatever plugin it is."""

from typing import Any

import reflex as rx

from ui.components.icons import icon


def fields(rows: Any, form: Any = None) -> rx.Component:
    """The settings, with those few people need folded away; the fold opens when one of them is refused.

    `form` is the state that can remove a secret which is kept; None where there is none yet.
    """
    return rx.fragment(
        rx.foreach(rows, lambda row: rx.cond(row["advanced"], rx.fragment(), field(row, form))),
        rx.cond(
            _any(rows, "row.advanced"),
            rx.el.details(
                rx.el.summary("More settings"),
                rx.el.div(
                    rx.foreach(rows, lambda row: rx.cond(row["advanced"], field(row, form), rx.fragment())),
                    class_name="form",
                ),
                open=_any(rows, "row.advanced && row.error"),
                class_name="fold",
            ),
        ),
    )


def _any(rows: Any, condition: str) -> rx.Var[bool]:
    """Whether there is a row for which the condition, in the browser's language, holds."""
    return rx.Var(f"{rows!s}.some((row) => {condition})", _var_data=rows._get_all_var_data()).to(bool)


def field(row: Any, form: Any = None) -> rx.Component:
    """One setting; beside an optional secret that is kept, the way to remove it."""
    if form is None:
        return _labelled(row)
    removable = (row["kind"] == "secret") & row["kept"] & ~row["required"]
    return rx.cond(
        removable,
        rx.el.div(_labelled(row), _removal(row, form), class_name="kept-secret", key=row["name"]),
        _labelled(row),
    )


def _removal(row: Any, form: Any) -> rx.Component:
    name = rx.el.span(" ", row["label"], class_name="sr-only")
    return rx.cond(
        row["removing"],
        rx.el.button(
            "Keep it", name, on_click=form.keep_secret(row["name"]), class_name="button", type="button"
        ),
        rx.el.button(
            "Remove", name, on_click=form.drop_secret(row["name"]), class_name="button", type="button"
        ),
    )


def _labelled(row: Any) -> rx.Component:
    return rx.el.label(
        rx.el.span(row["label"], rx.cond(row["required"], "", rx.el.span(" (optional)", class_name="muted"))),
        rx.match(
            row["kind"],
            ("choice", _choice(row)),
            ("secret", _secret(row)),
            ("switch", _switch(row)),
            ("number", _input(row, "number")),
            ("url", _input(row, "url")),
            _input(row, "text"),
        ),
        rx.cond(row["error"] != "", rx.el.small(row["error"], class_name="error", role="alert")),
        rx.cond(
            row["kept"] & ~row["removing"] & (row["again"] != "") & (row["error"] == ""),
            rx.el.small("Enter it again when you change ", row["again"], ".", class_name="muted"),
        ),
        rx.cond(row["help"] != "", rx.el.small(row["help"], class_name="muted")),
        rx.cond(
            row["help_url"] != "",
            rx.el.a(
                "Where to find it", icon("external-link", size=11),
                href=row["help_url"], target="_blank", rel="noreferrer", class_name="link small",
            ),
        ),
        class_name="field",
        key=row["name"],
    )  # fmt: skip


def _input(row: Any, kind: str) -> rx.Component:
    return rx.el.input(
        name=row["name"], type=kind, default_value=row["value"], auto_complete="off", class_name="input",
        placeholder=row["placeholder"], aria_invalid=rx.cond(row["error"] != "", "true", "false"),
    )  # fmt: skip


def _secret(row: Any) -> rx.Component:
    return rx.el.input(
        name=row["name"], type="password", auto_complete="new-password", class_name="input",
        placeholder=rx.cond(
            row["removing"], "Removed when you save.",
            rx.cond(row["kept"], "Kept. Leave empty to keep it.", row["placeholder"]),
        ),
        aria_invalid=rx.cond(row["error"] != "", "true", "false"),
    )  # fmt: skip


def _choice(row: Any) -> rx.Component:
    return rx.el.select(
        rx.foreach(
            row["choices"].to(list[dict[str, str]]),
            lambda choice: rx.el.option(choice["label"], value=choice["value"]),
        ),
        name=row["name"],
        default_value=row["value"],
        class_name="input",
    )


def _switch(row: Any) -> rx.Component:
    return rx.el.select(
        rx.el.option("On", value="true"),
        rx.el.option("Off", value="false"),
        name=row["name"],
        default_value=row["value"],
        class_name="input",
    )

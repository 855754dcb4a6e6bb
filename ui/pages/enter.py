"""Signing in and the first run: forms the browser posts itself."""

from typing import Any

import reflex as rx

from core.services import access
from ui.components.behaviour import KeepEntries, NativeForm
from ui.components.icons import icon

_ERRORS = {
    "credentials": "The e-mail address or the password is not right. Try again.",
    "locked": "Too many tries. Wait ten minutes, then try again.",
    "taken": "Shortlist is set up already. Sign in.",
    "weak": "Use a password of at least 12 characters; a short sentence is good.",
    "fields": "Fill in every field, with a whole e-mail address.",
}


class EnterState(rx.State):
    """What the forms need to know."""

    error: str = ""
    next: str = ""

    @rx.event
    async def load_login(self) -> Any:
        """Send the first visitor to the set-up."""
        if await access.needs_setup():
            return rx.redirect("/setup")
        self._read()
        return None

    @rx.event
    async def load_setup(self) -> Any:
        """Only the first visitor sets up; others go where they can."""
        if not await access.needs_setup():
            return await self._go_in()
        self._read()
        return None

    @rx.event
    async def load_start(self) -> Any:
        """The bare address leads to where the visitor can go."""
        if await access.needs_setup():
            return rx.redirect("/setup")
        return await self._go_in()

    async def _go_in(self) -> Any:
        known = await access.actor_from_cookie(self.router.headers.cookie)
        return rx.redirect("/jobs" if known else "/login")

    def _read(self) -> None:
        asked = self.router.url.query_parameters
        self.error = _ERRORS.get(str(asked.get("error", "")), "")
        self.next = str(asked.get("next", ""))


def _field(
    label: str, name: str, kind: str, complete: str, help_text: str = "", **limits: int
) -> rx.Component:
    return rx.el.label(
        rx.el.span(label),
        rx.el.input(
            name=name, type=kind, auto_complete=complete, required=True, class_name="input", **limits
        ),
        *([rx.el.small(help_text, class_name="muted")] if help_text else []),
        class_name="field",
    )


def _card(title: str, text: str, form: rx.Component) -> rx.Component:
    return rx.el.main(
        rx.el.div(
            rx.el.div(
                rx.el.span(icon("list-filter", size=20), class_name="mark"),
                "Shortlist",
                class_name="logo big",
            ),
            rx.el.h1(title),
            rx.el.p(text, class_name="muted"),
            rx.cond(
                EnterState.error != "",
                rx.el.p(icon("triangle-alert"), EnterState.error, class_name="alert", role="alert"),
            ),
            form,
            class_name="enter-card",
        ),
        class_name="enter",
    )


def login() -> rx.Component:
    """The log-in page."""
    return _card(
        "Sign in",
        "Evidence for every point, a person for every decision.",
        NativeForm.create(
            rx.el.input(type="hidden", name="next", value=EnterState.next, read_only=True),
            _field("E-mail address", "email", "email", "username"),
            _field("Password", "password", "password", "current-password"),
            KeepEntries.create(refused=EnterState.error != ""),
            rx.el.button("Sign in", type="submit", class_name="button primary"),
            action="/auth/login",
            method="post",
            class_name="form",
        ),
    )


def setup() -> rx.Component:
    """The first run."""
    return _card(
        "Set up Shortlist",
        "You are the first one here. Create your organisation and its first admin.",
        NativeForm.create(
            _field("Organisation", "organisation", "text", "organization"),
            _field("Your name", "name", "text", "name"),
            _field("E-mail address", "email", "email", "username"),
            # Said by the browser, so that a password too short does not empty the form.
            _field(
                "Password", "password", "password", "new-password", "At least 12 characters.", min_length=12
            ),
            KeepEntries.create(refused=EnterState.error != ""),
            rx.el.button("Create and sign in", type="submit", class_name="button primary"),
            action="/auth/setup",
            method="post",
            class_name="form",
        ),
    )


def start() -> rx.Component:
    """The bare address."""
    return rx.el.main(class_name="enter")

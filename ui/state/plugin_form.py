"""What every page with a plugin's settings does when they are refused."""

from collections.abc import Mapping
from typing import Any, Final

import reflex as rx

from core.errors import NotSignedIn, Told
from ui.state.fields import FieldView, with_errors
from ui.state.session import sign_in

HEAD: Final = "outcome"
"""The id of what stands at the form's head: whoever is refused is led there."""


class PluginForm(rx.State, mixin=True):
    """A plugin's settings as a form. What is typed stays in the browser until it is sent."""

    fields: list[FieldView] = []
    trouble: str = ""
    saved: int = 0

    @rx.event
    def drop_secret(self, name: str) -> None:
        """Take a secret that is kept away with the next save; those that are needed stay."""
        self._removing(name, True)

    @rx.event
    def keep_secret(self, name: str) -> None:
        """Keep it after all."""
        self._removing(name, False)

    def _removing(self, name: str, removing: bool) -> None:
        self.fields = [
            FieldView(**{**field, "removing": removing and field["kept"] and not field["required"]})
            if field["name"] == name
            else field
            for field in self.fields
        ]

    def _removed(self) -> list[str]:
        """The secrets to be taken away."""
        return [field["name"] for field in self.fields if field["removing"]]

    def _refused(self, error: Told, values: Mapping[str, str]) -> Any:
        """Say it at the form's head and beside the fields, and lead there: the buttons are far below."""
        if isinstance(error, NotSignedIn):
            return sign_in(self)
        self.trouble = str(error)
        self._mark(getattr(error, "fields", {}), values)
        return rx.set_focus(HEAD)

    def _mark(self, errors: Mapping[str, str], values: Mapping[str, str]) -> None:
        """Show what was entered with a sentence beside each field that cannot be used."""
        # Only what is stored counts as kept: a secret that was typed is nowhere but in the browser.
        shown = [field["name"] for field in self.fields if field["kind"] != "secret"]
        self.fields = with_errors(self.fields, errors, {n: values[n] for n in shown if n in values})


def entered(form: Mapping[str, Any]) -> dict[str, str]:
    """What the browser sent of the form, by the name of the field."""
    return {name: str(value) for name, value in form.items()}


__all__ = ["HEAD", "PluginForm", "entered"]

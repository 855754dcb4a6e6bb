"""Settings a plugin declares: rendered as a form, validated before they are saved, secrets write-only."""

from collections.abc import Mapping, Sequence
from typing import Literal
from urllib.parse import urlsplit

import msgspec

FieldKind = Literal["text", "secret", "url", "number", "choice", "switch"]


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One option of a choice field."""

    value: str
    label: str


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One setting. `secret` fields are stored encrypted and never sent back to a browser.

    Values travel as strings; a switch is "true" or "false", a number its decimal form. `bound_to` names the
    fields a secret belongs to, such as the server it is sent to: when one of them changes, the secret that is
    kept is not used with it, and has to be entered again.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    help: str = ""
    help_url: str = ""
    default: str = ""
    placeholder: str = ""
    required: bool = True
    advanced: bool = False
    choices: tuple[Choice, ...] = ()
    bound_to: tuple[str, ...] = ()


def problems(fields: Sequence[Field], values: Mapping[str, str]) -> dict[str, str]:
    """Field name to sentence for every value that cannot be saved; empty when all is well."""
    known = {field.name for field in fields}
    found = {name: "This setting is not known to the plugin." for name in values if name not in known}
    for field in fields:
        sentence = _problem(field, values.get(field.name, field.default).strip())
        if sentence:
            found[field.name] = sentence
    return found


def _problem(field: Field, value: str) -> str:
    if not value:
        return f"{field.label} is needed." if field.required else ""
    check = _CHECKS.get(field.kind)
    return check(field, value) if check else ""


def _url(field: Field, value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        return f"{field.label} must be a full address such as https://example.com."
    return ""


def _number(field: Field, value: str) -> str:
    return "" if value.removeprefix("-").isdecimal() else f"{field.label} must be a whole number."


def _choice(field: Field, value: str) -> str:
    allowed = [choice.value for choice in field.choices]
    return "" if value in allowed else f"{field.label} must be one of: {', '.join(allowed)}."


def _switch(field: Field, value: str) -> str:
    return "" if value in {"true", "false"} else f"{field.label} must be on or off."


_CHECKS = {"url": _url, "number": _number, "choice": _choice, "switch": _switch}

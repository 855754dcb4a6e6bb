"""Settings a plugin declares, as a form shows them; secrets go in and never come back."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from core.sdk.fields import Field


class FieldView(TypedDict):
    """A setting as the form shows it."""

    name: str
    label: str
    kind: str
    help: str
    help_url: str
    value: str
    kept: bool
    again: str
    removing: bool
    error: str
    required: bool
    advanced: bool
    placeholder: str
    choices: list[dict[str, str]]


def field_views(
    fields: Sequence[Field], values: Mapping[str, str], kept: Mapping[str, bool]
) -> list[FieldView]:
    """The settings with their values; of a secret only whether there is one."""
    labels = {field.name: field.label for field in fields}
    return [_view(field, values, kept, labels) for field in fields]


def _view(
    field: Field, values: Mapping[str, str], kept: Mapping[str, bool], labels: Mapping[str, str]
) -> FieldView:
    secret = field.kind == "secret"
    return FieldView(
        name=field.name,
        label=field.label,
        kind=field.kind,
        help=field.help,
        help_url=field.help_url if field.help_url.startswith("https://") else "",
        value="" if secret else values.get(field.name, field.default),
        kept=kept.get(field.name, False),
        again=" or ".join(f"“{labels[name]}”" for name in field.bound_to),
        removing=False,
        error="",
        required=field.required,
        advanced=field.advanced,
        placeholder=field.placeholder,
        choices=[{"value": choice.value, "label": choice.label} for choice in field.choices],
    )


def with_errors(
    fields: Sequence[FieldView], errors: Mapping[str, str], values: Mapping[str, str]
) -> list[FieldView]:
    """The same form with what was entered and a sentence beside each field that cannot be used."""
    return [
        FieldView(
            **{
                **field,
                "error": errors.get(field["name"], ""),
                "value": "" if field["kind"] == "secret" else values.get(field["name"], field["value"]),
                "kept": field["kept"] or bool(values.get(field["name"])),
            }
        )
        for field in fields
    ]

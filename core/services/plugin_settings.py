"""What a plugin is set up with: opened from where it is kept, completed by a form, split for keeping."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from core.errors import Invalid, ShortlistError
from core.log import protect
from core.sdk.fields import Field, problems
from core.services.runtime import runtime


class Kept(Protocol):
    """Settings as a row keeps them; `secrets` is sealed for the tenant, or empty."""

    @property
    def tenant_id(self) -> UUID:
        """Whose they are."""
        ...

    @property
    def settings(self) -> dict[str, str]:
        """What may be shown."""
        ...

    @property
    def secrets(self) -> bytes:
        """What may not."""
        ...


def opened(row: Kept) -> dict[str, str]:
    """What was saved, secrets opened and from then on hidden in logs.

    Raises ShortlistError when they cannot be opened.
    """
    if not row.secrets:
        return dict(row.settings)
    secrets = runtime().vault.open(row.tenant_id, row.secrets, dict[str, str])
    protect(*secrets.values())
    return {**row.settings, **secrets}


def with_defaults(fields: Sequence[Field], row: Kept | None) -> dict[str, str]:
    """What a plugin is made with: every field, as it was saved or by its default.

    Raises ShortlistError when the secrets cannot be opened.
    """
    return _filled(fields, opened(row) if row else {})


def legible(fields: Sequence[Field], row: Kept | None) -> dict[str, str] | None:
    """The same; None without the key of the secrets: they count as not set, and a form asks for them again."""
    try:
        return with_defaults(fields, row)
    except ShortlistError:
        return None


def completed(
    fields: Sequence[Field], row: Kept | None, values: Mapping[str, str], removed: Collection[str] = ()
) -> dict[str, str]:
    """What a form asks to be saved: an empty secret stays as it was unless it is among the `removed`.

    Raises Invalid, naming each field; also for a secret that is kept for something else than is entered now.
    """
    saved = legible(fields, row)
    before = saved if saved is not None else _filled(fields, row.settings if row else {})
    secret = secret_names(fields)
    entered = {name: text.strip() for name, text in values.items() if text.strip() or name not in secret}
    gone = {name: "" for name in removed if name in secret}
    settings = {**before, **gone, **entered}
    _refuse(problems(fields, settings) | _misplaced(fields, before, settings, entered))
    return settings


def must_be_usable(fields: Sequence[Field], settings: Mapping[str, str]) -> None:
    """Raises Invalid with a sentence for each field that cannot be saved."""
    _refuse(problems(fields, settings))


def _refuse(wrong: Mapping[str, str]) -> None:
    if wrong:
        raise Invalid("Some entries cannot be used.", "Correct the marked fields.", fields=dict(wrong))


def _misplaced(
    fields: Sequence[Field],
    before: Mapping[str, str],
    settings: Mapping[str, str],
    entered: Mapping[str, str],
) -> dict[str, str]:
    """A sentence for each kept secret that would go where nobody entered it for."""
    labels = {field.name: field.label for field in fields}
    found = {}
    for field in fields:
        changed = [labels[name] for name in field.bound_to if settings[name] != before[name]]
        if changed and settings[field.name] and field.name not in entered:
            way = "Enter it again" if field.required else "Enter it again, or remove it"
            found[field.name] = f"{way}: the one that is kept was entered with another “{changed[0]}”."
    return found


def split(fields: Sequence[Field], settings: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """(what may be shown, what is sealed)"""
    secret = secret_names(fields)
    return (
        {name: text for name, text in settings.items() if name not in secret},
        {name: text for name, text in settings.items() if name in secret},
    )


def secret_names(fields: Sequence[Field]) -> frozenset[str]:
    """The fields that are sealed and never leave."""
    return frozenset(field.name for field in fields if field.kind == "secret")


def _filled(fields: Sequence[Field], saved: Mapping[str, str]) -> dict[str, str]:
    return {field.name: saved.get(field.name, field.default) for field in fields}

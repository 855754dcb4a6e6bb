"""Makes a verdict visible: application custom fields and one private note, each exactly once.

Harvest has no idempotency keys, so both are read before they are written: fields are compared, the note
is looked for by the marker in its last line.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from core.sdk import (
    ConnectorContext,
    Forbidden,
    Misconfigured,
    NotFound,
    Rejected,
    Unavailable,
    Verdict,
    WriteItem,
    Written,
)
from plugins.greenhouse import custom_fields
from plugins.greenhouse.client import Harvest, Row
from plugins.greenhouse.custom_fields import SPECS, Known, SelectBy, Spec

_MARK: Final = "Shortlist ref"
_SETTLING: Final = (0.0, 2.0, 8.0)
"""Seconds before each look for a note whose answer was lost: the call may still be at work there."""


def plan(verdict: Verdict, settings: Mapping[str, str]) -> tuple[WriteItem, ...]:
    """The fields and the note that show a verdict."""
    values: dict[str, Any] = {
        "score": verdict.score,
        "band": verdict.band_label,
        "reasons": verdict.note,
        "link": verdict.link,
    }
    lines = [f"{custom_fields.name_of(spec, settings)}: {_told(values[spec.key])}" for spec in SPECS]
    fields = WriteItem(
        kind="fields",
        key=verdict.key,
        preview="\n".join(lines),
        payload={"application_id": verdict.application_id, "values": values},
    )
    body = f"{verdict.note.rstrip()}\n\n{_MARK} {verdict.key}"
    note = WriteItem(
        kind="note",
        key=verdict.key,
        preview=body,
        payload={
            "application_id": verdict.application_id,
            "candidate_id": verdict.person_id,
            "body": body,
            "user_id": verdict.acting_user_id,
            "visibility": settings.get("note_visibility") or "private",
        },
    )
    return (fields, note)


def _told(value: Any) -> str:
    return "(empty)" if value is None or value == "" else str(value)


class Writing:
    """The writes of one connection."""

    def __init__(self, harvest: Harvest, context: ConnectorContext) -> None:
        self._harvest = harvest
        self._context = context
        self._fields: dict[str, Known] | None = None

    async def write(self, item: WriteItem) -> Written:
        """See `core.sdk.Connector.write`."""
        if item.kind == "note":
            return await self._write_note(item)
        if item.kind == "fields":
            return await self._write_fields(item)
        raise Rejected(f"Greenhouse cannot show {item.kind}.", hint="Report this.")

    async def _write_note(self, item: WriteItem) -> Written:
        payload = item.payload
        candidate = str(payload["candidate_id"])
        try:
            return await self._note(item, candidate)
        except (Rejected, NotFound) as refused:
            # A merge gives the application another candidate; only Greenhouse knows which.
            present = str((await self._application(str(payload["application_id"]))).get("candidate_id"))
            if present == candidate or not present.isdigit():
                raise _about_user(refused, payload) from refused
        return await self._note(item, present)

    async def _note(self, item: WriteItem, candidate: str) -> Written:
        found = await self._find_note(candidate, item.key)
        if found:
            return Written(reference=found, already=True)
        try:
            made = await self._harvest.send("POST", "notes", self._note_body(item.payload, candidate))
        except Unavailable as lost:
            found = await self._look_again(candidate, item.key)
            if not found:
                raise Unavailable(lost.message, hint="The note is looked for before we try again.") from lost
            return Written(reference=found, already=True)
        return Written(reference=str(made.get("id", "")) if isinstance(made, dict) else "")

    def _note_body(self, payload: Mapping[str, Any], candidate: str) -> dict[str, Any]:
        """The note as sent, by whom the settings name now: who was named when it was planned may be gone."""
        author = str(self._context.settings.get("acting_user") or payload["user_id"])
        body = {
            "candidate_id": int(candidate),
            "application_id": int(payload["application_id"]),
            "body": payload["body"],
            "note_type": "NOTE",
            "visibility": payload["visibility"],
        }
        return body | ({"user_id": int(author)} if author.isdigit() else {})

    async def _look_again(self, candidate: str, key: str) -> str:
        for pause in _SETTLING:
            if pause:
                await self._context.http.wait(pause)
            found = await self._find_note(candidate, key)
            if found:
                return found
        return ""

    async def _find_note(self, candidate: str, key: str) -> str:
        mark = re.compile(rf"{re.escape(_MARK)}\s+{re.escape(key)}(?![\w-])")
        async for row in self._harvest.every("notes", {"candidate_ids": candidate}):
            if mark.search(str(row.get("body") or "")):
                return str(row.get("id"))
        return ""

    async def _write_fields(self, item: WriteItem) -> Written:
        application_id = str(item.payload["application_id"])
        known = await self._known_fields()
        found = (await self._application(application_id)).get("custom_fields")
        present = found if isinstance(found, dict) else {}
        values = item.payload["values"]
        ours = {
            field.name_key: custom_fields.entry(values.get(key), field.value_type)
            for key, field in known.items()
        }
        if all(custom_fields.same(custom_fields.shown(present, key), ours[key]["value"]) for key in ours):
            return Written(reference=application_id, already=True)
        await self._merge(application_id, custom_fields.kept(present, ours) | ours)
        return Written(reference=application_id)

    async def _merge(self, application_id: str, entries: Mapping[str, Any]) -> None:
        """Write ours along with what is there; choices by option id, or by name where ids are refused."""
        selects = custom_fields.has_selects(entries)
        options = await self._options(entries) if selects else {}
        ways: tuple[SelectBy, ...] = ("id", "name") if selects else ("name",)
        for by in ways:
            body = [
                {"name_key": key, "value": custom_fields.written(entry, options.get(key, {}), by)}
                for key, entry in entries.items()
            ]
            try:
                await self._harvest.send("PATCH", f"applications/{application_id}", {"custom_fields": body})
            except Rejected:
                if by == ways[-1]:
                    raise
            else:
                return

    async def _options(self, entries: Mapping[str, Any]) -> dict[str, dict[str, int]]:
        """Option name to id, by the name key of the field."""
        rows = await self._definitions()
        keys = {
            str(row.get("id")): str(row.get("name_key")) for row in rows if row.get("name_key") in entries
        }
        found: dict[str, dict[str, int]] = {}
        listing = self._harvest.in_batches("custom_field_options", "custom_field_ids", keys)
        async for option in listing:
            key = keys.get(str(option.get("custom_field_id")), "")
            if isinstance(option.get("id"), int):
                found.setdefault(key, {})[str(option.get("name"))] = option["id"]
        return found

    async def _application(self, application_id: str) -> Row:
        rows, _ = await self._harvest.page("applications", {"ids": application_id})
        if not rows:
            raise NotFound("The application is no longer in Greenhouse.")
        return rows[0]

    async def _definitions(self) -> list[Row]:
        return [row async for row in self._harvest.every("custom_fields", {"field_type": "application"})]

    async def _known_fields(self) -> dict[str, Known]:
        """Our key to the account's field, making those that are missing. Raises Forbidden without any."""
        if self._fields is None:
            rows, found, refused = await self._definitions(), dict[str, Known](), None
            for spec in SPECS:
                name = custom_fields.name_of(spec, self._context.settings)
                try:
                    found[spec.key] = custom_fields.find(spec, name, rows) or await self._make(spec, name)
                except Forbidden as error:
                    refused = error
            if refused and not found:
                raise refused
            self._fields = found
        return self._fields

    async def _make(self, spec: Spec, name: str) -> Known:
        body = {
            "field_type": "application",
            "name": name,
            "value_type": spec.value_type,
            "private": True,
            "required": False,
            "require_approval": False,
            "trigger_new_version": False,
            "expose_in_job_board_api": False,
        }
        try:
            made = await self._harvest.send("POST", "custom_fields", body)
        except Forbidden as error:
            raise Forbidden(
                f"The field “{name}” does not exist in Greenhouse and may not be created.",
                permission="custom_fields:create",
                hint=f"Tick the scope, or create an application field “{name}” ({spec.value_type}) by hand.",
            ) from error
        except Rejected:
            made = None  # somebody may have made it at this very moment
        found = custom_fields.find(
            spec, name, [made] if isinstance(made, dict) else await self._definitions()
        )
        if found is None:
            raise Rejected(
                f"Greenhouse does not let us create the field “{name}”.",
                hint=f"Create an application field “{name}” ({spec.value_type}) by hand.",
            )
        return found


def _about_user(
    refused: Rejected | NotFound, payload: Mapping[str, Any]
) -> Rejected | NotFound | Misconfigured:
    """A refusal that is about the acting user, said so that the admin knows which setting to change."""
    if isinstance(refused, Rejected) and payload["user_id"] and "user" in refused.message.lower():
        return Misconfigured(
            "Greenhouse does not take a note from the acting user.",
            field="acting_user",
            hint="Enter the ID of an active Site Admin.",
        )
    return refused

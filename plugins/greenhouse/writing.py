"""Makes a verdict visible: application custom fields and one private note, each exactly once.

Harvest has no idempotency keys, so both are read before they are written: fields are compared, the note
is looked for by the marker in its last line.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from core.sdk import (
    ConnectorContext,
    Forbidden,
    NotFound,
    Rejected,
    Unavailable,
    Verdict,
    WriteItem,
    Written,
)
from plugins.greenhouse.client import Harvest, Row

_MARK: Final = "Shortlist ref"
_READ: Final = {"public": "publicly_visible", "private": "privately_visible", "admin_only": "admin_only_visible"}


class _Spec(msgspec.Struct, frozen=True):
    key: str
    name: str
    value_type: str


SCORE: Final = _Spec("shortlist_score", "Shortlist score", "number")
BAND: Final = _Spec("shortlist_band", "Shortlist band", "short_text")
LINK: Final = _Spec("shortlist_link", "Shortlist", "url")
SPECS: Final = (SCORE, BAND, LINK)


def plan(verdict: Verdict, settings: Mapping[str, str]) -> tuple[WriteItem, ...]:
    """The fields and the note that show a verdict."""
    score = "no score" if verdict.score is None else str(verdict.score)
    values: dict[str, Any] = {
        SCORE.key: verdict.score,
        BAND.key: verdict.band_label,
        LINK.key: verdict.link or None,
    }
    fields = WriteItem(
        kind="fields",
        key=verdict.key,
        preview=f"Application fields: {SCORE.name} = {score}; {BAND.name} = {verdict.band_label}; {LINK.name} = link",
        payload={"application_id": verdict.application_id, "values": values},
    )
    body = f"{verdict.note}\n{_MARK} {verdict.key}"
    note = WriteItem(
        kind="note",
        key=verdict.key,
        preview=body,
        payload={
            "application_id": verdict.application_id,
            "candidate_id": verdict.person_id,
            "body": body,
            "user_id": verdict.acting_user_id,
            "visibility": settings.get("note_visibility", "private"),
        },
    )
    return (fields, note)


class Writing:
    """The writes of one connection."""

    def __init__(self, harvest: Harvest, context: ConnectorContext) -> None:
        self._harvest = harvest
        self._context = context
        self._fields: dict[str, str] | None = None

    async def write(self, item: WriteItem) -> Written:
        """See `core.sdk.Connector.write`."""
        if item.kind == "note":
            return await self._note(item)
        if item.kind == "fields":
            return await self._write_fields(item)
        raise Rejected(f"Greenhouse cannot show {item.kind}.", hint="Report this.")

    async def _note(self, item: WriteItem) -> Written:
        payload = item.payload
        found = await self._find_note(payload, item.key)
        if found is not None:
            return Written(reference=found, already=True)
        body = {
            "candidate_id": int(payload["candidate_id"]),
            "application_id": int(payload["application_id"]),
            "body": payload["body"],
            "note_type": "NOTE",
            "visibility": payload["visibility"],
        }
        if payload["user_id"]:
            body["user_id"] = int(payload["user_id"])
        try:
            made = await self._harvest.send("POST", "notes", body)
        except Unavailable:
            # The note may be there although the answer was lost; the next attempt looks first.
            found = await self._find_note(payload, item.key)
            if found is None:
                raise
            return Written(reference=found, already=True)
        return Written(reference=str(made.get("id", "")) if isinstance(made, dict) else "")

    async def _find_note(self, payload: Mapping[str, Any], key: str) -> str | None:
        mark = f"{_MARK} {key}"
        params = {"candidate_ids": str(payload["candidate_id"])}
        async for row in self._harvest.every("notes", params):
            if str(row.get("body") or "").rstrip().endswith(mark):
                return str(row.get("id"))
        return None

    async def _write_fields(self, item: WriteItem) -> Written:
        application_id = str(item.payload["application_id"])
        known = await self._known_fields()
        row = await self._application(application_id)
        present = row.get("custom_fields") if isinstance(row.get("custom_fields"), dict) else {}
        wanted = {known[key]: value for key, value in item.payload["values"].items() if key in known}
        if all(_shown(present, key) == value for key, value in wanted.items()):
            return Written(reference=application_id, already=True)
        merged = {key: _writable(entry) for key, entry in (present or {}).items()} | wanted
        body = {"custom_fields": [{"name_key": key, "value": value} for key, value in merged.items()]}
        await self._harvest.send("PATCH", f"applications/{application_id}", body)
        return Written(reference=application_id)

    async def _application(self, application_id: str) -> Row:
        rows, _ = await self._harvest.page("applications", {"ids": application_id})
        if not rows:
            raise NotFound("The application is no longer in Greenhouse.")
        return rows[0]

    async def _known_fields(self) -> dict[str, str]:
        """Our key to the account's name_key, making the fields that are missing."""
        if self._fields is None:
            rows = [
                row
                async for row in self._harvest.every("custom_fields", {"field_type": "application"})
                if row.get("active") is not False
            ]
            known = {str(row.get("name")): str(row.get("name_key")) for row in rows}
            self._fields = {spec.key: known.get(spec.name) or await self._make(spec) for spec in SPECS}
        return self._fields

    async def _make(self, spec: _Spec) -> str:
        body = {
            "field_type": "application",
            "name": spec.name,
            "value_type": spec.value_type,
            "private": False,
            "required": False,
            "require_approval": False,
            "trigger_new_version": False,
            "expose_in_job_board_api": False,
        }
        try:
            made = await self._harvest.send("POST", "custom_fields", body)
        except Forbidden as error:
            raise Forbidden(
                f"The field “{spec.name}” does not exist in Greenhouse and may not be created.",
                permission="custom_fields:create",
                hint=f"Tick the scope, or create an application field “{spec.name}” ({spec.value_type}) by hand.",
            ) from error
        return str(made.get("name_key") or spec.key) if isinstance(made, dict) else spec.key


def _shown(present: Any, key: str) -> Any:
    entry = present.get(key) if isinstance(present, dict) else None
    value = entry.get("value") if isinstance(entry, dict) else entry
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _writable(entry: Any) -> Any:
    return entry.get("value") if isinstance(entry, dict) else entry

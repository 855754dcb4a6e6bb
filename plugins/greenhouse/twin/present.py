"""Stored rows as they are sent."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from plugins.greenhouse.twin import files
from plugins.greenhouse.twin.account import Account, Row, moment
from plugins.greenhouse.twin.resources import Resource, resources
from plugins.greenhouse.twin.settings import TwinSettings

_FIELD_TYPES = {
    "jobs": "job",
    "openings": "opening",
    "candidates": "candidate",
    "applications": "application",
    "offers": "offer",
    "users": "user_attribute",
    "rejection_details": "rejection_question",
}
_STUB = {"message": "You do not have permission to view this candidate."}


class Presenter:
    """Turns rows into what a client sees at one moment through one host."""

    def __init__(self, account: Account, settings: TwinSettings, *, now: datetime, files_url: str) -> None:
        self._account = account
        self._settings = settings
        self._now = now
        self._files_url = settings.files_url or files_url
        self._completions: dict[str, Callable[[Row, Row], None]] = {
            "applications": self._application,
            "application_stages": self._application_stage,
            "attachments": self._attachment,
        }

    def rows(self, resource: Resource, rows: Iterable[Row], fields: tuple[str, ...] = ()) -> list[Row]:
        """The rows with all fields, or only the named ones."""
        definitions = self._definitions(resource.name)
        return [self._row(resource, row, fields, definitions) for row in rows]

    def one(self, name: str, row: Row) -> Row:
        """A single row of the named resource."""
        return self.rows(resources()[name], [row])[0]

    def _row(self, resource: Resource, row: Row, fields: tuple[str, ...], definitions: list[Row]) -> Row:
        if self._settings.private_stubs and resource.name == "candidates" and row["private"]:
            return dict(_STUB)
        sent = {
            name: row[name]
            for name, kind in resource.fields.items()
            if row[name] is not None or kind.nullable
        }
        for name, kind in resource.fields.items():
            if kind.name == "custom" and sent.get(name) is not None:
                sent[name] = named_values(definitions, row[name])
        complete = self._completions.get(resource.name)
        if complete:
            complete(row, sent)
        return {name: sent[name] for name in fields if name in sent} if fields else sent

    def _definitions(self, resource: str) -> list[Row]:
        field_type = _FIELD_TYPES.get(resource)
        return definitions(self._account, field_type) if field_type else []

    def _application(self, row: Row, sent: Row) -> None:
        if self._settings.job_interview_stage_id:
            sent["job_interview_stage_id"] = row.get("_job_interview_stage_id")

    def _application_stage(self, row: Row, sent: Row) -> None:
        until = moment(row["exited_at"]) if row["exited_at"] else self._now
        entered = moment(row["entered_at"]) if row["entered_at"] else until
        sent["days_in_stage"] = max(0, (until - entered).days)

    def _attachment(self, row: Row, sent: Row) -> None:
        sent["url"] = files.link(self._files_url, row, self._now, self._settings.url_seconds)


def definitions(account: Account, field_type: str) -> list[Row]:
    """The active custom fields of a type in display order."""
    found = [row for row in account.all("custom_fields") if row["field_type"] == field_type and row["active"]]
    return sorted(found, key=lambda row: (row["sort_order"], row["id"]))


def named_values(fields: list[Row], values: dict[str, Any]) -> dict[str, Any]:
    """Stored values as the map of name key to name, type and value; unset fields are null."""
    return {
        field["name_key"]: {
            "name": field["name"],
            "type": field["value_type"],
            "value": values.get(field["name_key"]),
        }
        for field in fields
    }

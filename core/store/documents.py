"""Documents: which bytes are wanted, what was read of them, which of them an application stands on."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.clock import new_id, now
from core.sdk.records import Document
from core.store.engine import one, rows, value


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A document whose bytes are to be fetched."""

    id: UUID
    person: UUID
    application: UUID | None
    record: Document


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of one content; `lines` and `hidden` as the reader gave them."""

    sha256: str
    reading: str
    kind: str
    pages: int
    text: str
    lines: list[dict[str, Any]]
    hidden: list[dict[str, Any]]
    explanation: str


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A document with what was read of it; `text` is None before it was read."""

    id: UUID
    person: UUID
    kind: str
    filename: str
    fetch_state: str
    fetch_error: str
    sha256: str
    size: int
    media_type: str
    reading: str
    explanation: str
    created_at: datetime | None
    text: Text | None


async def wanted(connection: UUID, limit: int) -> list[Wanted]:
    """The next documents to fetch; newest applications first, so that people see scores early."""
    found = await rows(
        """
        SELECT d.id, d.person, d.application, d.details FROM document d
        JOIN connection c ON c.id = d.connection
        WHERE d.connection = $1 AND d.fetch_state = 'wanted' AND d.removed_at IS NULL
        ORDER BY d.id LIMIT $2
        """,
        connection,
        limit,
    )
    return [
        Wanted(
            id=row["id"],
            person=row["person"],
            application=row["application"],
            record=msgspec.json.decode(row["details"], type=Document),
        )
        for row in found
    ]


async def kept(
    document: UUID, *, sha256: str, size: int, media_type: str, reading: str, explanation: str
) -> None:
    """Note that the bytes are here and how reading them ended."""
    await rows(
        """
        UPDATE document SET fetch_state = 'kept', fetch_error = '', sha256 = $2, size = $3, media_type = $4,
            reading = $5, explanation = $6 WHERE id = $1
        """,
        document,
        sha256,
        size,
        media_type,
        reading,
        explanation,
    )


async def not_kept(document: UUID, state: str, error: str) -> None:
    """Note that the bytes are gone or could not be fetched."""
    await rows("UPDATE document SET fetch_state = $2, fetch_error = $3 WHERE id = $1", document, state, error)


def _text(found: dict[str, Any]) -> Text:
    return Text(
        **{
            **found,
            "lines": msgspec.json.decode(found["lines"]),
            "hidden": msgspec.json.decode(found["hidden"]),
        }
    )


async def keep_text(text: Text) -> None:
    """Store what was read of one content, once."""
    await rows(
        """
        INSERT INTO document_text (id, sha256, reading, kind, pages, text, lines, hidden, explanation, read_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9, $10)
        ON CONFLICT (tenant_id, sha256) DO NOTHING
        """,
        new_id(),
        text.sha256,
        text.reading,
        text.kind,
        text.pages,
        text.text,
        msgspec.json.encode(text.lines).decode(),
        msgspec.json.encode(text.hidden).decode(),
        text.explanation,
        now(),
    )


async def standing_on(person: UUID, application: UUID | None) -> frozenset[UUID]:
    """The applications a document counts for: its own, or all of the person when it has none."""
    found = await rows(
        "SELECT id FROM application WHERE removed_at IS NULL AND (id = $2 OR ($2::uuid IS NULL AND person = $1))",
        person,
        application,
    )
    return frozenset(row["id"] for row in found)


async def of_applications(applications: list[UUID]) -> dict[UUID, list[Stored]]:
    """Per application its documents, newest first within a kind, with the texts read of them."""
    found = await rows(
        """
        SELECT a.id AS for_application, d.id, d.person, d.kind, d.filename, d.fetch_state, d.fetch_error,
            d.sha256, d.size, d.media_type, d.reading, d.explanation, d.created_at,
            t.sha256 AS read_sha256, t.reading AS t_reading, t.kind AS t_kind, t.pages, t.text, t.lines,
            t.hidden, t.explanation AS t_explanation
        FROM application a
        JOIN document d ON d.person = a.person AND d.removed_at IS NULL
            AND (d.application = a.id OR d.application IS NULL)
        LEFT JOIN document_text t ON t.sha256 = d.sha256 AND d.sha256 <> ''
        WHERE a.id = ANY($1)
        ORDER BY a.id, d.kind, d.created_at DESC NULLS LAST, d.external_id DESC
        """,
        applications,
    )
    result: dict[UUID, list[Stored]] = {application: [] for application in applications}
    for row in found:
        result[row["for_application"]].append(_stored(row))
    return result


_TEXT_COLUMNS = {"t_reading": "reading", "t_kind": "kind", "t_explanation": "explanation"}


def _stored(row: dict[str, Any]) -> Stored:
    text = None
    if row["read_sha256"]:
        names = ("t_reading", "t_kind", "pages", "text", "lines", "hidden", "t_explanation")
        text = _text({"sha256": row["read_sha256"], **{_TEXT_COLUMNS.get(n, n): row[n] for n in names}})
    columns = [field.name for field in msgspec.structs.fields(Stored) if field.name != "text"]
    return Stored(**{name: row[name] for name in columns}, text=text)


async def get(document: UUID) -> dict[str, Any] | None:
    """A document's file facts, for serving the original."""
    return await one(
        "SELECT id, filename, sha256, media_type, fetch_state FROM document WHERE id = $1 AND removed_at IS NULL",
        document,
    )


async def left(connection: UUID) -> int:
    """How many documents are still to be fetched."""
    return int(
        await value(
            "SELECT count(*) FROM document WHERE connection = $1 AND fetch_state = 'wanted' AND removed_at IS NULL",
            connection,
        )
    )

"""Stores what connectors read: batches in, upserts that never let an older state win."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec

from core.clock import new_id, now
from core.sdk.connector import Problem
from core.sdk.records import Application, Document, Job, Person, Removed
from core.store.engine import many, rows
from core.store.records import settle_task


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """What a page changed: ids of our own rows."""

    jobs: frozenset[UUID] = frozenset()
    applications: frozenset[UUID] = frozenset()
    new_applications: frozenset[UUID] = frozenset()
    documents: frozenset[UUID] = frozenset()


def _encode(record: object) -> tuple[str, str]:
    data = msgspec.json.encode(record)
    return data.decode(), hashlib.sha256(data).hexdigest()


def _columns(table: Iterable[Sequence[Any]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*table, strict=True)] or [[] for _ in range(width)]


def _newest(records: Iterable[Any]) -> list[Any]:
    return list({record.id: record for record in records}.values())


async def store_jobs(connection: UUID, records: Sequence[Job]) -> frozenset[UUID]:
    """Upsert jobs; returns those whose title or text is new or changed."""
    found: list[Sequence[Any]] = [
        (
            new_id(),
            job.id,
            job.title,
            job.department,
            job.location,
            job.state,
            job.url,
            job.description_html,
            msgspec.json.encode(job.statuses).decode(),
            job.opened_at,
            job.updated_at,
        )
        for job in _newest(records)
    ]
    changed = await rows(
        """
        INSERT INTO job AS j (id, connection, external_id, title, department, location, state, url,
            description_html, statuses, opened_at, updated_at, seen_at)
        SELECT r.id, $1, external_id, title, department, location, state, url, html, statuses::jsonb,
            opened_at, updated_at, $2
        FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
            $10::text[], $11::text[], $12::timestamptz[], $13::timestamptz[])
            AS r(id, external_id, title, department, location, state, url, html, statuses, opened_at, updated_at)
        ON CONFLICT (connection, external_id) DO UPDATE SET
            title = excluded.title, department = excluded.department, location = excluded.location,
            state = excluded.state, url = excluded.url, description_html = excluded.description_html,
            statuses = excluded.statuses, opened_at = excluded.opened_at, updated_at = excluded.updated_at,
            seen_at = excluded.seen_at, removed_at = NULL
        WHERE (j.title, j.department, j.location, j.state, j.url, j.description_html, j.statuses, j.removed_at)
            IS DISTINCT FROM (excluded.title, excluded.department, excluded.location, excluded.state,
                excluded.url, excluded.description_html, excluded.statuses, NULL::timestamptz)
        RETURNING id
        """,
        connection,
        now(),
        *_columns(found, 11),
    )
    return frozenset(row["id"] for row in changed)


async def store_people(connection: UUID, records: Sequence[Person]) -> None:
    """Upsert persons; a person anonymized in the ATS loses name and details here as well."""
    table = []
    for person in _newest(records):
        details, digest = _encode(person)
        name = " ".join(filter(None, (person.preferred_name or person.first_name, person.last_name)))
        table.append((new_id(), person.id, name, _initials(name), details, digest, person.updated_at))
    await rows(
        """
        INSERT INTO person AS p (id, connection, external_id, name, initials, details, digest, updated_at,
            changed_at)
        SELECT r.id, $1, external_id, name, initials, details::jsonb, digest, updated_at, $2
        FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[])
            AS r(id, external_id, name, initials, details, digest, updated_at)
        ON CONFLICT (connection, external_id) DO UPDATE SET
            name = excluded.name, initials = excluded.initials, details = excluded.details,
            digest = excluded.digest, updated_at = excluded.updated_at, changed_at = excluded.changed_at,
            removed_at = NULL
        WHERE p.digest <> excluded.digest
            AND (p.updated_at IS NULL OR excluded.updated_at IS NULL OR excluded.updated_at >= p.updated_at)
        """,
        connection,
        now(),
        *_columns(table, 7),
    )


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0].upper() for word in (words[:1] + words[-1:] if len(words) > 1 else words))


async def store_applications(
    connection: UUID, records: Sequence[Application]
) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Upsert applications of known jobs; returns (changed or new, new).

    Due for a score are those of which something changed that a score rests on: where an application stands
    in the ATS, or that we wrote into it, is no reason to judge it again.
    """
    table = []
    for application in _newest(records):
        details, digest = _encode(application)
        table.append(
            (
                new_id(),
                application.id,
                application.job_id,
                application.person_id,
                application.state,
                application.status_id,
                application.status_name,
                details,
                digest,
                application.applied_at,
                application.updated_at,
            )
        )
    stored = await rows(_APPLICATIONS, connection, now(), *_columns(table, 11), _NOT_JUDGED)
    changed = frozenset(row["id"] for row in stored)
    await _drop_documents(changed)
    return changed, frozenset(row["id"] for row in stored if row["inserted"])


async def _drop_documents(applications: Iterable[UUID]) -> None:
    """Files that were replaced or erased in the ATS are none of an application's any more."""
    dropped = await rows(
        """
        UPDATE document d SET removed_at = $2 FROM application a
        WHERE a.id = ANY($1) AND d.application = a.id AND d.removed_at IS NULL
            AND jsonb_typeof(a.details -> 'document_ids') = 'array'
            AND NOT a.details -> 'document_ids' ? d.external_id
        RETURNING d.id
        """,
        list(applications),
        now(),
    )
    for row in dropped:
        await settle_task("unreadable", str(row["id"]))


_NOT_JUDGED: Final = ["state", "status_id", "status_name", "source", "url", "updated_at"]
"""What of an application says nothing about the person."""

_APPLICATIONS = """
    INSERT INTO application AS a (id, connection, job, person, external_id, state, status_id, status_name,
        details, digest, applied_at, updated_at, arrived_at, category_since, wanted)
    SELECT r.id, $1, job.id, person.id, r.external_id, r.state, r.status_id, r.status_name,
        r.details::jsonb, r.digest, r.applied_at, r.updated_at, $2, $2, 1
    FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
        $10::text[], $11::text[], $12::timestamptz[], $13::timestamptz[])
        AS r(id, external_id, job_ref, person_ref, state, status_id, status_name, details, digest,
            applied_at, updated_at)
    JOIN job ON job.connection = $1 AND job.external_id = r.job_ref
    JOIN person ON person.connection = $1 AND person.external_id = r.person_ref
    ON CONFLICT (connection, external_id) DO UPDATE SET
        job = excluded.job, person = excluded.person, state = excluded.state,
        status_id = excluded.status_id, status_name = excluded.status_name, details = excluded.details,
        digest = excluded.digest, applied_at = excluded.applied_at, updated_at = excluded.updated_at,
        removed_at = NULL, wanted = a.wanted + CASE
            WHEN a.removed_at IS NULL AND (a.job, a.person) = (excluded.job, excluded.person)
                AND a.details - $14::text[] = excluded.details - $14::text[] THEN 0 ELSE 1 END
    WHERE (a.digest <> excluded.digest OR a.removed_at IS NOT NULL)
        AND (a.updated_at IS NULL OR excluded.updated_at IS NULL OR excluded.updated_at >= a.updated_at)
    RETURNING id, (xmax = 0) AS inserted
"""


async def store_documents(connection: UUID, records: Sequence[Document]) -> frozenset[UUID]:
    """Upsert documents of known persons; returns those whose bytes are wanted.

    A reference may be a link that expires: it is refreshed on every read, without wanting bytes again.
    """
    table = [
        (
            new_id(),
            document.id,
            document.person_id,
            document.application_id,
            document.kind,
            document.filename,
            _encode(document)[0],
            document.created_at,
        )
        for document in _newest(records)
    ]
    stored = await rows(
        """
        INSERT INTO document AS d (id, connection, person, application, external_id, kind, filename, details,
            created_at)
        SELECT r.id, $1, person.id, application.id, r.external_id, r.kind, r.filename, r.details::jsonb,
            r.created_at
        FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::timestamptz[])
            AS r(id, external_id, person_ref, application_ref, kind, filename, details, created_at)
        JOIN person ON person.connection = $1 AND person.external_id = r.person_ref
        LEFT JOIN application ON application.connection = $1 AND application.external_id = r.application_ref
        ON CONFLICT (connection, external_id) DO UPDATE SET
            details = excluded.details, kind = excluded.kind, filename = excluded.filename,
            application = excluded.application, person = excluded.person, removed_at = NULL
        RETURNING id, fetch_state
        """,
        connection,
        *_columns(table, 8),
    )
    return frozenset(row["id"] for row in stored if row["fetch_state"] == "wanted")


async def remove(connection: UUID, records: Sequence[Removed]) -> frozenset[UUID]:
    """Mark what is gone in the ATS, and point applications of a merged person at the survivor.

    Returns the applications that left the board.
    """
    gone: set[UUID] = set()
    for record in records:
        if record.kind == "person" and record.merged_into:
            await _merge(connection, record.id, record.merged_into)
        gone |= await _mark(connection, record)
    return frozenset(gone)


async def _merge(connection: UUID, loser: str, survivor: str) -> None:
    await rows(
        """
        UPDATE application SET person = s.id FROM person l, person s
        WHERE l.connection = $1 AND l.external_id = $2 AND s.connection = $1 AND s.external_id = $3
            AND application.person = l.id
        """,
        connection,
        loser,
        survivor,
    )
    await rows(
        """
        UPDATE document SET person = s.id FROM person l, person s
        WHERE l.connection = $1 AND l.external_id = $2 AND s.connection = $1 AND s.external_id = $3
            AND document.person = l.id
        """,
        connection,
        loser,
        survivor,
    )


async def _mark(connection: UUID, record: Removed) -> set[UUID]:
    marked = await rows(
        f"UPDATE {record.kind} SET removed_at = $3 WHERE connection = $1 AND external_id = $2 "
        "AND removed_at IS NULL RETURNING id",
        connection,
        record.id,
        now(),
    )
    if record.kind == "application":
        return {row["id"] for row in marked}
    if record.kind != "person" or record.merged_into:
        return set()
    dropped = await rows(
        "UPDATE application SET removed_at = $2 WHERE person = ANY($1) AND removed_at IS NULL RETURNING id",
        [row["id"] for row in marked],
        now(),
    )
    return {row["id"] for row in dropped}


async def want_scores(applications: Iterable[UUID]) -> frozenset[UUID]:
    """Ask for a new score of each application; returns the jobs they belong to."""
    found = await rows(
        "UPDATE application SET wanted = wanted + 1 WHERE id = ANY($1) AND removed_at IS NULL RETURNING job",
        list(applications),
    )
    return frozenset(row["job"] for row in found)


async def jobs_of(applications: Iterable[UUID]) -> frozenset[UUID]:
    """The jobs these applications belong to."""
    found = await rows("SELECT DISTINCT job FROM application WHERE id = ANY($1)", list(applications))
    return frozenset(row["job"] for row in found)


async def missing_people(connection: UUID, external_ids: Iterable[str]) -> frozenset[str]:
    """Those of the persons that are not stored yet."""
    wanted = set(external_ids)
    found = await rows(
        "SELECT external_id FROM person WHERE connection = $1 AND external_id = ANY($2)",
        connection,
        list(wanted),
    )
    return frozenset(wanted - {row["external_id"] for row in found})


async def note_problems(connection: UUID, problems: Sequence[Problem]) -> None:
    """Remember records that were set aside, newest message per reference."""
    await many(
        """
        INSERT INTO sync_problem (id, connection, reference, message, seen_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (connection, reference) DO UPDATE SET message = excluded.message, seen_at = excluded.seen_at
        """,
        [(new_id(), connection, problem.reference, problem.message, now()) for problem in problems],
    )


async def selected_jobs(connection: UUID) -> tuple[str, ...]:
    """Vendor ids of the jobs the tenant tracks, in a stable order."""
    found = await rows(
        "SELECT external_id FROM job WHERE connection = $1 AND selected AND removed_at IS NULL ORDER BY external_id",
        connection,
    )
    return tuple(row["external_id"] for row in found)


async def count(connection: UUID) -> dict[str, int]:
    """How much is stored per kind, and how many resumes are still wanted or could not be had."""
    found = await rows(
        """
        SELECT (SELECT count(*) FROM job WHERE connection = $1 AND removed_at IS NULL) AS jobs,
            (SELECT count(*) FROM person WHERE connection = $1 AND removed_at IS NULL) AS people,
            (SELECT count(*) FROM application WHERE connection = $1 AND removed_at IS NULL) AS applications,
            (SELECT count(*) FROM document WHERE connection = $1 AND removed_at IS NULL) AS documents,
            (SELECT count(*) FROM document WHERE connection = $1 AND removed_at IS NULL
                AND fetch_state IN ('kept', 'gone', 'failed')) AS documents_done,
            (SELECT count(*) FROM document WHERE connection = $1 AND removed_at IS NULL
                AND fetch_state = 'failed') AS documents_failed
        """,
        connection,
    )
    return {name: int(number) for name, number in found[0].items()}

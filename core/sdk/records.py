"""The records that cross the border between a connector and the host.

Identifiers are the vendor's own, as strings: numbers with 64 bits, UUIDs and slugs all fit.
Times are aware datetimes in UTC. Unknown text is the empty string, an unknown moment is None.
"""

from datetime import datetime
from typing import Literal

import msgspec

ApplicationState = Literal["active", "rejected", "withdrawn", "hired", "converted"]
JobState = Literal["open", "closed", "draft"]
DocumentKind = Literal["resume", "cover_letter", "other"]
StatusGroup = Literal["active", "rejected", "withdrawn", "hired"]


class Record(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag=str.lower):
    """One object read from an ATS; `id` is the vendor's identifier, unique per record type."""

    id: str


class Status(Record, frozen=True, kw_only=True):
    """A place in the vendor's pipeline: a stage, a status word or an archive reason.

    `job_id` is empty when the status exists for every job of the account.
    """

    name: str
    order: int = 0
    group: StatusGroup = "active"
    job_id: str = ""


class Job(Record, frozen=True, kw_only=True):
    """A requisition with the text candidates saw; `description_html` is the vendor's HTML, untrusted."""

    title: str
    state: JobState
    description_html: str = ""
    department: str = ""
    location: str = ""
    requisition: str = ""
    url: str = ""
    confidential: bool = False
    opened_at: datetime | None = None
    updated_at: datetime | None = None
    statuses: tuple[Status, ...] = ()


class Employment(msgspec.Struct, frozen=True, kw_only=True):
    """One position as the ATS parsed it; dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, empty if unknown."""

    company: str
    title: str
    start: str = ""
    end: str = ""
    current: bool = False
    summary: str = ""


class Education(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of education as the ATS parsed it; dates as in `Employment`."""

    school: str
    degree: str = ""
    discipline: str = ""
    start: str = ""
    end: str = ""


class Person(Record, frozen=True, kw_only=True):
    """A candidate as a person; several applications may point at one person."""

    first_name: str = ""
    last_name: str = ""
    preferred_name: str = ""
    headline: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    location: str = ""
    employments: tuple[Employment, ...] = ()
    educations: tuple[Education, ...] = ()
    private: bool = False
    anonymized: bool = False
    updated_at: datetime | None = None


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One answered question of the application form."""

    question: str
    answer: str


class Application(Record, frozen=True, kw_only=True):
    """One person's application to one job; `status_id` points at a `Status` of the job or account.

    `document_ids` names all of the application's files the ATS still has, of any kind; files of it that are
    not among them are taken away here as well. None when the connector cannot tell.
    """

    job_id: str
    person_id: str
    state: ApplicationState
    status_id: str = ""
    status_name: str = ""
    source: str = ""
    url: str = ""
    cover_letter: str = ""
    answers: tuple[Answer, ...] = ()
    document_ids: tuple[str, ...] | None = None
    applied_at: datetime | None = None
    updated_at: datetime | None = None


class Document(Record, frozen=True, kw_only=True):
    """A file of a person; `reference` is the connector's own handle for `Connector.fetch`.

    `application_id` is empty when the file belongs to the person and to no application. `reference`
    may expire: the connector then finds the file again by `id`.
    """

    person_id: str
    kind: DocumentKind
    filename: str
    reference: str
    application_id: str = ""
    created_at: datetime | None = None


class Removed(Record, frozen=True, kw_only=True):
    """Tells that an object is gone; `merged_into` names the survivor of a merge."""

    kind: Literal["job", "person", "application", "document"]
    merged_into: str = ""


AnyRecord = Job | Person | Application | Document | Removed

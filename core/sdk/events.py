"""Events plugins may hear after they were committed. They carry identifiers, never personal data."""

from uuid import UUID

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What every event says: in which tenant it happened."""

    tenant_id: UUID


class ApplicationScored(Event, frozen=True, kw_only=True):
    """An application has a new score; `score` is 0-100 or None when there was nothing to score."""

    application_id: UUID
    job_id: UUID
    score: int | None
    band: str


class ApplicationMoved(Event, frozen=True, kw_only=True):
    """A person moved an application to another category."""

    application_id: UUID
    job_id: UUID
    from_category: str
    to_category: str
    member_id: UUID


class ConnectionFailed(Event, frozen=True, kw_only=True):
    """A connection stopped working and needs a person."""

    connection_id: UUID
    message: str

"""What people are told, what they are asked to do, and what happened."""

from piccolo.table import Table

from core.store.tables.base import ENGINE, JSONB, UUID, Text, Timestamptz, key, to


class Notification(Table, tablename="notification", db=ENGINE):
    """A message to one member."""

    id = key()
    tenant_id = UUID(default=None)
    member = to("Member")
    title = Text()
    body = Text(default="")
    link = Text(default="")
    made_at = Timestamptz()
    seen_at = Timestamptz(null=True, default=None)


class Task(Table, tablename="task", db=ENGINE):
    """Something only a person can settle; one open task per kind and subject."""

    id = key()
    tenant_id = UUID(default=None)
    kind = Text()
    subject = Text()
    job_id = UUID(null=True, default=None)
    title = Text()
    body = Text(default="")
    link = Text(default="")
    made_at = Timestamptz()
    settled_at = Timestamptz(null=True, default=None)
    settled_by = UUID(null=True, default=None)


class Audit(Table, tablename="audit", db=ENGINE):
    """What happened, append-only: the application's role may insert and read, nothing else."""

    id = key()
    tenant_id = UUID(default=None, index=True)
    actor = Text()
    action = Text()
    subject = Text()
    details = JSONB(default="{}")
    at = Timestamptz()

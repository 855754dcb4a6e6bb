"""What was read from an ATS: jobs, persons, applications, documents."""

from piccolo.table import Table

from core.store.tables.base import ENGINE, JSONB, UUID, Boolean, Integer, Text, Timestamptz, key, to


class Job(Table, tablename="job", db=ENGINE):
    """A job as in the ATS, and what the tenant decided about it here."""

    id = key()
    tenant_id = UUID(default=None, index=True)
    connection = to("Connection")
    external_id = Text()
    title = Text()
    department = Text(default="")
    location = Text(default="")
    state = Text(default="open")
    url = Text(default="")
    description_html = Text(default="")
    statuses = JSONB(default="[]")
    opened_at = Timestamptz(null=True, default=None)
    updated_at = Timestamptz(null=True, default=None)
    selected = Boolean(default=False)
    pre_qualified_from = Integer(default=40)
    qualified_from = Integer(default=70)
    problem = Text(default="")
    seen_at = Timestamptz()
    removed_at = Timestamptz(null=True, default=None)


class Person(Table, tablename="person", db=ENGINE):
    """A candidate as a person. `details` holds the ATS record (`core.sdk.records.Person`)."""

    id = key()
    tenant_id = UUID(default=None, index=True)
    connection = to("Connection")
    external_id = Text()
    name = Text(default="")
    initials = Text(default="")
    details = JSONB(default="{}")
    digest = Text(default="")
    merged_into = Text(default="")
    updated_at = Timestamptz(null=True, default=None)
    removed_at = Timestamptz(null=True, default=None)
    changed_at = Timestamptz()


class Application(Table, tablename="application", db=ENGINE):
    """One person's application to one job: the card on the board.

    `category` is the board's column and belongs to people once `decided` is set; `band`, `score` and
    `sheet` copy the current score so that a column is one indexed query. `wanted` counts requests to
    score, `settled` the last one that was answered.
    """

    id = key()
    tenant_id = UUID(default=None)
    connection = to("Connection")
    job = to("Job")
    person = to("Person")
    external_id = Text()
    state = Text(default="active")
    status_id = Text(default="")
    status_name = Text(default="")
    details = JSONB(default="{}")
    digest = Text(default="")
    category = Text(null=True, default=None)
    category_since = Timestamptz()
    decided = Boolean(default=False)
    band = Text(null=True, default=None)
    score = Integer(null=True, default=None)
    card = JSONB(default="{}")
    version = Integer(default=0)
    wanted = Integer(default=0)
    settled = Integer(default=0)
    stale = Boolean(default=False)
    shown_score = UUID(null=True, default=None)
    applied_at = Timestamptz(null=True, default=None)
    updated_at = Timestamptz(null=True, default=None)
    arrived_at = Timestamptz()
    removed_at = Timestamptz(null=True, default=None)


class Document(Table, tablename="document", db=ENGINE):
    """A file of a person, kept by the SHA-256 of its content.

    `fetch_state` is one of wanted, kept, gone, failed; `reading` of "" (not read yet), read, empty,
    garbled, encrypted, unsupported, corrupt, unsafe, too_large, timed_out.
    """

    id = key()
    tenant_id = UUID(default=None)
    connection = to("Connection")
    person = to("Person")
    application = to("Application", null=True)
    external_id = Text()
    kind = Text()
    filename = Text()
    details = JSONB(default="{}")
    fetch_state = Text(default="wanted")
    fetch_error = Text(default="")
    sha256 = Text(default="")
    size = Integer(default=0)
    media_type = Text(default="")
    reading = Text(default="")
    explanation = Text(default="")
    created_at = Timestamptz(null=True, default=None)
    removed_at = Timestamptz(null=True, default=None)


class DocumentText(Table, tablename="document_text", db=ENGINE):
    """What was read of a file's content, once per tenant and content hash."""

    id = key()
    tenant_id = UUID(default=None)
    sha256 = Text()
    reading = Text()
    kind = Text(default="")
    pages = Integer(default=0)
    text = Text(default="")
    lines = JSONB(default="[]")
    hidden = JSONB(default="[]")
    explanation = Text(default="")
    read_at = Timestamptz()

"""What people decided, said, and what goes back into the ATS."""

from piccolo.table import Table

from core.store.tables.base import ENGINE, JSONB, UUID, Boolean, Integer, Text, Timestamptz, key, to


class Decision(Table, tablename="decision", db=ENGINE):
    """A person's act on an application: from where to where, who, when, why."""

    id = key()
    tenant_id = UUID(default=None)
    application = to("Application")
    member = to("Member")
    from_category = Text()
    to_category = Text()
    reason = Text(default="")
    undoes = UUID(null=True, default=None)
    made_at = Timestamptz()


class Comment(Table, tablename="comment", db=ENGINE):
    """Internal talk about an application."""

    id = key()
    tenant_id = UUID(default=None)
    application = to("Application")
    member = to("Member")
    body = Text()
    made_at = Timestamptz()


class WriteBack(Table, tablename="write_back", db=ENGINE):
    """The outbox: one visible change in the ATS, committed with the decision that caused it.

    `state` is one of waiting, written, replaced, failed. `key` is unique per connection: the connector
    looks for it before it writes.
    """

    id = key()
    tenant_id = UUID(default=None)
    connection = to("Connection")
    application = to("Application")
    version = Integer()
    kind = Text()
    key = Text()
    preview = Text()
    payload = JSONB()
    state = Text(default="waiting")
    attempts = Integer(default=0)
    error = Text(default="")
    retryable = Boolean(default=True)
    reference = Text(default="")
    acting_user = Text(default="")
    created_at = Timestamptz()
    written_at = Timestamptz(null=True, default=None)

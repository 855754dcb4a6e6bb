"""Connections to ATSs, how far they have been read, and what they sent us."""

from piccolo.table import Table

from core.store.tables.base import (
    ENGINE,
    JSONB,
    UUID,
    Boolean,
    Bytea,
    Integer,
    Text,
    Timestamptz,
    key,
    to,
)


class Connection(Table, tablename="connection", db=ENGINE):
    """A tenant's installed connector. `secrets` and `token` are encrypted.

    `state` is one of new, syncing, active, paused, needs_attention, disconnected; `state_text` and `fix`
    say in words why and what to do.
    """

    id = key()
    tenant_id = UUID(default=None, index=True)
    connector = Text()
    title = Text()
    account = Text(default="")
    settings = JSONB(default="{}")
    secrets = Bytea(default=b"")
    token = Bytea(default=b"")
    users = JSONB(default="[]")
    subscriptions = Bytea(default=b"")
    state = Text(default="new")
    state_text = Text(default="")
    fix = Text(default="")
    state_since = Timestamptz()
    include_rejected = Boolean(default=True)
    write_back = Boolean(default=True)
    waiting_until = Timestamptz(null=True, default=None)
    last_synced_at = Timestamptz(null=True, default=None)
    webhook_seen_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz()


class Synced(Table, tablename="synced", db=ENGINE):
    """How far one stream of a connection has been read; the cursor commits with its records."""

    id = key()
    tenant_id = UUID(default=None)
    connection = to("Connection")
    stream = Text()
    cursor = Text(default="")
    complete = Boolean(default=False)
    done = Integer(default=0)
    total = Integer(null=True, default=None)
    read_at = Timestamptz()


class SyncProblem(Table, tablename="sync_problem", db=ENGINE):
    """A record that was set aside while the rest of its page went on."""

    id = key()
    tenant_id = UUID(default=None)
    connection = to("Connection")
    reference = Text()
    message = Text()
    seen_at = Timestamptz()


class Delivery(Table, tablename="delivery", db=ENGINE):
    """A webhook as received, committed before it was answered."""

    id = key()
    tenant_id = UUID(default=None)
    connection = to("Connection")
    dedupe_key = Text()
    event = Text(default="")
    body = Bytea()
    headers = JSONB(default="{}")
    hints = JSONB(default="[]")
    received_at = Timestamptz()
    handled_at = Timestamptz(null=True, default=None)

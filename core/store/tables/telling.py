"""What leaves Shortlist through plugins: notices through channels, and events."""

from piccolo.columns import BigInt
from piccolo.table import Table

from core.store.tables.base import ENGINE, JSONB, UUID, Bytea, Integer, Text, Timestamptz, key, to


class Channel(Table, tablename="channel", db=ENGINE):
    """A notifier one tenant has set up; `secrets` is encrypted, `paused_until` holds all of it back."""

    id = key()
    tenant_id = UUID(default=None)
    notifier = Text()
    settings = JSONB(default="{}")
    secrets = Bytea(default=b"")
    paused_until = Timestamptz(null=True, default=None)
    changed_at = Timestamptz()


class Sending(Table, tablename="sending", db=ENGINE):
    """A notice on its way through one channel; `state` is one of waiting, sent, failed, dropped."""

    id = key()
    tenant_id = UUID(default=None)
    notification = to("Notification")
    channel = to("Channel")
    state = Text(default="waiting")
    attempts = Integer(default=0)
    error = Text(default="")
    due_at = Timestamptz()
    ended_at = Timestamptz(null=True, default=None)


class Event(Table, tablename="event", db=ENGINE):
    """Something plugins have not heard yet; deleted when they have. `number` is the order of telling."""

    id = key()
    tenant_id = UUID(default=None)
    number = BigInt(default=None)
    hook = Text()
    body = JSONB(default="{}")
    made_at = Timestamptz()

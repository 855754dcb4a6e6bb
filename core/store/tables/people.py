"""Tenants, their members and the sessions of browsers."""

from piccolo.table import Table

from core.store.tables.base import ENGINE, UUID, Boolean, Bytea, Text, Timestamptz, key


class Tenant(Table, tablename="tenant", db=ENGINE):
    """A customer organisation; its `tenant_id` is its own id so that one guard fits every table."""

    id = key()
    tenant_id = UUID(default=None)
    name = Text()
    demo = Boolean(default=False)
    created_at = Timestamptz()


class Member(Table, tablename="member", db=ENGINE):
    """A user of a tenant; the e-mail address is unique in the whole instance."""

    id = key()
    tenant_id = UUID(default=None, index=True)
    email = Text(unique=True)
    name = Text()
    role = Text()
    password_hash = Text(secret=True)
    active = Boolean(default=True)
    failed_logins = Text(default="")
    last_seen_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz()


class WebSession(Table, tablename="web_session", db=ENGINE):
    """A browser's session, found by the hash of its key; holds nothing but ids."""

    key = Text(primary_key=True)
    value = Bytea()
    expires_at = Timestamptz(null=True, default=None)

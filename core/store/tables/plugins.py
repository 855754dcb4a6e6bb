"""Which plugins a tenant switched on, and how they are set up."""

from piccolo.table import Table

from core.store.tables.base import ENGINE, JSONB, UUID, Boolean, Bytea, Text, Timestamptz, key


class PluginSetting(Table, tablename="plugin_setting", db=ENGINE):
    """One plugin in one tenant; `secrets` is encrypted."""

    id = key()
    tenant_id = UUID(default=None)
    plugin = Text()
    enabled = Boolean(default=False)
    settings = JSONB(default="{}")
    secrets = Bytea(default=b"")
    changed_at = Timestamptz()

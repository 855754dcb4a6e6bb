"""Which plugins a tenant switched on, and how its scorers are set up."""

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


class ScorerSetup(Table, tablename="scorer_setup", db=ENGINE):
    """A scorer in one tenant; `use` is "board", "beside" or empty, `secrets` is encrypted."""

    id = key()
    tenant_id = UUID(default=None)
    scorer = Text()
    use = Text()
    settings = JSONB(default="{}")
    secrets = Bytea(default=b"")
    changed_at = Timestamptz()

"""Which plugins a tenant switched on."""

from typing import Any

from core.clock import new_id, now
from core.store.engine import rows


async def settings() -> list[dict[str, Any]]:
    """Every plugin the tenant has decided about: plugin, enabled, settings, secrets."""
    return await rows("SELECT plugin, enabled, settings, secrets FROM plugin_setting")


async def set_enabled(plugin: str, enabled: bool) -> None:
    """Switch a plugin on or off for the tenant."""
    await rows(
        """
        INSERT INTO plugin_setting (id, plugin, enabled, changed_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant_id, plugin) DO UPDATE SET enabled = excluded.enabled, changed_at = excluded.changed_at
        """,
        new_id(),
        plugin,
        enabled,
        now(),
    )

"""An integration's page when nobody has the key of its credentials any more."""

from typing import Any

import pytest
from cryptography.fernet import Fernet

from core.store import connections
from core.store.scope import tenant
from core.store.vault import Vault
from tests.ui.conftest import Tab, World
from ui.state.integrations import IntegrationsState
from ui.state.session import Session

pytestmark = pytest.mark.anyio


async def test_the_page_opens_and_asks_for_every_secret(world: World, tab: Tab) -> None:
    lost = Vault((Fernet.generate_key().decode(),))
    async with tenant(world.admin.tenant_id):
        sealed = lost.seal(world.admin.tenant_id, {"client_secret": "canary"})
        await connections.change(world.connection, secrets=sealed)
    page: Any = tab(IntegrationsState, world.cookie)
    page.one = {**page.one, "id": str(world.connection)}
    await IntegrationsState.refresh.fn(page)
    assert (await page.get_state(Session)).problem == ""
    assert page.one["unreadable"]
    assert page.rows[0]["unreadable"]
    assert [field["kept"] for field in page.fields if field["kind"] == "secret"] == [False, False]

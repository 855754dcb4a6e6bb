"""When the key of stored credentials is lost, their page says so and takes new ones."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from cryptography.fernet import Fernet

from core.errors import Invalid
from core.services import connections, credentials
from core.services.runtime import install, runtime
from core.store.vault import Vault
from tests.core.services.conftest import credentials as entered

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def another_key(world: Any) -> Iterator[None]:
    vault = Vault((Fernet.generate_key().decode(),))
    forget = install(msgspec.structs.replace(runtime(), vault=vault))
    yield
    forget()


async def test_the_page_opens_and_says_what_is_lost(world: Any, another_key: None) -> None:
    (listed,) = await connections.list_connections(world.actor)
    shown = await connections.connection(world.actor, world.connection)
    assert listed.unreadable
    assert shown.unreadable
    assert not any(shown.secret_set.values())
    assert shown.values["client_id"] == world.twin.client_id


async def test_a_secret_that_is_lost_must_be_entered(world: Any, another_key: None) -> None:
    with pytest.raises(Invalid) as refused:
        await connections.reconnect(world.actor, world.connection, {})
    assert "client_secret" in refused.value.fields
    with pytest.raises(Invalid):
        await credentials.check(world.actor, "greenhouse", {}, connection_id=world.connection)


async def test_new_credentials_are_all_it_takes(world: Any, another_key: None, until: Any) -> None:
    await connections.reconnect(world.actor, world.connection, entered(world.twin))

    async def active() -> bool:
        shown = await connections.connection(world.actor, world.connection)
        return shown.state == "active" and not shown.unreadable and shown.secret_set["client_secret"]

    await until(active)

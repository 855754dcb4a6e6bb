"""What a connector is given, and what is kept out of the logs meanwhile."""

import pytest

from core.clock import new_id
from core.log import hide
from core.registry import load_catalog
from core.services.connecting import LooseTokens, connected


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_secrets_are_hidden_from_logs_before_the_connector_is_made() -> None:
    entry = load_catalog(only=frozenset({"greenhouse"})).connectors["greenhouse"].entry
    settings = {field.name: field.default for field in entry.fields if field.default}
    settings["client_secret"] = "canary.7f3c"
    assert "client_secret" in {field.name for field in entry.fields if field.kind == "secret"}
    async with connected(new_id(), entry, settings, tokens=LooseTokens()):
        assert "canary" not in hide("the vendor said: canary.7f3c is wrong")

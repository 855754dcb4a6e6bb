"""A connected tenant whose board the keyword scorer fills: nothing here needs a model of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from core.sdk.testing.model import ModelService
from core.services import access, scorer_choice
from tests.core.services.conftest import World, connected


@pytest.fixture(scope="module")
async def world(instance: None, twin: Any) -> World:
    actor = await access.add_tenant("Quay", "Chiara Lenz", "chiara@example.org", "a short sentence")
    await scorer_choice.score_with(actor, "keywords")
    return await connected(actor, twin)


@pytest.fixture
def service() -> Iterator[ModelService]:
    """A model of somebody else's, somewhere else."""
    with ModelService(key="sk-canary-4711") as running:
        yield running


@pytest.fixture
def settings(service: ModelService) -> dict[str, str]:
    """What an admin enters to use it."""
    return {"base_url": service.url, "model": "toy", "api_key": "sk-canary-4711", "timeout": "20"}
